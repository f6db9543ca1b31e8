"""What would be lost: the plan of a shared review has just what was chosen, of this family alone."""

from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import make
from vigtui.domain.records import Clip, Cycle, Family, PlannedMoment, Record, Recording, Still
from vigtui.domain.reviews import in_order, moved, plan_of
from vigtui.domain.rules import problems
from vigtui.store.caseload import Caseload
from vigtui.values.order import next_order

FAMILIES = (Family(id="heron", code="F-017"), Family(id="wren", code="F-021"))
RECORDS: tuple[Record, ...] = (
    *FAMILIES,
    Cycle(id="one", family="heron", number=1),
    Cycle(id="other", family="wren", number=1),
    Recording(id="film", cycle="one"),
    Recording(id="film-of-wren", cycle="other"),
    Clip(id="clip", recording="film", in_ms=1000, out_ms=4000, order=1, caption="He looks up."),
    Clip(id="clip-of-wren", recording="film-of-wren", in_ms=0, out_ms=1000),
    Still(id="still", clip="clip", at_ms=2500, caption="both laugh"),
)
CLIP = PlannedMoment(id="a", cycle="one", order=1, clip="clip")
STILL = PlannedMoment(id="b", cycle="one", order=2, clip="clip", still="still")
STRANGER = PlannedMoment(id="c", cycle="one", order=3, clip="clip-of-wren")
GONE = PlannedMoment(id="d", cycle="one", order=4, clip="no clip")


def test_a_clip_plays_from_end_to_end_and_a_still_from_where_it_is(tmp_path: Path) -> None:
    caseload = Caseload.open(make(tmp_path / "c.vig.json", *RECORDS, STILL, CLIP))
    first, second = plan_of(caseload.get, caseload.where, "one")
    assert (first.span, first.caption, first.code) == ((1000, 4000), "He looks up.", "C1-1")
    assert (second.span, second.caption) == ((2500, 4000), "both laugh")
    caseload.close()


def test_film_of_another_family_is_in_no_plan(tmp_path: Path) -> None:
    """A family would see another's child."""
    path = make(tmp_path / "c.vig.json", *RECORDS, CLIP, STRANGER, GONE)
    caseload = Caseload.open(path)
    assert [each.planned.id for each in plan_of(caseload.get, caseload.where, "one")] == ["a"]
    assert problems(STRANGER, caseload.get) == ["The plan of a shared review has film of another family."]
    assert problems(replace(STILL, clip="clip-of-wren"), caseload.get)[0].startswith("The still in the plan")
    caseload.close()


def test_the_order_is_changed_one_place_at_a_time() -> None:
    plan = [STRANGER, CLIP, STILL]
    assert [each.id for each in in_order(plan)] == ["a", "b", "c"]
    assert next_order(plan) == 4
    assert [(each.id, each.order) for each in moved(plan, STILL, -1)] == [("b", 1), ("a", 2), ("c", 3)]
    assert moved(plan, CLIP, -1) == []
    assert moved(plan, STRANGER, 1) == []
