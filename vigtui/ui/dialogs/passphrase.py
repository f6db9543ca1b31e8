"""Asking for a passphrase: to open an encrypted caseload, and to uncover one that was locked."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Input, Label, Static

from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import clean, one_line
from vigtui.vault.passphrase import TRIES, why_weak

_COVER_ONLY = (
    "Enter shows the caseload again. It is not encrypted: this hides it from whoever passes, and protects "
    "nothing. `vigtui encrypt FILE` does."
)
_TRYING = "Trying the passphrase…"

T = TypeVar("T")
Answer = TypeVar("Answer")


def passphrase_fields(hint: str = "encrypts the file; empty to leave it readable") -> list[Field]:
    """The fields for the passphrase of something new, a caseload or a pack, typed twice; empty to leave it
    clear."""
    return [
        Field("passphrase", "Passphrase", "secret", hint=hint),
        Field("again", "The same again", "secret"),
    ]


def why_no_passphrase(values: Mapping[str, str]) -> str:
    """A sentence when the two cannot be taken, else ""."""
    if values["passphrase"] != values["again"]:
        return "The two passphrases are not the same."
    return why_weak(values["passphrase"]) if values["passphrase"] else ""


class AskingScreen(ModalScreen[Answer]):
    """A dialog with one line to type a passphrase in. `attempt` finds out, in a thread, whether it is right,
    and then answers or calls `refuse`."""

    CSS_PATH: ClassVar[CSSPathType] = ["forms.tcss", "passphrase.tcss"]

    def __init__(
        self, title: str, intro: str, attempt: Callable[[str], Awaitable[None]], problem: str = ""
    ) -> None:
        super().__init__()
        self._title, self._intro, self._problem = one_line(title), intro, problem
        self._attempt = attempt

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="small"):
            yield Label(self._title, id="dialog-title", markup=False)
            yield Static(self._intro, id="dialog-intro", markup=False)
            yield Input(password=True, placeholder="passphrase", id="passphrase", compact=True)
            yield Static(clean(self._problem), id="dialog-problem", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        for line in self.query("#passphrase"):
            line.focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value and not event.input.disabled:
            event.input.disabled = True
            self.say(_TRYING)
            self._try(event.value)

    @work
    async def _try(self, words: str) -> None:
        await self._attempt(words)

    def refuse(self, sentence: str) -> None:
        """Say why it is not, and wait for another."""
        self.say(sentence)
        line = self.query_one("#passphrase", Input)
        line.value = ""
        line.disabled = False
        line.focus()

    def say(self, sentence: str) -> None:
        """Put a sentence under the line."""
        self.query_one("#dialog-problem", Static).update(clean(sentence))


class PassphraseScreen(AskingScreen[T | CaseloadError | None], Generic[T]):
    """Answers what `opening`, called in a thread, makes of the passphrase; None when the person left; or a
    CaseloadError, when three passphrases were wrong or the trouble is another."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("passphrase", "dialog")
    HELP: ClassVar[str] = (
        "The caseload is encrypted. To try a passphrase takes a moment on purpose: whoever finds the file "
        "cannot try many. Without the passphrase nobody can open it."
    )

    def __init__(self, name: str, opening: Callable[[str], T], problem: str = "") -> None:
        super().__init__(f"{name} is encrypted", "Its passphrase opens it.", self._open, problem)
        self._opening = opening
        self._tries = 0

    async def _open(self, words: str) -> None:
        self._tries += 1
        try:
            opened: T | CaseloadError = await asyncio.to_thread(self._opening, words)
        except CaseloadLockedError as error:
            if self._tries < TRIES:
                self.refuse(str(error))
                return
            opened = error
        except CaseloadError as error:
            opened = error
        self.dismiss(opened)

    def action_cancel(self) -> None:
        """Leave it closed."""
        self.dismiss(None)


class LockScreen(AskingScreen[None]):
    """Covers everything. `opens` is called in a thread with each passphrase that is typed; `unlocked` once
    that was the right one, and is to dismiss this screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("lock")

    def __init__(self, opens: Callable[[str], bool], unlocked: Callable[[], None]) -> None:
        super().__init__("vigtui is locked", "The caseload's passphrase opens it again.", self._unlock)
        self._opens, self._unlocked = opens, unlocked

    async def _unlock(self, words: str) -> None:
        if await asyncio.to_thread(self._opens, words):
            self._unlocked()
        else:
            self.refuse("This is not the passphrase.")


class CoverScreen(LockScreen):
    """Covers everything of a caseload that is not encrypted: there is no passphrase to ask for."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cover")

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="small"):
            yield Label("vigtui is covered", id="dialog-title", markup=False)
            yield Static(_COVER_ONLY, id="dialog-intro", markup=False)
            yield Static("", id="dialog-problem", markup=False)
        yield KeyFooter()

    def action_uncover(self) -> None:
        """Show the caseload again."""
        self._unlocked()
