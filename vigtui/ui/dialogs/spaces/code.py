"""The code of a space: shown to be told by voice, and typed by whoever was told it."""

import platform
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from vigtui.exchange.spaces.membership import machine_name
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.vault.space.code import MistypedCodeError, read_code, shown_code
from vigtui.wording.spaces import NAME_OF_MACHINE, SEEN_BY_OTHERS, TELL_THE_CODE

_GROUPS_IN_A_LINE = 3


class CodeScreen(ModalScreen[None]):
    """Shows a code in three lines of three groups; nothing of it can be copied or saved. `why` is said
    above it."""

    CSS_PATH = "../forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("space_code", "dialog")
    HELP: ClassVar[str] = (
        "Read the code aloud, group by group, to each who shall be in the space: they type it once. Small "
        "letters do as well, letters that look like a digit are taken for it, and the last character finds "
        "what was mistyped. Never write it, in no message and no note: with the folder it opens everything."
    )

    def __init__(self, code: str, why: str) -> None:
        super().__init__()
        self._code, self._why = code, why

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="small"):
            yield Label("The code of the space", id="dialog-title", markup=False)
            yield Static(self._why, id="dialog-intro", markup=False)
            yield Static(in_lines(self._code), id="code", markup=False)
            yield Static(TELL_THE_CODE, markup=False)
        yield KeyFooter()

    def action_close(self) -> None:
        """Show it no more."""
        self.dismiss()


def in_lines(code: str) -> str:
    """Return a code as it is read aloud, a few groups a line."""
    groups = shown_code(code).split(" ")
    starts = range(0, len(groups), _GROUPS_IN_A_LINE)
    return "\n".join("   ".join(groups[start : start + _GROUPS_IN_A_LINE]) for start in starts)


def code_field(typed: str = "") -> Field:
    """The field in which a code is typed, holding what was `typed` before."""
    hint = "27 letters and digits, as you were told"
    return Field("code", "Code", value=typed, required=True, hint=hint, wrong=_why_no_code)


def machine_field(name: str = "") -> Field:
    """The field for what this machine is called: as its network calls it, unless it has a `name`."""
    called = name or machine_name(platform.node().partition(".")[0])
    return Field("machine", NAME_OF_MACHINE, value=called, required=True, hint=SEEN_BY_OTHERS)


def _why_no_code(typed: str) -> str:
    try:
        read_code(typed)
    except MistypedCodeError as error:
        return str(error)
    return ""
