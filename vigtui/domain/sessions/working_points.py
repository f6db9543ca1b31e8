"""Working points as threads: open, practised, settled; carried from session to session, one's own only."""

import datetime as dt

from msgspec import Struct

from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import PointStep, Session, SessionItem
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.vocabulary import PointState, SessionState


class Thread(Struct, frozen=True):
    """A working point, the session it was agreed in, and what became of it, oldest first."""

    item: SessionItem
    session: Session
    steps: tuple[PointStep, ...] = ()

    @property
    def words(self) -> str:
        return self.item.working_point

    @property
    def date(self) -> dt.date:
        """The day of its session."""
        return self.session.date

    @property
    def state(self) -> PointState:
        """How it goes now."""
        return self.steps[-1].state if self.steps else PointState.OPEN

    @property
    def goes_on(self) -> bool:
        """Whether it is not settled."""
        return self.state is not PointState.SETTLED

    @property
    def shows_in(self) -> str:
        """The id of the clip in which it showed last; "" for none."""
        return next((each.clip for each in reversed(self.steps) if each.clip), "")


def threads(find: Find, where: Where, trainee: str, before: Session | None = None) -> list[Thread]:
    """Return the working points of a trainee, newest first; never another's. Those of sessions that are still
    planned are not among them. `before` leaves out its own, and those of later sessions."""
    sessions = [
        each
        for each in where(Session)
        if trainee
        and trainee in each.trainees
        and each.state is not SessionState.PLANNED
        and (before is None or (each.date, each.id) < (before.date, before.id))
    ]
    sessions.sort(key=lambda each: (each.date, each.id), reverse=True)
    return [
        Thread(item, session, _steps(where, item))
        for session in sessions
        for item in sorted(where(SessionItem, session=session.id), key=lambda each: (each.order, each.id))
        if item.working_point.strip() and whose(find, session, item) == trainee
    ]


def _steps(where: Where, item: SessionItem) -> tuple[PointStep, ...]:
    return tuple(sorted(where(PointStep, item=item.id), key=lambda each: (each.date, each.id)))
