"""Referral and fit: why the family came, whose idea it was, whether VIG fits now, and how the work ended."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.binding import BindingType

from vigtui.domain.records import Record, StatusSpan
from vigtui.domain.vocabulary import FamilyState
from vigtui.queries.family import find
from vigtui.queries.ratings import live_questions
from vigtui.ui.dialogs.records.cycle import add_status, edit_status
from vigtui.ui.dialogs.records.family import Part, edit_part
from vigtui.ui.dialogs.records.question import add_question, edit_question
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.family.section import ListSection, Task, changing
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.record_list import Row
from vigtui.values.days import show_long_day
from vigtui.values.text import clean, one_line
from vigtui.wording.family import members_words, quoted

_LABEL = 21
_NO_QUESTION = "None yet. VIG may have been somebody else's idea; a question can still come of it."
_NOT_SAID = "not written down yet"

_PARTS: tuple[Part, ...] = ("referral", "setting", "fit", "closure")
# The rows: which part of the family's form each is in, its field there, and what it is called here.
_REFERRAL: tuple[tuple[Part, str, str], ...] = (
    ("referral", "referred", "Referred"),
    ("referral", "whose_idea", "Whose idea it was"),
    ("referral", "reasons", "Reasons"),
)
_FIT: tuple[tuple[Part, str, str], ...] = (
    ("fit", "timescales", "Timescales"),
    ("fit", "formulation", "Formulation"),
    ("fit", "chronology", "Chronology"),
)
_CLOSURE: tuple[tuple[Part, str, str], ...] = (
    ("closure", "ended", "Ended"),
    ("closure", "reason", "How"),
    ("closure", "words", "In their own words"),
)


class ReferralSection(ListSection):
    """The sixth part of the family screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("referral")

    def rows(self) -> Sequence[Row]:
        family = self.records.family
        rows = [Row(Text("Referral", style="bold")), *map(self._said, _REFERRAL), *self._questions()]
        rows += [Row(Text("")), Row(Text("Setting", style="bold")), *self._setting()]
        rows += [Row(Text("")), Row(Text("Does VIG fit now?", style="bold")), *map(self._said, _FIT)]
        if family.state is FamilyState.ENDED or family.closure.reason or family.closure.words:
            rows += [Row(Text("")), Row(Text("How the work ended", style="bold")), *map(self._said, _CLOSURE)]
        return rows

    def _said(self, row: tuple[Part, str, str]) -> Row:
        part, field, label = row
        family = self.records.family
        holder = {"fit": family.fit, "closure": family.closure}.get(part, family)
        value = family.ended if field == "ended" else getattr(holder, field)
        words = (
            clean(value)
            if isinstance(value, str)
            else show_long_day(value, self.records.today)
            if value
            else ""
        )
        return Row(_beside(label, Text(words) if words else Text(_NOT_SAID, style="dim")), f"{part}:{field}")

    def _questions(self) -> Iterator[Row]:
        """Whether there is a question to work on, in its owner's words."""
        questions = live_questions(self.records.questions) or self.records.questions
        if not questions:
            yield Row(_beside("A helping question", Text(_NO_QUESTION)), "question:")
        for number, each in enumerate(questions):
            owner = self.records.name(each.owner) + ("" if each.agreed else ", not agreed yet")
            words = Text.assemble(quoted(each.words), (f"   {owner}", "dim"))
            yield Row(_beside("" if number else "A helping question", words), f"question:{each.id}")

    def _setting(self) -> Iterator[Row]:
        family, today = self.records.family, self.records.today
        workers = [
            f"{what} {self.records.name(who)}" if who else f"no {what} yet"
            for what, who in (("guider", family.guider), ("social worker", family.social_worker))
        ]
        yield Row(_beside("Family", Text(members_words(family) or "nobody yet")), "members:")
        yield Row(_beside("Setting", Text(", ".join([family.setting.label, *workers]))), "setting:setting")
        if not self.records.spans:
            none = Text(f"none written down; {key_for(self.host, 'family.add')} adds one", style="dim")
            yield Row(_beside("Plan or status", none), "status:")
        for number, span in enumerate(self.records.spans):
            end = f" to {show_long_day(span.end, today)}" if span.end else ", going on"
            words = Text(f"{span.kind.label} from {show_long_day(span.start, today)}{end}")
            yield Row(_beside("" if number else "Plan or status", words), f"status:{span.id}")

    # Adding and changing

    def _span(self) -> StatusSpan | None:
        kind, identity = self.under_cursor
        return find(self.records.spans, identity) if kind == "status" else None

    @property
    def at_hand(self) -> Sequence[Record]:
        _, identity = self.under_cursor
        found = self._span() or find(self.records.questions, identity) or self.records.family
        return [found]

    @changing
    async def add_here(self) -> None:
        screen, records = self.host, self.records
        tasks: list[tuple[str, Task]] = [
            ("A plan or status", lambda: add_status(screen, records)),
            ("A helping question", lambda: add_question(screen, records)),
            ("How the work ended", lambda: edit_part(screen, records.family, "closure")),
        ]
        await self.choose_task("Add", tasks)

    @changing
    async def edit_here(self) -> None:
        kind, identity = self.under_cursor
        if kind == "status":
            span = self._span()
            await (edit_status(self.host, span) if span else add_status(self.host, self.records))
        elif kind == "question":
            question = find(self.records.questions, identity)
            records = self.records
            await (
                edit_question(self.host, records, question) if question else add_question(self.host, records)
            )
        elif kind == "members":
            await self.edit_family()
        elif part := next((part for part in _PARTS if part == kind), None):
            await edit_part(self.host, self.records.family, part, identity)

    open_here = edit_here

    @changing
    async def remove_here(self) -> None:
        if span := self._span():
            await remove_record(self.host, span, f"the status {span.kind.label}")
        else:
            self.host.tell(
                f"What is said here is changed with {key_for(self.host, 'family.edit')}. Only a plan or "
                "status is removed."
            )


def _beside(label: str, words: Text) -> Table:
    table = Table.grid(expand=True, padding=(0, 1, 0, 0))
    table.add_column(width=_LABEL + 2)
    table.add_column(ratio=1)
    table.add_row(Text(f"  {one_line(label)}", style="dim"), words)
    return table
