"""Removing takes what belongs along, leaves nothing that points nowhere, and refuses what must stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.heron import make_heron
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    HelpingQuestion,
    Rating,
    Recording,
    SessionItem,
    Share,
    Tag,
)
from vigtui.domain.vocabulary import RecordingState
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.records.removal import plan_removal


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    opened = Caseload.open(make_heron(tmp_path / "heron.vig.json"))
    yield opened
    opened.close()


def test_a_cycle_takes_its_recordings_clips_and_tags_along(caseload: Caseload) -> None:
    clip = caseload.need(Clip, "clip-film-3-1")
    caseload.save(Tag(clip=clip.id, at_ms=6_000, who="dana", principle="attentive"))
    removal = plan_removal(caseload, caseload.need(Cycle, "cycle-3"))
    assert removal.words() == "1 tag, 1 clip and 2 recordings"
    assert removal.gone[-1].id == "cycle-3"
    assert not removal.refusal


def test_what_stays_no_longer_points_to_what_goes(caseload: Caseload) -> None:
    """A planned agenda keeps its words when its clip is removed."""
    removal = plan_removal(caseload, caseload.need(Clip, "clip-film-2-2"))
    [item] = removal.changed
    assert isinstance(item, SessionItem)
    assert (item.clip, item.companion) == ("clip-review-2-1", "")


def test_a_question_takes_its_ratings_and_leaves_its_clips(caseload: Caseload) -> None:
    clip = caseload.save(
        replace(caseload.need(Clip, "clip-film-1-1"), questions=("question-1", "question-2"))
    )
    older = caseload.save(HelpingQuestion(family=clip.id, owner="x", words="y", superseded_by="question-1"))
    removal = plan_removal(caseload, caseload.need(HelpingQuestion, "question-1"))
    assert removal.words() == "8 ratings"
    changed = {record.id: record for record in removal.changed}
    assert changed.keys() == {clip.id, older.id}
    loosened = changed[clip.id]
    assert isinstance(loosened, Clip)
    assert loosened.questions == ("question-2",)


def test_ratings_outlive_the_cycle_they_were_given_in(caseload: Caseload) -> None:
    rating = caseload.save(replace(caseload.need(Rating, "rating-1-dana-4"), cycle="cycle-3"))
    removal = plan_removal(caseload, caseload.need(Cycle, "cycle-3"))
    [changed] = removal.changed
    assert changed == replace(rating, cycle="")


def test_a_share_outlives_the_record_of_its_consent(caseload: Caseload) -> None:
    removal = plan_removal(caseload, caseload.need(Consent, "consent-dana-social_worker"))
    [share] = removal.changed
    assert isinstance(share, Share)
    assert share.consent == ""


def test_a_clip_of_a_held_supervision_stays(caseload: Caseload) -> None:
    """A supervision record that was held must not lose what it is about."""
    for record in (caseload.need(Clip, "clip-review-1-1"), caseload.need(Cycle, "cycle-1")):
        removal = plan_removal(caseload, record)
        assert "supervision that was held" in removal.refusal
        assert removal.changed == ()


def test_the_stub_of_deleted_film_stays(caseload: Caseload) -> None:
    film = caseload.save(replace(caseload.need(Recording, "film-3"), state=RecordingState.DELETED))
    assert "was deleted" in plan_removal(caseload, film).refusal
    assert "was deleted" in plan_removal(caseload, caseload.need(Cycle, "cycle-3")).refusal
