"""What is typed into the family's forms, read as it was meant."""

import pytest

from vigtui.ui.dialogs.records.family import describe, next_code, parse_members
from vigtui.ui.dialogs.records.rating import parse_value


def test_members_are_typed_one_a_line() -> None:
    members = parse_members("Dana, parent\n\n  Jory , 4\nMo, 2, Not Filmed\nAunt\n, nobody")
    assert [(each.label, each.relation, each.filmed) for each in members] == [
        ("Dana", "parent", True),
        ("Jory", "4", True),
        ("Mo", "2", False),
        ("Aunt", "", True),
    ]
    assert describe(members[2]) == "Mo, 2, not filmed"
    assert parse_members(describe(members[2]))[0].filmed is False


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        ([], "F-001"),
        (["F-017", "F-009"], "F-018"),
        (["heron"], "F-001"),
        (["99"], "100"),
        (["F-017", "[/foo]"], "F-018"),
    ],
)
def test_a_new_family_gets_the_next_code(codes: list[str], following: str) -> None:
    assert next_code(codes) == following


def test_a_rating_is_a_number_or_asked_and_not_rated() -> None:
    assert [parse_value(typed, 0) for typed in ("0", "10", "t", "-")] == [0, 10, 10, None]
    for typed in ("11", "-1", "x", "7.5", "٣٤"):
        with pytest.raises(ValueError, match="is not a rating"):
            parse_value(typed, 0)


def test_a_service_may_rate_from_1_on() -> None:
    assert [parse_value(typed, 1) for typed in ("1", "t", "-")] == [1, 10, None]
    with pytest.raises(ValueError, match="“0” is not a rating"):
        parse_value("0", 1)
