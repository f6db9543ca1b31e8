"""One passphrase of a person's own for their caseloads: made, given, changed, removed."""

import asyncio

from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen, passphrase_fields, why_no_passphrase
from vigtui.ui.widgets.case_screen import TellingScreen
from vigtui.vault.passphrase import A_GOOD_ONE
from vigtui.workspace.own_keyring import OwnKeyring
from vigtui.workspace.shelf import Shelf

_WHAT_IT_IS = (
    "One passphrase of your own opens those of your caseloads for which you say so, on this machine. Each "
    f"still opens by its own passphrase, so nothing is lost with this one. {A_GOOD_ONE}"
)
_MADE = (
    "From now on vigtui asks, when you open an encrypted caseload, whether your own passphrase shall open it."
)
_REMOVED = "Your own passphrase opens nothing any more. Each caseload opens by its own."
_ASK, _CHANGE, _REMOVE = "ask", "change", "remove"


async def own_passphrase(screen: TellingScreen, shelf: Shelf) -> None:
    """Make the own passphrase, ask for it, or let it be changed or removed, as things stand.
    Call it from a worker of `screen`."""
    own = shelf.own
    try:
        if not own.exists:
            await _make(screen, own, "Your own passphrase")
        elif not own.is_open:
            await _give(screen, own, "")
        else:
            await _change(screen, shelf)
    except CaseloadError as error:
        screen.tell(str(error), problem=True)


async def _make(screen: TellingScreen, own: OwnKeyring, title: str) -> None:
    fields = passphrase_fields("opens your caseloads here")
    form = FormScreen(title, fields, check=_why_not, intro=_WHAT_IT_IS, does="Take it")
    values = await screen.app.push_screen_wait(form)
    if values is not None:
        await asyncio.to_thread(own.make, values["passphrase"])
        screen.notify(_MADE, markup=False, timeout=12)


def _why_not(values: dict[str, str]) -> str:
    return why_no_passphrase(values) if values["passphrase"] else "Type a passphrase."


async def _give(screen: TellingScreen, own: OwnKeyring, problem: str) -> bool:
    """Ask for the own passphrase; without it every caseload is asked for by itself. Return whether it was
    given."""

    def attempt(words: str) -> bool:
        own.unlock(words)
        return True

    asking = PassphraseScreen("Your keyring", attempt, problem)
    given = await screen.app.push_screen_wait(asking)
    if isinstance(given, CaseloadError) and not isinstance(given, CaseloadLockedError):
        raise given
    return given is True


async def _change(screen: TellingScreen, shelf: Shelf) -> None:
    own = shelf.own
    options = [
        (_ASK, "Ask again about caseloads that it does not open"),
        (_CHANGE, "Change your own passphrase…"),
        (_REMOVE, "Have none any more…"),
    ]
    chosen = await screen.app.push_screen_wait(
        ChooseScreen("Your own passphrase", options, intro=_WHAT_IT_IS)
    )
    if chosen == _ASK:
        shelf.ask_again()
        screen.notify(_MADE, markup=False, timeout=12)
    # Whoever passes an open laptop must not give themselves one.
    if chosen == _CHANGE and await _give(screen, own, "Give the present one first."):
        await _make(screen, own, "Another passphrase of your own")
    if chosen == _REMOVE and await screen.app.push_screen_wait(
        ConfirmScreen(
            "Remove your keyring? Each caseload then opens by its own passphrase alone.", "Remove it"
        )
    ):
        own.remove()
        screen.tell(_REMOVED)
