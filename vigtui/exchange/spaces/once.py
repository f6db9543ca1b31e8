"""A caseload brought in step with its space once, for a command: no thread."""

from vigtui.domain.consent.agenda_film import OTHERS_DAYS
from vigtui.exchange.agenda_films.keeping import keep_films
from vigtui.exchange.agenda_films.place import Place
from vigtui.exchange.spaces.membership import load_membership
from vigtui.exchange.spaces.space import Space
from vigtui.store.caseload import Caseload
from vigtui.values.days import today


def leave_in_step(space: Space, *, film_left_days: int = OTHERS_DAYS) -> None:
    """Take in what is there, delete the film for agendas that has to go, and send what is to be sent; the
    space notes no more. Another machine's film goes so many days after its last one. Blocks."""
    space.look()
    place = Place(space.folder, space.membership.writer)
    keep_films(space.caseload, place, today(), others_days=film_left_days)
    space.leave()


def send_now(caseload: Caseload, *, film_left_days: int = OTHERS_DAYS) -> None:
    """Bring a caseload in step with its space, if it is in one, as `leave_in_step`. Blocks."""
    membership = load_membership(caseload)
    if membership is not None:
        leave_in_step(Space(caseload, membership), film_left_days=film_left_days)
