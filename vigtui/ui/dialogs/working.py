"""A dialog that waits for slow work in a thread, shows how far it is, and can be left."""

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, ProgressBar

from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.values.text import one_line

T = TypeVar("T")
Progress = Callable[[float], None]


class Left(Exception):
    """The person left while the work went on."""


class WorkingScreen(ModalScreen[T | Exception], Generic[T]):
    """Runs `task` in a thread and answers what it returns, or the exception it raised.

    `task` is given a function to call with the part done, 0 to 1. Escape makes that function raise `Left`.
    """

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("working")

    def __init__(self, title: str, task: Callable[[Progress], T]) -> None:
        super().__init__()
        self._title = one_line(title)
        self._slow_work = task
        self._left = threading.Event()
        self._shown = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="small"):
            yield Label(self._title, id="dialog-title", markup=False)
            yield ProgressBar(total=100, show_eta=False, id="progress")

    def on_mount(self) -> None:
        self._run()

    @work
    async def _run(self) -> None:
        try:
            answer: T | Exception = await asyncio.to_thread(self._slow_work, self._progress)
        except Exception as error:
            # Whoever asked decides what to do about it.
            answer = error
        self.dismiss(answer)

    def _progress(self, part: float) -> None:
        """Called in the thread, perhaps very often: the screen hears of whole percents."""
        if self._left.is_set():
            raise Left
        percent = int(part * 100)
        if percent != self._shown:
            self._shown = percent
            self.app.call_from_thread(self.query_one(ProgressBar).update, progress=percent)

    def action_cancel(self) -> None:
        """Stop at the next moment where the work can be stopped."""
        self._left.set()
