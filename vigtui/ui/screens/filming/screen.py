"""Marking moments by the clock while somebody films, or while a shared review goes on."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList, Static

from vigtui.domain.consent.access import consents_of, people_asked_for_work
from vigtui.domain.consent.decisions import FilmAsked, decide
from vigtui.domain.cycles import guider_then
from vigtui.domain.film.moments import marked_by_clock, waiting
from vigtui.domain.people import may_follow
from vigtui.domain.records import Cycle, Family, Moment, Record
from vigtui.domain.sessions.working_points import threads
from vigtui.domain.vocabulary import Purpose, RecordingKind
from vigtui.queries.needs import missing_words
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.parts.moment_line import MomentLine
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.ui.widgets.record_list import RecordList, Row
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values import clocks
from vigtui.values.text import one_line
from vigtui.values.timecode import format_length
from vigtui.wording.film.clip import place_words
from vigtui.wording.film.moments import clock_words

_TITLES = {RecordingKind.INTERACTION: "Filming now", RecordingKind.SHARED_REVIEW: "Shared review now"}
_HOW = (
    "{filming.mark} marks a moment, kept at once; {filming.words} writes about one. "
    "Once the recording is added, they are laid onto it."
)
_MOST_POINTS = 3


class Marked(RecordList):
    """The moments so far."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("marked")


class FilmingScreen(CaseScreen):
    """The filming of a `cycle`: of the interaction, or of its shared review, as `kind` says."""

    CSS_PATH = "filming.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("filming"), *bindings("back")]
    ABOUT_AT_HAND = frozenset({"words", "remove"})
    HELP: ClassVar[str] = (
        "While somebody films, or while a shared review goes on: one key marks a moment by the clock, before "
        "there is a film. Each is kept at once. When the recording is added to the cycle, they are laid onto "
        "it, by the time that the film itself tells or by where one of them is. Until the first one, the "
        "guider's open working points stand there."
    )

    def __init__(self, cycle: str, kind: RecordingKind) -> None:
        super().__init__()
        self._cycle, self._kind = cycle, kind

    @property
    def address(self) -> str:
        return f"{self._kind.value} {self._cycle}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Static(id="clock")
        yield Excerpt(id="consents")
        yield Excerpt(id="points")
        yield Marked(id="moments")
        yield MomentLine(lambda: self.caseload)
        yield Excerpt(id="how")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#how", Excerpt).update(with_keys(_HOW, keys_for(self)))
        self.set_interval(1, self._show_clock)
        self.refresh_records()
        self.shown.focus()

    @property
    def shown(self) -> Marked:
        """The moments so far."""
        return self.query_one(Marked)

    @property
    def moments(self) -> list[Moment]:
        """What was marked by the clock in this cycle, and is on no film yet."""
        return waiting(self.caseload.where(Moment, cycle=self._cycle), self._kind)

    @property
    def _at_cursor(self) -> Moment | None:
        return self.caseload.get(Moment, self.shown.key)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [moment] if (moment := self._at_cursor) else []

    # What is shown

    def refresh_records(self) -> None:
        """Show the moments as they are now; the screen goes when its cycle does."""
        cycle = self.caseload.get(Cycle, self._cycle)
        family = self.caseload.get(Family, cycle.family) if cycle else None
        if cycle is None or family is None:
            self.leave("This cycle is no longer in the caseload.")
            return
        self.query_one(TitleBar).set_parts(_TITLES[self._kind], place_words(family, cycle))
        consents = self.query_one("#consents", Excerpt)
        consents.update(self._missing_consents(family))
        consents.display = bool(consents.content)
        self.query_one("#points", Excerpt).update("\n".join(self._open_points(cycle, family)))
        self._show_moments()
        self._show_clock()

    def _missing_consents(self, family: Family) -> str:
        """Whose consent to filming is missing today; "" when everybody's is there."""
        caseload, today = self.caseload, self.workspace.today()
        asked, said = people_asked_for_work(caseload, family.id), consents_of(caseload, family.id)
        decision = decide(asked, said, Purpose.FILM, today, FilmAsked(days=(today,)))
        words = missing_words(decision.missing, Purpose.FILM, today)
        return f"{words}." if words else ""

    def _open_points(self, cycle: Cycle, family: Family) -> list[str]:
        """The working points with which the guider goes into the filming, for those who may read them."""
        find, where, guider = self.caseload.get, self.caseload.where, guider_then(cycle, family)
        if not may_follow(self.workspace.person, guider):
            return []
        going_on = [each for each in threads(find, where, guider) if each.goes_on]
        return [f"Working point: {one_line(each.words)}" for each in going_on[:_MOST_POINTS]]

    def _show_moments(self, key: str = "") -> None:
        moments = self.moments
        points = self.query_one("#points", Excerpt)
        points.display = bool(points.content) and not moments
        rows = [Row(self._words(number, each), each.id) for number, each in enumerate(moments, start=1)]
        self.shown.show(rows or [Row(Text("No moment yet. The clock runs from the first."))], key)

    def _words(self, number: int, moment: Moment) -> Text:
        since = _since(self.moments[0], moment.at)
        at = clock_words(moment, self.workspace.today())
        return Text.assemble(f"{number:>3}  {at}", (f"  {since:>7}  ", "dim"), one_line(moment.words))

    def _show_clock(self) -> None:
        now, moments = clocks.now(), self.moments
        since = f"   {_since(moments[0], now)} since the first" if moments else ""
        self.query_one("#clock", Static).update(
            Text.assemble((f"{now.astimezone():%H:%M:%S}", "bold"), since)
        )

    def save_pending(self) -> None:
        """Keep what is being written about a moment."""
        self.query_one(MomentLine).keep()

    # Keys

    def action_mark(self) -> None:
        """Mark a moment now."""
        now = clocks.now()
        if self.caseload.read_only:
            self.tell(self.caseload.read_only, problem=True)
        elif marked_by_clock(self.moments, now) is None:
            with self.caseload.transaction(f"Mark a moment at {now.astimezone():%H:%M:%S}"):
                moment = self.caseload.save(Moment(cycle=self._cycle, kind=self._kind, at=now))
            self._show_moments(moment.id)
            self._show_clock()

    @on(OptionList.OptionSelected)
    def action_words(self) -> None:
        """Write about the moment under the cursor."""
        moment = self._at_cursor
        if self.caseload.read_only:
            self.tell(self.caseload.read_only, problem=True)
        elif moment is not None:
            name = f"Moment {self.moments.index(moment) + 1}  {clock_words(moment, self.workspace.today())}"
            self.query_one(MomentLine).write(moment, name)

    @on(MomentLine.Left)
    def _leave_line(self) -> None:
        self.shown.focus()

    @work(exclusive=True, group="ask")
    async def action_remove(self) -> None:
        """Remove the moment under the cursor."""
        moment = self._at_cursor
        if moment is not None:
            await remove_record(self, moment, f"the moment at {clock_words(moment, self.workspace.today())}")

    def action_back(self) -> None:
        """From the words back to the list; from there back to where we came from."""
        if self.query_one(MomentLine).display:
            self.shown.focus()
        else:
            super().action_back()


def _since(first: Moment, at: dt.datetime | None) -> str:
    """How long after the first moment this is; "" on another day."""
    if first.at is None or at is None or at - first.at > dt.timedelta(hours=12):
        return ""
    return format_length((at - first.at) // dt.timedelta(milliseconds=1))
