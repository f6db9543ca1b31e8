"""Driving the family screen: opened on the sample family, its forms filled in."""

import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Checkbox, Input, OptionList, Select, Static, TextArea

from tests.caseloads import at_the_keyboard
from tests.ui.driving import Driver, opened, until
from tests.ui.heron import FAMILY, TODAY
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.values import clocks

Opened = tuple[VigtuiApp, Driver, FamilyScreen]


def stop_the_calendar(monkeypatch: pytest.MonkeyPatch, today: dt.date = TODAY) -> None:
    """Let it be the day of the sample, for everything that asks."""
    monkeypatch.setattr(clocks, "day", lambda: today)


@contextlib.asynccontextmanager
async def family_screen(
    path: Path,
    family: str = FAMILY,
    *,
    record: str = "",
    size: tuple[int, int] = (80, 24),
    keeps_rules: bool = True,
) -> AsyncIterator[Opened]:
    """The app with Ellis at the keyboard and a family open."""
    at_the_keyboard(path, "person-ellis")
    async with opened(path, size, keeps_rules=keeps_rules) as (app, pilot):
        screen = FamilyScreen(family, record)
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_current and screen.focused is not None)
        await pilot.pause()
        yield app, pilot, screen


async def back(app: VigtuiApp, pilot: Driver) -> None:
    """Wait until no dialog is in front of the family any more."""
    await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
    await pilot.pause()


async def fill(app: VigtuiApp, pilot: Driver, **values: str | bool) -> None:
    """Wait for a form, put these values into its fields, and save it."""
    await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
    form = app.screen
    for name, value in values.items():
        widget = form.query_one(f"#field-{name}")
        if isinstance(widget, TextArea):
            widget.text = str(value)
        elif isinstance(widget, Input):
            widget.value = str(value)
        elif isinstance(widget, Checkbox):
            widget.value = bool(value)
        elif isinstance(widget, Select):
            widget.value = value
    await pilot.press("ctrl+s")
    await pilot.pause()


async def choose(app: VigtuiApp, pilot: Driver, words: str) -> None:
    """Wait for a list to choose from, narrow it by `words`, and take what is left."""
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and app.screen.focused)
    app.screen.query_one("#narrow", Input).value = words
    await until(pilot, lambda: app.screen.query_one("#options", OptionList).highlighted is not None)
    await pilot.press("enter")
    await pilot.pause()


async def confirm(app: VigtuiApp, pilot: Driver) -> str:
    """Wait for a question, answer yes, and return the question."""
    return await answer(app, pilot, yes=True)


async def answer(app: VigtuiApp, pilot: Driver, *, yes: bool) -> str:
    """Wait for a question, answer it, and return it."""
    await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and app.screen.focused)
    question = str(app.screen.query_one("#dialog-question").render())
    app.screen.query_one("#yes" if yes else "#no").focus()
    await pilot.press("enter")
    await pilot.pause()
    return question


def problem(app: VigtuiApp) -> str:
    """The sentence that keeps a form open; "" while there is none."""
    found = app.screen.query("#dialog-problem")
    return str(found.only_one(Static).render()) if found else ""


def place_in_family(app: VigtuiApp) -> str:
    """What the cursor is on in the family that is shown, as its section calls it."""
    assert isinstance(app.screen, FamilyScreen)
    return app.screen.section.place
