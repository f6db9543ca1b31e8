"""What the film needs of the terminal's driver, and what the driver tells the app.

Apart from the driver, which only some systems have.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from vigtui.film.pane.shared_link import Writing

if TYPE_CHECKING:
    from vigtui.film.pane.driver.changed_cells import Shown
    from vigtui.film.terminal.cursor import Cursor
    from vigtui.film.terminal.questions import Pixels


class Terminal(Writing, Protocol):
    """A terminal that can be written to and asked what it shows (see `vigtui.film.pane.driver.driver`)."""

    parting: dict[object, str]
    letters_due: bool
    shown: "Shown"
    cursor: "Cursor"
    cursor_told: Callable[[int, int], object] | None

    @property
    def pixels(self) -> "Pixels | None": ...
    def ask(self) -> None: ...


class TerminalReady(Message, bubble=False):
    """The screen is there, and `terminal` writes to it."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self.terminal = terminal


class TerminalAnswered(Message, bubble=False):
    """The terminal has answered a question."""
