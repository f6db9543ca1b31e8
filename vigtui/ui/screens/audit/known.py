"""The list of the caseloads that are known to have counts: whose each is, and which comes no more."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from vigtui.exchange.audits.collecting import Collected, Collecting
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import TellingScreen
from vigtui.values.text import one_line, shown_path

_LISTS = frozenset((".txt",))


async def describe(screen: TellingScreen, collecting: Collecting, each: Collected) -> None:
    """Ask whose a caseload is, and keep that. Call it from a worker of `screen`."""
    field = Field("about", "Whose is it?", "text", each.about)
    intro = f"{one_line(each.id)}. Kept in {shown_path(str(collecting.known))}."
    values = await screen.app.push_screen_wait(FormScreen("A caseload", [field], intro=intro, does="Keep"))
    if values is not None:
        await _change(screen, lambda: collecting.describe(each.id, values["about"]))


async def expect_no_more(screen: TellingScreen, collecting: Collecting, each: Collected) -> None:
    """Ask whether a caseload that is not there shall be missed no more. Call it from a worker of `screen`."""
    name = one_line(each.about) or one_line(each.id)
    question = f"Expect no more counts of {name}? If they come, they count."
    if await screen.app.push_screen_wait(ConfirmScreen(question, "Expect no more")):
        await _change(screen, lambda: collecting.expect_no_more(each.id))


async def another_list(screen: TellingScreen, collecting: Collecting) -> Path | None:
    """Ask for another list of known caseloads. Call it from a worker of `screen`."""
    title = f"Another list of known caseloads? Now: {one_line(collecting.known.name)}"
    return await screen.app.push_screen_wait(FileScreen(title, collecting.folder, endings=_LISTS))


async def _change(screen: TellingScreen, change: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(change)
    except CaseloadError as error:
        screen.tell(str(error), problem=True)
