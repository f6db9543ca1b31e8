"""Whoever encrypts a caseload is told what still holds it in clear: editors and clouds leave a lot behind."""

import os
import zipfile
from pathlib import Path

import pytest

from vigtui.domain.records import Family
from vigtui.store import clear_text
from vigtui.store.caseload import Caseload
from vigtui.store.clear_text import find_clear_text
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)


@pytest.fixture
def clear(path: Path) -> bytes:
    """A clear caseload's bytes; it is encrypted in its file."""
    caseload = Caseload.create(path)
    caseload.save(Family(code="F-017"))
    caseload.close()
    data = path.read_bytes()
    path.write_bytes(b"".join(new_key("some words", CHEAP).encrypt([data])))
    return data


@pytest.fixture
def caseload_id(clear: bytes) -> str:
    return clear.partition(b'"id":"')[2].partition(b'"')[0].decode()


def test_whatever_is_left_in_clear_is_named(path: Path, clear: bytes, caseload_id: str) -> None:
    folder = path.parent
    names = (
        "fenland.vig.json~",
        ".fenland.vig.json.swp",
        "#fenland.vig.json#",
        "fenland.vig.json.bak",
        "fenland.txt",
        "old/2025/fenland.vig.json",
        ".stversions/fenland~20261122-101500.vig.json",
        ".vigtui-backups/renamed.vig.json/2026-01-01T000000.000000Z.vig.json",
        ".vigtui-0-0-0.swap.tmp",
    )
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"b0VIM 9.0\0" + clear if name.endswith("swp") else clear)
    (folder / "from Windows.txt").write_text(clear.decode(), encoding="utf-16")
    with zipfile.ZipFile(folder / "sent.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("media/clip-1.mp4", bytes(1000))
        archive.writestr("sent/sent.vig.json", clear)
    (folder / "torn.json").write_bytes(clear[: len(clear) // 2])
    (folder / "other.txt").write_text("Something else")
    (folder / "link").symlink_to("fenland.txt")
    os.mkfifo(folder / "pipe")
    found = find_clear_text(folder, caseload_id)
    assert found.complete
    assert {path.relative_to(folder).as_posix() for path in found.paths} == {
        *names,
        "from Windows.txt",
        "sent.zip",
        "torn.json",
    }


def test_a_folder_of_film_is_not_read_to_the_end_and_a_full_one_says_so(
    path: Path, clear: bytes, caseload_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = path.parent / "film.mp4"
    film.touch()
    os.truncate(film, 1 << 40)
    for number in range(5):
        path.with_name(f"{number}.txt").write_bytes(clear)
    assert find_clear_text(path.parent, caseload_id).complete
    monkeypatch.setattr(clear_text, "_MOST_BYTES", int(2.5 * len(clear)))
    found = find_clear_text(path.parent, caseload_id)
    assert (len(found.paths), found.complete) == (2, False)
    monkeypatch.setattr(clear_text, "_MOST_FILES", 3)
    assert not find_clear_text(path.parent, caseload_id).complete
