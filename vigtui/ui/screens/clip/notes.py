"""The notes beside a clip or a whole recording: what others wrote, and the person's own note."""

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from vigtui.domain.film.stamps import FilmPosition
from vigtui.domain.notes import own_note
from vigtui.domain.records import Clip, Note, Person, Recording
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.lines.others_line import OthersLine
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.workspace.drafts import NOTHING, Draft, note_draft, others_notes


class ClipNotes(Vertical):
    """Hidden until somebody asks for it. `moment` says where the film is."""

    def __init__(self, moment: Callable[[], FilmPosition | None], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._moment = moment
        self._about: Clip | Recording | None = None
        self._author = ""
        self.display = False

    def compose(self) -> ComposeResult:
        yield Excerpt(id="others")
        yield Label(id="note-heading", classes="heading", markup=False)
        yield NotesEditor(id="note", placeholder="What do you see and hear?", moment=self._moment)
        yield OthersLine()

    @property
    def editor(self) -> NotesEditor:
        """Where the person writes."""
        return self.query_one(NotesEditor)

    def show_about(self, caseload: Caseload, person: Person | None, about: Clip | Recording | None) -> None:
        """Show the notes about this; without anything there is nothing to write about."""
        self.editor.save_pending()
        self._author = person.id if person else ""
        self._about = about
        self.query_one("#note-heading", Label).update(f"Your note on the {self._what}")
        note, draft = self._draft(caseload)
        self.editor.show(draft if about else NOTHING)
        self._show_others(caseload, note, draft)
        self.display = self.display and about is not None

    def own(self, caseload: Caseload) -> Note | None:
        """The person's own note, if there is one."""
        note, _ = self._draft(caseload)
        return note if note.rev else None

    @property
    def has_words(self) -> bool:
        """Whether anybody has written about this."""
        return bool(self.editor.text or self.query_one("#others").display)

    def reread(self, caseload: Caseload) -> None:
        """Show the notes as they are now."""
        if self._about is not None:
            note, draft = self._draft(caseload)
            self.editor.reread(draft)
            self._show_others(caseload, note, draft)

    def _draft(self, caseload: Caseload) -> tuple[Note, Draft]:
        about = self._about.id if self._about else ""
        note = own_note(caseload.where, about, self._author, Visibility.SESSION)
        return note, note_draft(caseload, note, f"a note about a {self._what}")

    @property
    def _what(self) -> str:
        return "whole recording" if isinstance(self._about, Recording) else "clip"

    def _show_others(self, caseload: Caseload, note: Note, draft: Draft) -> None:
        self.query_one(OthersLine).tell(draft, self.editor.text)
        text = Text("\n").join(
            Text.assemble((f"{author}\n", "bold"), words) for author, words in others_notes(caseload, note)
        )
        others = self.query_one("#others", Excerpt)
        others.update(text)
        others.display = bool(text)
