"""Taking in a file that somebody brings, or a copy that is beside the caseload."""

import asyncio
from pathlib import Path

from vigtui.exchange.incoming import Other, read_other
from vigtui.exchange.synced_copies import put_away
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.merge.look import LookScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.arrivals import Arrival, foresee
from vigtui.wording.changes import also_removed, told

_PATIENCE = 10.0


async def take_in(screen: CaseScreen, path: Path, *, is_copy: bool) -> None:
    """Show what the file would bring, take it in if that is wanted, and put a conflicted copy away. Call it
    from a worker."""
    if screen.caseload.read_only:
        screen.tell(screen.caseload.read_only, problem=True)
        return
    try:
        other = await asyncio.to_thread(read_other, path)
        keyring = await _keyring_for(screen, other)
        if keyring is not None and await _merged(screen, other, keyring, is_copy=is_copy) and is_copy:
            await _put_away(screen, other, keyring)
    except CaseloadError as error:
        screen.tell(f"{one_line(path.name)} is not merged. {error}", problem=True)


async def _keyring_for(screen: CaseScreen, other: Other) -> Keyring | None:
    """Return what opens the file, having asked for its passphrase where need be; None when the person left.
    Raises CaseloadError."""
    keyring = Keyring(screen.caseload.key)
    if await asyncio.to_thread(other.opens_with, keyring):
        return keyring

    def attempt(words: str) -> bool:
        other.unlock(words, keyring)
        return True

    found = await screen.ask(PassphraseScreen(other.path.name, attempt))
    if isinstance(found, CaseloadError):
        raise found
    return keyring if found else None


async def _merged(screen: CaseScreen, other: Other, keyring: Keyring, *, is_copy: bool) -> bool:
    """Ask, merge and save. Return whether all that was in the file is on the disk now."""
    caseload, workspace = screen.caseload, screen.workspace
    tables = await asyncio.to_thread(other.tables, keyring)
    foreseen = await asyncio.to_thread(foresee, caseload, tables, workspace.names)
    if not foreseen.told and not foreseen.questions and not is_copy:
        screen.tell(f"There is nothing in {other.name} that is not here already.")
        return True
    if not await screen.ask(LookScreen(other.name, foreseen)):
        return False
    step = await asyncio.to_thread(caseload.merge, tables, f"Merge {other.name}")
    names = workspace.names(also_removed(caseload.get, step.changes))
    found = await asyncio.to_thread(told, names, step.changes)
    if found:
        workspace.merged.append(Arrival(other.name, tuple(found)))
        screen.tell(f"{other.name} is taken in. {key_for(screen, 'app.undo')} undoes it.")
    status = await asyncio.to_thread(caseload.flush, _PATIENCE)
    return status.state != "not_saved"


async def _put_away(screen: CaseScreen, other: Other, keyring: Keyring) -> None:
    caseload = screen.caseload
    await asyncio.to_thread(put_away, caseload.path, other, keyring, caseload.key)
    screen.tell(
        f"{other.name} is taken in, and kept now in the folder of earlier versions. "
        f"{key_for(screen, 'app.undo')} undoes what came."
    )
