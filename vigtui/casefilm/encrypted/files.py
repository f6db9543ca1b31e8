"""The encrypted files in a caseload's folder: films, and beside each what its subtitle files say.

Their names say nothing: a film is called by its id, and what is said in it the same with `.words-1` behind.
The id is in the film's header as well, which nobody can change: of two films that changed places neither is
shown.
"""

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.home import FilmHome, film_key
from vigtui.film.errors import FilmError, FilmMissing, FilmRefused
from vigtui.film.files import MEDIA_FOLDER, UNFINISHED, reserve
from vigtui.film.source import cannot_be_read
from vigtui.film.subtitles import MOST_BYTES, files_beside
from vigtui.foreign.files import entries, open_file
from vigtui.store.disk.temporary import sync_folder
from vigtui.store.film_keys import follow_key
from vigtui.values.text import shown_path
from vigtui.vault.data_key import DataKey
from vigtui.vault.film.errors import FilmDamagedError, FilmLockedError
from vigtui.vault.film.layout import ENDING, is_called_encrypted
from vigtui.vault.film.reading import EncryptedFilm, open_encrypted, verify_film
from vigtui.vault.film.writing import write

_WORDS = ".words-"
_PIECE = 1 << 20


Progress = Callable[[float], None]
"""Told the part done, 0 to 1. What it raises ends the work, and nothing is left of it."""


def opened(home: FilmHome, path: Path) -> EncryptedFilm:
    """Return an encrypted film, open to be read in clear. Raises OSError, and FilmError, also where the file
    has another film's name: nobody's film is shown in the place of another's."""
    file = _opened(home, path)
    if path.stem != file.film_id:
        file.close()
        raise FilmRefused(f"{shown_path(path.name)} was renamed or exchanged: it is {file.film_id}{ENDING}.")
    return file


def opened_beside(home: FilmHome, film: Path, path: Path) -> tuple[EncryptedFilm, str]:
    """Return what belongs to an encrypted film, open to be read in clear, and what the name of the clear file
    ends with. Raises OSError, and FilmError, also where it belongs to another film."""
    file = _opened(home, path)
    ending = file.ending.removeprefix(_belongs_to(film))
    if ending == file.ending:
        file.close()
        raise FilmRefused(f"{shown_path(path.name)} belongs to another film.")
    return file, ending


def is_film_by_name(path: Path) -> bool:
    """Whether a file is called an encrypted film, and not what is said in one."""
    return is_called_encrypted(path.name) and film_of_words(path) is None


def word_files(film: Path) -> list[Path]:
    """Return the encrypted subtitle files of an encrypted film. Raises OSError."""
    start = film.stem + _WORDS
    return sorted(path for path in entries(film.parent) if path.name.startswith(start))


def film_of_words(path: Path) -> Path | None:
    """Return the encrypted film to which a file belongs by its name, if that is of a subtitle file."""
    film, found, _ = path.stem.rpartition(_WORDS)
    return path.with_name(film + ENDING) if found and is_called_encrypted(path.name) else None


def words_of(home: FilmHome, film: Path) -> bytes:
    """Return what the subtitle file of an encrypted film says: of several that with the shortest name.
    Raises FilmError, OSError."""
    found = []
    for path in word_files(film):
        file, ending = opened_beside(home, film, path)
        with file:
            found.append((len(ending), ending, file.read(MOST_BYTES)))
    return min(found)[2] if found else b""


def encrypt_film(home: FilmHome, film: Path, progress: Progress = lambda _: None) -> Path:
    """Encrypt a film, wherever it lies, and its subtitle files into the caseload's folder, and return where
    it is now. The clear files stay. Blocks. Raises FilmError, and whatever `progress` raises."""
    try:
        with film.open("rb") as content:
            made = encrypt_into(home, content, film.suffix.lower(), progress)
        try:
            for words in files_beside(film):
                with open_file(words, follow_links=False) as content:
                    encrypt_words(home, made, content, words_ending(words, film))
        except BaseException:
            remove_encrypted(made)
            raise
    except OSError as error:
        raise _not_made(film, "encrypted", error) from error
    return made


def encrypt_into(home: FilmHome, content: BinaryIO, ending: str, progress: Progress = lambda _: None) -> Path:
    """Encrypt a film, which can be read and sought in, into the folder, under a name that says nothing, and
    return where it is. `ending` is what the name of the clear film ends with. Blocks. Raises FilmError,
    OSError, and whatever `progress` raises."""
    media = home.folder / MEDIA_FOLDER
    media.mkdir(mode=0o700, exist_ok=True)
    return _encrypt(home, content, ending, media, lambda film_id: f"{film_id}{ENDING}", progress)


def encrypt_words(home: FilmHome, film: Path, content: BinaryIO, ending: str) -> None:
    """Encrypt a subtitle file of an encrypted film beside it, in the place of no other. Raises FilmError,
    OSError."""
    places = (film.with_name(f"{film.stem}{_WORDS}{number}{ENDING}") for number in count(1))
    place = next(each for each in places if not each.exists())
    encrypt_beside(home, film, content, ending, place)


