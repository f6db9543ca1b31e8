"""Film for an agenda in the folder of a space: written there once, and seen from there.

Each is encrypted with a key of its own, which its record has, and is called by the id of that: a file that
was exchanged with another is not shown. All of it is read before it is shown: no changed film begins to play.
"""

import contextlib
import datetime as dt
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.home import FilmHome
from vigtui.domain.consent.agenda_film import ends_on, is_for, seen_for
from vigtui.domain.records import AgendaFilm, Person
from vigtui.film.errors import FilmComing, FilmDamaged, FilmError, FilmMissing, FilmRefused
from vigtui.film.files import check_bytes
from vigtui.foreign.files import NotAnOrdinaryFileError
from vigtui.store.caseload import Caseload
from vigtui.store.disk.access import make_shared, rights_in
from vigtui.store.disk.temporary import sync_folder
from vigtui.vault.data_key import DataKey
from vigtui.vault.film.errors import FilmDamagedError, FilmLockedError
from vigtui.vault.film.layout import ENDING, stored_bytes
from vigtui.vault.film.reading import EncryptedFilm, open_encrypted
from vigtui.vault.film.writing import write
from vigtui.wording.film.agenda import over_words

FOLDER = "film"
BEFORE, AFTER = "~vigtui-", ".tmp"
"""What the name of a film begins and ends with that is not whole yet."""
MOST_BYTES = 2 << 30
"""A clip is minutes long at most: what says that it is larger is none."""
_ASK = "It is not shown. Whoever sent it takes it out of the space, and sends it again."
_PIECE = 1 << 20
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def new_name() -> tuple[str, str]:
    """Return the name of a film, and the key of its file, which nobody ever had."""
    return os.urandom(16).hex(), os.urandom(32).hex()


def films_folder(folder: Path) -> Path:
    """Return where films are in the space's folder: nowhere else, as a link might say that somebody put
    there. Raises OSError."""
    films = folder / FOLDER
    if films.is_symlink():
        raise NotAnOrdinaryFileError("a link", films)
    return films


def place_of(folder: Path, film: AgendaFilm) -> Path:
    """Return where a film is in the space's folder."""
    return folder / FOLDER / f"{film.name}{ENDING}"


def write_film(
    folder: Path, film: AgendaFilm, content: BinaryIO, ending: str, progress: Callable[[float], None]
) -> int:
    """Encrypt a clear film into the space's folder, and return its size in bytes. The file appears only when
    it is whole, on the disk, and was read back. The folder itself is not made. Blocks. Raises FilmError,
    OSError, and whatever `progress` raises; then nothing is left of it."""
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    if size > MOST_BYTES:
        raise FilmError("This clip is too large for an agenda. Make it shorter.")
    films = films_folder(folder)
    with contextlib.suppress(FileExistsError):
        make_shared(films)
    path = films / f"{BEFORE}{film.name}{AFTER}"
    key = DataKey.received(film.key)
    try:
        with os.fdopen(os.open(path, _NEW, 0o600), "r+b") as file:
            with contextlib.suppress(OSError):
                os.fchmod(file.fileno(), rights_in(folder))
            pieces = _told(content, size, progress)
            written = write(file, pieces, key, ending, bytes.fromhex(film.name))
            os.fsync(file.fileno())
        with open_encrypted(path, key, unchanged=True) as made:
            if made.read_whole(lambda _: None) != written:
                raise FilmError("The film is not in the folder as it was written.")
        path.replace(place_of(folder, film))
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    sync_folder(films)
    return size


def remove_film(folder: Path, film: AgendaFilm) -> None:
    """Delete a film from the space's folder, whole or not. Raises OSError."""
    films = films_folder(folder)
    if film.name:
        place_of(folder, film).unlink(missing_ok=True)
        (films / f"{BEFORE}{film.name}{AFTER}").unlink(missing_ok=True)


@dataclass(frozen=True)
class AgendaSource:
    """A film for an agenda, for the caseload `home`: once the key of that is wiped, it is read no more."""

    path: Path
    film: AgendaFilm
    home: FilmHome
    whole: bool = False

    @property
    def starts_ms(self) -> int:
        """The moment of the recording that it begins with."""
        return self.film.starts_ms

    @property
    def is_copy(self) -> bool:
        """It is the clip as it was cut."""
        return False

    @property
    def name(self) -> str:
        """What it is: its file's name says nothing."""
        return "The film for this clip"

    @property
    def clear_file(self) -> None:
        """There is none."""
        return

    def open(self) -> BinaryIO:
        """Return the film's clear bytes, to be read. Raises OSError, FilmError."""
        return _opened(self.home, self.path, self.film)

    def check(self) -> None:
        """Raise FilmError where what is encrypted is no film."""
        check_bytes(self)

    def subtitles(self) -> bytes:
        """None goes along."""
        return b""


