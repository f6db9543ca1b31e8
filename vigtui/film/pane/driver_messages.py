"""What the terminal's driver tells the app. Apart from the driver, which only some systems have."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from vigtui.film.pane.driver import AskingDriver


class TerminalReady(Message, bubble=False):
    """The screen is there, and `driver` writes to it."""

    def __init__(self, driver: "AskingDriver") -> None:
        super().__init__()
        self.driver = driver


class TerminalAnswered(Message, bubble=False):
    """The terminal has answered a question."""
