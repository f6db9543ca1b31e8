"""Timecodes: a wrong one would play another moment than the note speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.values.timecode import (
    TimecodeLink,
    format_length,
    format_link,
    format_timecode,
    link_at,
    links,
    parse_timecode,
)

MOMENTS = st.integers(0, 500 * 3_600_000)
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,8}", fullmatch=True)


@given(MOMENTS)
def test_a_time_written_to_the_millisecond_is_read_back_exactly(ms: int) -> None:
    assert parse_timecode(format_timecode(ms, 3)) == ms


@given(MOMENTS, st.integers(0, 3))
def test_a_shortened_time_never_lies_after_the_moment(ms: int, digits: int) -> None:
    shown = parse_timecode(format_timecode(ms, digits))
    assert 0 <= ms - shown < 10 ** (3 - digits)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("07:50", 470_000),
        ("7:50", 470_000),
        (" 1:02:03 ", 3_723_000),
        ("90:00", 5_400_000),
        ("470", 470_000),
        ("470.5", 470_500),
        ("00:01.25", 1_250),
        ("0", 0),
    ],
)
def test_the_ways_people_write_times(text: str, ms: int) -> None:
    assert parse_timecode(text) == ms


@pytest.mark.parametrize(
    "text", ["", "7:5", "7:60", "1:60:00", "1:2:3:4", "-1:00", "seven", "7:50.", "٧:٥٠", "9" * 40]
)
def test_what_is_not_a_time_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a time.*\.$"):
        parse_timecode(text)


def test_the_screens_forms() -> None:
    assert [format_timecode(470_000), format_timecode(3_723_000)] == ["07:50", "1:02:03"]
    assert format_timecode(470_340, 1) == "07:50.3"
    assert [format_length(each) for each in (400, 30, 949, 950)] == ["0:00.4", "0:00.1", "0:00.9", "0:01"]
    assert [format_length(22_000), format_length(21_600), format_length(620_000)] == ["0:22", "0:22", "10:20"]


@given(MOMENTS, st.one_of(st.just(""), CODES), st.integers(0, 3))
def test_a_link_that_was_written_is_found_again(ms: int, clip: str, digits: int) -> None:
    text = format_link(ms, clip, digits)
    (link,) = links(f"She waits {text} and smiles.")
    assert (link.start, link.end, link.clip) == (10, 10 + len(text), clip)
    assert link.ms == parse_timecode(format_timecode(ms, digits))


@given(st.text())
def test_no_note_makes_link_finding_fail(body: str) -> None:
    for link in links(body):
        assert link == links(body[link.start : link.end])[0].__class__(
            link.start, link.end, link.ms, link.clip
        )


@pytest.mark.parametrize(
    "body",
    [
        "[21:15](https://example.org)",
        r"\[21:15]",
        "[21:75]",
        "[Dana]",
        "[1]",
        "[ 21:15]",
        "21:15",
        "[a b 1:00]",
    ],
)
def test_other_brackets_stay_text(body: str) -> None:
    assert links(body) == []


def test_the_link_under_the_cursor() -> None:
    line = "[21:15] Ellis waits. [C2-2 07:50]"
    assert link_at(line, 0) == link_at(line, 7) == TimecodeLink(0, 7, 1_275_000)
    assert link_at(line, 10) is None
    assert link_at(line, 25) == TimecodeLink(21, 33, 470_000, "C2-2")


def test_a_clip_name_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be part of a link"):
        format_link(0, "C2 2]")
