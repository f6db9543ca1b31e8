"""What would be lost: a list that stands at once, and stays as it is when the keys come."""

from pathlib import Path

import pytest
from rich.color import ColorSystem

from tests.bench.caseload.big import make_big
from tests.ui.driving import Driver, opened, resize, until
from vigtui.domain.records import Family
from vigtui.film.pane.driver.cells import Cell, Cells
from vigtui.film.pane.driver.pens import cells_of
from vigtui.store.caseload import Caseload
from vigtui.ui.ahead.certain import Colours, colours_of
from vigtui.ui.ahead.page import Page
from vigtui.ui.ahead.palettes import PALETTES
from vigtui.ui.app.app import VigtuiApp
from vigtui.workspace.family_list import FamilyList

HEAD = (0, 2)
"""Rows in which words are added later."""


def many(folder: Path) -> Path:
    """Families for more than a screen, with letters of two cells, of none, and words that are cut."""
    path = make_big(folder / "many.vig.json", 60)
    caseload = Caseload.open(path)
    guider = caseload.all(Family)[0].guider
    for code, pseudonym in (("F-900", "红隼 and others of the marsh"), ("F-901", "Zaunko\u0308nig")):
        caseload.save(Family(code=code, pseudonym=pseudonym, guider=guider, reasons="as they are"))
    caseload.close()
    return path


def ahead(app: VigtuiApp, theme: str, system: ColorSystem) -> dict[int, Cells]:
    width, height = app.size
    families = FamilyList(app.workspace.caseload, app.workspace)
    called = app.workspace.caseload.meta.service
    return Page(width, height, PALETTES[theme], system).of(families, called, app.workspace)


def differing(app: VigtuiApp, theme: str, system: ColorSystem) -> list[str]:
    """The cells in which what is drawn ahead is not what the screen shows, but for what is added to it."""
    rows = ahead(app, theme, system)
    shown = app.screen._compositor.render_strips()
    assert len(rows) == len(shown)
    found = []
    for y, strip in enumerate(shown[:-1]):
        cells = cells_of(strip, strip.cell_length, system)
        assert cells is not None
        for x, (ours, theirs) in enumerate(zip(rows[y], cells, strict=True)):
            assert ours is not None
            assert theirs is not None
            if not _alike(ours, theirs) and not _is_added(y, x, ours, app.size.width):
                found.append(f"{theme}, {system.name}, {app.size}, row {y}, column {x}: {ours} {theirs}")
    return found


def _alike(ours: Cell, theirs: Cell) -> bool:
    blank = ours.text == theirs.text == " " and "7" not in theirs.pen.attributes
    return ours == theirs or (blank and ours.pen.back == theirs.pen.back)


def _is_added(y: int, x: int, ours: Cell, width: int) -> bool:
    """Whether this is where the title's end and the filter's words come, or the scrollbar stands."""
    return ours.text == " " and (y in HEAD or x == width - 2)


async def in_look(pilot: Driver, theme: str) -> None:
    pilot.app.theme = theme
    ground = PALETTES[theme].colours["background"]
    await until(pilot, lambda: pilot.app.screen.styles.background.hex.lower() == ground)


async def test_the_first_page_is_what_the_screen_shows_in_each_look_and_size(tmp_path: Path) -> None:
    async with opened(many(tmp_path)) as (app, pilot):
        for theme in PALETTES:
            await in_look(pilot, theme)
            for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                assert differing(app, theme, system) == []
        for width, height in ((100, 30), (200, 60), (64, 15)):
            await resize(pilot, width, height)
            assert differing(app, theme, ColorSystem.TRUECOLOR) == []


async def test_the_first_page_begins_where_somebody_left_off_and_groups_as_they_do(tmp_path: Path) -> None:
    path = many(tmp_path)
    async with opened(path) as (app, pilot):
        await pilot.press("g")
        await pilot.press("end")
    async with opened(path) as (app, pilot):
        assert app.workspace.places.get("caseload:grouping") == "trainee"
        assert differing(app, "vigtui", ColorSystem.TRUECOLOR) == []
        await pilot.press("g")
        await until(pilot, lambda: app.workspace.places.get("caseload:grouping") == "none")
        assert differing(app, "vigtui", ColorSystem.EIGHT_BIT) == []


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "foot", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "screen", "COLORTERM": " 24bit "}, "truecolor"),
        ({"TERM": "linux"}, None),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, None),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, None),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, None),
        ({}, None),
    ],
)
def test_colours_are_taken_to_be_as_many_as_textual_takes_them_to_be(
    environment: dict[str, str], colours: Colours | None
) -> None:
    assert colours_of(environment) == colours
