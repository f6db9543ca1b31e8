"""How film for an agenda stands in a space, as plain data: for a screen and a command."""

import datetime as dt
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.encrypted.agenda_films import place_of
from vigtui.domain.consent.agenda_film import ends_on
from vigtui.domain.records import AgendaFilm
from vigtui.store.caseload import Caseload
from vigtui.vault.film.layout import stored_bytes


class FilmStanding(Struct, frozen=True):
    """How many films are named by records, how many of them are not here (not yet, or not any more), how many
    bytes the others take, and the first and the last day on which one goes; and how many were deleted here
    before their day since the caseload was opened, since they may not be seen any more."""

    films: int = 0
    away: int = 0
    size: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    ended: int = 0


def films_standing(caseload: Caseload, folder: Path) -> FilmStanding:
    """Look at the films of a caseload in its space's folder. Asks the disk once for each."""
    films = caseload.all(AgendaFilm)
    here = [each for each in films if each.size and _is_here(folder, each)]
    days = [ends_on(caseload, each) for each in films]
    return FilmStanding(
        len(films),
        len(films) - len(here),
        sum(stored_bytes(each.size) for each in here),
        min(days, default=None),
        max(days, default=None),
    )


def _is_here(folder: Path, film: AgendaFilm) -> bool:
    try:
        return place_of(folder, film).stat().st_size == stored_bytes(film.size)
    except OSError:
        return False
