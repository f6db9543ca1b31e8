"""Moments by the clock: marked while somebody films, kept at once, laid onto the film when it is there."""

import datetime as dt
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.caseloads import at_the_keyboard, read, write
from tests.ui.driving import Driver, told, until
from tests.ui.family_driving import choose, confirm, family_screen, fill, problem, stop_the_calendar
from tests.ui.heron import FAMILY, make_heron
from tests.ui.snapshot import same_screens, says
from tests.ui.test_family_film import begin_adding
from vigtui.domain.records import Consent, Family, Moment, PointStep, Recording, Session, SessionItem
from vigtui.domain.vocabulary import Decision, PointState, Purpose, RecordingKind, SessionState
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.filming import FilmingScreen
from vigtui.ui.screens.navigation import OpenFilming, way_to
from vigtui.ui.widgets.title_bar import TitleBar

pytestmark = pytest.mark.slow

START = dt.datetime(2025, 4, 12, 14, 3, 22, tzinfo=dt.UTC)
FILM = "film-1"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = START

    def on(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """The machine's clock, in a place where it is the same as UTC."""
    clock = Clock()
    monkeypatch.setattr("vigtui.values.clocks.now", lambda: clock.now)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield clock
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def path(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    stop_the_calendar(monkeypatch)
    return make_heron(tmp_path / "case load é" / "heron.vig.json")


def marked(*seconds: float, kind: RecordingKind = RecordingKind.SHARED_REVIEW) -> list[Moment]:
    """Moments of cycle 1, so many seconds after the start."""
    return [Moment(cycle="cycle-1", kind=kind, at=START + dt.timedelta(seconds=each)) for each in seconds]


def film_made(path: Path, film: Path, at: dt.datetime | None = None) -> Path:
    """A film of twenty seconds in the caseload's folder, which says that it was made then."""
    data = bytearray(film.read_bytes() + b"\0")
    if at is not None:
        seconds = (at - dt.datetime(1904, 1, 1, tzinfo=dt.UTC)).total_seconds()
        place = data.index(b"mvhd") + 8
        data[place : place + 4] = struct.pack(">I", int(seconds))
    made = path.parent / "review.mp4"
    made.write_bytes(data)
    return made


async def lay_form(app: VigtuiApp, pilot: Driver) -> Input:
    """Wait for the question where one of the moments is."""
    await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.query("#field-at"))
    return app.screen.query_one("#field-at", Input)


async def test_a_moment_is_marked_by_the_clock_from_the_family_and_kept_at_once(
    path: Path, clock: Clock, request: pytest.FixtureRequest
) -> None:
    """Somebody films, with no hand free: one key, and nothing is lost when the machine dies."""
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("5", "home", "a")
        await choose(app, pilot, "while filming cycle 1")
        await until(pilot, lambda: isinstance(app.screen, FilmingScreen) and app.screen.focused)
        await pilot.press("d")
        await until(pilot, lambda: len(caseload.all(Moment)) == 1)
        clock.on(0.5)
        await pilot.press("d")
        clock.on(69.5)
        await pilot.press("space")
        await until(pilot, lambda: len(caseload.all(Moment)) == 2)
        await pilot.press("e", *"d waits", "enter")
        await until(pilot, lambda: caseload.all(Moment)[1].words == "d waits")
        first, second = caseload.all(Moment)
        assert (first.cycle, first.kind, first.at) == ("cycle-1", RecordingKind.INTERACTION, START)
        assert second.at == START + dt.timedelta(seconds=70)
        await until(pilot, lambda: caseload.status.state == "saved")
        clock.on(5)
        app.screen.refresh_records()
        await pilot.pause()
        app.screen.query_one(TitleBar).show_status("saved", trouble=False)
        await same_screens(pilot, "filming", request)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await until(pilot, lambda: says(app, "2 moments, 14:03 to 14:04, on no film yet"))


async def test_the_timeline_leads_there_too_and_the_screen_is_found_again_after_a_crash(path: Path) -> None:
    async with family_screen(path, record="cycle-3") as (app, pilot, _):
        await pilot.press("1", "a")
        await choose(app, pilot, "in the shared review of cycle 3")
        await until(pilot, lambda: isinstance(app.screen, FilmingScreen) and says(app, "Shared review now"))
        assert isinstance(app.screen, FilmingScreen)
        way = way_to(app.screen.address, app.workspace.caseload)
        assert way == OpenFilming("cycle-3", RecordingKind.SHARED_REVIEW)


async def test_a_moment_by_the_clock_is_removed_and_undone(path: Path) -> None:
    write(path, *marked(0, 60, kind=RecordingKind.INTERACTION))
    async with family_screen(path) as (app, pilot, _):
        screen = FilmingScreen("cycle-1", RecordingKind.INTERACTION)
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_current and screen.focused)
        await pilot.press("delete")
        assert await confirm(app, pilot) == "Remove the moment at 14:03:22?"
        await until(pilot, lambda: len(app.workspace.caseload.all(Moment)) == 1)
        await pilot.press("u")
        await until(pilot, lambda: len(app.workspace.caseload.all(Moment)) == 2)


