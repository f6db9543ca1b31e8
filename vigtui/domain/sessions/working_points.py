"""Working points as threads: open, practised, settled; carried from session to session, one's own only."""

import datetime as dt

from msgspec import Struct

from vigtui.domain.lookup import Find, Where
from vigtui.domain.people import may_follow
from vigtui.domain.records import Person, PointStep, Session, SessionItem
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.vocabulary import PointState, SessionKind, SessionState


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


def may_open_thread(where: Where, reader: Person | None, trainee: str) -> bool:
    """Return whether somebody opens a trainee's own thread: who follows them, and whoever guides them in
    VERP, for what they may read of it."""
    own = (each for each in where(Session) if trainee in each.trainees)
    return may_follow(reader, trainee) or any(may_read_points(reader, each, trainee) for each in own)


def may_read_points(reader: Person | None, session: Session, trainee: str) -> bool:
    """Return whether somebody reads how a trainee's working points of this session go: who follows them; and
    the guider of a session of VERP, of those that were agreed in it."""
    guided = reader is not None and session.kind is SessionKind.VERP and session.supervisor == reader.id
    return guided or may_follow(reader, trainee)


def _steps(where: Where, item: SessionItem) -> tuple[PointStep, ...]:
    return tuple(sorted(where(PointStep, item=item.id), key=lambda each: (each.date, each.id)))
