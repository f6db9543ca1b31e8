"""One family: who they are, and six parts to look at and change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Static

from vigtui.domain.cycles import current
from vigtui.domain.records import Family, HelpingQuestion, Rating, Record, Recording
from vigtui.film.pane.app import is_plain
from vigtui.queries.family import FamilyRecords, family_records
from vigtui.queries.ratings import live_questions
from vigtui.ui.screens.family.consents_section import ConsentsSection
from vigtui.ui.screens.family.film_section import FilmSection
from vigtui.ui.screens.family.questions_section import QuestionsSection
from vigtui.ui.screens.family.referral_section import ReferralSection
from vigtui.ui.screens.family.section import Section
from vigtui.ui.screens.family.timeline_section import TimelineSection
from vigtui.ui.screens.family.traject_section import TrajectSection
from vigtui.ui.screens.navigation import OpenChart, OpenLostFilm, OpenReview, OpenSession
from vigtui.ui.widgets.case_screen import CaseScreen, RegisterAsked
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.keys import KeyFor
from vigtui.values.text import one_line
from vigtui.wording.family import members_words

_NAMES = {
    "timeline": "Timeline",
    "questions": "Questions",
    "traject": "Traject plan",
    "consents": "Consents",
    "film": "Film",
    "referral": "Referral",
}
_SHORT_NAMES = _NAMES | {"questions": "Quest.", "traject": "Traject", "referral": "Refer."}


class FamilyScreen(CaseScreen):
    """The screen of the family with id `family`; the cursor goes to `record`, of `section` or the timeline,
    if one is named, and the action `then` is done as soon as it is there."""

    CSS_PATH = "family.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("family"), *bindings("back")]
    HELP: ClassVar[str] = (
        "One family: the cycle timeline, helping questions and ratings, the traject plan, consents, film "
        "and referral. Keys `{family.timeline}` to `{family.referral}` go from part to part; "
        "`{family.add}` adds to what is shown, `{family.edit}` changes what is under the cursor."
    )

    def __init__(self, family: str, record: str = "", section: str = "", then: str = "") -> None:
        super().__init__()
        self._family = family
        self._record, self._then = record, then
        self._section = section or ("timeline" if record else "")
        self._place = f"family:{family}"
        self._records: FamilyRecords | None = None

    @property
    def address(self) -> str:
        return f"family {self._family}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        with Horizontal(id="sections-line"):
            sections = Static(id="sections")
            sections.auto_links = False  # They look as they are, not like links.
            yield sections
            yield Static(id="needs")
        with ContentSwitcher(id="parts", initial="timeline"):
            yield TimelineSection(id="timeline")
            yield QuestionsSection(id="questions")
            yield TrajectSection(id="traject")
            yield ConsentsSection(id="consents")
            yield FilmSection(id="film")
            yield ReferralSection(id="referral")
        yield KeyFooter()

    def on_mount(self) -> None:
        section, places = self._remembered()
        if not self._show(places):
            return
        self.query_one(ContentSwitcher).current = section
        if self._record:
            self.section.move_to(self._record)
        self._focus_section()
        if self._then:
            self.call_after_refresh(self.app.run_action, self._then, self)

    # Showing

    @property
    def section(self) -> Section:
        """The part that is shown."""
        current = self.query_one(ContentSwitcher).current
        return self.query_one(f"#{current}", Section)

    def refresh_records(self) -> None:
        self._show([])

    def _show(self, places: list[str]) -> bool:
        """Read the records and show them. False when the family is gone: then this screen goes too."""
        records = family_records(self.caseload, self._family, self.workspace.today(), self.workspace.person)
        if records is None and self.app.screen is not self:
            self._stale = True  # A form is open, and saving it brings back what somebody removed.
            return False
        if records is None:
            self.leave("This family is no longer in the caseload.")
            return False
        self._records = records
        self._show_title(records)
        for number, section in enumerate(self.query(Section)):
            section.show(records, places[number] if number < len(places) else "")
        self.refresh_bindings()
        self._show_sections(records)
        return True

    def _show_title(self, records: FamilyRecords) -> None:
        family = records.family
        guider = records.people.get(family.guider)
        left = one_line(f"{family.code} {family.pseudonym}")
        guiding = f"guider {one_line(guider.name)}" if guider else "no guider yet"
        words = "   ".join(filter(None, (members_words(family), guiding)))
        self.query_one(TitleBar).set_parts(left, words, records.statuses() or family.state.label)

    def _show_sections(self, records: FamilyRecords) -> None:
        current = self.query_one(ContentSwitcher).current or ""
        found = records.needs()
        needs = Text(", ".join(need.short for need in found), no_wrap=True, overflow="ellipsis")
        needs.stylize("bold" if any(need.urgent for need in found) else "")
        room, key = self.app.size.width - 1, keys_for(self)
        sections = next(
            (
                line
                for line in _section_lines(current, key, plain=is_plain(self.app))
                if line.cell_len + needs.cell_len <= room
            ),
            _chosen_alone(current, key),
        )
        needs.truncate(max(0, room - sections.cell_len), overflow="ellipsis")
        self.query_one("#sections", Static).update(sections)
        self.query_one("#needs", Static).update(needs)

    def on_resize(self) -> None:
        if self._records:
            self._show_sections(self._records)

    def _focus_section(self) -> None:
        for widget in self.section.query("*"):
            if widget.focusable:
                widget.focus()
                return

    # Where the person was

    def _remembered(self) -> tuple[str, list[str]]:
        """The section and the cursor of each, from the places; the places are data from a file."""
        place = self.workspace.places.get(self._place)
        if not isinstance(place, list) or not place or place[0] not in _NAMES:
            return self._section or "timeline", []
        return self._section or str(place[0]), [str(each) for each in place[1:]]

    def _remember(self) -> None:
        current = self.query_one(ContentSwitcher).current or "timeline"
        self.workspace.places.set(self._place, [current, *(section.place for section in self.query(Section))])

    def save_pending(self) -> None:
        self._remember()

    def on_screen_suspend(self) -> None:
        self._remember()

    # Keys

    @property
    def at_hand(self) -> Sequence[Record]:
        """The records under the cursor, the family where it is on none."""
        return [] if self._records is None else self.section.at_hand or [self._records.family]

    @property
    def unfinished(self) -> str:
        return next((each.unsigned for each in self.query(ConsentsSection) if each.is_mounted), "")

    def action_back(self) -> None:
        """Go back, unless decisions are marked and not signed: that is said first."""
        if unfinished := self.unfinished:
            self.action_section("consents")
            self.tell(unfinished, problem=True)
        else:
            super().action_back()

    def action_section(self, name: str) -> None:
        """Show one of the parts."""
        self.query_one(ContentSwitcher).current = name
        if self._records:
            self._show_sections(self._records)
        self._focus_section()

    def action_add(self) -> None:
        """Add to what is shown."""
        self.section.work_on(self.section.add_here)

    def action_edit(self) -> None:
        """Change what is under the cursor."""
        self.section.work_on(self.section.edit_here)

    def action_rate(self) -> None:
        """Rate the question under the cursor, or all of them."""
        self.section.work_on(self.section.rate_here)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is there can be shown and rated; the chart is offered where ratings are."""
        if action in ("rate", "chart") and not (self._records and self._records.questions):
            return False
        if action == "review" and not (self._records and self._records.cycles):
            return False
        if action == "chart":
            return any(each.current in ("timeline", "questions") for each in self.query(ContentSwitcher))
        return super().check_action(action, parameters)

    def action_chart(self) -> None:
        """Show the ratings of the question under the cursor as a chart, else those of the first."""
        for record in reversed(self.at_hand):
            if isinstance(record, Rating):
                self.post_message(OpenChart(record.question, record.id))
                return
        questions = [each for each in self.at_hand if isinstance(each, HelpingQuestion)]
        known = self._records.questions if self._records else []
        if found := [*questions, *live_questions(known), *known]:
            self.post_message(OpenChart(found[0].id))

    def action_remove(self) -> None:
        """Remove what is under the cursor."""
        self.section.work_on(self.section.remove_here)

    def action_details(self) -> None:
        """Change the family's details and members."""
        self.section.work_on(self.section.edit_family)

    @work
    async def action_visit(self) -> None:
        """Show what to ask, rate and bring at the next visit."""
        from vigtui.ui.dialogs.papers.family_papers import show_visit

        await show_visit(self, self._family)

    @work(exclusive=True, group="task")
    async def action_letter(self) -> None:
        """Show the traject letter, with the names that are typed for it."""
        from vigtui.ui.dialogs.papers.letter import show_letter

        await show_letter(self, self.section.records)

    @work
    async def action_summary(self) -> None:
        """Show the summary for a conference, a meeting or a court."""
        from vigtui.ui.dialogs.papers.family_papers import show_summary

        await show_summary(self, self.section.records.family.id)

    def action_review(self) -> None:
        """Show the plan of the shared review of the cycle under the cursor, else of the one being worked
        on."""
        named = {each.cycle if isinstance(each, Recording) else each.id for each in self.section.at_hand}
        cycles = self.section.records.cycles
        cycle = next((each for each in cycles if each.id in named), None) or current(cycles)
        if cycle is not None:
            self.post_message(OpenReview(cycle.id))

    def action_lost_film(self) -> None:
        """Look for film that is missing, first of all the film under the cursor."""
        kind, _, identity = self.section.place.partition(":")
        self.post_message(OpenLostFilm(identity if kind == "recording" else ""))

    def action_register(self) -> None:
        """Show where this family's film and copies are, and until when."""
        self.post_message(RegisterAsked(self._family))

    def action_share(self) -> None:
        """Give a clip to somebody outside the work, or record that it was shown."""
        family = self._records.family if self._records else None
        if family:
            self.change(lambda: self._share(family))

    def action_bundle(self) -> None:
        """Write everything held about one member into a folder."""
        family = self._records.family if self._records else None
        if family:
            self.change(lambda: self._bundle(family))

    async def _bundle(self, family: Family) -> None:
        from vigtui.ui.dialogs.papers.bundle import make_bundle

        await make_bundle(self, family)

    async def _share(self, family: Family) -> None:
        from vigtui.ui.dialogs.papers.sharing import share_of_family

        await share_of_family(self, family)

    def action_import_file(self) -> None:
        """Import what another tool wrote about this family's film, first of all that under the cursor."""
        from vigtui.ui.dialogs.exchange.importing import import_file

        kind, _, identity = self.section.place.partition(":")
        recording = identity if kind == "recording" else ""
        self.change(lambda: import_file(self, self._family, recording))

    @work(exclusive=True, group="task")
    async def action_export(self) -> None:
        """Export this family's clips for another tool."""
        from vigtui.ui.dialogs.exchange.exporting import export_clips

        await export_clips(self, self._family)

    def action_hand_over(self) -> None:
        """Hand this family over to another caseload."""
        from vigtui.ui.dialogs.exchange.handing_over import hand_over_or_take

        family = self.caseload.get(Family, self._family)
        self.change(lambda: hand_over_or_take(self, family, take=False))

    @work(exclusive=True, group="task")
    async def action_pack(self) -> None:
        """Make a pack of this family."""
        family = self.caseload.get(Family, self._family)
        if family is not None:
            from vigtui.exchange.packs.gathering import for_family
            from vigtui.ui.dialogs.papers.packing import make_pack

            name = re.sub(r"[^\w-]+", "-", family.code)
            await make_pack(self, for_family(family.id), f"family-{name}")

    @work(exclusive=True, group="task")
    async def action_supervise(self) -> None:
        """Plan or open a supervision session."""
        from vigtui.ui.dialogs.records.session import plan_session

        session = await plan_session(self, family=self._family)
        if session is not None:
            self.post_message(OpenSession(session.id))


def _section_lines(current: str, key: KeyFor, *, plain: bool) -> Iterator[Text]:
    """The names of the parts, the chosen one in bold: first with all room, then with less and less."""
    for names, between in ((_NAMES, "  "), (_SHORT_NAMES, " ")):
        here = {current: f"{names[current]} (here)"} if plain else {}
        yield _sections(current, {**names, **here}, between, key)
    yield _chosen_alone(current, key)


def _chosen_alone(current: str, key: KeyFor) -> Text:
    """The keys of the parts, and the name of the chosen one."""
    names = {name: words if name == current else "" for name, words in _NAMES.items()}
    return _sections(current, names, "  ", key)


def _sections(current: str, names: Mapping[str, str], between: str, key: KeyFor) -> Text:
    line = Text(" ", no_wrap=True)
    for name, words in names.items():
        chosen = name == current
        style = Style(bold=chosen, dim=not chosen, meta={"@click": f"screen.section('{name}')"})
        line.append(f"{key(f'family.{name}')} {words}".rstrip(), style=style).append(between)
    return line
