"""Draws the list of families at once, and leaves the terminal to Textual as it then is.

Only where it is certain how Textual would draw it: a caseload in clear, one of our own looks, a terminal of
many colours that reads UTF-8. Everywhere else the first screen is Textual's.
"""

import os
import shutil
from collections.abc import Mapping

from rich.color import ColorSystem

from vigtui.film.pane.driver.taken import TakenTerminal, can_be_taken
from vigtui.film.picture.choice import AUTO, letters_here
from vigtui.store.caseload import Caseload
from vigtui.ui.ahead.palettes import PALETTES
from vigtui.values.signs import Letters
from vigtui.values.window_size import LEAST_COLUMNS, LEAST_ROWS
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings

_MANY = ("truecolor", "24bit")
_OTHER_WAYS = "TEXTUAL"
"""With variables that begin so somebody may have Textual draw otherwise."""


def colours_of(environment: Mapping[str, str]) -> ColorSystem | None:
    """Return how many colours rich takes the terminal to have; None where they are few or none."""
    if "NO_COLOR" in environment or any(name.startswith(_OTHER_WAYS) for name in environment):
        return None
    term = environment.get("TERM", "").strip().lower()
    if term in ("", "dumb", "unknown"):
        return None
    if environment.get("COLORTERM", "").strip().lower() in _MANY:
        return ColorSystem.TRUECOLOR
    return ColorSystem.EIGHT_BIT if term.rpartition("-")[2] in ("kitty", "256color") else None


def draw_first_page(caseload: Caseload, settings: Settings, places: Places) -> TakenTerminal | None:
    """Draw the list of families of a caseload that was just opened, if that can be done at once. Returns the
    terminal then, which is to be handed over, or given back."""
    system = colours_of(os.environ)
    palette = PALETTES.get(settings.theme)
    usual = not settings.plain and settings.letters == AUTO and letters_here() is Letters.ALL
    if system is None or palette is None or not usual or caseload.encrypted or not can_be_taken():
        return None
    width, height = shutil.get_terminal_size()
    terminal = TakenTerminal((width, height))
    try:
        if width >= LEAST_COLUMNS and height >= LEAST_ROWS:
            from vigtui.ui.ahead.page import Page
            from vigtui.workspace.family_list import FamilyList
            from vigtui.workspace.workspace import Workspace

            places.enter(caseload.meta.id, caseload.path)
            workspace = Workspace(caseload, settings, places)
            workspace.person = workspace.recognised()
            rows = Page(width, height, palette, system).of(FamilyList(workspace), workspace)
            terminal.hear()
            if terminal.is_ours and terminal.reads_utf8:
                terminal.draw(rows)
    except BaseException:
        terminal.give_back()
        raise
    return terminal if terminal.is_ours else None
