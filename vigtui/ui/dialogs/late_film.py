"""Film that was to be deleted by now: opened once somebody has been told, for as long as vigtui is open."""

from collections.abc import Iterable

from vigtui.domain.consent.retention import deciders, past_its_day
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.records import Person
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import keys_for
from vigtui.wording.access import past_day_words


def why_late(screen: CaseScreen, recording: str) -> str:
    """Return what is said before the film of this recording is opened, by its id; "" where nothing is, or it
    was said already."""
    return "" if recording in screen.workspace.opened_late else late_words(screen, recording)


def late_words(screen: CaseScreen, recording: str) -> str:
    """Return by which day the film of a recording was to be deleted, and who decides; "" where that day is
    not past, or the film is held."""
    workspace, caseload = screen.workspace, screen.caseload
    day = past_its_day(caseload, recording, workspace.today())
    showing = find_recording(caseload.get, recording)
    if day is None or showing is None:
        return ""
    names = [each.name for each in deciders(caseload.all(Person), showing.family)]
    return past_day_words(day, names, workspace.today(), keys_for(screen))


async def open_late(screen: CaseScreen, recording: str, why: str) -> bool:
    """Ask whether the film is opened all the same. Call it from a worker of `screen`."""
    if not await screen.ask(ConfirmScreen(f"{why} Open it now all the same?", "Open it", "Leave it closed")):
        return False
    screen.workspace.opened_late.add(recording)
    return True


async def open_all_late(screen: CaseScreen, recordings: Iterable[str]) -> bool:
    """Ask this of each film that is to be shown where nothing may be asked; return whether all may be opened.
    Call it from a worker of `screen`."""
    for recording in dict.fromkeys(recordings):
        why = why_late(screen, recording)
        if why and not await open_late(screen, recording, why):
            return False
    return True
