"""What would be lost: a guider's own way of working, once the family has another guider; and, of who takes
part in VERP, what others than their guider and their supervisors have no use for."""

import datetime as dt
from pathlib import Path

import pytest

from tests.caseloads import make
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    Member,
    Participant,
    Person,
    PointStep,
    Recording,
    Session,
    SessionItem,
)
from vigtui.domain.sessions.working_points import may_open_thread
from vigtui.domain.vocabulary import (
    CycleKind,
    PointState,
    RecordingKind,
    Role,
    SessionKind,
    SessionState,
    Setting,
)
from vigtui.queries.own_thread import own_thread
from vigtui.queries.search.audience import may_read
from vigtui.store.caseload import Caseload

DAY = dt.date(2026, 9, 1)
ELLIS, NOOR = Person(id="ellis", name="Ellis Marr"), Person(id="noor", name="Noor Castell")


def clips_of(caseload: Caseload, person: Person, reader: Person) -> list[str]:
    return [each.clip.id for each in own_thread(caseload.get, caseload.where, person.id, reader).clips]


def test_a_clip_is_on_the_thread_of_whoever_guided_then(tmp_path: Path) -> None:
    family = Family(id="wren", code="F-1", guider="noor")
    handed_over = Cycle(id="one", family="wren", number=1, filmed=dt.date(2026, 3, 1), guider="ellis")
    since = Cycle(id="two", family="wren", number=2, filmed=DAY)
    films = [
        Recording(id=f"film {each.id}", cycle=each.id, kind=RecordingKind.SHARED_REVIEW)
        for each in (handed_over, since)
    ]
    clips = [Clip(id=f"clip {each.id}", recording=each.id, in_ms=0, out_ms=10, order=1) for each in films]
    path = make(tmp_path / "c.vig.json", ELLIS, NOOR, family, handed_over, since, *films, *clips)
    caseload = Caseload.open(path)
    caseload.close()
    assert clips_of(caseload, ELLIS, ELLIS) == ["clip film one"]
    assert clips_of(caseload, NOOR, NOOR) == ["clip film two"]
    found = find_clip(caseload.get, "clip film one")
    assert found is not None
    assert found[1].people(caseload.get) == [("ellis", "Ellis Marr")]


JUNE = Person(id="june", name="June Alder")
READERS = {
    "june": JUNE,
    "noor": NOOR,
    "ros": Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,)),
    "ellis": ELLIS,
}


@pytest.fixture
def verp(tmp_path: Path) -> Caseload:
    """June takes part in VERP with Noor, and is supervised by Ros."""
    tern = Family(
        id="tern",
        code="F-2",
        guider="noor",
        setting=Setting.PROFESSIONAL,
        members=(Member(id="j", label="June"),),
        participants=(Participant(member="j", colleague="june"),),
    )
    held = SessionState.HELD
    sessions = (
        Session(
            id="verp", supervisor="noor", trainees=("june",), date=DAY, kind=SessionKind.VERP, state=held
        ),
        Session(id="other", supervisor="ros", trainees=("june",), date=DAY, state=held),
    )
    items = [
        SessionItem(id=f"item {each.id}", session=each.id, trainee="june", working_point=each.id)
        for each in sessions
    ]
    steps = [
        PointStep(id=f"step {each.id}", item=each.id, state=PointState.SETTLED, date=DAY) for each in items
    ]
    cycle = Cycle(id="cycle", family="tern", number=1, kind=CycleKind.VERP, filmed=DAY)
    film = Recording(id="film", cycle="cycle", people=("j",))
    clip = Clip(id="clip", recording="film", in_ms=0, out_ms=10)
    records = (*READERS.values(), tern, *sessions, *items, *steps, cycle, film, clip)
    caseload = Caseload.open(make(tmp_path / "c.vig.json", *records))
    caseload.close()
    return caseload


@pytest.mark.parametrize(
    ("reader", "points", "clips"),
    [
        ("june", {"verp", "other"}, ["clip"]),
        ("ros", {"verp", "other"}, ["clip"]),
        ("noor", {"verp"}, ["clip"]),
        ("ellis", set(), []),
    ],
)
def test_the_guider_of_verp_reads_what_is_of_it_and_nobody_else_does(
    verp: Caseload, reader: str, points: set[str], clips: list[str]
) -> None:
    who = READERS[reader]
    assert may_open_thread(verp.where, who, "june") is bool(points)
    shown = own_thread(verp.get, verp.where, "june", who)
    assert {each.words for each in shown.points} == points
    assert [each.clip.id for each in shown.clips] == clips
    found = {
        each.id.split()[-1]
        for each in verp.all(PointStep)
        if may_read(verp.get, verp.where, who, lambda *_: False, each, "words")
    }
    assert found == points
