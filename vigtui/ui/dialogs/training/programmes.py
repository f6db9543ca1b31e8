"""The service's programmes: taken in from a file or from an example, written to a file to be changed."""

import asyncio
import re
from pathlib import Path

from msgspec.structs import replace

from vigtui.domain.records import Programme
from vigtui.domain.records.schema import fields
from vigtui.exchange.programmes import (
    ENDING,
    ProgrammeFileError,
    examples,
    read_programme,
    write_programme_file,
)
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import folded, one_line

_FILE = "file"
_WHY_A_FILE = "A file that says what each stage asks for…"


async def choose_programme(screen: CaseScreen) -> Programme | None:
    """Ask for one of the programmes, one in a file, or an example. Call it from a worker of `screen`."""
    chosen = await _ask(screen)
    return screen.caseload.get(Programme, chosen) or await _take_in_chosen(screen, chosen)


async def manage_programmes(screen: CaseScreen) -> None:
    """Show the programmes: take one in, write one to a file, remove one. Call it from a worker."""
    chosen = await _ask(screen)
    programme = screen.caseload.get(Programme, chosen)
    if programme is None:
        await _take_in_chosen(screen, chosen)
        return
    tasks = [("write", "Write it to a file, to change it"), ("remove", "Remove it")]
    task = await screen.ask(ChooseScreen(one_line(programme.name), tasks))
    if task == "write":
        await _write(screen, programme)
    elif task == "remove":
        await remove_record(screen, programme, f"the programme {one_line(programme.name)}")


async def _ask(screen: CaseScreen) -> str:
    """The id of a programme, the name of an example, or a file; "" for none."""
    known = screen.caseload.all(Programme)
    shipped = [each.name for each in await asyncio.to_thread(examples) if not _named(known, each.name)]
    options = [(each.id, each.name) for each in known]
    options += [(name, f"{name} (an example)") for name in shipped]
    return await screen.ask(ChooseScreen("Which programme?", [*options, (_FILE, _WHY_A_FILE)])) or ""


async def _take_in_chosen(screen: CaseScreen, chosen: str) -> Programme | None:
    if chosen == _FILE:
        return await _take_in_file(screen)
    example = next((each for each in await asyncio.to_thread(examples) if each.name == chosen), None)
    return _take_in(screen, example) if example else None


async def _take_in_file(screen: CaseScreen) -> Programme | None:
    path = await screen.ask(
        FileScreen("Which file? It ends in .toml", Path.home(), endings=frozenset((ENDING,)))
    )
    if path is None:
        return None
    try:
        return _take_in(screen, await asyncio.to_thread(read_programme, path))
    except ProgrammeFileError as error:
        screen.tell(str(error), problem=True)
        return None


def _take_in(screen: CaseScreen, programme: Programme) -> Programme:
    """Save a programme. One of the same name takes what this one says: who is in it stays in it."""
    caseload = screen.caseload
    before = _named(caseload.all(Programme), programme.name)
    if before is not None:
        programme = replace(before, **{name: getattr(programme, name) for name in fields(Programme)})
    words = one_line(programme.name)
    with caseload.transaction(f"{'Change' if before else 'Take in'} the programme {words}"):
        saved = caseload.save(programme)
    screen.tell(
        f"{words} is changed; {key_for(screen, 'app.undo')} undoes it."
        if before
        else f"{words} is one of your programmes now."
    )
    return saved


async def _write(screen: CaseScreen, programme: Programme) -> None:
    title = "Where shall it go? Change it there in any editor, and take it in again."
    name = re.sub(r"[^a-z0-9]+", "-", folded(programme.name)).strip("-") or "programme"
    asking = FileScreen(title, Path.home(), endings=frozenset((ENDING,)), new=f"{name}{ENDING}")
    path = await screen.ask(asking)
    if path is None:
        return
    try:
        await asyncio.to_thread(write_programme_file, programme, path)
    except ProgrammeFileError as error:
        screen.tell(str(error), problem=True)
    else:
        screen.tell(f"Written: {one_line(str(path))}. Changed, it is taken in again here.")


def _named(programmes: list[Programme], name: str) -> Programme | None:
    return next((each for each in programmes if folded(each.name) == folded(name)), None)