async def test_whose_consent_to_filming_is_missing_is_said_beside_the_camera(path: Path) -> None:
    """Somebody may have said no since the visit was planned."""
    said = {"family": FAMILY, "member": "jory", "purpose": Purpose.FILM}
    write(path, Consent(**said, decision=Decision.WITHDRAWN, date=dt.date(2025, 4, 10)))
    async with family_screen(path) as (app, pilot, _):
        app.push_screen(FilmingScreen("cycle-1", RecordingKind.INTERACTION))
        await until(pilot, lambda: says(app, "was withdrawn on 10 April."))


async def test_open_working_points_stand_there_until_the_first_moment(path: Path) -> None:
    """What was agreed to be tried is read last before the camera runs."""
    ellis = read(path, Family, FAMILY).guider
    session = Session(supervisor="", trainees=(ellis,), date=dt.date(2025, 4, 2), state=SessionState.HELD)
    items = [
        SessionItem(session=session.id, trainee=ellis, working_point=words, order=place)
        for place, words in enumerate(("Wait one breath longer.", "Settled long ago."))
    ]
    settled = PointStep(item=items[1].id, state=PointState.SETTLED, date=dt.date(2025, 4, 3))
    write(path, session, *items, settled)
    at_the_keyboard(path, ellis)
    async with family_screen(path) as (app, pilot, _):
        app.push_screen(FilmingScreen("cycle-1", RecordingKind.SHARED_REVIEW))
        await until(pilot, lambda: says(app, "Working point: Wait one breath longer."))
        assert not says(app, "Settled long ago")
        await pilot.press("d")
        await until(pilot, lambda: not says(app, "Wait one breath longer"))


async def test_they_are_laid_onto_the_recording_by_the_films_own_time(path: Path, film: Path) -> None:
    """The film tells when it began: one key accepts it, and the moments are where they were seen."""
    write(path, *marked(5, 12, 90))
    made = film_made(path, film, START)
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        await begin_adding_to_first(app, pilot, made)
        assert (await lay_form(app, pilot)).value == "00:05.000"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await until(pilot, lambda: "2 moments on the film" in told(app))
        assert "1 moment outside of it: still on no film." in told(app)
        [recording] = [each for each in caseload.all(Recording) if each.path == "review.mp4"]
        laid = {(each.recording, each.at_ms) for each in caseload.all(Moment)}
        assert laid == {(recording.id, 5_000), (recording.id, 12_000), ("", 0)}
        await pilot.press("u")
        await until(pilot, lambda: not any(each.recording for each in caseload.all(Moment)))


async def begin_adding_to_first(app: VigtuiApp, pilot: Driver, film: Path) -> None:
    """Add a shared review to cycle 1, whose own was taken away."""
    await begin_adding(app, pilot, film)
    await fill(app, pilot, kind="shared_review", filmed="2025-04-12")


async def test_without_a_time_they_are_laid_by_hand_and_moved_again_by_one_shift(
    path: Path, film: Path
) -> None:
    write(path, *marked(5, 12))
    made = film_made(path, film)
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        await begin_adding_to_first(app, pilot, made)
        assert (await lay_form(app, pilot)).value == ""
        assert says(app, "The film does not say when it was made")
        await fill(app, pilot, at="0:25")
        assert "No moment would be in this film" in problem(app)
        await fill(app, pilot, at="0:02")
        await until(pilot, lambda: {each.at_ms for each in caseload.all(Moment)} == {2_000, 9_000})
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await until(pilot, lambda: says(app, "no clip yet 2 moments"))
        [recording] = [each for each in caseload.all(Recording) if each.path == "review.mp4"]
        await go_to(pilot, app, f"recording:{recording.id}")
        await pilot.press("e")
        await choose(app, pilot, "Where the moments")
        assert (await lay_form(app, pilot)).value == "00:02.000"
        await fill(app, pilot, at="0:03.5")
        await until(pilot, lambda: {each.at_ms for each in caseload.all(Moment)} == {3_500, 10_500})


async def go_to(pilot: Driver, app: VigtuiApp, place: str) -> None:
    """Move the cursor of the film part down to this line."""
    screen = app.screen
    assert isinstance(screen, FamilyScreen)
    for _ in range(30):
        if screen.section.place == place:
            return
        before = screen.section.place
        await pilot.press("down")
        await until(pilot, lambda before=before: screen.section.place != before)
    raise AssertionError(f"never came to {place}")


async def test_a_recording_that_was_added_by_mistake_leaves_them_waiting(path: Path) -> None:
    """What was marked live cannot be marked again."""
    laid = [replace(each, recording="film-3", at_ms=1_000, cycle="cycle-3") for each in marked(5)]
    write(path, *(replace(each, kind=RecordingKind.INTERACTION) for each in laid))
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("5", "home")
        await go_to(pilot, app, "recording:film-3")
        await pilot.press("delete")
        await choose(app, pilot, "Remove it from the caseload")
        assert "moment" not in await confirm(app, pilot)
        await until(pilot, lambda: caseload.get(Recording, "film-3") is None)
        [moment] = caseload.all(Moment)
        assert (moment.recording, moment.at_ms) == ("", 0)
        await until(pilot, lambda: says(app, "1 moment, 14:03, on no film yet"))
        await pilot.press("u")
        await until(pilot, lambda: caseload.all(Moment)[0].recording == "film-3")
