"""A walk over every screen of a caseload file, whatever is in it; all that is shown is plain text."""

import time
from collections.abc import Callable
from pathlib import Path

from textual.message import Message
from textual.screen import ModalScreen, Screen

from tests.bench.spoiled.mutation_trial import STEERING, Fault
from tests.ui.driving import Driver, opened
from tests.ui.snapshot import screen_text
from vigtui.domain.records import Clip, Family, Person, Recording, Session
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens import navigation as go
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.workspace.settings import Settings

_LIST = ("end", "g", "g", "slash", "a", "escape")
_TIMELINE = ("right", "up", "home", "plus", "plus", "minus", "minus", "minus", "pagedown")
_SECTIONS = (
    *("1", *_TIMELINE, "2", "end", "e", "escape", "3", "end", "e", "escape", "4", "right", "down", "enter"),
    *("escape", "5", "end", "e", "escape", "d", "escape", "u"),
)
_CLIP = ("pagedown", "c", "escape", "r", "right")
_LONGEST = 5.0
"""Seconds of the processor that a key may take the screen's thread."""
_WALK = ("ctrl+n", "f8", "f3", "escape", "f4", "escape")


async def walk(path: Path) -> int:
    """Go over every screen of a caseload that can be opened. Returns how many screens were looked at."""
    async with opened(path, (100, 30), Settings()) as (app, pilot):
        eyes = _Eyes(app, pilot)
        await eyes.look()
        await eyes.press("escape")
        caseload = app.workspace.caseload
        app.workspace.enter(next(iter(caseload.all(Person)), None))
        await eyes.press(*_LIST)
        ways: list[tuple[type[Screen[object]], list[Message], tuple[str, ...]]] = [
            (FamilyScreen, [go.OpenFamily(each.id) for each in caseload.all(Family)], _SECTIONS),
            (ClipScreen, [go.OpenClip(each.id) for each in caseload.all(Clip)], _CLIP),
            (ClipScreen, [go.OpenRecording(each.id) for each in caseload.all(Recording)], _CLIP[-1:]),
            (SupervisionScreen, [go.OpenSession(each.id) for each in caseload.all(Session)], _WALK),
        ]
        for kind, messages, keys in ways:
            for message in [*messages[:1], *messages[-1:]]:
                app.post_message(message)
                await eyes.see(lambda kind=kind: isinstance(app.screen, kind | ModalScreen))
                if isinstance(app.screen, ModalScreen):  # Film past its day is asked about first.
                    await eyes.press("escape")
                else:
                    await eyes.press(*keys)
                await eyes.leave()
        return eyes.looked


class _Eyes:
    """Presses keys and looks at what is shown after each."""

    def __init__(self, app: VigtuiApp, pilot: Driver) -> None:
        self._app, self._pilot = app, pilot
        self.looked = 0
        self._since = time.thread_time()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._pilot.press(key)
            await self.look()

    async def look(self) -> None:
        await self._pilot.pause()
        now = time.thread_time()
        if now - self._since > _LONGEST:
            raise Fault(f"takes {now - self._since:.1f} s to show {screen_text(self._app)}")
        self._since = now
        self.looked += 1
        shown = screen_text(self._app)
        if found := STEERING.search(shown):
            raise Fault(f"shows {shown[max(0, found.start() - 60) : found.end() + 60]!r}")

    async def see(self, holds: Callable[[], object]) -> None:
        for _ in range(500):
            if holds():
                return
            await self._pilot.pause(0.01)
        raise Fault(f"never shows what was asked for; it shows {screen_text(self._app)}")

    async def leave(self) -> None:
        """Go back to the list of families."""
        for _ in range(12):
            if isinstance(self._app.screen, CaseloadScreen):
                return
            await self.press("escape")
        raise Fault(f"does not go back from {screen_text(self._app)}")
