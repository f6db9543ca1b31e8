"""Taking in a file that somebody brings, or a copy that lies beside the caseload."""

import asyncio
from pathlib import Path

from vigtui.exchange.incoming import Other, read_other
from vigtui.exchange.synced_copies import put_away
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.merge.look import LookScreen
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.values.text import one_line
from vigtui.vault.envelope import Key
from vigtui.wording.arrivals import Arrival, also_gone, foresee, told

_PATIENCE = 10.0


async def take_in(screen: VigScreen, path: Path, *, is_copy: bool) -> None:
    """Show what the file would bring, take it in if that is wanted, and put a conflicted copy away. Call it
    from a worker."""
    if screen.caseload.read_only:
        screen.tell(screen.caseload.read_only, problem=True)
        return
    try:
        other = await asyncio.to_thread(read_other, path)
        key = await _key_to(screen, other)
        if key is None and other.is_sealed:
            return
        if await _merged(screen, other, key, is_copy=is_copy) and is_copy:
            await _put_away(screen, other, key)
    except CaseloadError as error:
        screen.tell(f"{one_line(path.name)} is not merged. {error}", problem=True)


async def _key_to(screen: VigScreen, other: Other) -> Key | None:
    """Return the key to an encrypted file; None for a clear one, or when the person left. Raises
    CaseloadError."""
    own = screen.caseload.key
    if not other.is_sealed:
        return None
    if own is not None and await asyncio.to_thread(other.opens_with, own):
        return own
    found = await screen.ask(PassphraseScreen(other.path.name, other.unlock))
    if isinstance(found, CaseloadError):
        raise found
    return found


async def _merged(screen: VigScreen, other: Other, key: Key | None, *, is_copy: bool) -> bool:
    """Ask, merge and save. Return whether all that was in the file is on the disk now."""
    caseload, workspace = screen.caseload, screen.workspace
    tables = await asyncio.to_thread(other.tables, key)
    foreseen = await asyncio.to_thread(foresee, caseload, tables, workspace.names)
    if not foreseen.told and not foreseen.questions and not is_copy:
        screen.tell(f"There is nothing in {other.name} that is not here already.")
        return True
    if not await screen.ask(LookScreen(other.name, foreseen)):
        return False
    step = await asyncio.to_thread(caseload.merge, tables, f"Merge {other.name}")
    names = workspace.names(also_gone(caseload.get, step.edits))
    found = await asyncio.to_thread(told, names, step.edits)
    if found:
        workspace.merged.append(Arrival(other.name, tuple(found)))
        screen.tell(f"{other.name} is taken in. u undoes it.")
    status = await asyncio.to_thread(caseload.flush, _PATIENCE)
    return status.state != "not_saved"


async def _put_away(screen: VigScreen, other: Other, key: Key | None) -> None:
    caseload = screen.caseload
    await asyncio.to_thread(put_away, caseload.path, other, key, caseload.key)
    screen.tell(f"{other.name} is taken in, and kept now in the folder of copies. u undoes what came.")
