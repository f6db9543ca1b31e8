"""Moving the ends of a clip leaves nothing outside of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.heron import make_heron
from vigtui.domain.consent.showing import Showing, find_clip
from vigtui.domain.records import Clip, Recording, Still, Tag
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.ui.screens.clip.editing import move_end

CLIP = "clip-film-1-1"


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    opened = Caseload.open(make_heron(tmp_path / "heron.vig.json"))
    yield opened
    opened.close()


def showing(caseload: Caseload) -> Showing:
    found = find_clip(caseload.get, CLIP)
    assert found
    return found[1]


def test_its_tags_come_along_and_go_back_with_undo(caseload: Caseload) -> None:
    clip = caseload.need(Clip, CLIP)
    tag = caseload.save(Tag(clip=CLIP, at_ms=clip.in_ms, who="dana", principle="receiving"))
    shorter = replace(clip, in_ms=clip.in_ms + 500)
    move_end(caseload, showing(caseload), shorter, 0, "Move the start of C1-1")
    assert caseload.need(Tag, tag.id).at_ms == shorter.in_ms
    caseload.flush()
    assert validate(read_snapshot(caseload.path)) == []
    caseload.undo()
    assert caseload.need(Tag, tag.id).at_ms == clip.in_ms
    assert caseload.need(Clip, CLIP).in_ms == clip.in_ms


def test_a_still_that_would_lie_outside_keeps_the_clip_as_it_is(caseload: Caseload) -> None:
    clip = caseload.need(Clip, CLIP)
    caseload.save(Still(clip=CLIP, at_ms=clip.in_ms))
    with pytest.raises(ValueError, match="would be outside"):
        move_end(caseload, showing(caseload), replace(clip, in_ms=clip.in_ms + 500), 0, "Move the start")
    assert caseload.need(Clip, CLIP) == clip


def test_film_that_is_longer_than_was_read_at_first_makes_the_recording_longer(caseload: Caseload) -> None:
    """A live recording tells its length only when it is played to the end."""
    recording = showing(caseload).recording
    longer = recording.duration_ms + 4000
    clip = replace(caseload.need(Clip, CLIP), out_ms=recording.duration_ms + 1000)
    move_end(caseload, showing(caseload), clip, longer, "Move the end of C1-1")
    assert caseload.need(Recording, recording.id).duration_ms == longer
    caseload.flush()
    assert validate(read_snapshot(caseload.path)) == []
