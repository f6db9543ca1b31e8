"""The notes beside a clip: what others wrote, and the person's own note."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, Static

from vigtui.domain.records import Clip, Note, Person
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload
from vigtui.widgets.notes_editor import Moment, NotesEditor
from vigtui.widgets.own_note import keep_note, others_notes, own_note


class ClipNotes(Vertical):
    """Hidden until somebody asks for it. `moment` says where the film is."""

    def __init__(self, moment: Callable[[], Moment | None], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._moment = moment
        self._author = ""
        self._about = ""
        self._note = Note(about="")
        self.display = False

    def compose(self) -> ComposeResult:
        yield Static(id="others", markup=False)
        yield Label("Your note", classes="heading")
        yield NotesEditor(id="note", placeholder="What do you see and hear?", moment=self._moment)

    @property
    def editor(self) -> NotesEditor:
        """Where the person writes."""
        return self.query_one(NotesEditor)

    def show_about(self, caseload: Caseload, person: Person | None, clip: Clip | None) -> None:
        """Show the notes about this clip; without one there is nothing to write about."""
        self.editor.save_pending()
        self._author = person.id if person else ""
        self._about = clip.id if clip else ""
        self._note = own_note(caseload, self._about, self._author, Visibility.SESSION)
        keep = keep_note(caseload, self._note, "a note about this clip")
        self.editor.show(self._note.body, keep, locked=clip is None or bool(caseload.read_only))
        self._show_others(caseload)
        self.display = self.display and clip is not None

    @property
    def has_words(self) -> bool:
        """Whether anybody has written about this clip."""
        return bool(self.editor.text or self.query_one("#others").display)

    def reread(self, caseload: Caseload) -> None:
        """Show the notes as they are now."""
        latest = caseload.get(Note, self._note.id)
        self.editor.reread(latest.body if latest else "")
        self._show_others(caseload)

    def _show_others(self, caseload: Caseload) -> None:
        words = others_notes(caseload, self._about, self._author)
        others = self.query_one("#others", Static)
        others.update(words)
        others.display = bool(words)
