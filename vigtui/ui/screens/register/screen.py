"""The register of film and copies: what is overdue, due, out, held, and what came back."""

import itertools
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from vigtui.casefilm.opening import films_away
from vigtui.domain.records import Copy, Family, Record, Recording
from vigtui.film.pane.app import is_plain
from vigtui.queries.register import Entry, Part, register
from vigtui.reports.service.register import register_paper
from vigtui.ui.dialogs.copies import add_copy, ask_for_copy, came_back, edit_copy, remove_copy
from vigtui.ui.screens.navigation import OpenFamily
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.register.lines import Shown, heading_line, lines, shown
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.keys import KeyFor
from vigtui.values.search import filtered
from vigtui.wording.film.register import counts, family_name, sentences

_EMPTY = "No film is kept here, and no copy is known."
_ON_COPY = frozenset({"ask_for", "come_back", "edit", "remove"})
_ON_FILM = frozenset({"mark", "delete"})


class RegisterScreen(CaseScreen):
    """The register of one `family`, by its id, or of all."""

    CSS_PATH = "register.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("register")
    HELP: ClassVar[str] = (
        "Where film and copies are, who has them and until when: first what is overdue or due, then what "
        "is out. A pack, a paper and the original of a film that was copied in enter themselves; what else "
        "you know of, such as a stick, is added with `{register.add}`. `{register.ask_for}` ticks that you "
        "wrote to whoever has a copy, `{register.back}` that it came back or was destroyed. What was shown "
        "to others is listed too. On a clean-up day `{register.choose_due}` chooses all film whose day has "
        "come and `{register.delete}` deletes it, with one reason and a paper of what went."
    )

    def __init__(self, family: str = "") -> None:
        super().__init__()
        self._family = family
        self._entries: list[Entry] = []
        self._to_delete: set[str] = set()
        self._away: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine(f"{key_for(self, 'register.find')} to filter")
        yield Static(id="headings", markup=False)
        yield LineList(id="entries")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self._list.focus()
        self.refresh_records()

    # Showing

    @property
    def _list(self) -> LineList:
        return self.query_one("#entries", LineList)

    @property
    def _entry(self) -> Entry | None:
        """The entry under the cursor."""
        return next((each for each in self._entries if each.key == self._list.current), None)

    @property
    def _family_at_hand(self) -> str:
        """The id of the family that is shown, or to which the entry under the cursor belongs; "" for none."""
        entry = self._entry
        return self._family or (entry.family.id if entry and entry.family else "")

    def refresh_records(self) -> None:
        caseload = self.caseload
        family = caseload.get(Family, self._family) if self._family else None
        if self._family and family is None:
            self.leave("This family is no longer in the caseload.")
            return
        whose = family_name(family) if family else "all families"
        self.query_one(TitleBar).set_parts("Film and copies", whose)
        self._read()
        self._look_for_film()

    def _read(self) -> None:
        caseload, before, today = self.caseload, self._entries, self.workspace.today()
        self._entries = register(caseload.get, caseload.where, today, self._family, self._away)
        self._show(self._place_after(before))

    @work(thread=True, exclusive=True, group="films")
    def _look_for_film(self) -> None:
        """Find out which film is on this machine: in a space the film of another is on theirs."""
        worker, away = get_current_worker(), films_away(self.caseload)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found_away, away)

    def _found_away(self, away: frozenset[str]) -> None:
        if away != self._away and self.is_whole:
            self._away = away
            self._read()

    @on(Input.Changed, "#filter")
    def _show_lines(self) -> None:
        self._show(self._list.current)

    def _show(self, current: str) -> None:
        found = self._found()
        self.filter_line.count(counts([each.entry for each in found]))
        self._list.set_lines(
            list(lines(found, plain=is_plain(self.app)))
            or [_nothing(keys_for(self), any_=bool(self._entries))],
            current,
        )
        self._tell_about()

    def _place_after(self, before: Sequence[Entry]) -> str:
        """Where the cursor stays. Where what it was on is in another part by now, or gone, it is on the next,
        so that one after the other can be ticked."""
        current, now = self._list.current, {each.key: each.part for each in self._entries}
        following = itertools.dropwhile(lambda each: each.key != current, before)
        return next((each.key for each in following if now.get(each.key) is each.part), current)

    def _found(self) -> list[Shown]:
        """The entries that have what was typed."""
        names = self.workspace.names(self.caseload.get)
        return filtered(
            [shown(names, each, chosen=self._is_chosen(each)) for each in self._entries],
            self.filter_line.words,
            lambda each: each.hay,
        )

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        entry, names = self._entry, self.workspace.names(self.caseload.get)
        self.refresh_bindings()
        self.query_one("#about", Excerpt).update(Text(" ".join(sentences(names, entry)) if entry else ""))

    def on_resize(self) -> None:
        self.query_one("#headings", Static).update(heading_line(self.size.width - 3))

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done to what is under the cursor, or to the film that is chosen."""
        if action in _ON_COPY | _ON_FILM | {"disclosures"} and self.is_mounted and self.is_whole:
            entry = self._entry
            if action == "disclosures":
                return bool(self._family_at_hand)
            if action in _ON_COPY:
                return bool(entry and entry.copy)
            return bool(entry and entry.recordings) or (action == "delete" and bool(self._to_delete))
        return super().check_action(action, parameters)

    @property
    def at_hand(self) -> Sequence[Record]:
        return self._entry.records if self._entry else ()

    @on(LineList.Chosen)
    @on(Input.Submitted, "#filter")
    def _chosen(self) -> None:
        entry = self._entry
        if entry and entry.family:
            record = entry.recordings[0].id if entry.recordings else ""
            self.post_message(OpenFamily(entry.family.id, record))
        elif entry:
            self.tell("This concerns the whole caseload, no family alone.")

    def action_back(self) -> None:
        """Clear the filter, or leave where there is none."""
        if not self.clear_filter():
            self._leave()

    def _leave(self) -> None:
        super().action_back()

    def _is_chosen(self, entry: Entry) -> bool:
        """Whether all film of this entry is to be deleted."""
        return bool(entry.recordings) and self._to_delete.issuperset(each.id for each in entry.recordings)

    def action_mark(self) -> None:
        """Choose the film under the cursor, or leave it, and go on to the next line."""
        entry = self._entry
        if entry is None or not entry.recordings:
            return
        if entry.part is Part.HELD:
            self.tell(
                f"This film is held. {key_for(self, 'family.edit')} in its family takes the hold off first.",
                problem=True,
            )
        else:
            self._choose([entry], choose=not self._is_chosen(entry))
            self._list.action_move(1)

    def action_mark_due(self) -> None:
        """Choose all film whose day has come, as far as it is shown, or leave all."""
        today = self.workspace.today()
        due = [
            each.entry
            for each in self._found()
            if each.entry.recordings and each.entry.part in (Part.OVERDUE, Part.DUE)
        ]
        come = [each for each in due if each.until and each.until <= today]
        if come:
            self._choose(come, choose=not all(map(self._is_chosen, come)))
        else:
            self.tell("The day of no film has come. space chooses the film under the cursor.")

    def _choose(self, entries: Sequence[Entry], *, choose: bool) -> None:
        films = {each.id for entry in entries for each in entry.recordings}
        self._to_delete = self._to_delete | films if choose else self._to_delete - films
        self._show_lines()

    def action_delete(self) -> None:
        """Delete the film that is chosen, or that under the cursor."""
        films = [film for entry in self._entries for film in entry.recordings if film.id in self._to_delete]
        if not films and self._entry:
            films = list(self._entry.recordings)
        if films:
            self.change(lambda: self._clean_up(films))

    async def _clean_up(self, films: Sequence[Recording]) -> None:
        from vigtui.ui.dialogs.removing.cleaning import clean_up

        if await clean_up(self, films):
            self._to_delete.clear()
            self._show_lines()

    def action_come_back(self) -> None:
        """Say that a copy came back or was destroyed."""
        self._with_copy(came_back)

    def action_ask_for(self) -> None:
        """Say that whoever has a copy was asked for it today, or take that back."""

        async def ask(screen: CaseScreen, copy: Copy) -> None:
            ask_for_copy(screen, copy)

        self._with_copy(ask)

    def action_edit(self) -> None:
        """Change what is known of a copy."""
        self._with_copy(edit_copy)

    def action_remove(self) -> None:
        """Remove a copy that was entered by mistake."""
        self._with_copy(remove_copy)

    def action_add(self) -> None:
        """Add a copy by hand."""
        self.change(lambda: add_copy(self, self._family_at_hand))

    @work
    async def action_print(self) -> None:
        """Show what is listed as a paper."""
        from vigtui.ui.dialogs.papers.paper import show_paper

        entries = [each.entry for each in self._found()]
        family = self.caseload.get(Family, self._family) if self._family else None
        names = self.workspace.names(self.caseload.get)
        await show_paper(self, "Film and copies", lambda: register_paper(names, entries, family))

    @work
    async def action_disclosures(self) -> None:
        """Show to whom something of the family went, as a paper: the one shown, or that under the cursor."""
        from vigtui.ui.dialogs.papers.family_papers import show_disclosures

        if self._family_at_hand:
            await show_disclosures(self, self._family_at_hand)

    def _with_copy(self, task: Callable[[CaseScreen, Copy], Awaitable[object]]) -> None:
        if copy := self._entry.copy if self._entry else None:
            self.change(lambda: task(self, copy))


def _nothing(key: KeyFor, *, any_: bool) -> Line:
    words = f"{_EMPTY} {key('register.add')} adds one that you know of."
    if any_:
        words = f"Nothing matches what you typed. {key('register.clear')} clears the filter."
    return Line(lambda _: Text(words, style="dim"))
