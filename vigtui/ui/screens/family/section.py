"""What the parts of the family screen share: one set of records, and one cursor that is remembered."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import wraps
from typing import TypeVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList

from vigtui.domain.records import Cycle, Record
from vigtui.domain.vocabulary import RecordingKind
from vigtui.queries.family import FamilyRecords
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.records.family import edit_family
from vigtui.ui.dialogs.records.rating import add_ratings
from vigtui.ui.screens.navigation import OpenFilming
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.record_list import RecordList, Row

Task = Callable[[], Awaitable[object]]
SomeSection = TypeVar("SomeSection", bound="Section")


def changing(
    method: Callable[[SomeSection], Awaitable[None]],
) -> Callable[[SomeSection], Coroutine[None, None, None]]:
    """Mark a method that changes records: in a caseload that may only be read it says so instead."""

    @wraps(method)
    async def guarded(section: SomeSection) -> None:
        sentence = section.host.caseload.read_only
        if sentence:
            section.host.tell(sentence, problem=True)
        else:
            await method(section)

    return guarded


WHILE_FILMED = {
    RecordingKind.INTERACTION: "while filming",
    RecordingKind.SHARED_REVIEW: "in the shared review of",
}
"""What goes on while moments are marked by the clock."""

NOTHING_TO_CHANGE = "There is nothing under the cursor to change. {family.add} adds to what is shown."
NOTHING_TO_REMOVE = "There is nothing under the cursor to remove. A whole family is removed in the caseload."


class Section(Vertical):
    """One part of the family screen. `records` are there from `show` on, before anything else is called.

    `add_here`, `edit_here`, `rate_here`, `remove_here` and `open_here` act on what is under the cursor. They
    run in a worker and may ask.
    """

    records: FamilyRecords

    @property
    def host(self) -> CaseScreen:
        """The screen that it is on, which asks and tells."""
        return cast("CaseScreen", self.screen)

    @property
    def place(self) -> str:
        """Where the cursor is, to be remembered."""
        return ""

    def show(self, records: FamilyRecords, place: str = "") -> None:
        """Show these records, with the cursor at `place`, else where it was."""
        self.records = records
        self.fill(place)

    def fill(self, place: str) -> None:
        """Show `records`; the part of `show` that differs."""

    def move_to(self, record: str) -> None:
        """Put the cursor where this record is, by its id; nowhere else where it is not shown."""

    @property
    def at_hand(self) -> Sequence[Record]:
        """The records under the cursor."""
        return ()

    async def add_here(self) -> None:
        """Add to what is shown here."""

    async def edit_here(self) -> None:
        """Change what is under the cursor."""

    async def remove_here(self) -> None:
        """Remove what is under the cursor."""

    async def open_here(self) -> None:
        """Open what is under the cursor."""

    @changing
    async def rate_here(self) -> None:
        """Take ratings: here of every question, for whoever rated last."""
        await add_ratings(self.host, self.records)

    @changing
    async def edit_family(self) -> None:
        """Change the family's details and members."""
        await edit_family(self.host, self.records.family)

    @work(exclusive=True, group="task")
    async def work_on(self, task: Task) -> None:
        """Run one of the tasks above in a worker, and say what the caseload refuses."""
        try:
            await task()
        except CaseloadError as error:
            self.host.tell(str(error), problem=True)

    def mark_moments(self, cycle: Cycle, kind: RecordingKind) -> Task:
        """The task of marking moments by the clock while this of a cycle is filmed."""

        async def go() -> None:
            self.post_message(OpenFilming(cycle.id, kind))

        return go

    async def choose_task(self, title: str, tasks: Sequence[tuple[str, Task]]) -> None:
        """Let the person choose one of the tasks by its words, and do it. A single one is done at once."""
        if len(tasks) == 1:
            await tasks[0][1]()
            return
        options = [(str(number), words) for number, (words, _) in enumerate(tasks)]
        choice = await self.host.ask(ChooseScreen(title, options))
        if choice is not None:
            await tasks[int(choice)][1]()


class ListSection(Section):
    """A section that is a list. Its rows' keys are "kind:id"."""

    def compose(self) -> ComposeResult:
        yield RecordList()

    @property
    def list(self) -> RecordList:
        """The list itself."""
        return self.query_one(RecordList)

    @property
    def place(self) -> str:
        return self.list.key

    @property
    def under_cursor(self) -> tuple[str, str]:
        """The kind and the id of the row under the cursor; two empty words on none."""
        kind, _, identity = self.list.key.partition(":")
        return kind, identity

    def rows(self) -> Sequence[Row]:
        """What the list shows of `records`."""
        return ()

    def fill(self, place: str) -> None:
        self.list.show(self.rows(), place)

    def move_to(self, record: str) -> None:
        rows = self.rows()
        keys = (row.key for row in rows if record in (row.key, row.key.partition(":")[2]))
        self.list.show(rows, next(keys, ""))

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        self.work_on(self.open_here)
