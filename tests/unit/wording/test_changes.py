"""What came from somebody else is told in words that its readers use, down to the last field."""

import datetime as dt
from typing import TypeVar, cast

import pytest
from msgspec.structs import replace

from tests.ui.sample import HOSTILE
from vigtui.domain.records import (
    Ancestor,
    CaseloadMeta,
    Clip,
    Cycle,
    Deletion,
    Family,
    Fit,
    HelpingQuestion,
    Member,
    Moment,
    Note,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Tag,
)
from vigtui.domain.records.schema import fields
from vigtui.domain.vocabulary import RecordingKind, Role, Visibility
from vigtui.values.text import clean, one_line
from vigtui.wording.changes import Author, in_groups, tell_changed, tell_new, tell_removed
from vigtui.wording.names import Names
from vigtui.wording.values import HIDDEN, value_words

R = TypeVar("R", bound=Record)
TODAY = dt.date(2026, 11, 22)
ALEX = Author("Alex", dt.datetime(2026, 11, 22, 10, 15, tzinfo=dt.UTC))

RECORDS: tuple[Record, ...] = (
    Person(id="ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,)),
    Person(id="ellis", name="Ellis Marr"),
    Family(id="heron", code="F-017", pseudonym="Heron", members=(Member(id="dana", label="Dana"),)),
    HelpingQuestion(id="question", family="heron", owner="dana", words="What's Jory telling me?"),
    Cycle(id="cycle", family="heron", number=2, activity="making toast"),
    Recording(id="film", cycle="cycle"),
    Recording(id="review", cycle="cycle", kind=RecordingKind.SHARED_REVIEW),
    Clip(id="clip", recording="film", in_ms=470_000, out_ms=490_000, order=1, title="Jam or honey"),
    Session(id="session", supervisor="ros", trainees=("ellis",), date=dt.date(2025, 3, 18)),
    SessionItem(id="item", session="session", order=2, clip="clip"),
)


def find(kind: type[R], record_id: str, /) -> R | None:
    found = (each for each in RECORDS if (type(each), each.id) == (kind, record_id))
    return cast("R | None", next(found, None))


NAMES = Names(find, TODAY)


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (
            Rating(question="question", rater="dana", date=TODAY, cycle="cycle", value=6),
            "rating by Dana: 6 at C2",
        ),
        (Rating(question="question", rater="Jo", date=TODAY), "rating by Jo: asked, not rated on 22 Nov"),
        (
            Tag(clip="clip", at_ms=475_000, who="dana", principle="encouraging", item="waiting"),
            "tag at 07:55 of clip C2-1: Dana, encouraging: waiting",
        ),
        (Clip(recording="review", in_ms=0, out_ms=1, order=3, title="Sulking"), "clip SR2-3: Sulking"),
        (
            Note(about="session", body="A\nword"),
            "note about supervision of 18 Mar 2025 with Ellis Marr: A word",
        ),
        (Note(about="film", body="Calm"), "note about recording of cycle 2: Calm"),
        (Deletion(recording="film", date=TODAY, why="due"), "deletion of the recording of cycle 2: due"),
        (Clip(recording="gone", in_ms=0, out_ms=1), "clip"),
        (
            Moment(cycle="cycle", recording="film", at_ms=475_000, words="he looks up"),
            "moment at 07:55 of the recording of cycle 2: he looks up",
        ),
        (
            Moment(cycle="cycle", at=dt.datetime(2026, 11, 22, 10, 15, 5).astimezone(), words="she waits"),
            "moment at 10:15:05 of cycle 2: she waits",
        ),
    ],
)  # fmt: skip
def test_what_came_and_what_went_is_called_as_people_call_it(record: Record, line: str) -> None:
    written = replace(record, by="Alex", modified=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
    assert tell_new(NAMES, written).line.startswith(f"New {line} (Alex, ")
    assert tell_removed(NAMES, record, Author("Ros")).line == f"Removed: {line} (Ros)"


def test_each_field_is_told_with_whoever_changed_it() -> None:
    before = cast("Clip", find(Clip, "clip"))
    earlier = Ancestor("2-a-run", None, "Ros", {"title": 2})
    after = replace(
        before, title="Jam", caption="He points.", in_ms=471_500, changed={"caption": 3, "in_ms": 4}
    )
    told = tell_changed(
        NAMES, before, replace(after, ancestors=(earlier,), by="Alex", rev="4-b-other"), Author()
    )
    assert told is not None
    assert told.line == "Clip C2-1: in-point and caption changed by Alex; title changed by Ros"
    assert [(each.before, each.after) for each in told.fields] == [
        ("07:50.0", "07:51.5"),
        ("Jam or honey", "Jam"),
        ("(nothing)", "He points."),
    ]


def test_a_change_of_what_only_the_store_keeps_is_none() -> None:
    before = RECORDS[0]
    assert tell_changed(NAMES, before, replace(before, rev="9-x-y", by="Alex"), ALEX) is None


def test_headings_are_the_families_by_code_then_what_belongs_to_none() -> None:
    other = Family(id="other", code="F-002")
    told = [tell_new(NAMES, each) for each in (*RECORDS, other)]
    settings = tell_changed(
        NAMES, CaseloadMeta(id="x"), CaseloadMeta(id="x", service="Fenland"), Author("Alex")
    )
    assert settings is not None
    assert settings.line == "The caseload’s settings: name of the service changed by Alex"
    headings = [group.heading for group, _ in in_groups([settings, *told])]
    assert headings == ["F-002", "F-017 Heron", "Supervision", "Colleagues", "The caseload"]


def test_notes_that_somebody_keeps_for_themselves_are_told_of_without_their_words() -> None:
    note = Note(about="clip", author="ellis", visibility=Visibility.AUTHOR, body="SECRET")
    shown = replace(note, visibility=Visibility.SESSION)
    for names in (NAMES, Names(find, TODAY, reader="ros")):
        told = [
            tell_new(names, note),
            tell_removed(names, note, ALEX),
            tell_changed(names, note, shown, ALEX),
        ]
        assert "SECRET" not in repr(told)
        assert value_words(names, note, "body", "SECRET") == HIDDEN
    assert "SECRET" in tell_new(Names(find, TODAY, reader="ellis"), note).line


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    family = Family(id="heron", code=words, pseudonym=words, reasons=words, members=(Member(label=words),))
    told = tell_changed(NAMES, replace(family, reasons="", members=()), replace(family, by=words), ALEX)
    assert told is not None
    lines = [told.line, told.group.heading, tell_new(NAMES, family).line]
    texts = [words for field in told.fields for words in (field.before, field.after)]
    assert all(clean(text) == text for text in texts)
    assert all(one_line(line) == line and len(line) < 250 for line in lines)


def test_any_value_that_a_hand_wrote_has_words() -> None:
    """A conflict may be about anything that stands in a file."""
    odd = (
        None,
        True,
        -1,
        1 << 70,
        1.5,
        "",
        "x",
        "2026-02-30",
        [],
        [[]],
        [None, {}],
        {},
        {"a": [1]},
        [{"label": 1}],
    )
    for record in (*RECORDS, CaseloadMeta()):
        for name in (*fields(type(record)), "of_tomorrow"):
            assert all(value_words(NAMES, record, name, value) for value in odd)


def test_the_parts_of_a_record_are_told_one_by_one() -> None:
    fit = {"timescales": "soon", "formulation": "", "chronology": ""}
    assert value_words(NAMES, Family(code="x", fit=Fit()), "fit", fit) == "timescales: soon"
    members = [{"label": "Dana", "relation": "parent"}, {"label": "Jory", "filmed": False}]
    words = value_words(NAMES, Family(code="x"), "members", members)
    assert words == "Dana, parent\nJory, not filmed"
