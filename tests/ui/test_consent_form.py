"""What would be lost: a paper form entered in one go, and film deleted for whoever no longer agrees to it."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from textual.widgets import Select

from tests.caseloads import change, read, write
from tests.ui.driving import told, until
from tests.ui.family_driving import answer, back, confirm, family_screen, fill, problem, stop_the_calendar
from tests.ui.heron import FAMILY, make_heron
from tests.ui.snapshot import same_screens, says, screen_text
from vigtui.domain.records import Consent, Deletion, Recording, Share
from vigtui.domain.vocabulary import Copies, Decision, GivenAs, Purpose, RecordingState
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.widgets.consent_grid import ConsentGrid

SIGNED = dt.date(2025, 4, 10)


@pytest.fixture
def path(tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family, whose first film is really there; nothing was shown to others."""
    stop_the_calendar(monkeypatch)
    (tmp_path / "media").mkdir()
    shutil.copy(film, tmp_path / "media" / "F-017-film-1.mp4")
    path = make_heron(tmp_path / "heron.vig.json")
    write(path, removed=[read(path, Share, "share-1")])
    return path


def signed_on(app: VigtuiApp, day: dt.date) -> dict[tuple[str, Purpose], Consent]:
    consents = app.workspace.caseload.where(Consent, family=FAMILY, date=day)
    return {(each.member, each.purpose): each for each in consents}


async def test_a_paper_form_is_entered_in_one_go_and_undone_in_one(
    path: Path, request: pytest.FixtureRequest
) -> None:
    """Dana signs for herself and, with parental responsibility, for Jory."""
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "down", "down", "g", "down", "g", "right", "g", "down", "down", "r")
        assert says(app, "4 decisions are marked and not signed yet: enter signs, escape takes back.")
        await same_screens(pilot, "consents-marked", request)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert app.screen.query_one("#field-given_as", Select).value == ""
        await until(pilot, lambda: says(app, "4 decisions: Dana, given: intervision, assessment"))
        assert says(app, "Jory, given: assessment Jory, refused: social worker")
        await fill(app, pilot, given_by="Dana", date=SIGNED.isoformat(), given_as="themselves")
        assert problem(app) == "Jory did not sign: say with which standing it was decided."
        values = {"given_as": "parental_responsibility", "days": "3 Apr, 10 Apr", "copies": "no"}
        await fill(app, pilot, **values, **{"view-1": "“Not when I cry.”"}, form="Form 3")
        await back(app, pilot)
        found = signed_on(app, SIGNED)
        assert {cell: each.decision for cell, each in found.items()} == {
            ("dana", Purpose.INTERVISION): Decision.GIVEN,
            ("dana", Purpose.ASSESSMENT): Decision.GIVEN,
            ("jory", Purpose.ASSESSMENT): Decision.GIVEN,
            ("jory", Purpose.SOCIAL_WORKER): Decision.REFUSED,
        }
        dana, jory = found["dana", Purpose.ASSESSMENT], found["jory", Purpose.ASSESSMENT]
        assert (dana.given_as, jory.given_as) == (GivenAs.THEMSELVES, GivenAs.PARENT)
        assert (dana.child_view, jory.child_view) == ("", "“Not when I cry.”")
        assert jory.days == (dt.date(2025, 4, 3), SIGNED)
        refused = found["jory", Purpose.SOCIAL_WORKER]
        assert (refused.days, refused.copies) == ((), Copies.NOT_SAID)
        assert {(each.given_by, each.form) for each in found.values()} == {("Dana", "Form 3")}
        assert "✓ given 10 Apr, 2" in screen_text(app)
        assert "marked" not in screen_text(app)
        await pilot.press("n", "enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert app.screen.query_one("#field-given_as", Select).value == GivenAs.PARENT
        await pilot.press("escape")
        await back(app, pilot)
        await pilot.press("escape")
        await pilot.press("u")
        await confirm(app, pilot)
        await until(pilot, lambda: len(signed_on(app, SIGNED)) == 1)
        assert "taken back by undo" in next(iter(signed_on(app, SIGNED).values())).mistaken


async def test_marks_are_taken_back_one_by_one_or_all_and_never_lost_unseen(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("4", "w", "down", "n", "up", "w")
        assert says(app, "1 decision is marked")
        await pilot.press("1", "escape")
        await until(pilot, lambda: "1 decision is marked and not signed yet" in told(app))
        await pilot.press("q")
        assert "1 decision is marked and not signed yet" in await answer(app, pilot, yes=False)
        await until(pilot, lambda: app.screen is screen)
        assert screen.section.id == "consents"
        await pilot.press("escape")
        assert not screen.query_one(ConsentGrid).marks
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert says(app, "Dana: filming and shared review")


async def test_what_only_a_consent_has_is_not_said_of_a_refusal(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "r", "enter")
        await fill(app, pilot, days="3 Apr")
        assert problem(app) == "Only a consent that is given has “filming days”."


@pytest.mark.parametrize("keys", [("enter",), ("w", "enter")])
async def test_withdrawing_consent_to_filming_offers_to_delete_the_film_at_once(
    path: Path, keys: tuple[str, ...]
) -> None:
    file = path.parent / "media" / "F-017-film-1.mp4"
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", *keys)
        await fill(app, pilot, **({"decision": "withdrawn"} if keys == ("enter",) else {}))
        question = await answer(app, pilot, yes=True)
        assert "Dana withdrew consent to filming. Dana is in the interaction of cycle 1" in question
        assert "What was written stays." in question
        assert "not here: delete it where it is" in question
        await until(pilot, lambda: not file.exists())
        caseload = app.workspace.caseload
        await until(pilot, lambda: caseload.where(Deletion))
        [stub] = caseload.where(Deletion)
        assert (stub.recording, stub.why) == ("film-1", "Dana withdrew consent to filming")
        assert caseload.need(Recording, "film-1").state is RecordingState.DELETED


async def test_two_who_withdraw_on_one_form_are_asked_about_each_film_once(path: Path) -> None:
    """The film of whoever is asked about second is gone already: it lies nowhere else."""
    for each in ("film-2", "film-3", "review-1", "review-2", "review-3"):
        change(path, Recording, each, state=RecordingState.DELETED)
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "w", "right", "w", "enter")
        await fill(app, pilot, given_by="Dana", given_as="parental_responsibility")
        await answer(app, pilot, yes=True)
        await back(app, pilot)
        caseload = app.workspace.caseload
        assert [each.recording for each in caseload.where(Deletion)] == ["film-1"]
        assert "not here" not in told(app)


async def test_film_stays_where_the_offer_is_declined_or_there_is_a_hold(path: Path) -> None:
    file = path.parent / "media" / "F-017-film-1.mp4"
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "enter")
        await fill(app, pilot, decision="withdrawn")
        await answer(app, pilot, yes=False)
        await back(app, pilot)
        assert file.exists()
        assert not app.workspace.caseload.where(Deletion)
    change(path, Recording, "film-1", hold_reason="The court asks")
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "right", "w", "enter")
        await fill(app, pilot, given_by="Jory", given_as="themselves")
        await until(pilot, lambda: "1 film is held: not deleted." in told(app))
        assert not isinstance(app.screen, ConfirmScreen)
    assert file.exists()
