"""Driving the supervision walk in tests: opened on real film, its films told apart and moved."""

import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from tests.ui.conftest import Heron
from tests.ui.driving import Driver, opened, until
from vigtui.domain.records import Person, SessionItem
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.parts.case_film import OPENING, CaseFilm
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.workspace.settings import Settings

Opened = tuple[VigtuiApp, Driver, SupervisionScreen]


@contextlib.asynccontextmanager
async def walk(
    heron: Heron, *, item: str = "", size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[Opened]:
    """The session open at its first item, or at `item`, with every film that is shown opened."""
    async with opened(heron.path, size, settings) as (app, pilot):
        app.workspace.enter(app.workspace.caseload.need(Person, heron.supervisor))
        screen = SupervisionScreen(heron.session, item)
        app.push_screen(screen)
        await until(
            pilot, lambda: screen.is_mounted and all(film.closed != OPENING for film in screen.films.all)
        )
        yield app, pilot, screen


@contextlib.contextmanager
def slow_disk(app: VigtuiApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No film is opened until this is left."""
    film, disk = app.workspace.film, threading.Event()
    monkeypatch.setattr(app.workspace, "film", lambda number: film(number) if disk.wait(60) else None)
    yield
    disk.set()


def clip_is_open(app: VigtuiApp) -> bool:
    """Whether the clip screen is in front, with its film."""
    return isinstance(app.screen, ClipScreen) and not app.screen.film.closed


def item_of(app: VigtuiApp, heron: Heron, place: int = 0) -> SessionItem:
    return app.workspace.caseload.need(SessionItem, heron.items[place])


def editor(screen: SupervisionScreen, name: str) -> NotesEditor:
    return screen.query_one(f"#{name}", NotesEditor)


def at(film: CaseFilm, ms: int) -> bool:
    return abs(film.state.position_ms - ms) < 120


async def paused_at(pilot: Driver, screen: SupervisionScreen, ms: int) -> None:
    """Every film paused, the one at hand at this moment."""
    await until(pilot, lambda: screen.films.at_hand.state.duration_ms)
    screen.films.pause()
    await until(pilot, lambda: not screen.films.at_hand.state.playing)
    screen.films.at_hand.seek(ms)
    await until(pilot, lambda: at(screen.films.at_hand, ms))


def loops(screen: SupervisionScreen, clip: tuple[int, int]) -> Callable[[], bool]:
    """Whether the film at hand plays, and comes back to the start of this clip at its end."""
    return lambda: (state := screen.films.at_hand.pane.state).playing and state.loop == clip
