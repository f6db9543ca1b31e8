"""Whose clips somebody may bring: another's work on one's own agenda would be a breach of trust."""

import pytest

from vigtui.domain.consent.showing import Showing
from vigtui.domain.records import Cycle, Family, Member, Recording
from vigtui.domain.sessions.bringing import as_colleague, colleague_of, is_own_work, may_take_part
from vigtui.domain.vocabulary import CycleKind, SessionKind, Setting

JUNE, OTTO = (
    Member(id="m1", label="June", relation="nursery worker"),
    Member(id="m2", label="Otto", relation="child, 3"),
)
TERN = as_colleague(
    Family(id="tern", code="F-1", guider="noor", setting=Setting.PROFESSIONAL, members=(JUNE, OTTO)),
    "m1",
    "june",
)
VERP = Showing(
    Recording(id="film", cycle="c"), Cycle(id="c", family="tern", number=1, kind=CycleKind.VERP), TERN
)
VIG = Showing(Recording(id="film", cycle="c"), Cycle(id="c", family="tern", number=1, guider="ellis"), TERN)
WITHOUT_JUNE = Showing(Recording(id="film", cycle="c", people=("m2",)), VERP.cycle, TERN)


@pytest.mark.parametrize(
    ("showing", "kind", "whose"),
    [
        (VERP, SessionKind.VERP, {"june"}),
        (WITHOUT_JUNE, SessionKind.VERP, set()),
        (VIG, SessionKind.VERP, set()),
        (VERP, SessionKind.SUPERVISION, {"noor"}),
        (VIG, SessionKind.SUPERVISION, {"ellis"}),
        (VIG, SessionKind.INTERVISION, {"ellis"}),
    ],
)
def test_in_verp_it_is_the_film_that_one_is_in_else_that_of_cycles_one_guided(
    showing: Showing, kind: SessionKind, whose: set[str]
) -> None:
    assert {each for each in ("june", "noor", "ellis") if is_own_work(showing, kind, each)} == whose


def test_the_grown_ups_of_professionals_take_part_and_say_which_colleague_they_are() -> None:
    assert may_take_part([TERN, Family(code="F-2", members=(JUNE,))]) == [(TERN, JUNE)]
    assert colleague_of(TERN, "m1") == "june"
    assert colleague_of(as_colleague(TERN, "m1", ""), "m1") == ""
