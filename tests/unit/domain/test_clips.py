"""Clips start before they end, within the film, and have codes that stay theirs."""

import pytest

from vigtui.domain.film.clips import (
    check_range,
    check_stills,
    clip_code,
    in_order,
    tags_within,
    with_in,
    with_length,
    with_out,
)
from vigtui.domain.records import Clip, Cycle, Recording, Still, Tag
from vigtui.domain.vocabulary import RecordingKind
from vigtui.values.order import next_order

CLIP = Clip(recording="r", in_ms=2000, out_ms=5000, order=2)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (-1, 5, "before the film"),
        (5000, 5000, "end at 00:05.0 and start at 00:05.0"),
        (6000, 5000, "end at 00:05.0 and start at 00:06.0"),
        (0, 9001, "The film ends at 00:09.0"),
    ],
)
def test_an_impossible_range_is_refused_with_a_sentence(start: int, end: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_range(start, end, 9000)


def test_a_film_of_unknown_length_takes_any_end() -> None:
    check_range(0, 10_000_000, 0)


def test_the_ends_of_a_clip_move_within_the_film() -> None:
    assert with_in(CLIP, 0, 9000).in_ms == 0
    assert with_out(CLIP, 9000, 9000).out_ms == 9000
    with pytest.raises(ValueError, match="start at"):
        with_in(CLIP, 5000, 9000)
    with pytest.raises(ValueError, match="start at"):
        with_out(CLIP, 2000, 9000)


def test_a_clip_is_known_by_its_cycle_and_number() -> None:
    cycle = Cycle(family="f", number=2)
    assert clip_code(CLIP, Recording(cycle=cycle.id), cycle) == "C2-2"
    assert clip_code(CLIP, Recording(cycle=cycle.id, kind=RecordingKind.SHARED_REVIEW), cycle) == "SR2-2"


def test_new_clips_come_last() -> None:
    first = Clip(recording="r", in_ms=0, out_ms=1, order=1)
    assert next_order([CLIP, first]) == 3
    assert next_order([]) == 1
    assert in_order([CLIP, first]) == [first, CLIP]


def test_tags_stay_within_a_clip_that_is_cut_shorter() -> None:
    before, within, after = (
        Tag(clip=CLIP.id, at_ms=at, who="dana", principle="receiving") for at in (1999, 2000, 5001)
    )
    assert [(tag.id, tag.at_ms) for tag in tags_within(CLIP, [before, within, after])] == [
        (before.id, 2000),
        (after.id, 5000),
    ]


def test_a_clip_is_not_cut_shorter_than_its_stills() -> None:
    """A still shows one frame: moved, it would show another."""
    check_stills(CLIP, [Still(clip=CLIP.id, at_ms=2000)])
    with pytest.raises(ValueError, match=r"The still at 00:01\.5 would be outside"):
        check_stills(CLIP, [Still(clip=CLIP.id, at_ms=1500)])


def test_a_recording_is_as_long_as_what_was_seen_of_it() -> None:
    recording = Recording(cycle="c", duration_ms=4000)
    assert with_length(recording, CLIP, 5100).duration_ms == 5100
    for known in (0, 5000, 9000):
        same = Recording(cycle="c", duration_ms=known)
        assert with_length(same, CLIP, 5100) == same
