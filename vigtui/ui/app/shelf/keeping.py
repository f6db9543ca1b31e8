"""Whether the person's own passphrase shall open a caseload, too."""

import asyncio

from textual.app import App

from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.workspace.own_keyring import ASKED, OwnKeyring
from vigtui.workspace.places import Places


async def ask_to_keep(app: App[None], places: Places, own: OwnKeyring, caseload: Caseload, key: Key) -> None:
    """Ask once, and again where the caseload's key has been changed; nothing while the keyring is closed."""
    identity = caseload.meta.id
    if not own.may_keep(identity, key):
        return
    changed = own.opened_before(identity)
    if places.get(ASKED) and not changed:
        return
    places.set(ASKED, 1)
    name = one_line(caseload.path.name)
    why = f"The key of {name} has been changed. " if changed else ""
    question = f"{why}Shall your own passphrase open {name} on this machine, too?"
    try:
        if await app.push_screen_wait(ConfirmScreen(question, "It shall", "Its own alone")):
            await asyncio.to_thread(own.keep, identity, key)
        elif changed:
            await asyncio.to_thread(own.forget, identity)
    except CaseloadError as error:
        app.notify(one_line(str(error)), severity="warning", markup=False, timeout=12)