def film_in_space(home: FilmHome, folder: Path, film: AgendaFilm) -> AgendaSource:
    """Return the film of a record, once all of it was read and found as it was written. Blocks. Raises
    FilmError: FilmComing while it is not there yet, or not whole."""
    path = place_of(folder, film)
    with _in_words():
        films_folder(folder)
        there, right = _size(path), stored_bytes(film.size)
        if not film.size or there is None:
            raise FilmComing(
                "The film for this clip is not here yet. It opens by itself as soon as it has come."
            )
        if there < right:
            raise FilmComing(
                f"The film for this clip is not whole yet: {there / 1e6:.1f} of {right / 1e6:.1f} MB are"
                " here. It opens by itself when the rest has come."
            )
        if film.size > MOST_BYTES:
            raise FilmRefused("The film for this clip is larger than a clip can be. It is not shown.")
        with _opened(home, path, film) as file:
            if file.size != film.size:
                raise FilmDamagedError("is not as its record says")
            file.read_whole(lambda _: None)
    return AgendaSource(path, film, home)


def _opened(home: FilmHome, path: Path, film: AgendaFilm) -> EncryptedFilm:
    """Return a film, open to be read in clear. Raises OSError, and FilmRefused for another's."""
    key = home.key
    if isinstance(key, DataKey) and key.is_wiped:
        raise FilmLockedError
    try:
        file = open_encrypted(path, DataKey.received(film.key), unchanged=True)
    except (FilmLockedError, ValueError):  # A key that is none, in a record edited by hand, opens nothing.
        raise _exchanged() from None
    if file.film_id != film.name:
        file.close()
        raise _exchanged()
    if isinstance(key, DataKey):
        key.forgotten_by(file)
    return file


def _exchanged() -> FilmRefused:
    return FilmRefused(
        "The film for this clip is not the one that was sent for it: its file was changed or exchanged. "
        f"{_ASK}"
    )


@dataclass(frozen=True)
class NotShown:
    """Why a film was not shown, and what its record and its file were like then: it is not read again before
    that changes."""

    state: tuple[int, ...]
    error: FilmError


def open_agenda_film(
    caseload: Caseload,
    folder: Path | None,
    clip: str,
    session: str,
    on: dt.date,
    viewer: Person | None,
    not_shown: dict[str, NotShown],
) -> AgendaSource | None:
    """Return the film for a clip from the space's folder, for the session with this id if there is one; None
    where nobody has sent any that is for `viewer`. Without a folder it is still being looked for. `not_shown`
    keeps by their ids what was found of those that cannot be shown. Blocks. Raises FilmComing while an engine
    may still be at it, FilmMissing where the last day is past."""
    films = seen_for(caseload, clip, session, on, viewer)
    for film in films:
        if folder is None:
            raise FilmComing("The space is being looked into for the film of this clip.")
        state, known = _state(folder, film), not_shown.get(film.id)
        if known is None or known.state != state:
            try:
                return film_in_space(caseload, folder, film)
            except FilmError as error:
                not_shown[film.id] = NotShown(state, error)
    if films:
        raise FilmComing(str(not_shown[films[0].id].error))
    theirs = (each for each in caseload.where(AgendaFilm, clip=clip) if is_for(caseload, each, viewer))
    last = [ends_on(caseload, each) for each in theirs]
    if last and max(last) < on:
        raise FilmMissing(over_words(max(last), on))
    return None


def may_still_be_seen(caseload: Caseload, film: AgendaFilm, on: dt.date, viewer: Person | None) -> bool:
    """Whether a film that `viewer` has open may go on."""
    now = caseload.get(AgendaFilm, film.id)
    return now is not None and now in seen_for(caseload, now.clip, now.session, on, viewer)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except FilmDamagedError as error:
        raise FilmDamaged(f"The film for this clip {error}. {_ASK}") from error
    except FileNotFoundError:
        raise FilmComing("The film for this clip is not here any more.") from None
    except OSError as error:
        raise FilmError(f"The film for this clip cannot be read: {error.strerror or error}.") from error


def _size(path: Path) -> int | None:
    """The size of a file; None where there is none."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(found.st_mode):
        raise FilmRefused("The film for this clip is no ordinary file. It is not shown.")
    return found.st_size


def _state(folder: Path, film: AgendaFilm) -> tuple[int, ...]:
    """By what it is known that a film, or what its record says of it, has changed."""
    try:
        found = place_of(folder, film).lstat()
    except OSError:
        return (film.size,)
    return film.size, found.st_size, found.st_mtime_ns


def _told(content: BinaryIO, size: int, progress: Callable[[float], None]) -> Iterator[bytes]:
    done = 0
    for piece in iter(partial(content.read, _PIECE), b""):
        yield piece
        done += len(piece)
        progress(done / max(1, size))
