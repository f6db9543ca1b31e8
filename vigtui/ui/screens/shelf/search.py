"""Searching all caseloads that are shown: a word is typed, each is read in its turn, and enter opens it."""

from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from vigtui.ui.screens.navigation import CaseloadOpened
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.shelf.lines import found_line, found_told, search_headings
from vigtui.ui.screens.shelf.opening import opened_from
from vigtui.ui.widgets.case_screen import BetweenCaseloads
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.search import wanted
from vigtui.wording.search import NOTHING_FOUND, NOTHING_TYPED
from vigtui.workspace.shelf import Found, OnShelf, Shelf

_SECONDS_AFTER_A_LETTER = 0.4
"""So long is waited for another letter before all caseloads are read."""


class ShelfSearchScreen(BetweenCaseloads):
    """What everybody who works with a caseload may read, in `among`."""

    CSS_PATH = "shelf.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("shelf_search")
    HELP: ClassVar[str] = (
        "Type a word, or a part of one. Every caseload that the shelf shows is read, one after the other, "
        "and what is found is listed as it comes. What is not for everybody in a caseload is searched there "
        "only: own notes, drafts, what is written before a session. Enter opens the caseload with the same "
        "search in it."
    )

    def __init__(self, shelf: Shelf, among: list[OnShelf]) -> None:
        super().__init__()
        self._shelf, self._among = shelf, among
        self._found: list[tuple[OnShelf, Found]] = []
        self._read = 0

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine("type a word, or a part of one", searches=True)
        yield Static(id="headings", markup=False)
        yield LineList(id="hits")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(TitleBar).set_parts("Search", f"{len(self._among)} caseloads that are shown")
        self.query_one(FilterLine).begin()
        self._show()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _typed(self) -> str:
        return self.query_one(FilterLine).words

    @on(Input.Changed, "#filter")
    def _letter(self) -> None:
        self.workers.cancel_group(self, "looking")
        self._found, self._read = [], 0
        self._show()
        typed = self._typed
        if wanted(typed):
            self.set_timer(_SECONDS_AFTER_A_LETTER, lambda: typed == self._typed and self._search(typed))

    @work(thread=True, exclusive=True, group="looking")
    def _search(self, typed: str) -> None:
        worker = get_current_worker()
        for each, found in self._shelf.search(self._among, typed):
            if worker.is_cancelled:
                return
            self.app.call_from_thread(self._add, typed, each, found)

    def _add(self, typed: str, each: OnShelf, found: list[Found]) -> None:
        if typed == self._typed:
            self._read += 1
            self._found += [(each, hit) for hit in found]
            self._show()

    def cover(self) -> bool:
        """Go back to the shelf, which is covered."""
        self.workers.cancel_node(self)
        self._among, self._found = [], []
        self.query_one(FilterLine).clear()
        self._show()
        return True

    def _show(self) -> None:
        words = wanted(self._typed)
        lines = [
            Line(partial(found_line, each, hit, words), str(at)) for at, (each, hit) in enumerate(self._found)
        ]
        self._list.set_lines(lines, self._list.current)
        done = self._read == len(self._among)
        counted = f"{len(self._found)} found" if self._found else "nothing found" if done else ""
        so_far = "" if done or not words else f" {self._read} of {len(self._among)} read"
        self.query_one(FilterLine).count(f"{counted}{so_far}".strip() if words else "")
        if not lines:
            reading = NOTHING_FOUND if done else "Reading what is written…"
            self.query_one("#about", Excerpt).update(reading if words else NOTHING_TYPED)
        self._tell_about()

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        at = self._at_cursor
        if at is not None:
            room = self.size.width * 2
            self.query_one("#about", Excerpt).update(found_told(*at, wanted(self._typed), room))

    @property
    def _at_cursor(self) -> tuple[OnShelf, Found] | None:
        current = self._list.current
        return self._found[int(current)] if current and int(current) < len(self._found) else None

    def on_resize(self) -> None:
        self.query_one("#headings", Static).update(search_headings())

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    @work(exclusive=True, group="task")
    async def action_open(self) -> None:
        """Open the caseload under the cursor, with the same search in it."""
        at, typed = self._at_cursor, self._typed
        if at is not None:
            caseload = await opened_from(self, self._shelf, at[0])
            if caseload is not None:
                self.app.post_message(CaseloadOpened(caseload, typed=typed))

    def action_back(self) -> None:
        """Back to the shelf."""
        self.app.pop_screen()
