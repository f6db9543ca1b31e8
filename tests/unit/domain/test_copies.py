"""What would be lost: a copy that somebody still has, and that nobody asks them for."""

import datetime as dt

from msgspec.structs import replace

from vigtui.domain.consent.copies import for_each_family, is_late, is_out
from vigtui.domain.records import Copy
from vigtui.domain.vocabulary import CopyKind

TODAY = dt.date(2026, 11, 29)
DAY = dt.timedelta(days=1)
PACK = Copy(id="pack", kind=CopyKind.PACK, about="supervision 4", date=TODAY - 9 * DAY, until=TODAY)


def test_a_copy_is_out_until_it_came_back_or_was_destroyed_unless_it_is_theirs() -> None:
    assert is_out(PACK)
    assert not is_out(replace(PACK, given_back=TODAY))
    assert not is_out(replace(PACK, destroyed=TODAY))
    assert not is_out(replace(PACK, stays=True))


def test_it_is_late_after_its_last_day_as_long_as_it_is_out() -> None:
    assert not is_late(PACK, TODAY)
    assert is_late(PACK, TODAY + DAY)
    assert not is_late(replace(PACK, given_back=TODAY), TODAY + DAY)
    assert not is_late(replace(PACK, until=None), TODAY + DAY)


def test_a_thing_of_several_families_is_entered_for_each_and_says_nothing_of_the_others() -> None:
    entered = for_each_family(PACK, ["heron", "wren", "heron"])
    assert [each.family for each in entered] == ["heron", "wren"]
    assert len({each.id for each in entered}) == len(entered)
    assert len({each.thing for each in entered} - {""}) == 1


def test_a_thing_of_one_family_or_of_none_is_entered_once() -> None:
    assert [(each.family, each.thing) for each in for_each_family(PACK, ["heron"])] == [("heron", "")]
    assert for_each_family(PACK, []) == [PACK]
