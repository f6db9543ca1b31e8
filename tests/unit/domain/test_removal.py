"""Removing takes what belongs along, leaves nothing that points nowhere, and refuses what must stay."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.heron import make_heron
from vigtui.domain.records import (
    KINDS,
    Agreement,
    Clip,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Note,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Share,
    Tag,
)
from vigtui.domain.removal import Removal, plan_member_removal, plan_removal
from vigtui.domain.vocabulary import RecordingState, SessionState
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.ui.dialogs.removing.removal import carry_out
from vigtui.wording.names import Names
from vigtui.wording.removing.removal import along_words, refusal_words

DAY = dt.date(2025, 3, 18)


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    opened = Caseload.open(make_heron(tmp_path / "heron.vig.json"))
    yield opened
    opened.close()


def plan(caseload: Caseload, record: Record) -> Removal:
    return plan_removal(caseload.get, caseload.where, record)


def why_not(caseload: Caseload, record: Record) -> str:
    refusal = plan(caseload, record).refusal
    return refusal_words(Names(caseload.get, DAY), refusal) if refusal else ""


def test_a_cycle_takes_its_recordings_clips_and_tags_along(caseload: Caseload) -> None:
    clip = caseload.need(Clip, "clip-film-3-1")
    caseload.save(Tag(clip=clip.id, at_ms=6_000, who="dana", principle="attentive"))
    removal = plan(caseload, caseload.need(Cycle, "cycle-3"))
    assert along_words(removal) == "1 tag, 1 clip and 2 recordings"
    assert removal.refusal is None


def test_what_stays_no_longer_points_to_what_goes(caseload: Caseload) -> None:
    """A planned agenda keeps its words when its clip is removed."""
    removal = plan(caseload, caseload.need(Clip, "clip-film-2-2"))
    [item] = removal.changed
    assert isinstance(item, SessionItem)
    assert (item.clip, item.companion) == ("clip-review-2-1", "")


def test_a_question_takes_its_ratings_and_leaves_its_clips(caseload: Caseload) -> None:
    clip = caseload.save(
        replace(caseload.need(Clip, "clip-film-1-1"), questions=("question-1", "question-2"))
    )
    older = caseload.save(HelpingQuestion(family=clip.id, owner="x", words="y", superseded_by="question-1"))
    removal = plan(caseload, caseload.need(HelpingQuestion, "question-1"))
    assert along_words(removal) == "8 ratings"
    changed = {record.id: record for record in removal.changed}
    assert changed.keys() == {clip.id, older.id}
    loosened = changed[clip.id]
    assert isinstance(loosened, Clip)
    assert loosened.questions == ("question-2",)


def test_ratings_outlive_the_cycle_they_were_given_in(caseload: Caseload) -> None:
    rating = caseload.save(replace(caseload.need(Rating, "rating-1-dana-4"), cycle="cycle-3"))
    removal = plan(caseload, caseload.need(Cycle, "cycle-3"))
    [changed] = removal.changed
    assert changed == replace(rating, cycle="")


def test_a_share_outlives_the_record_of_its_consent(caseload: Caseload) -> None:
    removal = plan(caseload, caseload.need(Consent, "consent-dana-social_worker"))
    [share] = removal.changed
    assert isinstance(share, Share)
    assert share.consent == ""


def test_a_clip_of_a_held_supervision_stays(caseload: Caseload) -> None:
    """A supervision record that was held must not lose what it is about."""
    for record in (caseload.need(Clip, "clip-review-1-1"), caseload.need(Cycle, "cycle-1")):
        assert "supervision that was held" in why_not(caseload, record)
        assert plan(caseload, record).changed == ()


def test_the_stub_of_deleted_film_stays(caseload: Caseload) -> None:
    film = caseload.save(replace(caseload.need(Recording, "film-3"), state=RecordingState.DELETED))
    assert "was deleted" in why_not(caseload, film)
    assert "was deleted" in why_not(caseload, caseload.need(Cycle, "cycle-3"))


def test_a_recording_stays_as_long_as_it_is_told_that_its_film_was_deleted(caseload: Caseload) -> None:
    caseload.save(Deletion(recording="film-3", date=DAY, why="The time was up."))
    assert "was deleted" in why_not(caseload, caseload.need(Recording, "film-3"))


def test_a_session_takes_its_agenda_along_and_what_was_noted_about_it(caseload: Caseload) -> None:
    session = caseload.save(Session(supervisor="", date=DAY))
    item = caseload.save(SessionItem(session=session.id))
    caseload.save(Note(about=item.id, body="She waits."))
    caseload.save(Note(about=session.id, body="To be continued."))
    assert along_words(plan(caseload, session)) == "2 notes and 1 agenda item"


def test_a_session_that_was_held_stays(caseload: Caseload) -> None:
    session = caseload.save(Session(supervisor="", date=DAY, state=SessionState.HELD))
    assert why_not(caseload, session) == "Supervision of 18 Mar was held, so its record stays."


def test_an_item_of_an_agreed_agenda_stays(caseload: Caseload) -> None:
    agreed = Agreement(by=("person-ros",), at=dt.datetime(2025, 3, 18, tzinfo=dt.UTC))
    session = caseload.save(Session(supervisor="", date=DAY, state=SessionState.AGREED, agreed=agreed))
    item = caseload.save(SessionItem(session=session.id, order=1, agreed=agreed))
    assert "agreed, so its record stays" in why_not(caseload, item)


def test_a_colleague_whom_a_record_names_stays(caseload: Caseload) -> None:
    guider = caseload.save(Person(id="new", name="Sam Moss"))
    assert plan(caseload, guider).refusal is None
    family = caseload.all(Family)[0]
    caseload.save(replace(family, guider=guider.id))
    assert why_not(caseload, guider) == "Colleague Sam Moss stays: the family F-017 Heron names it."


def test_what_a_member_said_stays_under_the_name_they_had(caseload: Caseload) -> None:
    """Also what they decided for somebody else: it would name nobody."""
    [family] = [each for each in caseload.all(Family) if any(m.id == "dana" for m in each.members)]
    consent = caseload.save(replace(caseload.where(Consent, member="jory")[0], given_by="dana"))
    removal = plan_member_removal(caseload.where, family, family.members[0])
    assert family.members[0].id == "dana"
    assert {type(each) for each in removal.along} <= {Consent, Tag}
    changed = {each.id: each for each in removal.changed}
    changed_consent, changed_family = changed[consent.id], changed[family.id]
    assert isinstance(changed_consent, Consent)
    assert changed_consent.given_by == "Dana"
    assert isinstance(changed_family, Family)
    assert "dana" not in [member.id for member in changed_family.members]


def test_nothing_that_is_removed_leaves_behind_what_check_complains_of(caseload: Caseload) -> None:
    family = caseload.all(Family)[0]
    for member in family.members:
        with caseload.transaction("Remove a member"):
            carry_out(caseload, plan_member_removal(caseload.where, family, member))
        caseload.flush()
        assert validate(read_snapshot(caseload.path)) == [], member.label
        caseload.undo()
    for record in [each for kind in KINDS for each in caseload.all(kind)]:
        removal = plan(caseload, record)
        if removal.refusal is None:
            with caseload.transaction("Remove a record"):
                carry_out(caseload, removal)
                caseload.delete(record)
            caseload.flush()
            assert validate(read_snapshot(caseload.path)) == [], record
            caseload.undo()
