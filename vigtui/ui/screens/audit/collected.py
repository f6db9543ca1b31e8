"""The audit of all caseloads whose counts a service collects in a folder. Whoever looks has none of them."""

import asyncio
import time
from functools import partial
from itertools import dropwhile
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from vigtui.exchange.audits.collecting import Collected, Collecting, Collection, CountsState
from vigtui.exchange.audits.exports import AuditFileError
from vigtui.film.pane.app import is_plain
from vigtui.foreign.in_time import in_time
from vigtui.queries.audit.figures import Table
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.tables_for_others import tables_for_others
from vigtui.reports.paper import PaperError
from vigtui.ui.dialogs.files import FolderScreen
from vigtui.ui.screens.audit.collected_lines import (
    CASELOAD,
    caseload_lines,
    hay,
    in_order,
    line_id,
    summary,
    told,
)
from vigtui.ui.screens.audit.known import another_list, describe, expect_no_more
from vigtui.ui.screens.audit.lines import lines
from vigtui.ui.screens.navigation import OpenCollected
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.case_screen import BetweenCaseloads
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.line_list import Line, LineList, ListToRead
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.days import today
from vigtui.values.search import filtered
from vigtui.values.text import counted, shown_path
from vigtui.wording.audit import about_row, limit_words, short_span_words, span_words
from vigtui.workspace.counts.collected import (
    collected_folder,
    known_caseloads,
    remember_collected,
    use_known_caseloads,
)
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings

_COVERED = "The counts are covered. A key shows them again."
_NO_MATCH = "No caseload matches what you typed. Escape clears the filter."
_NARROW = 76
_SECONDS_BETWEEN_LOOKS = 3.0
_SECONDS_BETWEEN_WORDS = 0.2
_PATIENCE = 5.0  # seconds for the disk, then it is told


