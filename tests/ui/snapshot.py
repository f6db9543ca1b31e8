"""Whole screens as plain text, kept beside the tests so that a change of the screen reads as a diff."""

from pathlib import Path

import pytest
from textual.app import App

from tests.snapshot import same_text
from tests.ui.driving import Driver, resize

FOLDER = Path(__file__).with_name("snapshots")


def screen_text(app: App[None]) -> str:
    """What stands on the screen now, one line a row, without colours and trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def says(app: App[None], words: str) -> bool:
    """Whether these words stand on the screen, over whatever ends of lines."""
    return words in " ".join(screen_text(app).split())


async def same_screens(pilot: Driver, name: str, request: pytest.FixtureRequest) -> None:
    """Compare the screen at 80x24, then at 60x20, then have it at 80x24 again."""
    for width, height in ((80, 24), (60, 20)):
        await resize(pilot, width, height)
        same_screen(pilot.app, f"{name}-{width}x{height}", request)
    await resize(pilot, 80, 24)


def same_screen(app: App[None], name: str, request: pytest.FixtureRequest) -> None:
    """Compare the screen with `snapshots/<name>.txt`; `--update-snapshots` writes that file instead."""
    same_text(FOLDER / f"{name}.txt", screen_text(app), request)
