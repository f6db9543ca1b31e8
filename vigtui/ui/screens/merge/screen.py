"""What came in from others, what conflicts, and the copies beside the caseload."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from vigtui.domain.records import KIND_OF, Record
from vigtui.exchange.synced_copies import ConflictedCopy, find_copies
from vigtui.film.pane.app import is_plain
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.files import CASELOADS, FileScreen
from vigtui.ui.screens.merge.decisions import Decisions, can_choose, decide, removes
from vigtui.ui.screens.merge.showing import question_row, row, show_question, show_told
from vigtui.ui.screens.merge.taking_in import take_in
from vigtui.ui.screens.parts.ways import way_to
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.active import with_words
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.record_list import RecordList, Row
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.signs import CHOSEN
from vigtui.values.text import shortened
from vigtui.vault.keyring import Keyring
from vigtui.wording.arrivals import Arrival, Question, questions, stands
from vigtui.wording.changes import Told, also_removed, in_groups, told
from vigtui.wording.names import Group

_OF_A_REMOVAL = {"merge.first": "Keep", "merge.second": "Remove"}
_MERGED = CASELOADS | {".zip"}


class Arrived(RecordList):
    """What is to be decided, and what came in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("arrived")


class MergeScreen(CaseScreen):
    """A list to walk, and below it both versions of what is under the cursor; to `take_in` a file it is asked
    for at once."""

    CSS_PATH = "merge.tcss"
    TELLS_OF = "conflicts"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("merge"), *bindings("back")]
    HELP: ClassVar[str] = (
        "Nothing that anybody wrote is lost. Where two people changed different things, both are kept. "
        "Where they changed the same thing, one version is seen and the other is kept until somebody "
        "decides: `{merge.first}` takes the one seen now, `{merge.second}` the other, `{merge.both}` keeps "
        "both, one after the other, where that makes sense. `{app.undo}` undoes a decision, and what was "
        "taken in. `{merge.file}` takes in a copy of this caseload or a pack (a zip; of a folder, the file "
        "in it), after showing what is in it."
    )

    def __init__(self, *, take_in: bool = False) -> None:
        super().__init__()
        self._asks_at_once = take_in
        self._questions: dict[str, Question] = {}
        self._told: dict[str, Told] = {}
        self._copies: dict[str, ConflictedCopy] = {}
        self._told_news: tuple[object, Arrival] = (None, Arrival("", ()))
        self._decisions = Decisions()
        self._one_at_a_time = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Static(id="about", markup=False)
        yield Arrived(id="arrived")
        with VerticalScroll(id="detail", can_focus=False):
            yield Static(id="versions", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(Arrived).focus()
        self.refresh_records()
        self._find_copies()
        if self._asks_at_once:
            self.action_merge_file()

    # Showing

    @property
    def _is_whole(self) -> bool:
        """Whether there is something to show it on: a screen that is being left has lost its parts."""
        return bool(self.query(Arrived)) and bool(self.query("#versions"))

    @work(exclusive=True, group="copies")
    async def _find_copies(self) -> None:
        caseload = self.caseload
        found = await asyncio.to_thread(find_copies, caseload.path, caseload.meta.id, Keyring(caseload.key))
        self._copies = {f"copy {each.path}": each for each in found}
        self.refresh_records()

    def refresh_records(self) -> None:
        self._refresh()

    def _refresh(self, *, to_first: bool = False) -> None:
        if not self._is_whole:
            return
        names = self.workspace.names(self.caseload.get)
        self._questions = {each.key: each for each in questions(names, self.caseload.conflicts())}
        self._told = {}
        rows = [*self._question_rows(), *self._copy_rows(), *self._told_rows()]
        self.query_one(TitleBar).set_parts("Merge", self._counted())
        about = (
            f"There is nothing to decide, and nothing came in. {key_for(self, 'merge.file')} takes in "
            "another file of this caseload."
        )
        self.query_one("#about", Static).update("" if rows else about)
        self.query_one("#about").display = not rows
        self.query_one("#detail").display = bool(rows)
        self.query_one(Arrived).show(rows, next(iter(self._questions), "") if to_first else "")
        self._show_detail()

    def _counted(self) -> str:
        counts = (
            (len(self._questions), "to decide"),
            (len(self._copies), "beside this file"),
            (len(self._told), "came in"),
        )
        return ", ".join(f"{count} {words}" for count, words in counts if count)

    @property
    def _sign(self) -> str:
        """What is before a version that is chosen."""
        return "chosen: " if is_plain(self.app) else f"{CHOSEN} "

    def _question_rows(self) -> Iterator[Row]:
        if self._questions:
            yield Row(Text(f"To decide ({len(self._questions)})"))
        group: Group | None = None
        for key, each in self._questions.items():
            if each.group != group:
                group = each.group
                yield Row(Text(f"  {group.heading}"))
            yield Row(question_row(each, self._decisions, self._room, self._sign), key)

    def _copy_rows(self) -> Iterator[Row]:
        if self._copies:
            yield Row(Text(f"Copies beside this file ({len(self._copies)})"))
        for key, each in self._copies.items():
            more = "   encrypted with another passphrase" if each.locked else ""
            yield Row(row(f"    {each.name}", self._room, more), key)

    def _told_rows(self) -> Iterator[Row]:
        present = self.workspace.names(self.caseload.get)
        for number, arrival in enumerate([*self.workspace.merged, self._news()]):
            found = [each for each in arrival.told if stands(present, self.caseload, each)]
            if found:
                yield Row(Text(f"Came in from {shortened(arrival.name, 60)} ({len(found)})"))
            for group, records in in_groups(found):
                yield Row(Text(f"  {group.heading}"))
                for each in records:
                    key = f"told {number} {each.table} {each.id}"
                    self._told[key] = each
                    yield Row(row(f"    {each.line}", self._room), key)

    def _news(self) -> Arrival:
        """What others wrote into the file itself."""
        news = self.workspace.news
        if news is not self._told_news[0]:
            names = self.workspace.names(also_removed(self.caseload.get, news.values()))
            found = tuple(told(names, [*news.values()]))
            self._told_news = news, Arrival("others at work on this file", found)
        return self._told_news[1]

    @on(OptionList.OptionHighlighted)
    def _show_detail(self) -> None:
        key, width = self.query_one(Arrived).key, self.size.width - 2
        versions, today = self.query_one("#versions", Static), self.workspace.today()
        if (question := self._questions.get(key)) is not None:
            rest = len(self._of_record(question)) - 1
            versions.update(show_question(question, self._decisions, rest, today, width, self._sign))
        elif (each := self._told.get(key)) is not None:
            versions.update(show_told(each, width))
        elif key in self._copies:
            versions.update(
                "A synced folder, or vigtui itself, kept here what somebody wrote when two had changed the "
                f"file. {key_for(self, 'merge.open')} shows what is in it and takes it in; the copy is then "
                "moved to the folder of earlier versions."
            )
        else:
            versions.update("")
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def on_resize(self) -> None:
        self.refresh_records()

    @property
    def _room(self) -> int:
        """For a line of the list, in cells."""
        return self.size.width - 3

    def action_read(self, pages: int) -> None:
        """Read on in the versions below."""
        detail = self.query_one("#detail", VerticalScroll)
        detail.scroll_relative(y=pages * max(detail.size.height - 1, 1), animate=False)

    # Doing

    @property
    def _question(self) -> Question | None:
        return self._questions.get(self.query_one(Arrived).key) if self._is_whole else None

    def _of_record(self, question: Question) -> list[Question]:
        conflict = question.conflict
        return [each for each in self._questions.values() if each.conflict is conflict]

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; where it is asked whether something goes, they say which one keeps it."""
        question = self._question
        words = _OF_A_REMOVAL if question is not None and not question.field else {}
        return with_words(super().active_bindings, lambda active: words.get(active.binding.id or "", ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key chooses where there is something to choose from."""
        if action == "choose":
            question, choice = self._question, parameters[0]
            return question is not None and isinstance(choice, int) and can_choose(question, choice)
        return super().check_action(action, parameters)

    def action_choose(self, choice: int) -> None:
        """Choose a version of what is under the cursor; decide when all of its record is chosen."""
        question = self._question
        if question is None:
            return
        if question.private:
            self.tell("Only its author can read this note and decide about it.")
            return
        self._decisions.choose(question, choice)
        asked = self._of_record(question)
        if not removes(asked, self._decisions) and not self._decisions.are_made(asked):
            self.refresh_records()
            return
        try:
            decided = decide(self.caseload, asked, self._decisions)
        except CaseloadError as error:
            self.tell(str(error), problem=True)
            return
        if decided:
            self.tell(f"Decided. {key_for(self, 'app.undo')} undoes it.")
        else:
            self.tell("Somebody has changed it meanwhile. Look at it again.", problem=True)
        self.refresh_records()

    @property
    def at_hand(self) -> Sequence[Record]:
        key = self.query_one(Arrived).key
        about = self._questions[key].conflict if key in self._questions else self._told.get(key)
        kind = KIND_OF.get(about.table) if about is not None else None
        record = self.caseload.get(kind, about.id) if kind and about else None
        return [record] if record is not None else []

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        key = self.query_one(Arrived).key
        if key in self._copies:
            self._take_copy(self._copies[key])
            return
        names = self.workspace.names(self.caseload.get)
        way = next((way_to(names, record) for record in self.at_hand), None)
        if way is not None:
            self.post_message(way)
        elif key in self._told and self._told[key].what == "removed":
            self.tell(f"It was removed. {key_for(self, 'app.undo')} undoes the newest step.")
        else:
            self.tell("It has no screen of its own.")

    @work
    async def _take_copy(self, copy: ConflictedCopy) -> None:
        await self._take_in(copy.path, is_copy=True)
        self._find_copies()

    @work
    async def action_merge_file(self) -> None:
        """Choose a file and take it in."""
        title = "A copy of this caseload, or a pack"
        chosen = await self.ask(FileScreen(title, self.caseload.folder, endings=_MERGED))
        if chosen is not None:
            await self._take_in(chosen, is_copy=False)

    async def _take_in(self, path: Path, *, is_copy: bool) -> None:
        """Take in a file, one at a time, and go to the first question that it raised."""
        before = len(self._questions)
        async with self._one_at_a_time:
            await take_in(self, path, is_copy=is_copy)
        self._refresh(to_first=len(self._questions) > before)
