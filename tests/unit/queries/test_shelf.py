"""What is said of a caseload on the shelf: first what cannot wait, and nothing twice."""

import datetime as dt

from msgspec.structs import replace

from vigtui.domain.records import Cycle, Family, Member, Person, Recording, Seeing, Session, SessionItem
from vigtui.domain.vocabulary import FamilyState, RecordingState, Role, SessionState
from vigtui.queries.caseload_rows import CaseloadRecords
from vigtui.queries.shelf import shelf_row

TODAY = dt.date(2025, 4, 12)


def _in(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def _ended(number: int, delete_by: dt.date) -> tuple[Family, Cycle, Recording]:
    """A family whose work has ended, with film to be deleted by a day."""
    family = Family(id=f"ended{number}", code=f"F-{number}", pseudonym="Tern", state=FamilyState.ENDED)
    cycle = Cycle(family=family.id, number=1, filmed=_in(-90), reviewed=_in(-80))
    film = Recording(cycle=cycle.id, state=RecordingState.PRESENT, delete_by=delete_by)
    return family, cycle, film


ROS = Person(id="ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,))
ELLIS = Person(id="ellis", name="Ellis Marr", roles=(Role.TRAINEE,))
NOOR = Person(id="noor", name="Noor Castell", roles=(Role.TRAINEE,), active=False)
HERON = Family(
    id="heron", code="F-017", pseudonym="Heron", state=FamilyState.ACTIVE, members=(Member(label="Dana"),)
)
ENDED = [_ended(1, _in(-3)), _ended(2, _in(-1)), _ended(3, _in(5))]
SESSIONS = (
    Session(id="held", supervisor="ros", trainees=("ellis",), date=_in(-14), state=SessionState.HELD),
    Session(id="next", supervisor="ros", trainees=("ellis",), date=_in(3)),
    Session(id="empty", supervisor="ros", trainees=("ellis",), date=_in(40)),
    Session(id="past", supervisor="ros", trainees=("ellis",), date=_in(-1)),
)
RECORDS = CaseloadRecords(
    people=(ROS, ELLIS, NOOR),
    families=(HERON, *(family for family, _, _ in ENDED)),
    cycles=(Cycle(family="heron", number=1, planned=_in(2)), *(cycle for _, cycle, _ in ENDED)),
    recordings=tuple(film for _, _, film in ENDED),
    sessions=SESSIONS,
    items=(
        SessionItem(session="next", clip="one"),
        SessionItem(session="next"),
        SessionItem(session="past", clip="x"),
    ),
)


def test_what_waits_is_counted_by_kind_and_what_cannot_wait_comes_first() -> None:
    row = shelf_row(RECORDS, 2, TODAY, "ros")
    words = [each.words for each in row.waiting]
    assert words[:2] == ["2 to decide", "2 films late"]
    assert words.index("1 clip") < words.index("1 session to prepare") < words.index("1 film due")
    assert len(words) == len(set(words))
    late = row.waiting[1]
    assert (late.families, late.urgent) == (("F-1 Tern", "F-2 Tern"), True)


def test_the_last_session_the_next_day_and_two_weeks_of_what_is_planned() -> None:
    row = shelf_row(RECORDS, 0, TODAY, "ros")
    assert (row.last, row.next) == (_in(-14), _in(2))
    assert [(each.day, each.kind, each.who, each.address) for each in row.coming] == [
        (_in(2), "visit", "F-017 Heron", "family heron"),
        (_in(3), "supervision", "Ellis Marr", "session next"),
    ]
    assert row.coming[1].words == "1 clip ready"


def test_that_own_seeing_is_done_is_told_and_no_word_of_it() -> None:
    items = tuple(SessionItem(id=name, session="next", clip=name) for name in ("one", "two"))
    records = replace(RECORDS, items=items)
    for done, words in ((0, "2 clips"), (1, "2 clips, own seeing of 1"), (2, "2 clips, own seeing done")):
        seeings = [
            Seeing(item=item.id, person="ellis", words="I waited", done=number < done)
            for number, item in enumerate(items)
        ]
        seeings.append(Seeing(item="two", person="ros", done=True))  # It is not theirs that is waited for.
        row = shelf_row(records, 0, TODAY, "ros", seeings)
        assert row.coming[1].words == words.replace("clips", "clips ready")
        assert words in [each.words for each in row.waiting]
        assert "waited" not in str(row)


def test_with_whom_one_works_are_the_trainees_or_everybody_else_who_is_active() -> None:
    assert shelf_row(RECORDS, 0, TODAY, "ros").people == ("Ellis Marr",)
    assert shelf_row(RECORDS, 0, TODAY, "ellis").people == ("Ros Tiverton",)
    assert shelf_row(CaseloadRecords(people=(ROS,)), 0, TODAY, "ros").people == ()


def test_an_empty_caseload_has_nothing_that_waits() -> None:
    row = shelf_row(CaseloadRecords(), 0, TODAY)
    assert (row.families, row.waiting, row.coming, row.last, row.next) == (0, (), (), None, None)
