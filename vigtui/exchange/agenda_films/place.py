"""Where film for agendas is, and taking it out of there."""

import contextlib
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.encrypted.agenda_films import remove_film
from vigtui.domain.records import AgendaFilm
from vigtui.store.caseload import Caseload


class Place(Struct, frozen=True):
    """The folder of a space, and the machine that writes here."""

    folder: Path
    writer: str


def take_out(caseload: Caseload, folder: Path, films: tuple[AgendaFilm, ...]) -> None:
    """Delete films from the space, and their records. A file that cannot be deleted now is later, by whoever
    finds it without its record. Blocks. Raises ReadOnlyError."""
    for each in films:
        with contextlib.suppress(OSError):
            remove_film(folder, each)
        caseload.let_go(each)


def films_of(caseload: Caseload, session: str) -> tuple[AgendaFilm, ...]:
    """Return the films for a session that are in the space, or on their way."""
    return tuple(caseload.where(AgendaFilm, session=session))
