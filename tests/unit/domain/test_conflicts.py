"""Competing values can be kept together only where that makes sense."""

from msgspec import UNSET

from vigtui.domain.conflicts import both
from vigtui.domain.records import Clip, Family, HelpingQuestion, Rating


def test_keeping_both_loses_nothing_and_is_offered_only_where_it_makes_sense() -> None:
    assert both(Clip, "caption", "He points.", "She nods.") == "He points.\n\nShe nods."
    assert both(Clip, "caption", "He points.", "He points. She nods.") == "He points. She nods."
    assert both(Clip, "questions", ["a", "b"], ["b", "c"]) == ["a", "b", "c"]
    assert both(Family, "fit", {"timescales": "a", "formulation": "b"}, {"formulation": "c"}) == {
        "timescales": "a",
        "formulation": "b\n\nc",
    }
    assert both(Family, "members", [{"id": "a", "label": "A"}], [{"id": "b", "label": "B"}])[1]["id"] == "b"
    same_member = [{"id": "a", "label": "Dana"}], [{"id": "a", "label": "Danuta"}]
    assert both(Family, "members", *same_member) is UNSET
    assert both(HelpingQuestion, "words", "one", "other") is UNSET
    assert both(Rating, "value", 0, 5) is UNSET
    assert both(Clip, "caption", "", "She nods.") is UNSET
    assert both(Family, "closure", {"reason": "a"}, {"reason": "b"}) is UNSET
    assert both(Clip, "of_tomorrow", "a", "b") is UNSET
