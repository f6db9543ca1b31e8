"""Encrypting all clear film of a caseload, and decrypting it again, film by film.

A recording names the encrypted film once that is whole, on the disk and was read back; the clear one is
deleted after that, if it is wanted. Broken off at any moment, there is the clear film, or there are both;
what is left is done the next time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.deleting import delete_film
from vigtui.casefilm.encrypted.files import decrypt_film, encrypt_film
from vigtui.casefilm.encrypted.left_over import named_films, remove_there_twice
from vigtui.casefilm.home import content_of, film_in
from vigtui.casefilm.search import search
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CannotSaveError
from vigtui.values.text import shown_path
from vigtui.vault.film.layout import is_called_encrypted

Progress = Callable[[int, int, float], None]
"""Told which film is worked on, from 1, of how many, and the part of it that is done, 0 to 1. What it raises
ends the work; what was done until then stays."""


class FilmsChanged(Struct, frozen=True):
    """What was done: the films as they were named before, each with its path now; and a sentence for each
    that stays as it was."""

    films: tuple[tuple[str, str], ...]
    troubles: tuple[str, ...]


def clear_films(caseload: Caseload) -> dict[str, list[Recording]]:
    """Return the clear film that recordings of the caseload name, by its path."""
    return _films(caseload, encrypted=False)


def encrypted_films(caseload: Caseload) -> dict[str, list[Recording]]:
    """Return the encrypted film that recordings of the caseload name, by its path."""
    return _films(caseload, encrypted=True)


def encrypt_films(caseload: Caseload, progress: Progress) -> FilmsChanged:
    """Encrypt all clear film that the caseload names, and let its recordings name that. The clear films stay
    (see `delete_clear`). Blocks. Raises CaseloadError."""

    def encrypted(path: str, _: Recording, tell: Callable[[float], None]) -> Path:
        film = film_in(caseload, path)
        film.check()
        return encrypt_film(caseload, film.path, tell)

    return _turn(caseload, clear_films(caseload), encrypted, progress)


def decrypt_films(
    caseload: Caseload, films: Iterable[str], name: Callable[[Recording], str], progress: Progress
) -> FilmsChanged:
    """Write these encrypted films in clear, each called what `name` says, let its recordings name that, and
    delete the encrypted ones. Blocks. Raises CaseloadError."""
    wanted = set(films)
    chosen = {path: each for path, each in encrypted_films(caseload).items() if path in wanted}

    def decrypted(path: str, recording: Recording, tell: Callable[[float], None]) -> Path:
        return decrypt_film(caseload, film_in(caseload, path).path, name(recording), tell)

    done = _turn(caseload, chosen, decrypted, progress)
    delete_clear(caseload, [path for path, _ in done.films])
    with suppress(FilmError, OSError):  # Where this was broken off once, they are still there.
        remove_there_twice(caseload, caseload, seconds=0)
    return done


def delete_clear(caseload: Caseload, films: Iterable[str]) -> list[str]:
    """Delete films that no recording names any more, in any version, with what is kept of them, and return a
    sentence for each that could not be. Blocks."""
    troubles = []
    named = named_films(caseload)
    for path in films:
        try:
            if path not in named:
                delete_film(caseload, path)
        except (FilmError, OSError) as error:
            troubles.append(f"{shown_path(path)} is still there in clear: {error}")
    return troubles


def same_in_clear(caseload: Caseload, recordings: Iterable[Recording]) -> list[str]:
    """Return where in the caseload's folder film of these recordings lies in clear, named by none. Blocks:
    call it in a worker."""
    contents = {each.fingerprint for each in recordings} - {""}
    survey = search(caseload, caseload.all(Recording))
    clear = (film.path for film in survey.unknown if not is_called_encrypted(film.path))
    return [path for path in clear if _content_at(caseload, path) in contents]


def _content_at(caseload: Caseload, path: str) -> str:
    try:
        return content_of(film_in(caseload, path))
    except (FilmError, OSError):
        return ""


def _films(caseload: Caseload, *, encrypted: bool) -> dict[str, list[Recording]]:
    found = defaultdict[str, list[Recording]](list)
    for recording in caseload.all(Recording):
        is_there = recording.path and recording.state is RecordingState.PRESENT
        if is_there and is_called_encrypted(recording.path) is encrypted:
            found[recording.path].append(recording)
    return dict(found)


def _turn(
    caseload: Caseload,
    films: dict[str, list[Recording]],
    turned: Callable[[str, Recording, Callable[[float], None]], Path],
    progress: Progress,
) -> FilmsChanged:
    done, troubles = [], []
    for number, (path, recordings) in enumerate(films.items(), start=1):

        def tell(part: float, number: int = number) -> None:
            progress(number, len(films), part)

        try:
            target = turned(path, recordings[0], tell)
        except FilmError as error:
            troubles.append(str(error))
            continue
        now = target.relative_to(caseload.folder).as_posix()
        present = (caseload.get(Recording, each.id) for each in recordings)
        still = [replace(each, path=now) for each in present if each and each.path == path]
        if not still:
            troubles += [f"{shown_path(path)}: its recording has changed.", *delete_clear(caseload, [now])]
            continue
        caseload.enter(*still)
        _save(caseload)
        done.append((path, now))
    return FilmsChanged(tuple(done), tuple(troubles))


def _save(caseload: Caseload) -> None:
    status = caseload.flush()
    if status.state == "not_saved":
        raise CannotSaveError(status.why)
