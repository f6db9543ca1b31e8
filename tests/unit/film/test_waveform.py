"""What would be lost: seeing who speaks when, where nobody can hear it."""

import math
import os
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.film import films
from tests.unit.film.watched import PATIENCE
from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource
from vigtui.film.making.encode import SOUND_RATE
from vigtui.film.sound.kept_sound import FOLDER, KeptSound, stamp
from vigtui.film.sound.waveform import BUCKET_MS, Loudness, listen

LEFT_WHILE_IT_LISTENS = """
import atexit, fcntl, os, select, sys, threading
from pathlib import Path
from vigtui.film.files import FileSource
from vigtui.film.sound.waveform import listen

def into_a_pipe(number):
    is_pipe = number > 2 and Path(f"/dev/fd/{number}").is_fifo()
    return is_pipe and fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY

def look():
    events = select.poll()
    for number in filter(into_a_pipe, range(50)):
        events.register(number, 0)
    print({event for _, event in events.poll(0)} == {select.POLLERR})

atexit.register(look)
begun, never = threading.Event(), threading.Event()
act = lambda _: begun.set() or never.wait()
threading.Thread(target=listen, args=(FileSource(Path(sys.argv[1])), act), daemon=True).start()
begun.wait()
"""


def heard(film: Path) -> Loudness:
    loudness = listen(FileSource(film), lambda _: True)
    assert loudness is not None
    return loudness


def tone(seconds: float, amplitude: float) -> bytes:
    count = round(seconds * SOUND_RATE)
    samples = (round(32767 * amplitude * math.sin(step / 15)) for step in range(count))
    return struct.pack(f"<{count}h", *samples)


def test_turns_stand_out_from_the_pauses_between_them(tmp_path: Path) -> None:
    silence = bytes(SOUND_RATE * 2)
    film = films.make(
        tmp_path / "turns.mp4", films.shades(40), sound=tone(1, 0.5) + silence + tone(1, 0.05) + silence
    )
    loudness = heard(film)
    assert loudness.known_ms == pytest.approx(4000, abs=100)
    levels = [loudness.level(ms, ms + 800) or 0 for ms in (100, 1100, 2100, 3100)]
    assert levels == [pytest.approx(1, abs=0.03), 0, pytest.approx(0.5, abs=0.03), 0]
    # A steady tone is 3 dB below its amplitude: 0.5 is -6 dB, so -9.03 dB full scale.
    assert max(loudness.decibels) == pytest.approx(255 - 9.03 * 2.5, abs=2)


@pytest.mark.parametrize("left", ["atrim=start=2", "aselect='not(between(t,1,2))'"])
def test_sound_stands_where_it_is_heard_though_there_is_none_before(left: str, tmp_path: Path) -> None:
    """It starts late, or has a hole: a pause without sound in the file, not one of silence."""
    film = films.make(
        tmp_path / "film.mp4", films.shades(30), sound=tone(1, 0.5) + bytes(96_000) + tone(1, 0.5)
    )
    late = tmp_path / "late.mkv"
    options = {"aid": "auto", "oac": "pcm_s16le", "af": f"lavfi=[{left}]"}
    films.turned_into(late, film, of="matroska", ovc="libx264", **options)
    loudness = heard(late)
    assert loudness.known_ms == pytest.approx(3000, abs=100)
    assert [loudness.level(ms, ms + 700) for ms in (1150, 2150)] == [0, pytest.approx(1, abs=0.03)]


def test_a_long_stretch_shows_its_mean_so_that_turns_stand_out() -> None:
    turns = Loudness((bytes([255]) * 500 + bytes(500)) * 10)
    assert [turns.level(ms, ms + 10_000) for ms in (0, 10_000)] == [1, 0]
    assert turns.level(0, turns.known_ms) == pytest.approx(0.5)
    assert turns.level(turns.known_ms, turns.known_ms + 100) is None


def test_a_silent_film_has_no_levels_and_a_mute_one_is_flat(corners: Path, tmp_path: Path) -> None:
    assert heard(corners) == Loudness(b"")
    mute = heard(films.make(tmp_path / "mute.mp4", films.shades(10), sound=bytes(SOUND_RATE * 2)))
    assert mute.level(0, 900) == 0


def test_listening_stops_when_nobody_wants_it_any_more(shades: Path) -> None:
    assert listen(FileSource(shades), lambda _: False) is None


def test_a_program_that_is_left_while_it_listens_waits_for_no_reader(tmp_path: Path) -> None:
    """What libmpv has in hand is written as the program ends: the shell must come back all the same."""
    film = films.make(tmp_path / "long.mp4", films.shades(40), sound=tone(40, 0.5), rate=1)
    words = [sys.executable, "-c", LEFT_WHILE_IT_LISTENS, str(film)]
    end = subprocess.run(words, check=True, capture_output=True, text=True, timeout=PATIENCE)
    assert end.stdout == "True\n"


