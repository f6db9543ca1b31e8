"""What is read and written in the walk: what the trainee asks, and every text about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.geometry import Region
from textual.widgets import Label, Static, TextArea

from vigtui.domain.film.stamps import FilmPosition
from vigtui.domain.sessions.seeing import ITEM_TEXTS
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.lines.others_line import OthersLine
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.values.text import clean
from vigtui.workspace.drafts import Draft

SESSION_TEXTS = ("opening", "strengths")
OWN_SEEING = "own_seeing"
PRIVATE = "private"
ALL_TEXTS = (OWN_SEEING, *ITEM_TEXTS, *SESSION_TEXTS, PRIVATE)


@dataclass(frozen=True)
class Context:
    """What is read beside the texts: who asks what and with which goal, what the trainee sees by themselves
    under its heading, who wrote first, what is withheld, earlier working points, amendments."""

    asker: str = ""
    question: str = ""
    goal: str = ""
    seeing_heading: str = ""
    seeing: str = ""
    first: str = ""
    withheld: str = ""
    earlier: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()


class Amendments(Static, can_focus=True):
    """Who agreed the record and what was added: the last stop of the tab key, where the arrows read on."""


class WalkTexts(VerticalScroll, can_focus=False):
    """The session's opening, the texts of an item, then the others of the session, in one column or two.

    `here` and `named` say where the film is, the second with the clip's code always, for texts that are
    not about one item. While it is `covered` the note that only its author reads is not shown: somebody else
    looks at this screen.
    """

    def __init__(
        self,
        here: Callable[[], FilmPosition | None],
        named: Callable[[], FilmPosition | None],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._here, self._named = here, named
        self.covered = False
        self._last = ITEM_TEXTS[0]

    def compose(self) -> ComposeResult:
        with Vertical(classes="column"):
            yield from self._what_is_seen()
        with Vertical(classes="column"):
            yield from self._what_follows()

    def _what_is_seen(self) -> ComposeResult:
        yield Label("Opening of this session", classes="heading")
        yield from self._text("opening", "What has happened since last time?", self._named)
        yield Label(id="asks-heading", classes="heading item", markup=False)
        yield Static(id="asks", classes="item", markup=False)
        yield Label(id="seeing-heading", classes="heading", markup=False)
        yield from self._text(OWN_SEEING, "What do I see when it goes well?", self._here, stamps=True)
        yield Static(id="seeing", markup=False)
        yield Static(id="first", markup=False)
        yield Static(id="withheld", markup=False)
        yield Label("Seen together", classes="heading together")
        yield from self._text("seen_together", "What did we see when it went well?", self._here, stamps=True)

    def _what_follows(self) -> ComposeResult:
        here, named = self._here, self._named
        yield Label("Working point", classes="heading together")
        yield from self._text("working_point", "One or two, from what was seen", here)
        yield Label("Earlier", id="earlier-heading", classes="heading item")
        yield Static(id="earlier", classes="item", markup=False)
        yield Label("Next step", classes="heading together")
        yield from self._text("next_step", "What will be tried, and when?", here)
        yield Label("Strengths seen in this session", classes="heading strengths")
        yield from self._text("strengths", "What was done well?", named)
        yield Label("Only you read this", classes="heading private")
        yield from self._text(PRIVATE, "A note for yourself", named, stamps=True)
        yield Amendments(id="amendments", markup=False)

    def _text(
        self, name: str, placeholder: str, moment: Callable[[], FilmPosition | None], *, stamps: bool = False
    ) -> ComposeResult:
        yield NotesEditor(id=name, placeholder=placeholder, moment=moment, stamps=stamps)
        yield OthersLine(id=f"{name}-others")

    @property
    def editor(self) -> NotesEditor:
        """The text that is being written, or was last."""
        return self.query_one(f"#{self._last}", NotesEditor)

    def go_to(self, name: str, cursor: int) -> None:
        """Make the text called `name` the one that is written in, the cursor after so many characters."""
        if self.query_one(f"#{name}").display:
            self._last = name
            self.editor.place = cursor

    def begin(self) -> None:
        """Write in the first of the item's texts that is shown and open, after what is there, with what is
        asked in view as far as there is room."""
        names = (OWN_SEEING, *ITEM_TEXTS)
        editors = [each for name in names if (each := self.query_one(f"#{name}", NotesEditor)).display]
        first = next((each for each in editors if not each.read_only), editors[0])
        first.move_cursor(first.document.end)
        first.focus(scroll_visible=False)
        self.scroll_home(animate=False)
        self.call_after_refresh(self._follow, first)

    def show(self, drafts: dict[str, Draft]) -> None:
        """Show these texts by name; those not among them are hidden."""
        drafts = self._open(drafts)
        for editor in self.query(NotesEditor):
            found = drafts.get(str(editor.id))
            editor.display = found is not None
            if found is not None:
                editor.show(found)
        for widget in self.query(".item"):
            widget.display = any(name in drafts for name in (OWN_SEEING, *ITEM_TEXTS))
        for widget in self.query(".together"):
            widget.display = ITEM_TEXTS[0] in drafts
        self.query_one(".strengths").display = SESSION_TEXTS[-1] in drafts
        self.query_one(".private").display = PRIVATE in drafts
        self._tell_of_others(drafts)
        if self._last not in drafts:
            self._last = next(iter(drafts), self._last)

    def reread(self, drafts: dict[str, Draft]) -> None:
        """The same item's texts, changed elsewhere or locked meanwhile, or more of them."""
        drafts = self._open(drafts)
        if {str(editor.id) for editor in self.query(NotesEditor) if editor.display} != drafts.keys():
            focused = self.screen.focused
            self.show(drafts)
            if focused is not None and not focused.display:
                self.begin()
            return
        for name, found in drafts.items():
            self.query_one(f"#{name}", NotesEditor).reread(found)
        self._tell_of_others(drafts)

    def _open(self, drafts: dict[str, Draft]) -> dict[str, Draft]:
        return {name: draft for name, draft in drafts.items() if not (self.covered and name == PRIVATE)}

    def _tell_of_others(self, drafts: dict[str, Draft]) -> None:
        for editor in self.query(NotesEditor):
            line = self.query_one(f"#{editor.id}-others", OthersLine)
            line.tell(drafts.get(str(editor.id)), editor.text)
            editor.set_class(line.display, "-shared")

    def show_context(self, context: Context) -> None:
        """Show what is read beside the texts."""
        self.query_one("#asks-heading", Label).update(f"{context.asker or 'The trainee'} asks")
        question = clean(context.question).strip()
        asks = (
            Text(question)
            if question
            else Text(f"No question yet. {key_for(self, 'walk.agenda')} writes it down.", style="dim")
        )
        if goal := clean(context.goal).strip():
            asks = Text.assemble(asks, (f"\nOwn goal: {goal}", "dim"))
        self.query_one("#asks", Static).update(asks)
        self.query_one("#seeing-heading", Label).update(context.seeing_heading)
        self.query_one("#seeing-heading").display = bool(context.seeing_heading)
        for name in ("seeing", "first", "withheld"):
            self._show_lines(name, [words] if (words := clean(getattr(context, name)).strip()) else [])
        self._show_lines("earlier", context.earlier)
        self.query_one("#earlier-heading").display = self.query_one("#earlier").display
        self._show_lines("amendments", context.amendments)
        if isinstance(self.screen.focused, NotesEditor):  # More lines above it than before.
            self.call_after_refresh(self._follow, self.screen.focused)

    def _show_lines(self, name: str, lines: Sequence[str]) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.update(Text("\n".join(lines)))
        widget.display = bool(lines) and (name != "earlier" or self.query_one("#asks").display)

    @on(DescendantFocus)
    def _remember(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, NotesEditor):
            self._last = str(event.widget.id)

    @on(TextArea.SelectionChanged)
    def _keep_in_view(self, event: TextArea.SelectionChanged) -> None:
        self.call_after_refresh(self._follow, event.text_area)

    def _follow(self, editor: TextArea) -> None:
        """The column follows the cursor: an editor by itself scrolls only within itself."""
        if editor.has_focus:
            row = editor.cursor_screen_offset.y - self.content_region.y + self.scroll_offset.y
            self.scroll_to_region(Region(0, row, 1, 1), animate=False)
