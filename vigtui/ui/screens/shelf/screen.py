"""The shelf: a supervisor of ten opens the day from it."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from vigtui.film.pane.app import is_plain
from vigtui.queries.shelf import Coming
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.screens.navigation import CaseloadOpened, ChooseCaseload, OpenCollected
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.shelf.lines import coming_line, coming_rule, counted, heading_line, shelf_line, told
from vigtui.ui.screens.shelf.opening import opened_from
from vigtui.ui.screens.shelf.own_passphrase import own_passphrase
from vigtui.ui.screens.shelf.search import ShelfSearchScreen
from vigtui.ui.widgets.case_screen import BetweenCaseloads
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.search import filtered
from vigtui.workspace.shelf import OnShelf, Shelf, State, by_day, by_name

_COVERED = "The shelf is covered. Enter shows it again."
_LOOKING = "looking"
_SECONDS_BETWEEN_LOOKS = 15.0
_PATIENCE = 5.0  # seconds for the disk; then what was saved last is shown, or that it does not answer
_SECONDS_BETWEEN_LINES = 0.1
_UNCOVER = "uncover"
_COMING = "coming"


class ShelfScreen(BetweenCaseloads):
    """Every caseload that was opened here. `current` is the one that is open below; `go_on` goes back to it,
    to the screen with an address or to an action of its list."""

    CSS_PATH = "shelf.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("shelf")
    HELP: ClassVar[str] = (
        "All caseloads that you have opened on this machine: with whom you work in each, the last session "
        "and the next, what waits there, and whether its space is in step. What cannot wait comes first, "
        "then the day of what is next; `{shelf.order}` has them by name. Below them is what is planned in "
        "the next two weeks. Enter opens the caseload, or the session or family of a line below. Files are "
        "only read here, and nothing of one is written into another. An encrypted one is shown once your own "
        "passphrase opens it (`{shelf.own}`); its own passphrase always does. This machine keeps which "
        "caseloads were opened, by file and id, and no word of what is in them."
    )

    def __init__(self, shelf: Shelf, current: Caseload | None, go_on: Callable[[str, str], None]) -> None:
        super().__init__()
        self._shelf, self._go_on = shelf, go_on
        self._open_now = current
        self._current = current.path.absolute() if current else None
        self._all: dict[Path, OnShelf] = {}
        self._asked = self._covered = self._is_due = self._has_moved = False

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine(f"{key_for(self, 'shelf.find')} to filter: caseloads, people, families")
        yield Static(id="headings", markup=False)
        yield LineList(id="shelf")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self._list.focus()
        self._begin()
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self._look_on)

    def _begin(self) -> None:
        """List what there is, ask for the own passphrase once where there is a keyring, and look at all."""
        self._all = {each.path: each for each in self._shelf.all()}
        self._show()
        if self._shelf.own.exists and not self._shelf.own.is_open and not self._asked:
            self._asked = True
            self.action_own_passphrase()
        else:
            self._look(list(self._all.values()))

    # Looking

    @work(thread=True, exclusive=True, group=_LOOKING)
    def _look(self, among: list[OnShelf]) -> None:
        """Read one caseload after the other; each line is there as soon as it is read."""
        worker = get_current_worker()
        for each in among:
            if worker.is_cancelled:
                return
            if self._open_now is not None and each.path == self._current:
                self._open_now.flush(_PATIENCE)
            try:
                seen = self._shelf.look_in_time(each, _PATIENCE, lambda: worker.is_cancelled)
            except TimeoutError:
                return
            if not worker.is_cancelled:
                self.app.call_from_thread(self._seen, seen)

    def _look_on(self) -> None:
        """Look again at those that can be seen, unless that is still being done: spaces go on meanwhile."""
        looking = any(each.group == _LOOKING and not each.is_finished for each in self.workers)
        if not self._covered and not looking and self.app.screen is self:
            self._look([each for each in self._all.values() if each.state is not State.LOCKED])

    def _seen(self, each: OnShelf) -> None:
        """Show what was seen, together with what is seen in the next moment."""
        if each.path in self._all and not self._covered and self._all[each.path] != each:
            self._all[each.path] = each
            if not self._is_due:
                self._is_due = True
                self.set_timer(_SECONDS_BETWEEN_LINES, self._show)

    def action_look_again(self) -> None:
        """Look at all caseloads again."""
        if not self._covered:
            self._begin()

    def cover(self) -> bool:
        """Show nothing of any caseload, and forget what the own passphrase opened."""
        self.workers.cancel_node(self)
        self._shelf.forget()
        self._covered, self._asked, self._all = True, False, {}
        self._has_moved = False
        self.filter_line.clear()
        self._list.focus()
        self._show()
        return True

    # Showing

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @on(Input.Changed, "#filter")
    def _show(self) -> None:
        self._is_due = False
        if self._covered:
            self.filter_line.count("")
            self._list.set_lines([Line(lambda _: Text(_COVERED), _UNCOVER)])
        else:
            order = by_name if self._shelf.is_by_name else by_day
            shown = filtered(
                sorted(self._all.values(), key=order), self.filter_line.words, lambda each: each.hay
            )
            waiting = sum(each.state is State.WAITING for each in self._all.values())
            self.filter_line.count(counted(shown, waiting))
            # While they are read the cursor is on what is open, or on the first of the day; then it stays.
            before = self._list.current if self._has_moved else str(self._current or "")
            self._list.set_lines(self._lines(shown), before)
            self._has_moved = self._has_moved or not waiting
        self.query_one(TitleBar).set_parts("Shelf", "" if self._covered else self._locked_words())
        self._show_headings()
        self._tell_about()

    @property
    def _has_spaces(self) -> bool:
        return any(each.space for each in self._all.values())

    def _locked_words(self) -> str:
        locked = sum(each.state is State.LOCKED for each in self._all.values())
        return f"{locked} locked ({key_for(self, 'shelf.own')}: your own passphrase)" if locked else ""

    def _lines(self, shown: list[OnShelf]) -> list[Line]:
        if not shown:
            words = "No caseload matches what you typed. Escape clears the filter."
            if not self._all:
                words = f"There is no caseload here. {key_for(self, 'shelf.file')} opens one, or makes one."
            return [Line(lambda _: Text(words, style="dim"))]
        day, plain = self._shelf.today(), is_plain(self.app)
        spaces = self._has_spaces
        lines = [
            Line(partial(shelf_line, each, day, spaces=spaces, plain=plain), str(each.path)) for each in shown
        ]
        coming = sorted(self._coming(shown), key=lambda found: (found[1].day, found[0].name))
        if coming:
            lines.append(Line(partial(coming_rule, plain=plain)))
        lines += [
            Line(
                partial(coming_line, each, found, day, plain=plain), f"{_COMING} {found.address} {each.path}"
            )
            for each, found in coming
        ]
        return lines

    def _coming(self, shown: list[OnShelf]) -> list[tuple[OnShelf, Coming]]:
        """What is planned in the caseloads that are shown."""
        return [(each, coming) for each in shown if each.row for coming in each.row.coming]

    @property
    def _at_cursor(self) -> tuple[OnShelf | None, str]:
        """The caseload under the cursor, and the address of what is planned there."""
        kind, _, rest = self._list.current.partition(" ")
        if kind != _COMING:
            return self._all.get(Path(self._list.current)), ""
        screen, identity, path = rest.split(" ", 2)
        return self._all.get(Path(path)), f"{screen} {identity}"

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._has_moved = True
        self._tell_about()

    def _tell_about(self) -> None:
        each, _ = self._at_cursor
        words = "\n".join(told(each)) if each else ""
        self.query_one("#about", Excerpt).update(words)

    def on_resize(self) -> None:
        self._show_headings()

    def _show_headings(self) -> None:
        words = heading_line(self.size.width - 3, spaces=self._has_spaces)
        self.query_one("#headings", Static).update("" if is_plain(self.app) else words)

    # Opening

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    @on(Input.Submitted, "#filter")
    def action_open(self) -> None:
        """Open what is under the cursor, also while the filter has the focus."""
        if self._covered:
            self._covered = False
            self._begin()
            return
        each, address = self._at_cursor
        if each is not None:
            self._open(each, address, "")

    def action_supervise(self) -> None:
        """Start or go on with a session in the caseload under the cursor."""
        self._open_for("supervise")

    def action_merge(self) -> None:
        """Show there what came in, and what is to be decided."""
        self._open_for("app.merge")

    def action_visits(self) -> None:
        """Show there what is to be asked at the next visits."""
        self._open_for("visits")

    def action_trainees(self) -> None:
        """Show there who is in training."""
        self._open_for("trainees")

    def _open_for(self, action: str) -> None:
        """Open the caseload under the cursor and begin there with this."""
        each, _ = self._at_cursor
        if each is not None:
            self._open(each, "", action)

    @work(exclusive=True, group="task")
    async def _open(self, each: OnShelf, address: str, then: str) -> None:
        if each.path == self._current:
            self._go_on(address, then)
            return
        caseload = await opened_from(self, self._shelf, each)
        if caseload is not None:
            self.app.post_message(CaseloadOpened(caseload, address, then))

    def action_take_in(self) -> None:
        """Choose a pack or a copy, and take it into the caseload under the cursor."""
        self._open_for("app.merge(True)")

    # Doing

    @work(group="order")
    async def action_order(self) -> None:
        """Order by name, or by day again."""
        await asyncio.to_thread(self._shelf.order, by_name=not self._shelf.is_by_name)
        self._has_moved = False
        self._show()

    @work(group="ask")
    async def action_join(self) -> None:
        """Make a caseload of what is in a space that somebody shares."""
        from vigtui.ui.dialogs.spaces.anew import join_without_copy

        try:
            caseload = await join_without_copy(self.app) if not self._covered else None
        except CaseloadError as error:
            self.tell(str(error), problem=True)
        else:
            if caseload is not None:
                self.app.post_message(CaseloadOpened(caseload))

    @work(group="ask")
    async def action_own_passphrase(self) -> None:
        """Make, give, change or remove the own passphrase."""
        if self._covered:
            return
        await own_passphrase(self, self._shelf)
        self._look([each for each in self._all.values() if each.row is None or not self._shelf.own.is_open])

    @work(group="ask")
    async def action_take_off(self) -> None:
        """Take the caseload under the cursor off the shelf."""
        each, _ = self._at_cursor
        if each is None:
            return
        if each.path == self._current:
            self.tell("It is open: it stays on the shelf.")
            return
        own = " Your own passphrase opens it no more." if self._shelf.own.opened_before(each.caseload) else ""
        question = (
            f"Take {each.name} off the shelf? Its file stays as it is; opening it puts it back here.{own}"
        )
        if not await self.app.push_screen_wait(ConfirmScreen(question, "Take it off")):
            return
        try:
            await asyncio.to_thread(self._shelf.take_off, each)
        except CaseloadError as error:
            self.tell(str(error), problem=True)
        else:
            self._all.pop(each.path, None)
            self._show()

    def action_collected(self) -> None:
        """Show the sum of the counts that a service collects."""
        if not self._covered:
            self.post_message(OpenCollected())

    def action_open_file(self) -> None:
        """Choose a file, or make one."""
        self.post_message(ChooseCaseload())

    def action_search(self) -> None:
        """Search what is written in all that are shown."""
        shown = [each for each in self._all.values() if each.state is State.SHOWN]
        self.app.push_screen(ShelfSearchScreen(self._shelf, shown))

    def action_back(self) -> None:
        """Clear the filter; else back to the caseload that is open, if one is."""
        if not self.clear_filter() and self._current is not None and not self._covered:
            self._go_on("", "")
