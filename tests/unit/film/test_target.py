"""What a family would lose: that no cut of encrypted film lies in clear on a disk."""

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.unit.film import films
from tests.unit.film.elsewhere import Elsewhere
from tests.unit.film.numbered import number
from vigtui.film.errors import FilmError, NoRoom
from vigtui.film.files import FileSource
from vigtui.film.making import target
from vigtui.film.making.cutting import cut
from vigtui.film.making.target import check_memory
from vigtui.film.making.working_copy import look, make_copy
from vigtui.film.probing import probe

pytestmark = pytest.mark.slow


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return films.make(tmp_path / "film.mp4", films.numbered(30), sound=films.tone(3))


def process(film: Path, folder: Path) -> subprocess.Popen[str]:
    """Cut in a process that knows no folder but this one."""
    places = {
        name: str(folder)
        for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.film.making_in_memory", str(film), str(folder / "out")],
        env=os.environ | places | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
    )


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="this system has no files in memory")
def test_only_what_takes_a_cut_writes_it_to_a_disk(film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with process(film, folder) as making:
        told = (making.stdout.read() if making.stdout else "").split()
    assert set(told) == {"/memfd:film"}
    (made,) = folder.rglob("*.mp4")
    clear = made.read_bytes()[::-1]
    assert [path for path in folder.rglob("*") if path.is_file()] == [made]
    (tmp_path / "clear.mp4").write_bytes(clear)
    shown = [number(each) for each in films.pictures(tmp_path / "clear.mp4", tmp_path)]
    assert shown == list(range(5, 29))


def test_nothing_of_a_cut_is_left_by_a_program_that_is_killed(film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with process(film, folder) as making:
        assert making.stdout
        making.stdout.readline()
        making.kill()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("in_pipe", [False, True])
def test_what_is_made_in_memory_is_as_good_as_a_file(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_pipe: bool
) -> None:
    """Also where the system has no files in memory, and it comes through a pipe."""
    if in_pipe:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    made: list[Path] = []

    def taken(file: BinaryIO, ending: str) -> None:
        made.append(tmp_path / f"{len(made)}{ending}")
        made[-1].write_bytes(file.read())

    source = Elsewhere(film)
    assert cut(source, taken, 500, 2500) == 500
    make_copy(source, look(source), taken, lambda _: None, lambda: False)
    clip, copy = map(FileSource, made)
    assert [number(each) for each in films.pictures(clip.path, tmp_path)] == list(range(5, 25))
    assert probe(copy).last_ms == pytest.approx(probe(FileSource(film)).last_ms, abs=0.6)
    assert made[0].suffix == (".mkv" if in_pipe else ".mp4")


def test_what_does_not_fit_into_memory_is_not_begun(
    shades: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "meminfo"
    memory.write_text("MemTotal: 8000000 kB\nMemAvailable: 1000 kB\n")
    monkeypatch.setattr(target, "_MEMORY", memory)
    check_memory(400_000)
    with pytest.raises(NoRoom, match="too little memory"):
        make_copy(Elsewhere(shades), look(Elsewhere(shades)), lambda *_: None, lambda _: None, lambda: False)


def test_what_a_taker_raises_is_what_is_told(film: Path) -> None:
    def refuse(*_: object) -> None:
        raise FilmError("The key was wiped.")

    with pytest.raises(FilmError, match="The key was wiped"):
        cut(Elsewhere(film), refuse, 500, 900)
