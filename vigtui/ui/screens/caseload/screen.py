"""The caseload: every family in a line, and what each needs next."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from vigtui.domain.consent.copies import deleted_in_backups, last_backup
from vigtui.domain.people import may_follow, supervises
from vigtui.domain.records import Family, Record
from vigtui.film.pane.app import is_plain
from vigtui.queries.caseload_rows import FamilyRow
from vigtui.ui.screens.caseload.reading import finding_words, names_of_copies
from vigtui.ui.screens.navigation import (
    ChooseCaseload,
    LookAtEarlier,
    OpenAudit,
    OpenFamily,
    OpenLostFilm,
    OpenSession,
    OpenSpace,
    OpenThread,
    OpenTrainees,
    OpenVoices,
    OpenWay,
    ShowShelf,
)
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.case_screen import CaseScreen, RegisterAsked
from vigtui.ui.widgets.family_lines import family_line, group_line, heading_line, in_front, plain_line
from vigtui.ui.widgets.keys.active import ActiveKey
from vigtui.ui.widgets.keys.all_keys import TABLE, bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.lines.legend import Legend
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.days import show_day
from vigtui.values.text import one_line
from vigtui.wording.legend import row_signs
from vigtui.workspace.family_list import FamilyList

# How long it waits for its parts; no keys are shown to somebody who looks at another window.
_SECONDS_TO_WHOLE = 0.3
# After how long it is prepared for a filter: what is seen comes first.
_SECONDS_TO_PREPARE = 0.5
_NO_FAMILY = "There is no family under the cursor to follow."
_NO_GUIDER = "This family has no guider yet, whose working points could be followed."
_AT_A_FAMILY = frozenset({"section", "review", "letter", "share", "bundle", "pack"})


class CaseloadScreen(CaseScreen):
    """The list of families."""

    CSS_PATH = "caseload.tcss"
    AUTO_FOCUS = "#families"
    ABOUT_AT_HAND = frozenset({"edit_family", "remove_family", "erase_family", "visit"})
    BINDINGS: ClassVar[list[BindingType]] = bindings("caseload")
    HELP: ClassVar[str] = (
        "Every family you work with, by code and pseudonym. ● a cycle that is filmed and reviewed, ◐ filmed, "
        "○ to come. The small bars are one rater's answers to the helping question, first to last. "
        "*Needs* is what stands in the way: a consent, a question, film to be deleted."
    )
    PLAIN_HELP: ClassVar[str] = (
        "Every family you work with, by code and pseudonym: first what stands in the way (a consent, a "
        "question, film to be deleted), then what its cycles have reached, and one rater's answers to the "
        "helping question, first to last."
    )

    _is_whole = False
    _preparing: Timer | None = None
    _prepared: FamilyList | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine(f"{key_for(self, 'caseload.find')} to filter")
        yield Static(id="headings", markup=False)
        yield LineList(id="families")
        yield Legend(id="legend")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_timer(_SECONDS_TO_WHOLE, self._draw_all_the_same)
        self._recognise()
        self.refresh_records()
        self._tell_of_file()
        self.call_after_refresh(self._look_beside)

    def _compositor_refresh(self) -> None:
        """Draw nothing until all parts have what they show. The list may stand there already, drawn before
        there was a screen: a cursor and headings that come one after the other would be seen in it."""
        self._is_whole = self._is_whole or self.query_one(KeyFooter).is_filled
        if self._is_whole or self is not self.app.screen:
            super()._compositor_refresh()

    def _draw_all_the_same(self) -> None:
        if not self._is_whole:
            self._is_whole = True
            self.refresh()

    def _tell_of_file(self) -> None:
        """Say what is not as it should be with the file that was opened."""
        words = [self.caseload.read_only] if self.caseload.read_only else []
        if self.caseload.findings:
            words.append(finding_words(self.caseload.findings))
        if words:
            self.tell("\n".join(words), problem=True)

    @work(group="copies")
    async def _look_beside(self) -> None:
        """Say it when a synced folder has laid other versions of this file beside it."""
        with contextlib.suppress(OSError):
            found = await asyncio.to_thread(names_of_copies, self.caseload)
            if found:
                copies = "There is a copy" if len(found) == 1 else f"There are {len(found)} copies"
                words = (
                    f"{copies} of this file beside it: {', '.join(found)[:200]}. "
                    f"{key_for(self, 'caseload.merge')} shows what is in it."
                )
                self.notify(words, title="Changed by two people", markup=False, timeout=15)

    # Who is here

    def _recognise(self) -> None:
        """Go on as whoever is likely to be here; else ask."""
        known = self.workspace.recognised()
        if known is None and not self.caseload.read_only:
            self._ask_who_is_here()
        else:
            self.workspace.enter(known)

    @work
    async def _ask_who_is_here(self) -> None:
        """Ask once the list is seen. It is a task from the start: what is typed meanwhile waits for it."""
        await self.wait_for_refresh()
        await self._choose_person()

    @work
    async def action_person(self) -> None:
        """Say who is using vigtui."""
        await self._choose_person()

    async def _choose_person(self) -> None:
        from vigtui.ui.dialogs.records.person import choose_person

        person = await choose_person(self)
        if person is not None:
            self.workspace.enter(person)
            self.refresh_records()  # Who may read the last working point, and whose trainees come first.
            self.show_status()

    # Showing

    def _show_title(self) -> None:
        service = self.caseload.meta.service or self.caseload.path.name
        middle = in_front(service, self.workspace.person)
        backup, last = "", []
        if made := last_backup(self.caseload.where):
            backup = f"backup {show_day(made.astimezone().date(), self.workspace.today())}"
        if left := deleted_in_backups(self.caseload.where, self.caseload.get):
            last.append(f"{backup or 'backup'}: ! {left} deleted ({key_for(self, 'caseload.backup')})")
        elif backup:
            last.append(backup)
        self.query_one(TitleBar).set_parts("Caseload", middle, "   ".join(last))

    def refresh_records(self) -> None:
        before: FamilyList | None = vars(self).get("_list")
        if before is not None and before.is_prepared:
            self._prepared = before
        self._list = FamilyList(self.caseload, self.workspace)
        if not self._list.is_prepared:
            if self._preparing is not None:
                self._preparing.stop()
            self._preparing = self.set_timer(_SECONDS_TO_PREPARE, self._prepare_filter)
        self._show_title()
        self._show_rows()

    @work(thread=True, exclusive=True, group="filter")
    def _prepare_filter(self) -> None:
        """Let a letter in the filter be answered at once, whenever it comes."""
        worker, families = get_current_worker(), self._list
        if not families.is_prepared and families.prepare(self._prepared, lambda: not worker.is_cancelled):
            self.app.call_from_thread(self._filter_prepared, families)

    def _filter_prepared(self, families: FamilyList) -> None:
        if families is self._list and self.filter_line.words:
            self._show_rows()

    @property
    def _families(self) -> LineList:
        return self.query_one("#families", LineList)

    @on(Input.Changed, "#filter")
    def _show_rows(self) -> None:
        kept = self._families.current or self._list.family_left
        if self.filter_line.words and not self._list.is_prepared:
            self.filter_line.count("…")
            self._prepare_filter()
            return
        rows = self._list.matching(self.filter_line.words)
        self.filter_line.count(self._list.counted(rows))
        self._families.set_lines(self._lines(rows), kept)
        self._tell_about(self._families.current)

    def _lines(self, rows: list[FamilyRow]) -> list[Line]:
        if not rows:
            words = f"No family matches what you typed. {key_for(self, 'caseload.clear')} clears the filter."
            if not self._list.rows:
                words = (
                    f"No family yet. {key_for(self, 'caseload.new')} adds the first: a code and a "
                    "pseudonym, never a real name."
                )
            return [Line(lambda _: Text(words, style="dim"))]
        lines: list[Line] = []
        for group in self._list.groups(rows):
            if group.heading:
                lines.append(Line(partial(group_line, group, plain=is_plain(self.app))))
            lines += [self._line(row) for row in group.rows]
        return lines

    def _line(self, row: FamilyRow) -> Line:
        plain, guider = is_plain(self.app), self._list.grouping != "guider"
        undecided = row.family.id in self._list.undecided
        draw = partial(plain_line if plain else family_line, row, guider, undecided=undecided)
        return Line(draw, row.family.id, (row, plain, guider, undecided))

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        self._tell_about(event.id)

    def _tell_about(self, family_id: str) -> None:
        row = self._list.row(family_id)
        about, legend = self.query_one("#about", Excerpt), self.query_one(Legend)
        if row is None:
            about.update("")
            legend.tell(())
            return
        legend.tell(row_signs(row, undecided=family_id in self._list.undecided))
        self._list.leave_off_at(family_id)
        lines = self._list.about(row)
        if family_id in self._list.undecided:
            lines.insert(
                1,
                "Two people changed the same thing here. Somebody has to decide: "
                f"{key_for(self, 'caseload.merge')} shows both.",
            )
        about.update(Text("\n".join(one_line(line) for line in lines if line)))

    def on_resize(self) -> None:
        self._show_headings()

    def _show_headings(self) -> None:
        if is_plain(self.app):
            return
        line = heading_line(self.size.width - 3, guider=self._list.grouping != "guider")
        self.query_one("#headings", Static).update(line)

    # Doing

    @property
    def at_hand(self) -> Sequence[Record]:
        family = self.caseload.get(Family, self._families.current)
        return [family] if family else []

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.post_message(OpenFamily(event.id))

    def leads_to(self) -> list[ActiveKey]:
        """What can be done at the family under the cursor, for the list of commands: its screen has the
        keys."""
        family = self.caseload.get(Family, self._families.current)
        if family is None:
            return []
        name, key_of = one_line(family.pseudonym or family.code), keys_for(self)
        return [
            ActiveKey(
                "", f"{name}: {with_keys(key.tooltip, key_of)}", f"at_family({key.action!r})", self, key.also
            )
            for key in TABLE["family"]
            if key.action.partition("(")[0] in _AT_A_FAMILY
        ]

    def action_at_family(self, action: str) -> None:
        """Open the family under the cursor and do this there."""
        self.post_message(OpenFamily(self._families.current, then=action))

    @on(Input.Submitted, "#filter")
    def action_open(self) -> None:
        """Open the family under the cursor, also while the filter has the focus."""
        if self._families.current:
            self.post_message(OpenFamily(self._families.current))

    def action_back(self) -> None:
        """Clear the filter and go back to the list; from there to the shelf."""
        if not self.clear_filter():
            self.post_message(ShowShelf())

    def action_group(self) -> None:
        """Group in the next way."""
        self._list.group_otherwise()
        self._show_headings()
        self._show_rows()

    @work
    async def action_supervise(self) -> None:
        """Start or go on with a session."""
        from vigtui.ui.dialogs.records.session import plan_session

        session = await plan_session(self, family=self._families.current)
        if session is not None:
            self.post_message(OpenSession(session.id))

    def action_thread(self) -> None:
        """Show the own thread of the guider of the family under the cursor; to a trainee, their own."""
        family, person = self.caseload.get(Family, self._families.current), self.workspace.person
        guider = family.guider if family else ""
        if person is not None and not supervises(person):
            guider = person.id
        if not guider:
            self.tell(_NO_GUIDER if family else _NO_FAMILY)
        elif may_follow(person, guider):
            self.post_message(OpenThread(guider))
        else:
            from vigtui.wording.supervision import NOT_THEIRS

            self.tell(NOT_THEIRS)

    @work
    async def action_new_family(self) -> None:
        """Add a family and open it."""
        from vigtui.ui.dialogs.records.family import edit_family

        family = await edit_family(self, None)
        if family is not None:
            self.post_message(OpenFamily(family.id))

    @work
    async def action_edit_family(self) -> None:
        """Change the family under the cursor."""
        family = self.caseload.get(Family, self._families.current)
        if family is not None:
            from vigtui.ui.dialogs.records.family import edit_family

            await edit_family(self, family)

    def action_remove_family(self) -> None:
        """Remove the family under the cursor, or say why it stays."""
        from vigtui.ui.dialogs.removing.removal import remove_record

        def remove(family: Family) -> Awaitable[object]:
            return remove_record(self, family, one_line(f"{family.code} {family.pseudonym}"))

        self._with_family(remove)

    def action_erase_family(self) -> None:
        """Erase the family under the cursor for good."""
        from vigtui.ui.dialogs.removing.words import look_through

        self._with_family(lambda family: look_through(self, family))

    def action_hand_over(self) -> None:
        """Hand the family under the cursor over to another caseload, or take one over."""
        from vigtui.ui.dialogs.exchange.handing_over import hand_over_or_take

        family = self.caseload.get(Family, self._families.current)
        self.change(lambda: hand_over_or_take(self, family))

    def _with_family(self, task: Callable[[Family], Awaitable[object]]) -> None:
        family = self.caseload.get(Family, self._families.current)
        if family is not None:
            self.change(lambda: task(family))

    @work
    async def action_visit(self) -> None:
        """Show what to ask, rate and bring at the next visit to the family under the cursor."""
        from vigtui.ui.dialogs.papers.family_papers import show_visit

        if self._families.current:
            await show_visit(self, self._families.current)

    @work
    async def action_visits(self) -> None:
        """Show that for all visits of the next fortnight."""
        from vigtui.ui.dialogs.papers.family_papers import show_visits

        await show_visits(self)

    def action_audit(self) -> None:
        """Show what the service counts of its work."""
        self.post_message(OpenAudit())

    def action_voices(self) -> None:
        """Show what people said of the work."""
        self.post_message(OpenVoices())

    def action_trainees(self) -> None:
        """Show everybody in training."""
        self.post_message(OpenTrainees())

    @work
    async def action_way(self) -> None:
        """Show the way of the guider under the cursor, or of whoever is here; else ask whose."""
        from vigtui.ui.dialogs.training.whose import whose_way

        family = self.caseload.get(Family, self._families.current)
        person = await whose_way(self, family.guider if family else "")
        if person:
            self.post_message(OpenWay(person))

    def action_lost_film(self) -> None:
        """Look for film that is missing."""
        self.post_message(OpenLostFilm())

    def action_register(self) -> None:
        """Show where film and copies are, and until when."""
        self.post_message(RegisterAsked())

    def action_space(self) -> None:
        """Show on which machines this caseload is."""
        self.post_message(OpenSpace())

    def action_import_file(self) -> None:
        """Import what another tool wrote."""
        from vigtui.ui.dialogs.exchange.importing import import_file

        self.change(lambda: import_file(self))

    @work
    async def action_export(self) -> None:
        """Export the clips of all families for another tool."""
        from vigtui.ui.dialogs.exchange.exporting import export_clips

        await export_clips(self)

    def action_open_file(self) -> None:
        """Open another caseload."""
        self.post_message(ChooseCaseload())

    @work
    async def action_ways(self) -> None:
        """See what opens the encrypted file, add to it, take something away."""
        from vigtui.ui.dialogs.ways import show_ways

        await show_ways(self)

    @work
    async def action_back_up(self) -> None:
        """Bring the backup on a stick or a share up to date."""
        from vigtui.ui.dialogs.exchange.backup import back_up_here

        await back_up_here(self)

    def action_earlier(self) -> None:
        """Look at the earlier versions of the file."""
        self.post_message(LookAtEarlier(self.caseload.path))