class CollectedScreen(BetweenCaseloads):
    """The sum, table by table, and below it every caseload that is in it, late or missing. `wanted` may name
    the folder, the list of known caseloads, and after how many days counts are old."""

    CSS_PATH = "audit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("collected")
    HELP: ClassVar[str] = (
        "The sum of the counts that a service collects in a folder: each caseload puts its own there once a "
        "week (`{audit.weekly}` in its audit), without small numbers, names and words. A caseload that "
        "several people share counts once, by its newest counts. Counts of an earlier week are *late*; a "
        "caseload that was there before and has no counts now is *not there*. Neither is guessed. "
        "`{collected.parts}` goes to the caseloads, and `{collected.find}` filters these. "
        "`{collected.describe}` says whose a caseload is. The sum is of the days that most "
        "have counts of; `{collected.earlier}` and `{collected.later}` go to others that there are. The "
        "folder is looked at every three seconds, and remembered."
    )

    def __init__(self, places: Places, settings: Settings, wanted: OpenCollected) -> None:
        super().__init__()
        self._places, self._papers = places, settings.papers
        self._old_days = wanted.older_than or settings.counts_old_days
        self._known = wanted.known
        self._collecting: Collecting | None = None
        self._found: Collection | None = None
        self._span: Span | None = None
        self._looking_since: float | None = None
        self._problem = ""
        self._covered = False
        if folder := wanted.folder or collected_folder(places):
            self._go_to(folder)

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine(f"{key_for(self, 'collected.find')} to filter the caseloads: whose, late, not there")
        yield Static(id="standing", markup=False)
        yield ListToRead(id="figures")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self._list.focus()
        self._show()
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self._look)
        if self._collecting is None:
            self.action_folder()
        else:
            self._look()

    def _go_to(self, folder: Path) -> None:
        folder = folder.absolute()
        known = self._known or known_caseloads(self._places, folder)
        self._collecting, self._looking_since = Collecting(folder, known), None
        self._found, self._span, self._problem = None, None, ""

    # Looking

    def _look(self) -> None:
        """Look at the folder, unless a look is under way: then it is told that the disk does not answer."""
        if self._collecting is None or self._covered:
            return
        if self._looking_since is None:
            self._looking_since = time.monotonic()
            self._read(self._collecting, self._span)
        elif time.monotonic() - self._looking_since > _PATIENCE and self._found is not None:
            self._say_problem("The folder does not answer.")

    @work(thread=True, group="looking")
    def _read(self, collecting: Collecting, span: Span | None) -> None:
        worker, said = get_current_worker(), 0.0

        def progress(done: int, of: int) -> None:
            nonlocal said
            if time.monotonic() - said > _SECONDS_BETWEEN_WORDS and not worker.is_cancelled:
                said = time.monotonic()
                self.app.call_from_thread(self._show_progress, collecting, f"{done} of {of} files read")

        try:
            # A disk that never answers must not hold up whoever leaves.
            found: Collection | str = in_time(
                lambda: collecting.look(span, progress), float("inf"), lambda: worker.is_cancelled
            )
        except TimeoutError:
            return
        except AuditFileError as error:
            found = str(error)
        if isinstance(found, Collection) and found.caseloads and collecting is self._collecting:
            remember_collected(self._places, collecting.folder)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._seen, collecting, span, found)

    def _show_progress(self, collecting: Collecting, words: str) -> None:
        if collecting is self._collecting and self._found is None:
            self._standing.update(words)

    def _seen(self, collecting: Collecting, span: Span | None, found: Collection | str) -> None:
        """Show what was found, where that is not what is shown."""
        if collecting is not self._collecting:
            return
        self._looking_since = None
        if span != self._span:
            self._look()
        elif isinstance(found, str):
            self._say_problem(found)
        elif found != self._found or self._problem:
            self._found, self._problem = found, ""
            self._show()

    def _say_problem(self, words: str) -> None:
        if words != self._problem:
            self._problem = words
            self._show()

    def action_look_again(self) -> None:
        """Read everything again."""
        if self._collecting is not None:
            self._go_to(self._collecting.folder)
            self._show()
            self._look()

    def cover(self) -> bool:
        self._covered = True
        self.filter_line.clear()
        self._list.focus()
        self._show()
        return True

    # Showing

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _standing(self) -> Static:
        return self.query_one("#standing", Static)

    @property
    def _tables(self) -> tuple[Table, ...]:
        told = self._found.told if self._found else None
        return tables_for_others(told.counts.keys() | told.left_out) if told else ()

    @on(Input.Changed, "#filter")
    def _show(self) -> None:
        found = None if self._covered else self._found
        self._show_title(found)
        self.filter_line.count("")
        self._list.set_lines(self._lines(found) if found else [], self._list.current)
        self._standing.update(self._summary(found))
        self._tell_about()
        self.refresh_bindings()

    def _show_title(self, found: Collection | None) -> None:
        span = found.span if found else None
        number = found.number(CountsState.COUNTED) if found else 0
        words = short_span_words if self.size.width < _NARROW else span_words
        left = f"Audit of {counted(number, 'caseload')}" if span else "Audit of what is collected"
        self.query_one(TitleBar).set_parts(left, words(span) if span else "")

    def _summary(self, found: Collection | None) -> Text:
        if self._covered:
            return Text(_COVERED)
        if self._problem:
            before = " What was read before is shown." if found else ""
            return Text(self._problem + before, style="bold")
        if found is None or self._collecting is None:
            return Text("Reading…" if self._collecting else "")
        if not found.caseloads:
            return Text(f"There are no counts in {shown_path(str(self._collecting.folder))} yet.")
        return summary(found, self._old_days, today())

    def _lines(self, found: Collection) -> list[Line]:
        """The sum and then the caseloads; while the filter holds something, these alone."""
        plain, typed = is_plain(self.app), self.filter_line.words
        caseloads = in_order(filtered(found.caseloads, typed, hay))
        below = list(caseload_lines(caseloads, self._old_days, today(), plain=plain))
        if typed:
            self.filter_line.count(counted(len(caseloads), "caseload"))
            return below or [Line(lambda _: Text(_NO_MATCH, style="dim"))]
        if found.span is None:
            return below
        return [*lines(found.told, self._tables, {}, plain=plain), *below]

    @property
    def _at_cursor(self) -> Collected | None:
        """The caseload under the cursor."""
        found, current = self._found, self._list.current
        if found is None or not current.startswith(CASELOAD):
            return None
        return next((each for each in found.caseloads if line_id(each) == current), None)

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        self.refresh_bindings()
        self.query_one("#about", Excerpt).update(Text("" if self._covered else self._about()))

    def _about(self) -> str:
        """What is said of the line under the cursor, or of what to do where there is none."""
        if self._collecting is None or self._problem or not self._found:
            return f"{key_for(self, 'collected.folder')} chooses the folder in which counts are collected."
        if not self._found.caseloads:
            return (
                f"In each caseload, {key_for(self, 'audit.weekly')} in its audit puts them there once a week."
                f" {key_for(self, 'collected.folder')} chooses another folder."
            )
        if each := self._at_cursor:
            return "\n".join(told(each, self._old_days, today()))
        row = about_row(self._list.current, ()) if self._list.current else ""
        return "\n".join(filter(None, (row, *self._found.notes, limit_words(self._found.limit))))

    def on_resize(self) -> None:
        self._show_title(None if self._covered else self._found)

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing while the counts are covered. In the line to filter by, left and right move its cursor;
        there are other days only where somebody has counts of them."""
        if self._covered:
            return False
        each = self._at_cursor if self.is_mounted else None
        if action == "describe":
            return each is not None and each.state is not CountsState.UNREADABLE
        if action == "expect_no_more":
            return each is not None and each.state is CountsState.MISSING
        if action == "print":
            return self._found is not None and self._found.span is not None
        if action == "span" and self.is_mounted and self.filter_line.is_in_use:
            return False
        if action == "span" and len(self._found.spans if self._found else ()) < 2:
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: Key) -> None:
        """Show everything again, once somebody is here."""
        if self._covered:
            event.stop()
            event.prevent_default()
            self._covered = False
            self._show()

    @work(group="ask")
    async def action_folder(self) -> None:
        """Choose the folder."""
        now = self._collecting.folder if self._collecting else Path.home()
        start = now if await asyncio.to_thread(now.is_dir) else Path.home()
        asking = FolderScreen("In which folder are counts collected?", start)
        folder = await self.app.push_screen_wait(asking)
        if folder is not None:
            self._known = None
            self._go_to(folder)
            await asyncio.to_thread(remember_collected, self._places, folder.absolute())
        self._show()
        self._look()

    def action_span(self, by: int) -> None:
        """To the earlier or later days of which there are counts."""
        if self._found is None or self._found.span is None:
            return
        place = self._found.spans.index(self._found.span) + by
        if 0 <= place < len(self._found.spans):
            self._span = self._found.spans[place]
            self._look()
        else:
            self.tell("There are no counts of other days.")

    def action_section(self, first: str) -> None:
        """To the first line from this table on, or to the caseloads."""
        self.filter_line.clear()
        self._list.focus()
        found = self._found
        if found is None:
            return
        if first == CASELOAD:
            line = next((line_id(each) for each in in_order(found.caseloads)), "")
        else:
            tables = dropwhile(lambda table: table.name != first, self._tables)
            rows = (name for table in tables for name, _ in table.rows)
            line = next((each for each in rows if found.told.of(each) or each in found.told.left_out), "")
        self.call_after_refresh(self._list.bring_up, line)

    @work(group="ask")
    async def action_describe(self) -> None:
        """Say whose the caseload under the cursor is."""
        each = self._at_cursor
        if self._collecting is not None and each is not None:
            await describe(self, self._collecting, each)
            self._look()

    @work(group="ask")
    async def action_expect_no_more(self) -> None:
        """Miss the caseload under the cursor no more."""
        each = self._at_cursor
        if self._collecting is not None and each is not None:
            await expect_no_more(self, self._collecting, each)
            self._look()

    @work(group="ask")
    async def action_known(self) -> None:
        """Use a list of known caseloads that the service keeps."""
        chosen = await another_list(self, self._collecting) if self._collecting else None
        if chosen is not None and self._collecting is not None:
            folder = self._collecting.folder
            await asyncio.to_thread(use_known_caseloads, self._places, folder, chosen)
            self._known = None
            self.action_look_again()

    @work(group="ask")
    async def action_print(self) -> None:
        """Show the sum as a paper."""
        from vigtui.reports.service.audit import audit_paper
        from vigtui.ui.dialogs.papers.paper import PaperScreen, printed

        found = self._found
        if found is None or found.span is None:
            return
        number = found.number(CountsState.COUNTED)
        make = partial(audit_paper, found.told, found.limit, found.span, number, today())
        try:
            paper, printout = await printed(make, "Audit", self._papers)
        except PaperError as error:
            self.tell(str(error), problem=True)
        else:
            await self.app.push_screen_wait(PaperScreen(printout, paper.name, Path.home(), lambda _: ""))

    def action_back(self) -> None:
        """Clear the filter; else back to where this was opened."""
        if not self.clear_filter() and len(self.app.screen_stack) > 2:
            self.app.pop_screen()