def encrypt_beside(home: FilmHome, film: Path, content: BinaryIO, ending: str, place: Path) -> None:
    """Encrypt into the file `place` what belongs to an encrypted film. Raises FilmError, OSError."""
    _encrypt(home, content, _belongs_to(film) + ending, place.parent, lambda _: place.name, lambda _: None)


def _encrypt(
    home: FilmHome,
    content: BinaryIO,
    ending: str,
    folder: Path,
    name: Callable[[str], str],
    progress: Progress,
) -> Path:
    """The file appears only when it is whole, on the disk, and was read back from there; `name` is given the
    film's id."""
    key = _key_of(home, folder)
    told = _Told(2 * max(1, content.seek(0, os.SEEK_END)), progress)  # It is written, and then read.
    content.seek(0)
    with _unfinished(folder) as (file, path):
        written = write(file, told.pieces_of(content), key, ending)
        os.fsync(file.fileno())
        if verify_film(path, key, told.advance) != written:
            raise FilmError("The film is not on the disk as it was written.")
        target = folder / name(written.film_id)
        path.rename(target)
    # Somebody may have changed it since, and may have looked before this film was there.
    if film_key(home) is not key:
        follow_key(folder, key, film_key(home))
    return target


def _belongs_to(film: Path) -> str:
    """What the ending begins with of what belongs to a film: nothing is taken for another film's."""
    return f".{film.stem}"


def _opened(home: FilmHome, path: Path) -> EncryptedFilm:
    try:
        return open_encrypted(path, _key_of(home, path))
    except FileNotFoundError:
        raise FilmMissing(f"There is no film {shown_path(path.name)}.") from None


def decrypt_film(home: FilmHome, film: Path, name: str, progress: Progress = lambda _: None) -> Path:
    """Write an encrypted film, and what is said in it, in clear beside it, called `name`, and return where it
    is. The encrypted files stay. Blocks. Raises FilmError, and whatever `progress` raises: then nothing is in
    clear."""
    try:
        with opened(home, film) as content:
            told = _Told(max(1, content.size), progress)
            made = [_clear_file(told.pieces_of(content), film.parent, name, content.ending)]
        try:
            for words in word_files(film):
                content, ending = opened_beside(home, film, words)
                with content:
                    pieces = iter(partial(content.read, _PIECE), b"")
                    made.append(_clear_file(pieces, film.parent, made[0].stem, ending))
        except BaseException:
            for path in made:
                path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _not_made(film, "decrypted", error) from error
    return made[0]


def write_clear(
    home: FilmHome, content: BinaryIO, name: str, ending: str, progress: Progress = lambda _: None
) -> Path:
    """Write what can be read and sought in, in clear, into the folder's film, called `name`, and return where
    it is. Blocks. Raises OSError, and whatever `progress` raises."""
    media = home.folder / MEDIA_FOLDER
    media.mkdir(exist_ok=True)
    told = _Told(max(1, content.seek(0, os.SEEK_END)), progress)
    content.seek(0)
    return _clear_file(told.pieces_of(content), media, name, ending)


def _not_made(film: Path, what: str, error: OSError) -> FilmError:
    if isinstance(error, FilmDamagedError | FilmLockedError):
        return cannot_be_read(shown_path(film.name), error)
    why = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
    return FilmError(f"{shown_path(film.name)} could not be {what}: {why}.")


def remove_encrypted(film: Path) -> None:
    """Delete an encrypted film, and what is said in it. Raises OSError."""
    for path in (*word_files(film), film):
        path.unlink(missing_ok=True)


class _Told:
    """Tells how much of so many bytes is done."""

    def __init__(self, whole: int, progress: Progress) -> None:
        self._whole, self._progress, self._done = whole, progress, 0

    def advance(self, more: int) -> None:
        self._done += more
        self._progress(min(1.0, self._done / self._whole))

    def pieces_of(self, content: BinaryIO) -> Iterator[bytes]:
        while piece := content.read(_PIECE):
            yield piece
            self.advance(len(piece))


def _clear_file(pieces: Iterable[bytes], folder: Path, name: str, ending: str) -> Path:
    """Write a new file, readable by its owner alone, which appears only when it is whole and on the disk."""
    with _unfinished(folder) as (file, path):
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
        target = reserve(folder, f"{name}{ending}")
        path.replace(target)
    return target


@contextlib.contextmanager
def _unfinished(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Make a new file for its owner alone, and where it is. If it is still there in the end it is deleted;
    else its new name is brought to the disk."""
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)
    sync_folder(folder)


def words_ending(words: Path, film: Path) -> str:
    """Return what comes after the film's name in that of a clear subtitle file: `.en.srt`."""
    return words.name.removeprefix(film.stem) if words.name.startswith(film.stem) else words.suffix


def _key_of(home: FilmHome, path: Path) -> DataKey:
    key = film_key(home)
    if key is None:
        raise FilmRefused(f"{shown_path(path.name)} is encrypted: only the caseload that it is of opens it.")
    return key
