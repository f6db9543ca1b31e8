"""Driving the real app in tests: opened on a real file, awaited until a condition holds."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.ui.app.app import VigtuiApp
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Opening

Driver = Pilot[Any]


@contextlib.asynccontextmanager
async def opened(
    path: Path,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    *,
    keeps_rules: bool = True,
) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    """The app with the caseload at `path` open, closed and saved at the end as the program does it. Unless
    the test itself breaks rules, check then finds nothing in the file that it did not find before."""
    before = findings(path)
    opening: Future[Caseload] = Future()
    opening.set_result(Caseload.open(path))
    app = VigtuiApp(Opening(path, opening), settings or Settings(), Places())
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: len(app.screen_stack) > 1)
            yield app, pilot
    finally:
        app.close()
    left = findings(path) - before
    assert not (keeps_rules and left), left


def findings(path: Path) -> set[str]:
    """What check says of a caseload; nothing of one that it cannot read."""
    try:
        return {finding.sentence for finding in validate(read_snapshot(path))}
    except CaseloadError:
        return set()


async def until(pilot: Driver, holds: Callable[[], object]) -> None:
    """Let the app work until `holds()` is true. Fails at once when the app has ended with an exception, and
    after a minute or more, on a busy machine, with what was waited for."""
    for _ in range(6000):
        if pilot.app._exception is not None:
            raise AssertionError("the app has ended")  # Textual raises what ended it when the test is left.
        if holds():
            await pilot.pause()
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"never came true: {holds}")


async def resize(pilot: Driver, width: int, height: int) -> None:
    """Give the terminal another size, and wait until the screen has it: Textual tells it a little later."""
    await pilot.resize_terminal(width, height)
    await until(pilot, lambda: pilot.app.screen.outer_size == (width, height))


def told(app: App[Any]) -> str:
    """Every sentence in the corner of the screen."""
    return "\n".join(notification.message for notification in app._notifications)


def is_left(app: VigtuiApp) -> bool:
    """Whether the app has been asked to end, and has agreed."""
    return app._exit
