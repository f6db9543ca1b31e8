"""The service's audit: what is counted of one caseload over a span of days, for whoever works with it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from vigtui.domain.records import Family
from vigtui.film.pane.app import is_plain
from vigtui.queries.audit.counting import count_workers, families_counted
from vigtui.queries.audit.figures import FAMILIES, tables
from vigtui.queries.audit.records import audit_records
from vigtui.queries.audit.span import LENGTHS, USUAL_LENGTH, Span, months
from vigtui.queries.audit.telling import Told
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.screens.audit.lines import lines
from vigtui.ui.screens.navigation import OpenCollected, OpenFamily
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.line_list import LineList
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import counted, one_line
from vigtui.wording.audit import about_row, short_span_words, span_words
from vigtui.wording.film.register import family_name

_NARROW = 60


class AuditScreen(CaseScreen):
    """Tables of counts; under them which families the line under the cursor is about."""

    CSS_PATH = "audit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("audit"), *bindings("back")]
    HELP: ClassVar[str] = (
        "What the service counts of its work over a span of days: families, cycles, ratings from first to "
        "last with how many are missing, endings, consents, film, supervision and time. "
        "`{audit.earlier}` and `{audit.later}` go to the span before and after, `{audit.longer}` and "
        "`{audit.shorter}` make it longer or shorter, `{audit.days}` types its days. `{list.open}` says "
        "which families a line is about, and opens one. `{audit.families}` to `{audit.work}` go to "
        "families, cycles, ratings, film and those who work. "
        "Here every number shows. On paper (`{audit.print}`) small numbers are left out, and what they "
        "could be worked out from; `{audit.weekly}` has counts without them put once a week where the "
        "service collects them, and `{audit.collected}` adds up those of all. Nobody is compared with "
        "anybody."
    )

    def __init__(self) -> None:
        super().__init__()
        self._months, self._back = USUAL_LENGTH, 0
        self._typed: Span | None = None
        self._counts: Counter[str] = Counter()
        self._families: Mapping[str, Mapping[str, int]] = {}

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield LineList(id="figures")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self._list.focus()
        self.refresh_records()

    # Showing

    @property
    def _list(self) -> LineList:
        return self.query_one("#figures", LineList)

    @property
    def span(self) -> Span:
        """The days over which is counted."""
        return self._typed or months(self._months, self.workspace.today(), self._back)

    def refresh_records(self) -> None:
        """Count again."""
        records, span = audit_records(self.caseload), self.span
        self._families = families_counted(records, span, self.workspace.today())
        self._counts = Counter({name: sum(each.values()) for name, each in self._families.items()})
        self._counts.update(count_workers(records, span))
        told = Told(self._counts)
        self._show_title()
        behind = {name: ", ".join(self._codes(name)) for name in self._families}
        shown = lines(told, tables(self._counts), behind, plain=is_plain(self.app))
        self._list.set_lines(list(shown), self._list.current)
        self._tell_about()

    def on_resize(self) -> None:
        self._show_title()

    def _show_title(self) -> None:
        """The span above all: in a narrow window in short, and nothing beside it."""
        title = self.query_one(TitleBar)
        if self.size.width < _NARROW:
            title.set_parts("Audit", short_span_words(self.span))
            return
        found = self._counts[FAMILIES]
        title.set_parts("Audit", span_words(self.span), counted(found, "family", "families"))

    def _behind(self, name: str) -> list[Family]:
        """The families behind a count, by their codes."""
        found = (self.caseload.get(Family, each) for each in self._families.get(name, ()))
        return sorted((each for each in found if each), key=lambda each: (each.code.casefold(), each.id))

    def _codes(self, name: str) -> list[str]:
        return [one_line(each.code) for each in self._behind(name)]

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        name = self._list.current
        self.query_one("#about", Excerpt).update(Text(about_row(name, self._codes(name)) if name else ""))

    # Doing

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self._which(self._list.current)

    @work
    async def _which(self, name: str) -> None:
        """Open the family that a count is about; of several ask which."""
        found = self._behind(name)
        if not found:
            self.tell("Who stands behind a number of people is not listed.")
            return
        chosen: str | None = found[0].id
        if len(found) > 1:
            options = [(each.id, f"{family_name(each)}, {each.state.label}") for each in found]
            chosen = await self.ask(ChooseScreen("Which of them?", options))
        if chosen:
            self.post_message(OpenFamily(chosen))

    def action_span(self, back: int) -> None:
        """To the span before, or after: not beyond today."""
        if self._typed is None and self._back + back < 0:
            self.tell("This span ends today.")
            return
        self._back = max(self._back + back, 0) if self._typed is None else 0
        self._typed = None
        self.refresh_records()

    def action_length(self, by: int) -> None:
        """Make the span longer or shorter."""
        place = LENGTHS.index(self._months) + by
        if not 0 <= place < len(LENGTHS):
            self.tell(f"{key_for(self, 'audit.days')} types other days.")
            return
        self._months, self._typed = LENGTHS[place], None
        self.refresh_records()

    def action_section(self, first: str) -> None:
        """To the first line from this table on."""
        rows = dropwhile(lambda row: row[0] != first, self._rows())
        line = next((name for _, name in rows if self._counts[name]), "")
        if line:
            self._list.bring_up(line)
        else:
            self.tell("Nothing is counted there in this span.")

    def _rows(self) -> Iterator[tuple[str, str]]:
        """Yield every row after its table."""
        for table in tables(self._counts):
            yield from ((table.name, name) for name, _ in table.rows)

    @work
    async def action_days(self) -> None:
        """Type the first and the last day."""
        span = self.span
        fields = [
            Field("start", "From", "date", span.start, required=True),
            Field("end", "To", "date", span.end, required=True),
        ]
        values = await self.ask(FormScreen("Which days?", fields, check=_problem, does="Show"))
        if values:
            self._typed = Span(values["start"], values["end"])
            self.refresh_records()

    @work
    async def action_weekly(self) -> None:
        """Have the counts put by themselves where the service collects them, or no more."""
        from vigtui.ui.dialogs.exchange.weekly_counts import ask_for_weekly_counts

        await ask_for_weekly_counts(self)

    def action_collected(self) -> None:
        """Show the sum of the counts that a service collects."""
        self.post_message(OpenCollected())

    @work
    async def action_print(self) -> None:
        """Show the audit as a paper, without small numbers."""
        from vigtui.reports.service.audit import audit_paper
        from vigtui.ui.dialogs.papers.paper import show_paper

        limit, today = self.caseload.meta.small_numbers, self.workspace.today()
        told, span = Told(Counter(self._counts)), self.span
        await show_paper(self, "Audit", lambda: audit_paper(told.for_others(limit), limit, span, 1, today))


def _problem(values: dict[str, dt.date]) -> str:
    return "The last day is before the first." if values["end"] < values["start"] else ""
