"""What is still to be deleted of what was erased, noted beside the caseload before that is saved.

A program may be killed once the erasure is in the file, and the film and the earlier versions are not rid of
it yet. Whoever opens the caseload next finds the notes, and goes on (`vigtui.casefilm.erasing`). A note names
film files alone. It is encrypted as the caseload is, and no other program writes into it.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vigtui.domain.records import FilmPlace, Recording
from vigtui.foreign.files import read_file
from vigtui.foreign.json_data import decode_json
from vigtui.store.disk import backups
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.disk.other_files import ERASING, hidden_folders_of
from vigtui.store.disk.temporary import new_file
from vigtui.store.format.layout import Document
from vigtui.values.identity import new_id

if TYPE_CHECKING:
    from vigtui.store.merging.steps import Change

_LARGEST = 4 << 20


class ErasedFilm(Struct, frozen=True):
    """Where the film of a recording was that is erased, relative to the caseload's folder, and its
    fingerprint."""

    path: str
    fingerprint: str = ""


class _Note(Struct, frozen=True):
    caseload: str
    films: list[ErasedFilm]


class Left(Struct, frozen=True):
    """What an erasure leaves to be done: the earlier versions to be rewritten, these `films` to be deleted;
    and the notes of it."""

    films: frozenset[ErasedFilm]
    notes: tuple[Path, ...]
    number: int


class ErasingNotes:
    """The notes of the open caseload with this id, whose file `file` returns. May be called from any thread;
    `at_work` is held by whoever deletes what is noted."""

    def __init__(self, caseload: str, file: Callable[[], CaseloadFile]) -> None:
        self.at_work = threading.RLock()
        self.number = 0
        """How many erasures were noted since the caseload was opened."""
        self._caseload, self._file = caseload, file
        self._noting = threading.Lock()
        self._films: set[ErasedFilm] = set()
        self._done = self._written = 0

    def add(self, changes: "Iterable[Change]") -> None:
        """Note what these changes erase. The film of a recording that is held in any version stays."""
        changes = list(changes)
        places = {each.was.recording: each.was.path for each in changes if isinstance(each.was, FilmPlace)}
        with self._noting:
            self.number += 1
            for each in changes:
                said = [version.document for version in each.before.changed]
                if each.key[0] == Recording.table and not any(found.get("hold_reason") for found in said):
                    here = places.get(each.key[1])
                    self._films |= {film for found in said if (film := _film(found, here)).path}

    def write(self) -> None:
        """Write what is not noted on the disk yet. Call it before the caseload is written. Where the disk
        takes no note the erasure counts for more."""
        with self._noting:
            if self._written == self.number:
                return
            with contextlib.suppress(OSError):
                file = self._file()
                backups.make_folder(file.target)
                path = backups.folder_of(file.target) / f"{ERASING}{new_id()}.json"
                films = sorted(self._films, key=lambda each: each.path)
                content = [msgspec.json.encode(_Note(self._caseload, films))]
                whole = content if file.key is None else file.key.encrypt(content)
                with new_file(path, whole, like=file.target) as new:
                    new.path.replace(path)
                self._written = self.number

    def left(self) -> Left | None:
        """Return what is still to be done, by this program or by one that was killed; None for nothing."""
        with self._noting:
            films, number, begun = set(self._films), self.number, self.number > self._done
        notes = self._notes()
        for _, noted in notes:
            films.update(noted)
        return Left(frozenset(films), tuple(path for path, _ in notes), number) if notes or begun else None

    def done(self, left: Left) -> None:
        """All of it is deleted. Raises OSError."""
        with self._noting:
            self._done = max(self._done, left.number)
            self._films -= left.films
        for path in left.notes:
            path.unlink(missing_ok=True)

    def _notes(self) -> list[tuple[Path, list[ErasedFilm]]]:
        """Return the notes of this caseload, under whatever name it had, and what is in each."""
        file = self._file()
        folders = [each for each in hidden_folders_of(file.target) if not each.is_symlink()]
        paths = [path for each in folders for path in sorted(each.glob(f"{ERASING}*.json"))]
        if not paths:
            return []
        # Lazy: there is hardly ever one.
        from vigtui.vault.envelope import DamagedError
        from vigtui.vault.key import WrongKeyError
        from vigtui.vault.keyring import Keyring

        found, keyring = [], Keyring(file.key)
        for path in paths:
            with contextlib.suppress(OSError, ValueError, DamagedError, WrongKeyError):
                data = keyring.open(read_file(path, _LARGEST, follow_links=False))
                note = decode_json(data, _Note)
                if note.caseload == self._caseload:
                    found.append((path, note.films))
        return found


def _film(found: Document, here: str | None) -> ErasedFilm:
    path = found.get("path") if here is None else here
    fingerprint = found.get("fingerprint")
    return ErasedFilm(
        path if isinstance(path, str) else "", fingerprint if isinstance(fingerprint, str) else ""
    )