def test_listening_leaves_no_sound_behind(
    shades: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said in a family's home must not lie in a folder for temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = len(list(Path("/dev/fd").iterdir()))
    heard(shades)
    assert not list(tmp_path.iterdir())
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.mp4").write_text("#EXTM3U\n")
    with pytest.raises(FilmError):
        heard(tmp_path / "list.mp4")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "media" / "é film.mp4"
    path.parent.mkdir()
    path.write_bytes(b"a film" * 1000)
    return path


LOUDNESS = Loudness(bytes(range(256)))


def keep(folder: Path, film: Path, film_stamp: str = "") -> None:
    source = FileSource(film)
    KeptSound(folder).keep(source, film_stamp or stamp(source), LOUDNESS)


def recall(folder: Path, film: Path) -> Loudness | None:
    return KeptSound(folder).recall(FileSource(film))


def test_what_was_heard_once_is_kept_for_its_owner_only(film: Path, tmp_path: Path) -> None:
    assert recall(tmp_path, film) is None
    keep(tmp_path, film)
    assert recall(tmp_path, film) == LOUDNESS
    (kept,) = (tmp_path / FOLDER).iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_another_film_of_the_same_name_is_heard_anew(film: Path, tmp_path: Path) -> None:
    before = stamp(FileSource(film))
    keep(tmp_path, film, before)
    film.write_bytes(b"A film" * 1000)
    assert recall(tmp_path, film) is None
    keep(tmp_path, film, before)
    assert recall(tmp_path, film) is None


def test_what_was_heard_before_late_sound_was_drawn_in_its_place_is_heard_again(
    film: Path, tmp_path: Path
) -> None:
    """Else a film that was heard once would be drawn early for good."""
    keep(tmp_path, film)
    (kept,) = (tmp_path / FOLDER).iterdir()
    now, was = (f'{film.stat().st_mtime_ns} {BUCKET_MS}{version}"'.encode() for version in (" 2", ""))
    assert now in kept.read_bytes()
    kept.write_bytes(kept.read_bytes().replace(now, was))
    assert recall(tmp_path, film) is None
    keep(tmp_path, film)
    assert recall(tmp_path, film) == LOUDNESS


def test_it_goes_with_its_film(film: Path, tmp_path: Path) -> None:
    """Who spoke when must not outlive the film that a family wanted deleted."""
    keep(tmp_path, film)
    other = film.with_name("other.mp4")
    other.write_bytes(b"other")
    keep(tmp_path, other)
    KeptSound(tmp_path).forget(film)
    assert len(list((tmp_path / FOLDER).iterdir())) == 1
    other.unlink()
    recall(tmp_path, film)
    assert not list((tmp_path / FOLDER).iterdir())


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"[]\n123", b'{"film": 3}\n', b'{"film": "media/gone"}\n']
)
def test_what_somebody_else_wrote_there_is_not_trusted(film: Path, tmp_path: Path, content: bytes) -> None:
    keep(tmp_path, film)
    (kept,) = (tmp_path / FOLDER).iterdir()
    kept.write_bytes(content)
    assert recall(tmp_path, film) is None


def test_a_pipe_or_a_link_in_the_place_of_what_is_kept_is_not_waited_for_or_followed(
    film: Path, tmp_path: Path
) -> None:
    keep(tmp_path, film)
    (kept,) = (tmp_path / FOLDER).iterdir()
    kept.unlink()
    os.mkfifo(kept)
    assert recall(tmp_path, film) is None
    elsewhere = tmp_path / "elsewhere"
    keep(tmp_path, film)
    (tmp_path / FOLDER).rename(elsewhere)
    (tmp_path / FOLDER).symlink_to(elsewhere)
    KeptSound(tmp_path).forget(film)
    for use in (recall, keep):
        with pytest.raises(OSError, match="it is a link"):
            use(tmp_path, film)
    assert [path.name for path in elsewhere.iterdir()] == [kept.name]


def test_a_bucket_is_short_enough_for_a_zoomed_clip() -> None:
    assert BUCKET_MS <= 20


def test_the_sound_of_a_piece_stands_where_it_is_in_the_recording() -> None:
    piece = Loudness(bytes([255]) * 50, starts_ms=2000)
    assert [piece.level(ms, ms + 100) for ms in (0, 1900, 2000, 2900, 3000)] == [None, None, 1, 1, None]


class Backwards:
    """A cipher that a test can look through."""

    def encrypt(self, content: bytes) -> bytes:
        return b"backwards" + content[::-1]

    def decrypt(self, content: bytes) -> bytes:
        if not content.startswith(b"backwards"):
            raise ValueError
        return content[9:][::-1]


def test_what_was_heard_of_encrypted_film_lies_there_encrypted(film: Path, tmp_path: Path) -> None:
    source, kept = FileSource(film), KeptSound(tmp_path, Backwards())
    kept.keep(source, stamp(source), LOUDNESS)
    [(path, name)] = kept.files()
    assert name == film.relative_to(tmp_path).as_posix()
    for clear in (LOUDNESS.decibels, name.encode(), b"stamp"):
        assert clear not in path.read_bytes()
    assert kept.recall(source) == LOUDNESS
    assert recall(tmp_path, film) is None  # it cannot be told whose it is: it goes, and is heard again
    keep(tmp_path, film)
    assert kept.recall(source) is None
