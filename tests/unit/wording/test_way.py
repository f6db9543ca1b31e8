"""What somebody on the way reads of what does not count: a colleague's reason, with its days."""

import datetime as dt

import pytest

from vigtui.domain.records import Cycle, Programme, Session, Stage
from vigtui.domain.training.counting import NotCounted, Why
from vigtui.domain.training.progress import Asked, Target
from vigtui.wording.names import Names
from vigtui.wording.training.way import asks_words, left_words, why_words

TODAY = dt.date(2026, 11, 30)
CYCLE = Cycle(family="ash", number=1, filmed=dt.date(2026, 3, 1), reviewed=dt.date(2026, 3, 10))
GROUP = Session(supervisor="ros", date=dt.date(2026, 4, 21), trainees=tuple("abcde"))


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        (
            NotCounted(Why.GROUP_SIZE, GROUP, amount=5, of=4),
            "a group of five; in this stage groups of up to four count",
        ),
        (
            NotCounted(Why.NO_SUPERVISION_BEFORE, CYCLE, visit=dt.date(2026, 3, 1)),
            "in this stage a supervision comes before every visit; none is marked as held before that of "
            "1 Mar",
        ),
        (
            NotCounted(
                Why.NO_SUPERVISION_BEFORE, CYCLE, visit=CYCLE.reviewed, last_visit=dt.date(2026, 3, 1)
            ),
            "in this stage a supervision comes before every visit; none is marked as held between those of "
            "1 Mar and 10 Mar",
        ),
    ],
)
def test_the_reason_says_what_the_stage_asks_and_what_is_not_entered(
    left_out: NotCounted, words: str
) -> None:
    names = Names(lambda *_: None, TODAY)
    assert why_words(names, left_out, Programme(name="Ours")) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (287, "2 h 13 min more of supervision"),
        (240, "three more hours of supervision"),
        (360, "one more hour of supervision"),
        (419, "1 min more of supervision"),
    ],
)
def test_hours_still_to_come_are_said_with_their_minutes(minutes: int, words: str) -> None:
    assert left_words(Asked(Target.HOURS, round(minutes / 60, 2), 7)) == words


def test_a_stage_asks_for_hours_with_their_minutes() -> None:
    assert asks_words(Stage(name="First", hours=8)) == "asks for 8 hours of supervision"
    assert asks_words(Stage(name="First", hours=7.5)) == "asks for 7 h 30 min of supervision"
