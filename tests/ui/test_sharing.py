"""What would be lost: that no clip leaves without everybody's consent, and that it is known who has it."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.caseloads import change, write
from tests.ui.driving import Driver, told, until
from tests.ui.family_driving import choose, family_screen, fill, problem, stop_the_calendar
from tests.ui.heron import FAMILY, TODAY, make_heron
from tests.ui.snapshot import says
from vigtui.domain.records import Clip, Consent, Copy, Share
from vigtui.domain.vocabulary import Copies, CopyKind, Decision
from vigtui.film.files import FileSource
from vigtui.film.probing import probe
from vigtui.queries.register import Part, register
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import FormScreen

pytestmark = pytest.mark.slow

KIT = {
    "purpose": "social_worker",
    "audience": "Kit Farrow",
    "organisation": "social work",
    "until": "2025-05-01",
}


@pytest.fixture
def path(tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family, with the film of the first cycle."""
    stop_the_calendar(monkeypatch)
    (tmp_path / "media").mkdir()
    shutil.copy(film, tmp_path / "media" / "F-017-film-1.mp4")
    path = make_heron(tmp_path / "heron.vig.json")
    change(path, Clip, "clip-film-1-1", in_ms=2000, out_ms=5000)
    return path


async def take(app: VigtuiApp, pilot: Driver, file: Path) -> None:
    """Wait until a place is asked for, and name this file."""
    await until(pilot, lambda: isinstance(app.screen, FileScreen) and app.screen.focused)
    app.screen.query_one(Input).value = str(file)
    await pilot.press("enter")


