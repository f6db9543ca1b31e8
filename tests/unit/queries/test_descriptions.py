"""What would be lost: how they saw the child before the work, beside how they see the child at its end."""

import datetime as dt

import pytest
from msgspec.structs import replace

from vigtui.domain.records import Cycle, Description
from vigtui.domain.vocabulary import Described, DescribedWhen
from vigtui.queries.descriptions import ASKED, pairs, to_describe
from vigtui.queries.visits import Visit

DAY = dt.date(2025, 3, 1)
START = Description(
    family="f", speaker="dana", of=Described.CHILD, when=DescribedWhen.START, words="Shut.", date=DAY
)
END = replace(START, id="end", when=DescribedWhen.END, words="Thinking.")
DONE = [Cycle(id=f"c{number}", family="f", number=number, filmed=DAY, reviewed=DAY) for number in (1, 2)]
LAST = Cycle(id="c3", family="f", number=3, filmed=DAY, planned=DAY)


def test_the_start_stands_beside_the_end_by_speaker_and_by_what_is_described() -> None:
    other = replace(START, id="kit", speaker="Kit Farrow")
    of_both = replace(START, id="both", of=Described.RELATIONSHIP)
    found = pairs([START, other, of_both, END])
    assert [(each.speaker, each.of) for each in found] == [
        ("dana", Described.CHILD),
        ("Kit Farrow", Described.CHILD),
        ("dana", Described.RELATIONSHIP),
    ]
    assert (found[0].start, found[0].end) == ((START,), (END,))
    assert found[1].end == ()


@pytest.mark.parametrize("cycles", [[], [Cycle(family="f", number=1, planned=DAY)]])
def test_before_the_first_filming_the_start_is_asked_for_until_it_is_there(cycles: list[Cycle]) -> None:
    visit = Visit(DAY, "f", cycles[0]) if cycles else None
    assert to_describe(visit, cycles, 3, []) == (DescribedWhen.START, ASKED)
    assert to_describe(visit, cycles, 3, [START]) == (DescribedWhen.START, (Described.RELATIONSHIP,))
    both = [START, replace(START, of=Described.RELATIONSHIP)]
    assert to_describe(visit, cycles, 3, both) is None


def test_the_end_is_asked_for_in_the_shared_review_of_the_last_cycle_that_is_usual() -> None:
    cycles = [*DONE, LAST]
    review = Visit(DAY, "f", LAST)
    assert to_describe(review, cycles, 3, [START]) == (DescribedWhen.END, ASKED)
    assert to_describe(review, cycles, 4, [START]) is None
    assert to_describe(review, [*cycles, replace(LAST, id="c4", number=4)], 3, [START]) is None
    filming = Visit(DAY, "f", replace(LAST, filmed=None))
    assert to_describe(filming, cycles, 3, [START]) is None
    assert to_describe(None, cycles, 3, [START]) is None
    assert to_describe(review, cycles, 3, [START, END]) == (DescribedWhen.END, (Described.RELATIONSHIP,))
