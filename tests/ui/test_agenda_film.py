"""What would be lost: a supervisor at a distance who sees no film, or sees it when they may not any more."""

import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, Static

from tests.ui.conftest import Heron, withdrawn
from tests.ui.driving import Driver, told, until
from tests.ui.snapshot import says
from tests.ui.walking import loops
from tests.unit.exchange.spaces.machines import CHEAP, PASSPHRASE
from vigtui.domain.records import AgendaFilm, Person, Session, Viewing
from vigtui.domain.vocabulary import Purpose
from vigtui.exchange.spaces.joining import join_anew, make_space
from vigtui.exchange.spaces.membership import load_membership
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.sessions.agenda_film import AgendaFilmScreen
from vigtui.ui.screens.parts import case_film
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.values.days import days_later, today
from vigtui.vault.unlocking import new_key
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Opening

pytestmark = pytest.mark.slow


@pytest.fixture
def space(heron: Heron, tmp_path: Path) -> Path:
    """The folder of a space in which the family's caseload is, with a session today."""
    caseload = Caseload.open(heron.path)
    caseload.save(replace(caseload.need(Session, heron.session), date=today()))
    caseload.close()
    encrypt(heron.path, PASSPHRASE, CHEAP)
    synced = tmp_path / "synced"
    synced.mkdir()
    caseload = Caseload.open(heron.path, key=unlock(heron.path, PASSPHRASE))
    membership = make_space(caseload, synced)
    caseload.close()
    return membership.path


@pytest.fixture
def elsewhere(heron: Heron, space: Path, tmp_path: Path) -> Path:
    """The caseload on the other machine, which has no film."""
    caseload = Caseload.open(heron.path, key=unlock(heron.path, PASSPHRASE))
    membership = load_membership(caseload)
    caseload.close()
    assert membership is not None
    path = tmp_path / "elsewhere" / "heron.vig.json"
    path.parent.mkdir()
    join_anew(path, space, membership.code, new_key(PASSPHRASE, CHEAP), "Ros Tiverton").close()
    return path


@contextlib.asynccontextmanager
async def walking(path: Path, heron: Heron, person: str) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    """The session open, as somebody has it who types the passphrase."""
    opening: Future[Caseload] = Future()
    opening.set_result(Caseload.open(path, key=unlock(path, PASSPHRASE)))
    app = VigtuiApp(Opening(path, opening), Settings(), Places())
    try:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: len(app.screen_stack) > 1 and app.workspace.space_folder)
            app.workspace.enter(app.workspace.caseload.need(Person, person))
            app.push_screen(SupervisionScreen(heron.session))
            await until(pilot, lambda: isinstance(app.screen, SupervisionScreen) and app.screen.is_mounted)
            yield app, pilot
    finally:
        app.close()


async def test_a_clip_that_is_sent_plays_in_the_others_walk_until_it_may_not_any_more(
    heron: Heron, space: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_film, "SECONDS_TO_COME", 0.05)
    async with walking(heron.path, heron, heron.trainee) as (app, pilot):
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, AgendaFilmScreen))
        lines = [str(line.content) for line in app.screen.query(Static)]
        assert "F-017 SR2-1: 0:03 of film" in lines
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one(Input).value = days_later(today(), 61).isoformat()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: says(app, "The last day is between today and"))
        app.screen.query_one(Input).value = days_later(today(), 20).isoformat()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, AgendaFilmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "Sent: 3 clips, until" in told(app))
    film = space / "film"
    assert len(list(film.glob("*.vigfilm"))) == 3
    film.rename(space / "not yet")
    async with walking(elsewhere, heron, heron.supervisor) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, SupervisionScreen)
        await until(
            pilot, lambda: screen.films.at_hand.closed.startswith("The film for this clip is not here")
        )
        (space / "not yet").rename(film)
        await until(pilot, lambda: not screen.films.at_hand.closed)
        screen.films.at_hand.play()
        await until(pilot, loops(screen, (4000, 7000)))
        caseload = app.workspace.caseload
        await until(pilot, lambda: caseload.where(Viewing, recording=heron.review, who=heron.supervisor))
        assert {each.last_day for each in caseload.all(AgendaFilm)} == {days_later(today(), 20)}
        screen.films.at_hand.seek(12_000)
        await until(pilot, lambda: "This moment is not sent: only the clip's own film was." in told(app))
        caseload.save(withdrawn(heron, Purpose.SUPERVISION))
        await until(pilot, lambda: screen.films.at_hand.refused)
        assert screen.films.at_hand.pane.player is None or not screen.films.at_hand.playing
        await until(pilot, lambda: not list(film.glob("*.vigfilm")) and not caseload.all(AgendaFilm))
        await until(pilot, lambda: "it may not be seen any more: 3 clips." in told(app))
