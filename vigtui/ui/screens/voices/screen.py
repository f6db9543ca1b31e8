"""What people said of the work, of all families: who, when, and whether it may be quoted."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from vigtui.domain.records import Record, Voice
from vigtui.ui.dialogs.records.question import add_voice, change_quoting, edit_voice
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.navigation import OpenFamily
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.voices.lines import Shown, counted, heading_line, shown, voice_line
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.search import filtered
from vigtui.wording.family import about_voice

_NONE = "Nobody's words yet. {voices.add} adds what a parent, a child, a carer or a worker said of the work."
_NO_MATCH = "Nothing matches what you typed. {voices.clear} clears the filter."


class VoicesScreen(CaseScreen):
    """Everybody's words, the cursor on `voice` if one is named by its id."""

    CSS_PATH = "voices.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("voices")
    ABOUT_AT_HAND = frozenset({"quote", "edit", "remove"})
    HELP: ClassVar[str] = (
        "What parents, children, carers and workers say of the work, of all families, the newest first. "
        "Words are quoted in papers only where somebody agreed to that: `{voices.quote}` says who, or "
        "takes it back. `{list.open}` opens the family. `{voices.add}` adds words to the family under the "
        "cursor; what was said in a shared review comes from there."
    )

    def __init__(self, voice: str = "") -> None:
        super().__init__()
        self._begin_at = voice
        self._shown: list[Shown] = []

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine(f"{key_for(self, 'voices.find')} to filter")
        yield Static(id="headings", markup=False)
        yield LineList(id="voices")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(TitleBar).set_parts("Their own words", "all families")
        self._list.focus()
        self.refresh_records()

    # Showing

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _voice(self) -> Voice | None:
        """What the cursor is on."""
        return self.caseload.get(Voice, self._list.current)

    def refresh_records(self) -> None:
        names = self.workspace.names(self.caseload.get)
        newest = sorted(self.caseload.all(Voice), key=lambda voice: voice.date, reverse=True)
        self._shown = [shown(names, voice) for voice in newest]
        self._show()

    @on(Input.Changed, "#filter")
    def _show(self) -> None:
        found = filtered(self._shown, self.filter_line.words, lambda each: each.hay)
        self.filter_line.count(counted(found))
        lines = [Line(partial(voice_line, each), each.voice.id) for each in found]
        none = with_keys(_NO_MATCH if self._shown else _NONE, keys_for(self))
        empty = Line(lambda _: Text(none, style="dim"))
        self._list.set_lines(lines or [empty], self._list.current or self._begin_at)
        self._tell_about()

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        voice, names = self._voice, self.workspace.names(self.caseload.get)
        self.query_one("#about", Excerpt).update(about_voice(names, voice, keys_for(self)) if voice else "")

    def on_resize(self) -> None:
        self.query_one("#headings", Static).update(heading_line(self.size.width - 3))

    # Doing

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self._voice] if self._voice else ()

    @on(LineList.Chosen)
    @on(Input.Submitted, "#filter")
    def _open(self) -> None:
        voice = self._voice
        if voice and voice.family:
            self.post_message(OpenFamily(voice.family, voice.id, "questions"))
        elif voice:
            self.tell("This was said of the work in general, of no family alone.")

    def action_back(self) -> None:
        """Clear the filter, or leave where there is none."""
        if not self.clear_filter():
            super().action_back()

    def action_add(self) -> None:
        """Add what somebody said."""
        family = self._voice.family if self._voice else ""
        self.change(lambda: add_voice(self, family))

    def action_edit(self) -> None:
        """Change what is written of it."""
        self._with_voice(edit_voice)

    def action_quote(self) -> None:
        """Say who agreed that it may be quoted, or take that back."""
        self._with_voice(change_quoting)

    def action_remove(self) -> None:
        """Remove what somebody said."""

        async def remove(screen: CaseScreen, voice: Voice) -> None:
            names = self.workspace.names(self.caseload.get)
            await remove_record(screen, voice, f"the {names.name(voice)}")

        self._with_voice(remove)

    def _with_voice(self, task: Callable[[CaseScreen, Voice], Awaitable[object]]) -> None:
        if voice := self._voice:
            self.change(lambda: task(self, voice))
