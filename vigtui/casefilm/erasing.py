"""Erasing a family, a recording, a clip or a note for good: its film from the disk, its words from the
caseload and every copy here; and what others have erased, once that was taken in."""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.deleting import delete_film, delete_what_is_there, delete_what_was_said
from vigtui.casefilm.encrypted.left_over import named_films
from vigtui.casefilm.home import content_of, film_in
from vigtui.casefilm.opening import is_missing
from vigtui.casefilm.search import Survey, search
from vigtui.casefilm.working_copies import forget_copy_of
from vigtui.domain.belonging import films_of, items_about, moments_of, pieces_about, with_belongings
from vigtui.domain.consent.access import holds, is_named_besides
from vigtui.domain.records import Note, PointStep, Record, Recording, Reflection, Session, SessionItem
from vigtui.domain.removal import no_longer_naming
from vigtui.domain.vocabulary import RecordingState, SessionState, Visibility
from vigtui.film.errors import FilmDamaged, FilmError, FilmMissing
from vigtui.store.caseload import Caseload
from vigtui.store.erasing import ErasedCopies, erase_everywhere, erase_from_copies
from vigtui.store.erasing_notes import ErasedFilm
from vigtui.store.errors import CannotSaveError, CaseloadError, ReadOnlyError
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.removing.erasure import why_not_erased


class Erasure(Struct, frozen=True):
    """What goes when `record` is erased: its `records`, itself among them, the agenda `items` and the
    written `pieces` about its clips, and its `films`. `agreed` says that some of it belongs to an agreed
    supervision; `held` are the reasons for which film of it, or that it is about, must be kept, and with the
    film what was written of it: then nothing may be erased."""

    record: Record
    records: tuple[Record, ...]
    items: tuple[SessionItem, ...]
    pieces: tuple[Reflection | PointStep, ...]
    films: tuple[Recording, ...]
    agreed: bool
    held: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, int, int]:
        """How many films, agenda items and written pieces go."""
        return len(self.films), len(self.items), len(self.pieces)


def plan_erasure(caseload: Caseload, record: Record) -> Erasure:
    """Find out what erasing a record takes along. Nothing is changed."""
    known = {each.id: each for each in with_belongings(caseload.where, record)}
    known |= {each.id: each for each in moments_of(caseload.where, known.values())}
    films = [each for each in known.values() if isinstance(each, Recording)]
    kept = dict.fromkeys(film.id for film in (*films, *films_of(caseload.get, record)))
    items = items_about(caseload.where, known.values())
    sessions = {item.session for item in items} | _sessions_noted(caseload, known.values())
    met = (caseload.get(Session, each) for each in sessions)
    return Erasure(
        record,
        tuple(known.values()),
        tuple(items),
        tuple(pieces_about(caseload.where, known.values())),
        tuple(_going(caseload, films, known)),
        agreed=any(each is not None and each.state is SessionState.AGREED for each in met),
        held=tuple(dict.fromkeys(reason for film in kept for reason in holds(caseload, film))),
    )


def _sessions_noted(caseload: Caseload, records: Iterable[Record]) -> set[str]:
    """Return the supervisions in whose records these notes are read."""
    notes = [each for each in records if isinstance(each, Note) and each.visibility is Visibility.SESSION]
    items = (caseload.get(SessionItem, each.about) for each in notes)
    return {each.about for each in notes} | {item.session for item in items if item is not None}


def _going(caseload: Caseload, films: Iterable[Recording], going: Collection[str]) -> list[Recording]:
    """Return those that have a film which no recording names but those `going` (ids)."""
    there = (film for film in films if film.path and film.state is not RecordingState.DELETED)
    return [film for film in there if not is_named_besides(caseload, film.id, going)]


def missing_films(caseload: Caseload, erasure: Erasure) -> list[str]:
    """Return the paths of the films that are not where this machine has them. Blocks."""
    return [film.path for film in erasure.films if is_missing(caseload, film.path)]


def erase(caseload: Caseload, erasure: Erasure, keyring: Keyring) -> ErasedCopies:
    """Delete the films, unless a recording that stays names the same file, with what else lies of them in
    the caseload's folder (moved, or in clear beside the encrypted one), and erase the words from the
    caseload, its earlier versions, and the other files of it in its folder. What is missing keeps none of
    it: see `missing_films`. Blocks.

    Raises CaseloadError where film is held; that or FilmError when a film cannot be deleted, and then no word
    is erased; CaseloadError when the caseload cannot be saved, or its folder cannot be read."""
    if caseload.read_only:
        raise ReadOnlyError(caseload.read_only)
    if erasure.held:
        raise CaseloadError(why_not_erased("It", erasure.held))
    with caseload.erasing.at_work:
        films = _going(caseload, erasure.films, {each.id for each in erasure.records})
        elsewhere = _elsewhere(caseload, films)
        for film in films:
            _delete(caseload, film)
        for path in elsewhere:
            _delete_at(caseload, path)
        about = (*erasure.items, *erasure.pieces)
        caseload.enter(*no_longer_naming(caseload.where, (*erasure.records, *about)))
        done = erase_everywhere(caseload, (*about, erasure.record), keyring)
        finish_erasing(caseload, copies=False)
        return done


