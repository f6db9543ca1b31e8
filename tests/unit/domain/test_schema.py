"""What is known of a field stands where it is declared, and is read from there alone."""

import datetime as dt
from typing import Any

import pytest
from msgspec import UNSET, Struct, to_builtins

from vigtui.domain.records import (
    KINDS,
    Agreement,
    CaseloadMeta,
    Clip,
    Consent,
    Deletion,
    Family,
    Fit,
    Member,
    Note,
    Rating,
    Recording,
    Session,
    Tag,
    schema,
)
from vigtui.domain.records.metadata import Ref, Sort
from vigtui.domain.vocabulary import Decision, RecordingState

DAY = dt.date(2025, 3, 18)


def test_every_record_can_be_called_by_name() -> None:
    """One that cannot would be told of by a name that only the program knows."""
    for kind in KINDS:
        assert kind.singular
        assert kind.plural
    assert len({kind.singular for kind in KINDS}) == len(KINDS)


PARTS = dict.fromkeys(
    field.part for kind in (CaseloadMeta, *KINDS) for field in schema.fields(kind).values() if field.part
)


@pytest.mark.parametrize("kind", [CaseloadMeta, *KINDS, *PARTS], ids=lambda kind: kind.__name__)
def test_every_field_has_a_label_for_people(kind: type[Struct]) -> None:
    for field in schema.fields(kind).values():
        assert field.label.strip()
        assert not set(field.label.split()) & {"ms", "id", "itc"}, field
        assert "_" not in field.label


def test_a_field_tells_what_it_is_called_what_it_holds_and_whom_it_names() -> None:
    fields = schema.fields(Clip)
    assert fields["in_ms"].label == "in-point"
    assert fields["title"].label == "title"
    assert fields["caption"].sort is Sort.TEXT
    assert fields["questions"].sort is Sort.LIST
    assert fields["companion"].ref == Ref(("clips",), on_removal="clear")
    assert schema.fields(Family)["fit"].sort is Sort.PARTS
    assert schema.fields(Family)["fit"].part is Fit
    assert schema.fields(Family)["members"].part is Member


def test_a_field_of_a_newer_version_is_called_by_its_name() -> None:
    assert schema.label_of(Clip, "of_tomorrow") == "of tomorrow"


def test_of_the_stores_own_fields_nothing_is_told() -> None:
    for kind in KINDS:
        assert not schema.BOOKKEEPING & schema.fields(kind).keys()


def test_every_id_that_a_record_holds_is_found_also_in_its_parts() -> None:
    session = Session(
        supervisor="ros",
        trainees=("ellis", "sam"),
        date=DAY,
        agreed=Agreement(by=("ros", "ellis"), at=dt.datetime(2025, 3, 18, tzinfo=dt.UTC)),
    )
    found = [(".".join(reference.path), each) for reference, each in schema.named(session)]
    assert found == [
        ("supervisor", "ros"),
        ("trainees", "ellis"),
        ("trainees", "sam"),
        ("agreed.by", "ros"),
        ("agreed.by", "ellis"),
    ]


def test_every_table_that_is_named_is_there() -> None:
    tables = {kind.table for kind in KINDS} | {"members"}
    for kind in KINDS:
        for reference in schema.references(kind):
            assert set(reference.ref.tables) <= tables, (kind, reference)


def test_what_belongs_to_another_record_says_so_once() -> None:
    assert schema.owners(Tag) == {"clip": ("clips",), "who": ("members", "people")}
    assert schema.owners(Rating) == {"question": ("questions",)}
    assert (Note, "about") in schema.owned_by("session_items")
    assert (Deletion, "recording") in schema.owned_by("recordings")
    for table in ("clips", "cycles", "recordings", "questions", "sessions", "members", "families"):
        assert schema.owned_by(table), table


def test_no_part_of_a_record_is_emptied_of_a_name() -> None:
    """What is emptied when a record is removed are fields of records."""
    for kind in KINDS:
        for reference in schema.references(kind):
            assert len(reference.path) == 1 or reference.ref.on_removal in ("refuse", "keep")


@pytest.mark.parametrize(
    ("kind", "name", "values", "safest"),
    [
        (Consent, "decision", [Decision.GIVEN, Decision.NOT_ASKED, Decision.REFUSED], "refused"),
        (Consent, "decision", ["given", "withdrawn"], "withdrawn"),
        (Consent, "decision", ["of_tomorrow", "given"], "given"),
        (Consent, "until", [None, "2025-03-18", "2025-03-02"], "2025-03-02"),
        (Consent, "until", [None, dt.date(2025, 3, 18)], dt.date(2025, 3, 18)),
        (Recording, "state", [RecordingState.MISSING, RecordingState.DELETED], "deleted"),
        (Recording, "hold_reason", ["", "The court asks for it."], "The court asks for it."),
        (Recording, "people", [["dana"], None], None),
        (CaseloadMeta, "film_kept_days", [90, 60], 60),
        (Clip, "caption", ["Dana waits.", "She waits."], UNSET),
    ],
)
def test_of_competing_values_the_safest_is_known(
    kind: type[Struct], name: str, values: list[Any], safest: Any
) -> None:
    assert schema.safest(kind, name, values) == safest
    assert schema.safest(kind, name, values[::-1]) == safest


def test_of_competing_members_everybody_stays_and_whoever_may_be_filmed_is() -> None:
    dana, jory = Member(id="dana", label="Dana"), Member(id="jory", label="Jory", filmed=False)
    baby = Member(id="baby", label="Baby")
    one: Any = to_builtins([dana, jory, baby])
    other: Any = to_builtins([dana, {**to_builtins(jory), "filmed": True, "relation": "4"}])
    found = schema.safest(Family, "members", [one, other])
    assert [(each["id"], each["filmed"]) for each in found] == [
        ("dana", True),
        ("jory", True),
        ("baby", True),
    ]


def test_of_competing_lists_of_people_everybody_is_in_the_film() -> None:
    found = schema.safest(Recording, "people", [["dana", "Gran"], ["jory", "dana"]])
    assert found == ["dana", "Gran", "jory"]


def test_fields_that_say_one_thing_know_one_another() -> None:
    assert schema.together(Clip, "in_ms") == schema.together(Clip, "out_ms") == {"in_ms", "out_ms"}
    assert schema.together(Recording, "path") == {"path", "duration_ms", "size", "fingerprint"}
    assert schema.together(Clip, "title") == {"title"}
    assert schema.together(Clip, "of_tomorrow") == {"of_tomorrow"}
