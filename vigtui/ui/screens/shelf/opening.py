"""Opening a caseload from the shelf: by the own keyring, or by the passphrase that is asked for."""

import asyncio
from functools import partial

from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.navigation import NotAsSeen
from vigtui.ui.widgets.case_screen import TellingScreen
from vigtui.workspace.last_seen import NotAsLastSeenError
from vigtui.workspace.shelf import OnShelf, Shelf


async def opened_from(screen: TellingScreen, shelf: Shelf, each: OnShelf) -> Caseload | None:
    """Return the caseload, open; None where it was not opened, which has been said or is asked about. Call it
    from a worker of `screen`."""
    opened: Caseload | CaseloadError | None
    try:
        opened = await asyncio.to_thread(shelf.open, each)
    except CaseloadLockedError as error:
        asking = PassphraseScreen(each.name, partial(shelf.open, each), str(error) if error.wrong else "")
        opened = await screen.app.push_screen_wait(asking)
    except CaseloadError as error:
        opened = error
    if isinstance(opened, NotAsLastSeenError):
        screen.app.post_message(NotAsSeen(each.path, opened))
    elif isinstance(opened, CaseloadError):
        screen.tell(str(opened), problem=True)
    return opened if isinstance(opened, Caseload) else None
