"""What somebody on the way reads of what does not count: a colleague's reason, with its days."""

import datetime as dt

import pytest

from vigtui.domain.records import Cycle, Programme, Session
from vigtui.domain.training.counting import NotCounted, Why
from vigtui.wording.names import Names
from vigtui.wording.training.way import why_words

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
