"""The plan of a shared review: made before it, looked at by the guider during it."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList, Static

from vigtui.casefilm.opening import why_not_there
from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.records import Cycle, Record
from vigtui.domain.reviews import Shown, day_of, plan_of
from vigtui.domain.vocabulary import Purpose, RecordingKind
from vigtui.queries.family import FamilyRecords, family_records
from vigtui.queries.ratings import live_questions
from vigtui.ui.dialogs.late_film import open_all_late
from vigtui.ui.dialogs.names import ask_names
from vigtui.ui.dialogs.papers.family_papers import show_review
from vigtui.ui.dialogs.records.review import add_planned, edit_planned, move_planned
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.navigation import OpenFilming
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.review.lines import about_moment, heading_line, plan_rows
from vigtui.ui.screens.review.screen import ReviewScreen
from vigtui.ui.screens.review.sitting import Sitting
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.ui.widgets.record_list import RecordList
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.days import show_long_day
from vigtui.wording.access import everybody_agrees, why_closed
from vigtui.wording.film.clip import place_words
from vigtui.wording.film.reviews import questions_words, review_name


class Plan(RecordList):
    """The planned moments."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("planned")


class PlanScreen(CaseScreen):
    """The plan of the shared review of a cycle, by its id, the cursor on `planned` if that is named. It holds
    the sitting: names that were typed for it are gone with this screen."""

    CSS_PATH = "plan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review_plan"), *bindings("back")]
    HELP: ClassVar[str] = (
        "What will be shown in the shared review of this cycle, in which order, what to ask and for what "
        "to wait. This screen is for the guider alone; `{review_plan.print}` prints it. In a second vigtui "
        "on the same file it follows what the family sees."
    )

    def __init__(self, cycle: str, planned: str = "") -> None:
        super().__init__()
        self._cycle = cycle
        self._begin_at = planned
        self._records: FamilyRecords | None = None
        self._plan: list[Shown] = []
        self._refused: dict[str, str] = {}
        self._missing: dict[str, str] = {}
        self.sitting = Sitting(cycle)

    @property
    def address(self) -> str:
        return f"review {self._cycle}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Excerpt(id="asked")
        yield Static(id="headings")
        yield Plan(id="plan")
        yield Excerpt(id="about")
        yield Excerpt(id="consents")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.refresh_records()
        self._show_plan(self._begin_at)
        self.shown.focus()

    @property
    def shown(self) -> Plan:
        """The planned moments."""
        return self.query_one(Plan)

    @property
    def _at_cursor(self) -> Shown | None:
        return next((each for each in self._plan if each.planned.id == self.shown.key), None)

    @property
    def at_hand(self) -> Sequence[Record]:
        found = self._at_cursor
        cycle = self.caseload.get(Cycle, self._cycle)
        return [found.planned] if found else [cycle] if cycle else []

    # What is shown

    @property
    def _is_there(self) -> bool:
        """Whether the screen has its parts: records may change just before and after."""
        return self.is_whole and bool(self.query(KeyFooter))

    def refresh_records(self) -> None:
        """Show the plan as it is now; the screen goes when its cycle does."""
        if not self._is_there:
            return
        caseload, today = self.caseload, self.workspace.today()
        cycle = caseload.get(Cycle, self._cycle)
        self._records = records = family_records(caseload, cycle.family, today) if cycle else None
        if cycle is None or records is None:
            self.leave("This cycle is no longer in the caseload.")
            return
        self._plan = plan_of(caseload.get, caseload.where, cycle.id)
        self._refused = self._why_closed(records, cycle)
        day = day_of(cycle, today)
        when = show_long_day(day, today) if day else ""
        self.query_one(TitleBar).set_parts(review_name(cycle), place_words(records.family, cycle), when)
        self.query_one("#asked", Excerpt).update(questions_words(live_questions(records.questions)))
        self._show_plan()
        self._show_closed()
        self._look_for_films()

    @work(exclusive=True, group="films")
    async def _look_for_films(self) -> None:
        """Say which planned film is not where it should be, while there is time to look for it."""
        caseload = self.caseload
        paths = {each.clip.recording: each.showing.recording.path for each in self._plan}
        found = await asyncio.to_thread(
            lambda: {film: why for film, path in paths.items() if (why := why_not_there(caseload, path))}
        )
        if found != self._missing and self._is_there:
            self._missing = found
            self._show_plan()
            self._show_closed()

    def _why_closed(self, records: FamilyRecords, cycle: Cycle) -> dict[str, str]:
        """Why the films that are planned, or could be, may not be shown to the family, by their ids."""
        today = self.workspace.today()
        own = records.recordings_of(cycle, RecordingKind.INTERACTION)
        films = dict.fromkeys([*(each.clip.recording for each in self._plan), *(each.id for each in own)])
        found = {film: permit(self.caseload, film, Use.WATCH, Purpose.FILM, today) for film in films}
        return {
            film: why_closed(each, today) for film, each in found.items() if not isinstance(each, Permission)
        }

    def _show_closed(self) -> None:
        """Show why film stays closed, or that it may be shown."""
        missing = [
            f"Film is missing; {key_for(self, 'family.lost_film')} on the family looks for it. {why}"
            for why in self._missing.values()
        ]
        closed = list(dict.fromkeys((*self._refused.values(), *missing)))
        if closed:
            words = Text(" ".join(closed), style="bold")
        elif self._records and any(each.cycle == self._cycle for each in self._records.recordings):
            words = Text(everybody_agrees(Purpose.FILM))
        else:
            words = Text("This cycle has no recording yet.")
        self.query_one("#consents", Excerpt).update(words)

    def _show_plan(self, key: str = "") -> None:
        self.query_one("#headings").display = bool(self._plan)
        closed = {*self._refused, *self._missing}
        self.shown.show(
            plan_rows(self._plan, shown_now=self._shown_now, closed=closed, key=keys_for(self)), key
        )
        self._tell_about()

    @property
    def _shown_now(self) -> str:
        """The id of the moment that the family sees now, in another vigtui on this file."""
        ids = {each.planned.id for each in self._plan}
        return next((each for each in self.workspace.shown_elsewhere if each in ids), "")

    @on(OptionList.OptionHighlighted)
    def _tell_about(self) -> None:
        found, records = self._at_cursor, self._records
        words = Text()
        if found and records:
            shown_now = found.planned.id == self._shown_now
            words = about_moment(found, records.voices, records.names, shown_now=shown_now)
        self.query_one("#about", Excerpt).update(words)

    def on_resize(self) -> None:
        self.query_one("#headings", Static).update(heading_line(self.app.size.width))

    def others_moved(self) -> None:
        """Follow what the family sees."""
        if self._is_there:
            self._show_plan(self._shown_now)

    # Planning

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a moment that is planned is worded, put elsewhere or taken out."""
        if action in ("words", "move", "remove"):
            return bool(self._plan)
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Plan one more moment."""
        self.change(self._add)

    async def _add(self) -> None:
        cycle = self.caseload.get(Cycle, self._cycle)
        added = await add_planned(self, cycle) if cycle else None
        if added is not None:
            self.refresh_records()
            self._show_plan(added.id)

    def action_words(self) -> None:
        """Write what to ask, and for what to wait."""
        if found := self._at_cursor:
            self.change(partial(edit_planned, self, found))

    def action_move(self, by: int) -> None:
        """Show the moment under the cursor earlier or later."""
        found = self._at_cursor
        if self.caseload.read_only:
            self.tell(self.caseload.read_only, problem=True)
        elif found is not None:
            move_planned(self.caseload, found.planned, by)
            self.refresh_records()

    def action_remove(self) -> None:
        """Take the moment under the cursor out of the plan; the clip stays."""
        if found := self._at_cursor:
            self.change(partial(remove_record, self, found.planned, f"{found.code} from the plan"))

    @work(exclusive=True, group="ask")
    async def action_print(self) -> None:
        """Show the plan as a paper."""
        await show_review(self, self._cycle)

    def action_filming(self) -> None:
        """Mark moments by the clock while the review itself is filmed."""
        self.post_message(OpenFilming(self._cycle, RecordingKind.SHARED_REVIEW))

    # The sitting

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="ask")
    async def action_begin(self) -> None:
        """Show the moments to the family, from the one under the cursor on; the names are asked for once."""
        if (found := self._at_cursor) is None:
            return
        if not await open_all_late(self, (each.clip.recording for each in self._plan)):
            self.tell("Nothing is shown to the family while a film of the plan stays closed.")
        elif self.sitting.names is not None or await self._ask_names():
            self.app.push_screen(ReviewScreen(self.sitting, found.planned.id))

    def on_screen_resume(self) -> None:
        """What was not for the family's eyes is told now."""
        if self.sitting.remarks:
            self.tell(" ".join(self.sitting.remarks), problem=True)
            self.sitting.remarks.clear()

    @work(exclusive=True, group="ask")
    async def action_names(self) -> None:
        """Say how everybody is called at home."""
        await self._ask_names()

    async def _ask_names(self) -> bool:
        """Ask for the names; whether they were given, or left out on purpose."""
        family = self._records.family if self._records else None
        names = await ask_names(self, family, self.sitting.names) if family else None
        if names is not None:
            self.sitting.names = names
        return names is not None
