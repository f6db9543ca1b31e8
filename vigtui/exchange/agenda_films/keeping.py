"""What goes of film for an agenda, of the records and of the space's folder: at opening, on a new day, when a
record that decides about film has changed, and once a minute for what the engine brings back.

No file is deleted only because no record names it: that may be on its way. It goes at once where its record
is known to be gone, and otherwise once it has lain here for longer than any film may.
"""

import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec.structs import replace

from vigtui.casefilm.encrypted.agenda_films import AFTER, BEFORE, films_folder, place_of
from vigtui.domain.consent.agenda_film import MOST_DAYS, OTHERS_DAYS, goes, is_over
from vigtui.domain.records import (
    AgendaFilm,
    Clip,
    Consent,
    Cycle,
    Family,
    Person,
    Record,
    Recording,
    Session,
)
from vigtui.exchange.agenda_films.place import Place, take_out
from vigtui.exchange.agenda_films.standing import FilmStanding, films_standing
from vigtui.foreign.files import entries
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, META, VERSIONS
from vigtui.values.clocks import now
from vigtui.values.days import today
from vigtui.vault.film.layout import ENDING

if TYPE_CHECKING:
    from vigtui.store.merging.steps import Step

UNFINISHED_AFTER = dt.timedelta(hours=1)
"""Whoever makes a film has it made by then: else the program was killed."""
_UNKNOWN_DAYS = MOST_DAYS + OTHERS_DAYS
_SECONDS, _SECONDS_TO_COME = 60.0, 5.0
_NAME = re.compile(r"[0-9a-f]{32}")
_KINDS: tuple[type[Record], ...] = (AgendaFilm, Clip, Consent, Cycle, Family, Person, Recording, Session)
_DECIDE = frozenset(kind.table for kind in _KINDS) | {META, VERSIONS, DELETED}


class FilmKeeper:
    """Keeps film for an agenda of an open caseload: call `work` once a second, in one thread, and `end` when
    that ends. `standing` says what there is. `on` is the day, `clock` gives seconds that only go forward;
    another machine's film goes `others_days` after its last day."""

    def __init__(
        self,
        caseload: Caseload,
        place: Place,
        *,
        others_days: int = OTHERS_DAYS,
        on: Callable[[], dt.date] = today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._caseload, self._place, self._others_days = caseload, place, others_days
        self._on, self._clock = on, clock
        self._day: dt.date | None = None
        self._looked = 0.0
        self._changed = True
        self.standing = FilmStanding()
        self.end = caseload.subscribe(self._note)

    def _note(self, step: "Step") -> None:
        self._changed = self._changed or not _DECIDE.isdisjoint(step.tables)

    def work(self) -> None:
        """Let go what has to, if it is time to look."""
        day, moment = self._on(), self._clock()
        pause = _SECONDS_TO_COME if self.standing.away else _SECONDS
        if self._changed or day != self._day or moment - self._looked >= pause:
            self._changed, self._day, self._looked = False, day, moment
            ended = keep_films(self._caseload, self._place, day, others_days=self._others_days)
            standing = films_standing(self._caseload, self._place.folder)
            self.standing = replace(standing, ended=self.standing.ended + ended)


def keep_films(caseload: Caseload, place: Place, on: dt.date, *, others_days: int = OTHERS_DAYS) -> int:
    """Delete the films that have to go today, and their records, and the files whose record is gone. What
    the disk refuses is tried the next time. Return how many went before their day. Blocks."""
    ended = 0
    if caseload.read_only:
        return ended
    for film in caseload.all(AgendaFilm):
        own = film.writer == place.writer
        if goes(caseload, film, on, own=own, others_days=others_days) or (own and _is_broken_off(film)):
            early = not is_over(caseload, film, on) and not _is_broken_off(film)
            with contextlib.suppress(CaseloadError):
                take_out(caseload, place.folder, (film,))
                ended += early
    with contextlib.suppress(OSError):
        _clean_folder(caseload, place, on)
    return ended


def let_all_go(caseload: Caseload) -> None:
    """Remove every record of film for an agenda from a caseload that is in no space any more: the keys are
    of no use, and must be in no file in clear."""
    if not caseload.read_only:
        caseload.let_go(*caseload.all(AgendaFilm))


def _is_broken_off(film: AgendaFilm) -> bool:
    return film.size == 0 and film.created is not None and now() - film.created > UNFINISHED_AFTER


def _clean_folder(caseload: Caseload, place: Place, on: dt.date) -> None:
    files = list(_files(place.folder))
    if not files:
        return
    known = {each.name: each for each in caseload.all(AgendaFilm)}
    gone = _gone(caseload) if any(name not in known for _, name in files) else frozenset[str]()
    for path, name in files:
        film = known.get(name)
        if film is not None:
            # Written once: what an engine calls a copy of it, or half of it, is nothing that anybody needs.
            right = path == place_of(place.folder, film) or (path.name.startswith(BEFORE) and not film.size)
            unneeded = not right and film.size > 0
        else:
            unneeded = name in gone or _days_here(path, on) > _UNKNOWN_DAYS
        if unneeded:
            with contextlib.suppress(OSError):
                path.unlink()


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield what lies there that is a film, or half of one, and the name of the film that it is of."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in entries(films_folder(folder)):
            found = _NAME.search(path.name)
            if found and (
                path.name.endswith(ENDING) or (path.name.startswith(BEFORE) and path.name.endswith(AFTER))
            ):
                yield path, found[0]


def _gone(caseload: Caseload) -> frozenset[str]:
    """The names of films whose records were removed or erased."""
    marks = (document(each) for each in caseload.snapshot().get(DELETED, {}).values())
    ids = [str(each.get("id")) for each in marks if each.get("table") == AgendaFilm.table]
    found = set()
    for each in ids:
        with contextlib.suppress(ValueError):
            found.add(UUID(each).hex)
    return frozenset(found)


def _days_here(path: Path, on: dt.date) -> int:
    """For how long a file has been on this machine: an engine may set when it was written, not when it
    came."""
    status = path.lstat()
    since = dt.datetime.fromtimestamp(max(status.st_mtime, status.st_ctime)).astimezone().date()
    return (on - since).days
