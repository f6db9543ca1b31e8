"""Asking whether the counts of a caseload are put once a week where the service collects them."""

import asyncio
from pathlib import Path

from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FolderScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values import clocks
from vigtui.values.text import shown_path
from vigtui.workspace.counts.weekly import counts_folder, put_weekly, put_weekly_in

_WHAT_GOES = (
    "Once a week, when the caseload is opened, its counts until Sunday go into a folder of the service:"
    " a file called by the caseload’s id, without small numbers, names and words."
)
_OTHER, _NO_MORE = "other", "no more"


async def ask_for_weekly_counts(screen: CaseScreen) -> None:
    """Ask for the folder, and put the counts there; or put them there no more. Call it from a worker."""
    places, now = screen.workspace.places, counts_folder(screen.workspace.places)
    if screen.caseload.meta.demo:
        screen.tell("The demo’s counts go nowhere: its families are invented.")
        return
    ways = [(_OTHER, "Choose the folder…" if now is None else "Choose another folder…")]
    if now is not None:
        ways.append((_NO_MORE, "Put them there no more"))
    intro = f"{_WHAT_GOES} Now: {shown_path(str(now))}" if now else _WHAT_GOES
    way = await screen.ask(ChooseScreen("The week’s counts", ways, intro=intro))
    if way == _NO_MORE:
        await asyncio.to_thread(put_weekly_in, places, None)
        screen.tell("The counts are put nowhere any more. What is there stays.")
    elif way == _OTHER:
        folder = await screen.ask(FolderScreen("In which folder are counts collected?", now or Path.home()))
        if folder is not None:
            await asyncio.to_thread(put_weekly_in, places, folder)
            told = await asyncio.to_thread(put_weekly, screen.workspace, clocks.now())
            screen.tell(told or f"This week’s counts are in {shown_path(str(folder))} already.")
