"""The running clock of a session, and the minute after: hours are proposed once, and the trainee takes along
what was agreed."""

import datetime as dt
from pathlib import Path

import pytest

from tests.caseloads import change
from tests.ui.conftest import Heron
from tests.ui.driving import Driver, told, until
from tests.ui.snapshot import same_screen, screen_text
from tests.ui.test_own_seeing import prepared_by
from vigtui.domain.records import Session, SessionItem
from vigtui.domain.vocabulary import SessionState
from vigtui.ui.dialogs.sessions.minute_after import MessageScreen
from vigtui.ui.screens.supervision.clock import SessionClock
from vigtui.values import clocks
from vigtui.workspace.places import Places

START = dt.datetime(2026, 3, 18, 14, 0, tzinfo=dt.UTC)


class Clock:
    """The machine's clock, set by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = START
        monkeypatch.setattr(clocks, "now", lambda: self.now)

    def wait(self, minutes: float) -> None:
        self.now += dt.timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def choose(pilot: Driver, words: str) -> None:
    await pilot.press("f4")
    await until(pilot, lambda: "type to narrow the list" in screen_text(pilot.app))
    await pilot.press(*words, "enter")


async def test_the_clock_runs_on_and_its_minutes_are_proposed_once(heron: Heron, clock: Clock) -> None:
    change(heron.path, SessionItem, heron.items[0], working_point="One short turn.", next_step="Hand back.")
    async with prepared_by(heron, heron.supervisor) as (app, pilot, _):
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "1 min   consent" in screen_text(app))
        clock.wait(20.5)
        await pilot.press("f4")
        await until(pilot, lambda: "The session has taken place" in screen_text(app))
        assert "its clock runs" not in screen_text(app)
        await pilot.press("escape")
    clock.wait(20)
    async with prepared_by(heron, heron.supervisor) as (app, pilot, _):
        assert "41 min   consent" in screen_text(app)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "The clock has run since" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))
        session = app.workspace.caseload.need(Session, heron.session)
        assert (session.minutes, session.state) == (41, SessionState.HELD)
        on_the_disk = Places()  # As after a power cut; another program read there that it ran on.
        on_the_disk.enter(app.workspace.caseload.meta.id, heron.path)
        assert SessionClock(on_the_disk, session.id).since is None
        await pilot.press("escape")
        assert "min   consent" not in screen_text(app)
        clock.wait(30)
        await choose(pilot, "still to come")
        await until(pilot, lambda: "planned   consent" in screen_text(app))
        await choose(pilot, "place")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))
        assert app.workspace.caseload.need(Session, heron.session).minutes == 41


async def test_a_clock_that_was_forgotten_proposes_what_was_planned(heron: Heron, clock: Clock) -> None:
    change(heron.path, Session, heron.session, minutes=75)
    async with prepared_by(heron, heron.supervisor) as (app, pilot, _):
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "1 min   consent" in screen_text(app))
        clock.wait(60 * 30)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "The clock has run since" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(
            pilot, lambda: app.workspace.caseload.need(Session, heron.session).state is SessionState.HELD
        )
        assert app.workspace.caseload.need(Session, heron.session).minutes == 75


async def test_the_minute_after_is_copied_or_saved(
    heron: Heron, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The trainee has it before the door closes."""
    change(heron.path, SessionItem, heron.items[0], working_point="One [b]short[/b] turn.", next_step="Back.")
    async with prepared_by(heron, heron.supervisor) as (app, pilot, _):
        await choose(pilot, "place")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))
        same_screen(app, "minute-after-80x24", request)
        await pilot.press("c")
        assert "Working point: One [b]short[/b] turn.\nNext step: Back." in app.clipboard
        await pilot.press("p")
        await until(pilot, lambda: "Where shall the message go?" in screen_text(app))
        await pilot.press("ctrl+u", *str(tmp_path / "after.txt"), "enter")
        await until(pilot, lambda: "Only you can read it" in told(app))
        assert (tmp_path / "after.txt").read_text(encoding="utf-8") == app.clipboard
        assert (tmp_path / "after.txt").stat().st_mode & 0o077 == 0


async def test_where_nothing_is_written_no_message_is_in_the_way(heron: Heron) -> None:
    async with prepared_by(heron, heron.supervisor) as (app, pilot, screen):
        await choose(pilot, "place")
        await until(
            pilot, lambda: app.workspace.caseload.need(Session, heron.session).state is SessionState.HELD
        )
        assert app.screen is screen
        await choose(pilot, "minute")
        await until(pilot, lambda: "No working point and no next step" in told(app))