def finish_erasing(caseload: Caseload, *, copies: bool = True) -> bool:
    """Delete what there is still of what was erased, by somebody else or by a program that was killed before
    it was done: its film, unless a recording names that, and with `copies` its words in the earlier versions
    and the other files of the caseload in its folder. Return whether nothing is left. Blocks."""
    if caseload.read_only or caseload.erasing.left() is None:
        return True
    with caseload.erasing.at_work:
        if caseload.flush().state == "not_saved":
            return False
        left = caseload.erasing.left()
        if left is None:
            return True
        films = left.films
        paths = _still_there(caseload, films)
        steps: list[Callable[[], object]] = [partial(delete_what_is_there, caseload, path) for path in paths]
        steps += [partial(forget_copy_of, caseload.folder, film) for film in films]
        if copies:
            steps.append(partial(erase_from_copies, caseload, Keyring(caseload.key)))
        # What one step cannot do keeps none of the others.
        well = [_is_done(step) for step in steps]
        return all(well) and _is_done(partial(caseload.erasing.done, left))


def _is_done(step: Callable[[], object]) -> bool:
    """Do a step, and return whether the disk let that happen."""
    try:
        step()
    except (CaseloadError, FilmError, OSError):
        return False
    return True


def _still_there(caseload: Caseload, erased: frozenset[ErasedFilm]) -> list[str]:
    """Return where film that was erased may be, moved as well, and no recording names it; nor has lost it."""
    recordings = caseload.all(Recording)
    contents = {film.fingerprint for film in erased} - {""}
    alike = [each for each in recordings if each.fingerprint in contents]
    lost = {each.fingerprint for each in alike if is_missing(caseload, each.path)}
    contents -= lost
    unknown = search(caseload, recordings).unknown if contents else ()
    found = {film.path for film in unknown if _content_at(caseload, film.path) in contents}
    names = named_films(caseload) | {each.path for each in recordings}
    named = {_place(caseload, each) for each in names} - {None}
    paths = (found | {film.path for film in erased if film.fingerprint not in lost}) - names
    return sorted(path for path in paths if _place(caseload, path) not in named)


def _elsewhere(caseload: Caseload, films: Sequence[Recording]) -> list[str]:
    """Return where else in the folder these films lie, named by no other recording."""
    ids, contents = {film.id for film in films}, {film.fingerprint for film in films} - {""}
    recordings = caseload.all(Recording)
    survey = search(caseload, recordings) if contents else Survey()
    found = {film.path for film in survey.unknown if _content_at(caseload, film.path) in contents}
    for lost in survey.lost:
        if lost.recording.id in ids and lost.recording.fingerprint:
            found |= set(lost.found)
    named = {_place(caseload, each.path) for each in recordings if each.id not in ids}
    return sorted(path for path in found if _place(caseload, path) not in named)


def _place(caseload: Caseload, path: str) -> Path | None:
    with contextlib.suppress(FilmError, OSError):
        return film_in(caseload, path).path
    return None


def _content_at(caseload: Caseload, path: str) -> str:
    with contextlib.suppress(FilmError, OSError):
        return content_of(film_in(caseload, path))
    return "?"


def _delete(caseload: Caseload, film: Recording) -> None:
    with _told(film.path):
        forget_copy_of(caseload.folder, film)
    try:
        _delete_at(caseload, film.path)
    except (FilmMissing, FilmDamaged):
        with _told(film.path), contextlib.suppress(FilmError, FileNotFoundError):
            delete_what_was_said(caseload, film.path)
    except FilmError:  # What lies there is no film of ours, and stays.
        if film.state is not RecordingState.MISSING:
            raise


def _delete_at(caseload: Caseload, path: str) -> None:
    with _told(path):
        delete_film(caseload, path)


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    """Say of which film the disk refuses what is done."""
    try:
        yield
    except OSError as error:
        name = one_line(path)
        raise CannotSaveError(
            f"No word was erased: {name} cannot be deleted ({error.strerror or error})."
        ) from None
