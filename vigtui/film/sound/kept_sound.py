"""What was heard of a film, kept beside the caseload, so that it is heard through only once.

It tells who spoke when, and so belongs to the film: only its owner can read it, it is dropped when the film
changes, and it goes when the film goes.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vigtui.film.files import fingerprint
from vigtui.film.sound.waveform import BUCKET_MS, VERSION, Loudness
from vigtui.foreign.files import NotAnOrdinaryFileError, TooLargeError, entries, open_file, read_open
from vigtui.foreign.json_data import decode_json

FOLDER = ".vigtui-sound"
_ENDING, _UNFINISHED = ".sound", ".keeping-"
_LONGEST_HEADING = 4096
_MOST_BYTES = 16 << 20  # Of some eighty hours.
# What is raised where nothing of ours is kept.
_NONE = (FileNotFoundError, NotAnOrdinaryFileError, TooLargeError, ValueError)


def stamp(film: Path) -> str:
    """Return what tells whether the film is still the same, and was heard as it would be now. Raises
    OSError."""
    return f"{fingerprint(film)} {film.stat().st_mtime_ns} {BUCKET_MS} {VERSION}"


def recall(folder: Path, film: Path) -> Loudness | None:
    """Return what was kept of `film` in the caseload's `folder`; None when there is nothing, or the film is
    another one by now. What belongs to films that are gone is deleted. Raises OSError."""
    _forget_the_gone(folder)
    try:
        heading, decibels = _read(_place(folder, film))
    except _NONE:
        return None
    return Loudness(decibels) if heading.get("stamp") == stamp(film) else None


def keep(folder: Path, film: Path, film_stamp: str, loudness: Loudness) -> None:
    """Keep what was heard of the film that had this `stamp`, if it still has it. Raises OSError."""
    if stamp(film) != film_stamp:
        return
    place = _place(folder, film)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    heading = json.dumps({"film": _name(folder, film), "stamp": film_stamp}).encode()
    with tempfile.NamedTemporaryFile(prefix=_UNFINISHED, dir=place.parent, delete=False) as file:
        unfinished = Path(file.name)
        try:
            file.write(heading + b"\n" + loudness.decibels)
            file.flush()
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)


def follow(folder: Path, was: str, film: Path) -> None:
    """Let what was kept of `film` when it was at the relative path `was` be kept where it is now. What its
    stamp no longer vouches for is deleted, to be heard again. Raises OSError."""
    old = _kept_in(folder) / _place_of(was)
    try:
        heading, decibels = _read(old)
    except _NONE:
        return
    now = stamp(film)
    kept = str(heading.get("stamp"))
    if kept == now:
        keep(folder, film, now, Loudness(decibels))
    # Another film may have been put in the old place; what is kept of that one stays.
    if kept.partition(" ")[0] == now.partition(" ")[0] and old != _place(folder, film):
        old.unlink(missing_ok=True)


def forget(folder: Path, film: Path) -> None:
    """Delete what was kept of `film`. Raises OSError."""
    with contextlib.suppress(NotAnOrdinaryFileError):  # Then nothing was kept.
        _place(folder, film).unlink(missing_ok=True)


def kept(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with something that was heard, and the film of which it is, relative to the caseload's
    `folder`, or "" where that cannot be told: also what a program that was killed, or a copying folder, left
    under another name. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        for path in entries(_kept_in(folder)):
            if (_ENDING in path.name or path.name.startswith(_UNFINISHED)) and not path.is_dir():
                yield path, _film_of(path)


def _forget_the_gone(folder: Path) -> None:
    for place, name in kept(folder):
        if place.name.endswith(_ENDING) and not (name and (folder / name).exists()):
            place.unlink(missing_ok=True)


def _film_of(place: Path) -> str:
    """Return whose sound is kept there, "" where that cannot be read."""
    try:
        with open_file(place, follow_links=False) as file:
            name = _heading(file).get("film")
    except (OSError, ValueError):
        return ""
    return name if isinstance(name, str) else ""


def _kept_in(folder: Path) -> Path:
    """Return where it is kept in a caseload's folder: nowhere else, as a link might say. Raises OSError."""
    found = folder / FOLDER
    if found.is_symlink():
        raise NotAnOrdinaryFileError("a link", found)
    return found


def _read(place: Path) -> tuple[dict[str, object], bytes]:
    with open_file(place, follow_links=False) as file:
        return _heading(file), read_open(file, _MOST_BYTES)


def _heading(file: BinaryIO) -> dict[str, object]:
    return decode_json(file.readline(_LONGEST_HEADING), dict[str, object])


def _place(folder: Path, film: Path) -> Path:
    return _kept_in(folder) / _place_of(_name(folder, film))


def _place_of(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:24] + _ENDING


def _name(folder: Path, film: Path) -> str:
    return Path(os.path.relpath(film.resolve(), folder.resolve())).as_posix()
