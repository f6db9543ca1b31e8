"""Draws the list of families at once, and leaves the terminal to Textual as it then is.

Only where it is certain how Textual would draw it: a caseload in clear, one of our own looks, a terminal of
many colours that reads UTF-8. Everywhere else the first screen is Textual's.
"""

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from rich.color import ColorSystem

from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Person
from vigtui.film.pane.driver.cells import Cells
from vigtui.film.pane.driver.taken import TakenTerminal, take
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import LayoutError
from vigtui.ui.ahead.certain import colours_here
from vigtui.ui.ahead.page import Page
from vigtui.ui.ahead.palettes import PALETTES
from vigtui.values.days import today
from vigtui.values.window_size import LEAST_COLUMNS, LEAST_ROWS
from vigtui.workspace.family_list import FamilyList
from vigtui.workspace.last_seen import refuse_unexpected
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import recognised

_SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT}


class Reader(Struct):
    """Who is taken to be at the keyboard, before there is a workspace."""

    places: Places
    person: Person | None

    def today(self) -> date:
        """The day here."""
        return today()


def draw_first_page(caseload: Caseload, settings: Settings, places: Places) -> TakenTerminal | None:
    """Draw the list of families of a caseload that was just opened, if that can be done at once. Returns the
    terminal then, which is to be handed over, or given back."""

    def page(draw: Page) -> dict[int, Cells]:
        reader = _reader(caseload, caseload.meta.id, caseload.path, places)
        called = caseload.meta.service or caseload.path.name
        return draw.of(FamilyList(caseload, reader), called, reader)

    return None if caseload.encrypted else _drawn(settings, page)


def draw_glance(
    path: Path, read: Callable[[], bytes], settings: Settings, places: Places
) -> TakenTerminal | None:
    """The same of a large file that is not open yet, and in which `read` reads, or raises OSError: of that no
    more is looked at than is in sight."""
    from vigtui.store.glance import Glance  # Lazy: most files are small.

    def page(draw: Page) -> dict[int, Cells]:
        try:
            glance = Glance(path, read())
            families = glance.families()
            meta = families.meta
            refuse_unexpected(places, path, meta.id, None, 0)
            reader = _reader(families, meta.id, path, places)

            def detail(ids: Sequence[str]) -> FamilyList:
                return FamilyList(glance.whole(ids), reader)

            return draw.of(FamilyList(families, reader), meta.service or path.name, reader, detail)
        except (LayoutError, CaseloadError, OSError):
            return {}  # Opening it says what is wrong.

    return _drawn(settings, page)


def _reader(families: EveryVersion, identity: str, path: Path, places: Places) -> Reader:
    places.enter(identity, path)
    person = recognised(families.where(Person), places, demo=families.meta.demo)
    return Reader(places, person)


def _drawn(settings: Settings, page: Callable[[Page], dict[int, Cells]]) -> TakenTerminal | None:
    colours, palette = colours_here(settings), PALETTES.get(settings.theme)
    if colours is None or palette is None:
        return None
    width, height = shutil.get_terminal_size()
    terminal = take((width, height))
    if terminal is None:
        return None
    try:
        if width >= LEAST_COLUMNS and height >= LEAST_ROWS:
            rows = page(Page(width, height, palette, _SYSTEMS[colours]))
            terminal.hear()
            if terminal.is_ours and terminal.reads_utf8:
                terminal.draw(rows)
    except BaseException:
        terminal.give_back()
        raise
    return terminal if terminal.is_ours else None
