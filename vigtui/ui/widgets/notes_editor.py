"""Where notes are written: plain Markdown, timecode links that play, and the film's time once per thought."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.content import Content
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from vigtui.domain.film.stamps import FilmPosition, begins_thought, is_empty, last_link
from vigtui.ui.widgets.text_editor import TextEditor
from vigtui.values.text import clean, moved_place
from vigtui.values.timecode import TimecodeLink, format_link, link_at, links
from vigtui.workspace.drafts import Draft

PAUSE = 0.3
"""Seconds without a key after which typed text goes to the caseload."""
LONGEST = 0.8
"""Seconds after which it goes there though the typing goes on."""


class NotesEditor(TextEditor):
    """An editor of one text of one record.

    `show` gives it the text, with the function that keeps it. `moment` says where the film is, or None when
    there is none; with `stamps` each new thought begins with that. Typing posts `Typed` (the film should
    pause), a link that was asked for posts `Followed`, typing into a locked text posts `Locked`.
    """

    HELP: ClassVar[str] = (
        "Write in Markdown. The film pauses while you type, and each new thought begins with the film's "
        "time, such as `[21:15]`. Click such a time, or press `{writing.follow}` on it, to play that "
        "moment; backspace right after a new time takes it away. Everything is saved as you type. In this "
        "text ctrl+z takes back and ctrl+y does again; elsewhere `{app.undo}` and `{app.redo}` do, and "
        "while you write `{app.commands}` finds them by name."
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {"notes-editor--link"}
    DEFAULT_CSS = """
    NotesEditor {
        height: auto; min-height: 1; border: none; padding: 0 0 0 1; background: transparent;
        scrollbar-size-vertical: 1;
        .text-area--cursor-line { background: transparent; }
        .notes-editor--link { color: $accent; text-style: underline; }
        &:focus { border: none; }
    }
    """

    @dataclass
    class Typed(Message):
        """Somebody is writing in `editor`."""

        editor: "NotesEditor"

    @dataclass
    class Followed(Message):
        """Somebody wants to see the moment that `link` names."""

        editor: "NotesEditor"
        link: TimecodeLink

    @dataclass
    class Locked(Message):
        """Somebody typed into a text that is locked."""

        editor: "NotesEditor"

    def __init__(
        self,
        *,
        id: str | None = None,
        placeholder: str = "",
        moment: Callable[[], FilmPosition | None] | None = None,
        stamps: bool = True,
    ) -> None:
        super().__init__(id=id, placeholder=Content(placeholder), highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._moment = moment
        self._stamps = stamps
        self._keep: Callable[[str], None] | None = None
        self._kept = ""
        self._timer: Timer | None = None
        self._unsaved_since: float | None = None
        self._bare_row: int | None = None

    def show(self, draft: Draft) -> None:
        """Show this text, the cursor at its end, once what was typed before is kept."""
        self.save_pending()
        self.read_only = draft.locked
        self._keep = draft.keep
        self._load(clean(draft.text))
        self.move_cursor(self.document.end)

    def reread(self, draft: Draft) -> None:
        """Show the same text as it is now. Words that are not kept yet stay, and so does what the person
        wrote while somebody else wrote something else."""
        self.read_only = draft.locked
        text = clean(draft.text)
        if self.text != self._kept or (text != self.text and draft.has_version(self.text)):
            return
        self._keep = draft.keep
        if text != self.text:
            place = moved_place(self.place, self.text, text)
            self._load(text)
            self.place = place

    def watch_read_only(self) -> None:
        """Letters are keys of the screen while nothing can be written here: the footer follows."""
        if self.is_attached:
            self.screen.refresh_bindings()

    def _load(self, text: str) -> None:
        self._kept = text
        self._bare_row = None
        self.load_text(text)

    @property
    def place(self) -> int:
        """The cursor as a number of characters from the start, to come back to."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    @place.setter
    def place(self, characters: int) -> None:
        before = self.text[: max(characters, 0)].split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])))

    def save_pending(self) -> None:
        """Hand what was typed to the caseload, now. Nothing happens when it has it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._unsaved_since = None
        text = self.text
        if self._keep is not None and text != self._kept:
            self._kept = text
            self._keep(text)

    @on(TextArea.Changed)
    def _save_at_the_next_pause(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.text == self._kept:
            return
        now = monotonic()
        self._unsaved_since = self._unsaved_since or now
        if self._timer is not None:
            self._timer.stop()
        wait = min(PAUSE, max(0.0, self._unsaved_since + LONGEST - now))
        self._timer = self.set_timer(wait, self.save_pending)

    def on_blur(self) -> None:
        self.save_pending()

    def on_unmount(self) -> None:
        self.save_pending()

    def edit(self, edit: Edit) -> EditResult:
        """Change the text. What a paste brings along to steer a terminal is left out."""
        edit.text = clean(edit.text)
        return super().edit(edit)

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only:
            self._refuse(event)
            return
        if not event.is_printable or event.character is None:
            return
        row, column = self.cursor_location
        if row != self._bare_row:
            self._bare_row = None
        moment = self._moment() if self._moment else None
        self.post_message(self.Typed(self))
        if moment is None or not self._stamps or self._bare_row == row or not self.selection.is_empty:
            return
        at_end = column == len(self.document.get_line(row))
        if at_end and begins_thought(self.document.lines, row, event.character, moment):
            self.insert(format_link(moment.ms, moment.clip) + " ", maintain_selection_offset=False)

    def on_paste(self) -> None:
        """Hold the film as typing does. Textual's own handler puts the words in."""
        if not self.read_only:
            self.post_message(self.Typed(self))

    def _refuse(self, event: events.Key) -> None:
        if event.key == "enter" and (link := link_at(*self._line_and_column())):
            event.stop()
            self.post_message(self.Followed(self, link))
        elif event.is_printable and event.key not in self.screen.active_bindings:
            self.post_message(self.Locked(self))

    def action_delete_left(self) -> None:
        """Rub out one character; right after a new stamp, the whole stamp, which then stays away."""
        line, column = self._line_and_column()
        found = links(line)
        row = self.cursor_location[0]
        alone = found and self.selection.is_empty and column == len(line) == found[-1].end + 1
        if alone and is_empty(line[: found[-1].start]):
            self._delete_via_keyboard((row, found[-1].start), (row, column))
            self._bare_row = row
        else:
            super().action_delete_left()

    def insert_stamp(self) -> bool:
        """Put a link to the film's present moment at the cursor. False without film or in a locked text."""
        moment = self._moment() if self._moment else None
        if moment is None or self.read_only:
            return False
        line, column = self._line_and_column()
        space = "" if not line[:column] or line[:column].endswith((" ", "(")) else " "
        link = format_link(moment.ms, moment.clip)
        self.insert(f"{space}{link} ", maintain_selection_offset=False)
        return True

    def follow(self) -> bool:
        """Ask for the moment of the link at the cursor, or last before it. False when there is none."""
        line, column = self._line_and_column()
        link = link_at(line, column) or last_link(
            [*self.document.lines[: self.cursor_location[0]], line[:column]], self.cursor_location[0]
        )
        if link is not None:
            self.post_message(self.Followed(self, link))
        return link is not None

    def on_click(self, event: events.Click) -> None:
        row, column = self.get_target_document_location(event)
        link = link_at(self.document.get_line(row), column)
        if link is not None and column < link.end:
            self.post_message(self.Followed(self, link))

    def _line_and_column(self) -> tuple[str, int]:
        row, column = self.cursor_location
        return self.document.get_line(row), column

    def get_line(self, line_index: int) -> Text:
        """One line with its links marked."""
        line = super().get_line(line_index)
        found = links(line.plain)
        if found:
            style = self.get_component_rich_style("notes-editor--link", partial=True)
            for link in found:
                line.stylize(style, link.start, link.end)
        return line
