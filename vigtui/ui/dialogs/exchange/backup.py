"""The backup with film, from the screens: onto the stick or the share where it was made before."""

import asyncio
import datetime as dt
from pathlib import Path

from vigtui.casefilm.backup.limits import too_large_for
from vigtui.casefilm.backup.making import Made, back_up
from vigtui.casefilm.backup.place import Place
from vigtui.casefilm.backup.sticks import Stick, stick_at, sticks
from vigtui.casefilm.backup.told import problems, told, why_too_large
from vigtui.casefilm.pack_list import read_list
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.files import FolderScreen
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_day
from vigtui.values.text import one_line, shown_path
from vigtui.workspace.backup_places import known_places, remember_place

_OTHER = "another"
_WHERE = "Where is the backup?"
_INTRO = "Only what changed is copied, and read back. What was deleted here leaves it first."


async def back_up_here(screen: CaseScreen) -> None:
    """Ask for the stick or the share, and bring the backup there up to date. Left in the middle, it goes on
    the next time where it stopped. Call it from a worker of `screen`."""
    caseload = screen.caseload
    if caseload.read_only:
        screen.tell(caseload.read_only, problem=True)
    elif await asyncio.to_thread(read_list, caseload) is not None:
        screen.tell("This is a pack: back up the caseload that it was made from.", problem=True)
    elif (stick := await _chosen(screen)) is not None:
        if stick.place is None:
            screen.tell(stick.why, problem=True)
        elif await _agreed(screen, stick.place):
            await _make(screen, stick.outer, stick.place)


async def _chosen(screen: CaseScreen) -> Stick | None:
    known = known_places(screen.workspace.places, screen.caseload.meta.id)
    found = await asyncio.to_thread(sticks, screen.caseload, known)
    options = [(str(each.outer), _words(screen, each)) for each in found]
    options.append((_OTHER, "Another folder, on a stick or a share…"))
    answer = await screen.ask(ChooseScreen(_WHERE, options, intro=_INTRO))
    if answer != _OTHER:
        return next((each for each in found if str(each.outer) == answer), None)
    folder = await screen.ask(FolderScreen(_WHERE, Path.home()))
    return None if folder is None else await asyncio.to_thread(stick_at, screen.caseload, folder)


def _words(screen: CaseScreen, stick: Stick) -> str:
    """What a stick is called in the list: its name comes first, where it is last."""
    where = shown_path(str(stick.outer))
    if stick.place is None:
        state = "cannot be used" if stick.there else "not there now"
    elif stick.place.earlier is None:
        state = "no backup of this caseload yet"
    elif made := stick.place.earlier.made:
        state = f"backup of {show_day(made.astimezone().date(), screen.workspace.today())}"
    else:
        state = "a backup that was begun"
    return f"{one_line(stick.outer.name)}: {state} ({where})"


async def _agreed(screen: CaseScreen, place: Place) -> bool:
    """Whether the person goes on, where there is something to say before."""
    found = []
    if place.earlier is None:
        found.append(
            f"There is no backup of this caseload yet in {shown_path(str(place.folder.parent))}. Make the"
            " first one there?"
        )
    if place.same_disk and place.earlier is None:
        found.append("That is the caseload's own disk: what is there is lost with it.")
    if too_large := await asyncio.to_thread(too_large_for, screen.caseload, place.folder.parent):
        found.append(f"{why_too_large(tuple(too_large))} All else goes there.")
    if not found:
        return True
    return await screen.ask(ConfirmScreen("\n".join(found), "Make it", "Leave it")) is True


async def _make(screen: CaseScreen, outer: Path, place: Place) -> None:
    caseload = screen.caseload

    def make(progress: Progress) -> Made:
        now = dt.datetime.now(dt.UTC)
        return back_up(caseload, place, now, lambda _words, part: progress(part))

    name = one_line(outer.name)
    done = await screen.ask(WorkingScreen(f"Backup on {name}", make))
    await asyncio.to_thread(remember_place, screen.workspace.places, caseload.meta.id, outer)
    screen.refresh_records()
    if isinstance(done, Left):
        screen.tell("Stopped. What came until then is in it; the next time goes on where this stopped.")
    elif isinstance(done, CaseloadError):
        screen.tell(str(done), problem=True)
    elif isinstance(done, Made):
        found = problems(done)
        screen.tell(
            " ".join([f"The backup on {name} is up to date.", *told(done), *found]), problem=bool(found)
        )
    elif done is not None:
        raise done
