"""What is said of one caseload in the list of all that somebody works with: what waits, who is seen when."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from vigtui.domain.people import roles_on
from vigtui.domain.records import Cycle, Person, Seeing, Session, SessionItem
from vigtui.domain.vocabulary import Role, SessionState
from vigtui.queries.caseload_rows import CaseloadRecords, FamilyRow, family_rows
from vigtui.queries.visits import FORTNIGHT, planned_visits
from vigtui.values.search import haystack
from vigtui.values.text import counted

_A_YEAR = 366
_DAYS_LEFT = re.compile(r"(.+) \d+d")
_SEVERAL = {
    "film late": ("film late", "films late"),
    "copy late": ("copy late", "copies late"),
    "film due": ("film due", "films due"),
    "film held": ("film held", "films held"),
    "no delete day": ("film without a last day", "films without a last day"),
    "words due": ("record to look through", "records to look through"),
    "consent": ("consent", "consents"),
    "consent due": ("consent that ends", "consents that end"),
    "members": ("family without members", "families without members"),
    "question": ("question to agree", "questions to agree"),
    "rating": ("rating", "ratings"),
    "first visit": ("first visit", "first visits"),
}
"""What a family may need, of one family and of several; what is named first here comes first."""


class Waiting(Struct, frozen=True):
    """Something that waits: how often, in words, and for which families, where it is theirs."""

    words: str
    families: tuple[str, ...] = ()
    urgent: bool = False


class Coming(Struct, frozen=True):
    """What is planned on a day: a supervision or a visit, with whom, and what is ready for it. `address` is
    that of the screen that shows it, as "session ID"."""

    address: str
    day: dt.date
    kind: str
    who: str
    words: str


class ShelfRow(Struct, frozen=True):
    """One caseload. `people` are its trainees, or else all others who work with it; `last` is the day of the
    last session that was held, `next` that of what is planned next. `hay` is what a filter looks through."""

    people: tuple[str, ...]
    families: int
    active: int
    last: dt.date | None
    next: dt.date | None
    waiting: tuple[Waiting, ...]
    coming: tuple[Coming, ...]
    hay: str

    @property
    def is_urgent(self) -> bool:
        """Whether something in it cannot wait."""
        return any(each.urgent for each in self.waiting)


def shelf_row(
    records: CaseloadRecords, to_decide: int, today: dt.date, me: str = "", seeings: Iterable[Seeing] = ()
) -> ShelfRow:
    """Return what is said of the caseload with these records; `to_decide` is how many conflicts it has, `me`
    the id of the person whose list it is. Of `seeings` only whether they are done is told."""
    rows = family_rows(records, today)
    planned = [each for each in records.sessions if each.state is SessionState.PLANNED]
    ahead = sorted((each for each in planned if each.date >= today), key=lambda each: (each.date, each.id))
    held = [each.date for each in records.sessions if each.state is not SessionState.PLANNED]
    agendas = _agendas(records.items, ahead, seeings)
    sessions = _sessions(ahead, agendas, records.people)
    coming = sorted([*sessions, *_visits(rows, records.cycles, today)], key=lambda each: each.day)
    last_day = today + dt.timedelta(days=FORTNIGHT - 1)
    return ShelfRow(
        people=tuple(each.name for each in _others(records.people, me, today)),
        families=len(rows),
        active=sum(row.is_active for row in rows),
        last=max(held, default=None),
        next=coming[0].day if coming else None,
        waiting=tuple(_in_order(to_decide, _clips_waiting(agendas.values()), _needs(rows))),
        coming=tuple(each for each in coming if each.day <= last_day),
        hay=haystack([*(each.name for each in records.people), *(row.hay for row in rows)]),
    )


def _others(people: Iterable[Person], me: str, today: dt.date) -> list[Person]:
    """Return the trainees, or where there are none everybody else, by name."""
    others = (each for each in people if each.active and each.id != me)
    active = sorted(others, key=lambda each: (each.name.casefold(), each.id))
    return [each for each in active if Role.TRAINEE in roles_on(each, today)] or active


class _Agenda(Struct, frozen=True):
    """How many clips a session has, and for how many of them the trainee has done their own seeing."""

    clips: int
    seen: int

    def words(self, ready: str = "") -> str:
        """Return what is there, as "3 clips, own seeing done"; with `ready` after the clips."""
        words = f"{counted(self.clips, 'clip', 'clips')}{ready}"
        if not self.seen:
            return words
        return f"{words}, own seeing {'done' if self.seen == self.clips else f'of {self.seen}'}"


def _agendas(
    items: Iterable[SessionItem], sessions: Iterable[Session], seeings: Iterable[Seeing]
) -> dict[str, _Agenda]:
    """Return what is on the agenda of each of these sessions, by id."""
    trainees = {each.id: each.trainees for each in sessions}
    clips = [each for each in items if each.clip and each.session in trainees]
    session_of = {each.id: each.session for each in clips}
    done = {
        each.item
        for each in seeings
        if each.done and each.item in session_of and each.person in trainees[session_of[each.item]]
    }
    number, seen = (Counter(session_of[each] for each in ids) for ids in (session_of, done))
    return {each: _Agenda(number[each], seen[each]) for each in trainees}


def _sessions(
    sessions: Iterable[Session], agendas: dict[str, _Agenda], people: Iterable[Person]
) -> Iterator[Coming]:
    names = {each.id: each.name for each in people}
    for each in sessions:
        who = ", ".join(names[one] for one in each.trainees if one in names)
        agenda = agendas[each.id]
        ready = agenda.words(" ready") if agenda.clips else "nothing prepared yet"
        yield Coming(f"session {each.id}", each.date, each.kind.label, who, ready)


def _visits(rows: Sequence[FamilyRow], cycles: Iterable[Cycle], today: dt.date) -> Iterator[Coming]:
    families = {row.family.id: row for row in rows}
    for visit in planned_visits(cycles, today, days=_A_YEAR):
        if row := families.get(visit.family):
            what = "shared review" if visit.is_review else "filming"
            needs = ", ".join(need.short for need in row.needs)
            yield Coming(
                f"family {visit.family}",
                visit.day,
                "visit",
                row.called,
                f"{what}; {needs}" if needs else what,
            )


def _in_order(to_decide: int, clips: Iterable[Waiting], needs: Sequence[Waiting]) -> Iterator[Waiting]:
    """What waits, and first what cannot wait."""
    if to_decide:
        yield Waiting(f"{to_decide} to decide", urgent=True)
    yield from (each for each in needs if each.urgent)
    yield from clips
    yield from (each for each in needs if not each.urgent)


def _clips_waiting(agendas: Collection[_Agenda]) -> Iterator[Waiting]:
    """The clips on agendas to come, and the sessions for which there is none yet."""
    together = _Agenda(sum(each.clips for each in agendas), sum(each.seen for each in agendas))
    if together.clips:
        yield Waiting(together.words())
    if empty := sum(not each.clips for each in agendas):
        yield Waiting(counted(empty, "session to prepare", "sessions to prepare"))


def _needs(rows: Iterable[FamilyRow]) -> list[Waiting]:
    """Return what families need, each kind once with how many need it; what is urgent comes first."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    urgent: set[str] = set()
    for row in rows:
        for need in row.needs:
            left = _DAYS_LEFT.fullmatch(need.short)
            name = f"{left[1]} due" if left else need.short
            families[name].append(row.called)
            urgent |= {name} if need.urgent else set()
    order = list(_SEVERAL)
    names = sorted(
        families, key=lambda name: (name not in urgent, order.index(name) if name in order else len(order))
    )
    return [
        Waiting(
            counted(len(families[name]), *_SEVERAL.get(name, (name, name))),
            tuple(families[name]),
            name in urgent,
        )
        for name in names
    ]
