"""What was heard of a film, kept beside the caseload, so that it is heard through only once.

It tells who spoke when, and so belongs to the film: only its owner can read it, it is dropped when the film
changes, and it goes when the film goes.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vigtui.film.files import fingerprint_of
from vigtui.film.sound.waveform import BUCKET_MS, VERSION, Loudness
from vigtui.film.source import FilmSource
from vigtui.foreign.files import NotAnOrdinaryFileError, TooLargeError, entries, open_file, read_open
from vigtui.foreign.json_data import decode_json

FOLDER = ".vigtui-sound"
_ENDING, _UNFINISHED = ".sound", ".keeping-"
_LONGEST_HEADING = 4096
_MOST_BYTES = 16 << 20  # Of some eighty hours.
# What is raised where nothing of ours is kept.
_NONE = (FileNotFoundError, NotAnOrdinaryFileError, TooLargeError, ValueError)


class Cipher(Protocol):
    """What is kept, as it lies on the disk."""

    def encrypt(self, content: bytes) -> bytes: ...
    def decrypt(self, content: bytes) -> bytes:
        """Return what was encrypted. Raises ValueError where this was not, or not by it."""
        ...


def stamp(film: FilmSource) -> str:
    """Return what tells whether the film is still the same, and was heard as it would be now. Raises OSError,
    FilmError."""
    with film.open() as file:
        content = fingerprint_of(file)
    return f"{content} {film.path.stat().st_mtime_ns} {BUCKET_MS} {VERSION}"


@dataclass(frozen=True)
class KeptSound:
    """What was heard of the films of a caseload, in its `folder`; with a `cipher` nothing of it can be read
    there. Methods block; they raise OSError, and FilmError where the film's own bytes do not come."""

    folder: Path
    cipher: Cipher | None = None

    def recall(self, film: FilmSource) -> Loudness | None:
        """Return what was kept of `film`; None when there is nothing, or the film is another one by now. What
        belongs to films that are gone is deleted."""
        self._forget_the_gone()
        try:
            heading, decibels = self._read(self._place(film.path))
        except _NONE:
            return None
        return Loudness(decibels) if heading.get("stamp") == stamp(film) else None

    def keep(self, film: FilmSource, film_stamp: str, loudness: Loudness) -> None:
        """Keep what was heard of the film that had this `stamp`, if it still has it."""
        if stamp(film) != film_stamp:
            return
        place = self._place(film.path)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        heading = json.dumps({"film": self._name(film.path), "stamp": film_stamp}).encode()
        content = heading + b"\n" + loudness.decibels
        with tempfile.NamedTemporaryFile(prefix=_UNFINISHED, dir=place.parent, delete=False) as file:
            unfinished = Path(file.name)
            try:
                file.write(self.cipher.encrypt(content) if self.cipher else content)
                file.flush()
                unfinished.replace(place)
            finally:
                unfinished.unlink(missing_ok=True)

    def follow(self, was: str, film: FilmSource) -> None:
        """Let what was kept of `film` when it was at the relative path `was` be kept where it is now. What
        its stamp no longer vouches for is deleted, to be heard again."""
        old = self._kept_in() / _place_of(was)
        try:
            heading, decibels = self._read(old)
        except _NONE:
            return
        now = stamp(film)
        kept = str(heading.get("stamp"))
        if kept == now:
            self.keep(film, now, Loudness(decibels))
        # Another film may have been put in the old place; what is kept of that one stays.
        if kept.partition(" ")[0] == now.partition(" ")[0] and old != self._place(film.path):
            old.unlink(missing_ok=True)

    def forget(self, film: Path) -> None:
        """Delete what was kept of the film in this place."""
        with contextlib.suppress(NotAnOrdinaryFileError):  # Then nothing was kept.
            self._place(film).unlink(missing_ok=True)

    def files(self) -> Iterator[tuple[Path, str]]:
        """Yield each file with something that was heard, and the film of which it is, relative to the folder,
        or "" where that cannot be told: also what a program that was killed, or a copying folder, left under
        another name."""
        with contextlib.suppress(FileNotFoundError):
            for path in entries(self._kept_in()):
                if (_ENDING in path.name or path.name.startswith(_UNFINISHED)) and not path.is_dir():
                    yield path, self._film_of(path)

    def _forget_the_gone(self) -> None:
        for place, name in self.files():
            if place.name.endswith(_ENDING) and not (name and (self.folder / name).exists()):
                place.unlink(missing_ok=True)

    def _film_of(self, place: Path) -> str:
        """Return whose sound is kept there, "" where that cannot be read."""
        try:
            name = self._read(place)[0].get("film")
        except (OSError, ValueError, TooLargeError):
            return ""
        return name if isinstance(name, str) else ""

    def _kept_in(self) -> Path:
        """Return where it is kept: nowhere else, as a link might say. Raises OSError."""
        found = self.folder / FOLDER
        if found.is_symlink():
            raise NotAnOrdinaryFileError("a link", found)
        return found

    def _read(self, place: Path) -> tuple[dict[str, object], bytes]:
        with open_file(place, follow_links=False) as file:
            content = read_open(file, _MOST_BYTES)
        content = self.cipher.decrypt(content) if self.cipher else content
        heading, _, decibels = content.partition(b"\n")
        return decode_json(heading[:_LONGEST_HEADING], dict[str, object]), decibels

    def _place(self, film: Path) -> Path:
        return self._kept_in() / _place_of(self._name(film))

    def _name(self, film: Path) -> str:
        return Path(os.path.relpath(film.resolve(), self.folder.resolve())).as_posix()


def _place_of(name: str) -> str:
    import hashlib  # Lazy: three megabytes, and not needed before the first film.

    return hashlib.sha256(os.fsencode(name)).hexdigest()[:24] + _ENDING
