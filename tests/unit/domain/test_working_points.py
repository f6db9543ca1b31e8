"""Working points as threads: each trainee's own, from session to session, until they are settled."""

import datetime as dt

from vigtui.domain.records import PointStep, Record, Session, SessionItem
from vigtui.domain.sessions.working_points import threads
from vigtui.domain.vocabulary import PointState, SessionState
from vigtui.store.index import Index


def session(name: str, month: int, state: SessionState = SessionState.HELD, *trainees: str) -> Session:
    people = trainees or ("ellis",)
    return Session(id=name, supervisor="ros", trainees=people, date=dt.date(2026, month, 1), state=state)


def step(item: str, day: int, state: PointState, clip: str = "") -> PointStep:
    return PointStep(item=item, state=state, date=dt.date(2026, 5, day), clip=clip)


FIRST, SECOND = session("first", 2), session("second", 3)
PLANNED = session("planned", 6, SessionState.PLANNED)
GROUP = session("group", 4, SessionState.HELD, "ellis", "noor")
ITEMS = [
    SessionItem(id="a", session="first", order=2, working_point="receive Dana's words"),
    SessionItem(id="b", session="second", order=1, working_point="one short turn"),
    SessionItem(id="c", session="first", order=1, working_point="  "),
    SessionItem(id="d", session="planned", order=1, working_point="not agreed yet"),
    SessionItem(id="e", session="group", order=1, trainee="ellis", working_point="count to three"),
    SessionItem(id="f", session="group", order=2, trainee="noor", working_point="Noor's"),
    SessionItem(id="g", session="group", order=3, working_point="whose is not known"),
]
STEPS = [
    step("a", 3, PointState.SETTLED),
    step("a", 2, PointState.PRACTISED, "sr2"),
    step("b", 1, PointState.PRACTISED, "sr3"),
]


def of(trainee: str, *more: Record, before: Session | None = None) -> list[tuple[str, PointState, list[str]]]:
    index = Index()
    for each in (FIRST, SECOND, PLANNED, GROUP, *ITEMS, *STEPS, *more):
        index.put(each)
    found = threads(index.find, index.where, trainee, before)
    return [(each.words, each.state, [step.clip for step in each.steps]) for each in found]


def test_each_has_their_own_newest_first_with_how_it_goes() -> None:
    """A working point is between one trainee and the supervisor, and what is planned is not agreed."""
    assert of("ellis") == [
        ("count to three", PointState.OPEN, []),
        ("one short turn", PointState.PRACTISED, ["sr3"]),
        ("receive Dana's words", PointState.SETTLED, ["sr2", ""]),
    ]
    assert of("noor") == [("Noor's", PointState.OPEN, [])]
    assert of("") == []


def test_into_a_session_come_those_of_the_sessions_before() -> None:
    assert [words for words, _, _ in of("ellis", before=SECOND)] == ["receive Dana's words"]
    assert of("ellis", before=FIRST) == []


def test_what_is_settled_can_be_open_again_on_the_same_day() -> None:
    again = step("a", 3, PointState.OPEN)
    states = {words: state for words, state, _ in of("ellis", again)}
    assert states["receive Dana's words"] is PointState.OPEN