async def test_a_clip_is_cut_for_a_social_worker_and_the_register_says_who_has_it(
    path: Path, tmp_path: Path
) -> None:
    async with family_screen(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        shown_before = caseload.all(Share)
        await pilot.press("x")
        await choose(app, pilot, "C1-1")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        assert says(app, "C1-1: 0:03 of film and sound, which shows Dana and Jory.")
        assert says(app, "The file is not encrypted")
        assert says(app, "ctrl+s Share")
        await fill(app, pilot, **KIT)
        await until(pilot, lambda: isinstance(app.screen, FileScreen) and app.screen.focused)
        assert app.screen.query_one(Input).value == f"clip-{TODAY.isoformat()}.mp4"
        await take(app, pilot, tmp_path / "Heron.mp4")
        await until(pilot, lambda: says(app, "Heron.mp4 tells of the family (Heron)"))
        await take(app, pilot, tmp_path / "for Kit.mp4")
        await until(pilot, lambda: app.screen is screen and "C1-1 is cut: for Kit.mp4" in told(app))
        [copy] = caseload.all(Copy)
        assert (copy.kind, copy.family, copy.file) == (CopyKind.CUT, FAMILY, "for Kit.mp4")
        assert (copy.holder, copy.organisation, copy.until) == (
            "Kit Farrow",
            "social work",
            dt.date(2025, 5, 1),
        )
        [share] = [each for each in caseload.all(Share) if each not in shown_before]
        assert (share.clip, share.audience, share.copy) == ("clip-film-1-1", "Kit Farrow", copy.id)
        listed = register(caseload.get, caseload.where, TODAY, FAMILY)
        assert [each.part for each in listed if each.copy == copy or each.share == share] == [Part.OUT]
        await pilot.press("u")
        await until(pilot, lambda: not caseload.all(Copy) and caseload.all(Share) == shown_before)
    made = tmp_path / "for Kit.mp4"
    assert made.stat().st_mode & 0o777 == 0o600
    assert abs(probe(FileSource(made)).duration_ms - 3000) < 200


async def test_a_whole_film_goes_out_only_with_consent_to_copies_and_a_last_day(
    path: Path, tmp_path: Path, film: Path
) -> None:
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("x")
        await choose(app, pilot, "The whole film")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        assert says(app, "whole, with its sound, which shows Dana and Jory")
        await fill(app, pilot, **(KIT | {"purpose": "conference"}))
        await until(pilot, lambda: "have not been asked about a CP conference" in problem(app))
        await fill(app, pilot, **(KIT | {"until": ""}))
        await until(pilot, lambda: "Until" in problem(app))
        await fill(app, pilot, **KIT)
        await take(app, pilot, tmp_path / "for Kit.mp4")
        await until(pilot, lambda: app.screen is screen and "for Kit.mp4 is the interaction" in told(app))
        [copy] = app.workspace.caseload.all(Copy)
        assert (copy.kind, copy.holder, copy.until) == (CopyKind.FILM, "Kit Farrow", dt.date(2025, 5, 1))
    made = tmp_path / "for Kit.mp4"
    assert made.read_bytes() == film.read_bytes()
    assert made.stat().st_mode & 0o777 == 0o600


async def refused(path: Path, said: str, **values: str | bool) -> None:
    """Ask for the first clip with these answers, and be told this; nothing is recorded."""
    async with family_screen(path) as (app, pilot, _):
        before = app.workspace.caseload.all(Share)
        await pilot.press("x")
        await choose(app, pilot, "C1-1")
        await fill(app, pilot, **(KIT | values))
        await until(pilot, lambda: said in problem(app))
        assert app.workspace.caseload.all(Share) == before
        await pilot.press("escape")
        await pilot.pause()


async def test_a_no_to_this_purpose_is_told_with_whose_it_is(path: Path) -> None:
    await refused(path, "Dana said no to a training event", purpose="training_event")


async def test_who_was_not_asked_is_named(path: Path) -> None:
    await refused(path, "Dana and Jory have not been asked about a CP conference", purpose="conference")


async def test_a_clip_that_may_be_seen_is_not_cut_where_copies_are_refused(path: Path) -> None:
    change(path, Consent, "consent-jory-social_worker", copies=Copies.NO)
    await refused(path, "no copies of the film may be given out. It may be seen here; no copy leaves.")


async def test_no_file_leaves_for_a_day_that_is_past(path: Path) -> None:
    await refused(path, "A file leaves today.", date="2025-04-01", until="")


async def test_what_was_shown_before_its_paper_was_entered_says_so_in_its_own_words(path: Path) -> None:
    """A clip that was shown is not “closed”: the paper is to be entered first."""
    said = "If a form was signed by then, record that first (4 in the family)"
    await refused(path, said, date="2025-01-30", until="", cut=False)


async def test_where_copies_are_refused_it_can_still_be_recorded_that_a_clip_was_shown(path: Path) -> None:
    change(path, Consent, "consent-jory-social_worker", copies=Copies.NO)
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("x")
        await choose(app, pilot, "C1-1")
        await fill(app, pilot, **(KIT | {"cut": False, "until": ""}))
        await until(pilot, lambda: app.screen is screen)
        assert "Kit Farrow" in {each.audience for each in app.workspace.caseload.all(Share)}
        assert not app.workspace.caseload.all(Copy)


async def test_a_family_without_a_clip_says_how_one_is_made(path: Path) -> None:
    caseload = Caseload.open(path)
    for each in [*caseload.all(Share), *caseload.all(Clip)]:
        caseload.delete(each)
    caseload.close()
    async with family_screen(path, keeps_rules=False) as (app, pilot, _):
        await pilot.press("x")
        await until(pilot, lambda: says(app, "F-017 has no clip yet"))
        await pilot.press("escape")


async def test_a_consent_taken_back_while_the_place_is_chosen_lets_no_file_be_made(
    path: Path, tmp_path: Path
) -> None:
    async with family_screen(path) as (app, pilot, screen):
        before = app.workspace.caseload.all(Share)
        await pilot.press("x")
        await choose(app, pilot, "C1-1")
        await fill(app, pilot, **KIT)
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        consent = app.workspace.caseload.need(Consent, "consent-jory-social_worker")
        no = Consent(
            family=FAMILY,
            member=consent.member,
            purpose=consent.purpose,
            decision=Decision.WITHDRAWN,
            date=TODAY,
        )
        write(path, no)
        await until(pilot, lambda: app.workspace.caseload.get(Consent, no.id))
        await take(app, pilot, tmp_path / "late.mp4")
        await until(pilot, lambda: app.screen is screen and "was withdrawn on 12 April" in told(app))
        assert app.workspace.caseload.all(Share) == before
    assert not (tmp_path / "late.mp4").exists()


async def test_the_file_that_is_left_behind_when_saving_fails_is_in_the_register(tmp_path: Path) -> None:
    there = tmp_path / "stick"
    there.mkdir()
    path = make_heron(there / "heron.vig.json")
    async with family_screen(path) as (app, pilot, screen):
        there.rename(tmp_path / "pulled out")
        await pilot.press("4", "right", "enter")
        await fill(app, pilot, decision="given", given_by="Dana")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+s")
        await take(app, pilot, tmp_path / "elsewhere.vig.json")
        await until(pilot, lambda: app.workspace.caseload.all(Copy))
        [copy] = app.workspace.caseload.all(Copy)
        assert (copy.kind, copy.file, copy.family) == (CopyKind.CASELOAD, "heron.vig.json", "")
        (tmp_path / "pulled out").rename(there)
