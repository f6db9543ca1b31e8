"""The notes beside a clip: what others wrote, and the person's own note."""

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, Static

from vigtui.domain.notes import own_note
from vigtui.domain.records import Clip, Note, Person
from vigtui.domain.stamps import Moment
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.others_line import OthersLine
from vigtui.workspace.drafts import NOTHING, Draft, note_draft, others_notes


class ClipNotes(Vertical):
    """Hidden until somebody asks for it. `moment` says where the film is."""

    def __init__(self, moment: Callable[[], Moment | None], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._moment = moment
        self._clip: Clip | None = None
        self._author = ""
        self.display = False

    def compose(self) -> ComposeResult:
        yield Static(id="others", markup=False)
        yield Label("Your note", classes="heading")
        yield NotesEditor(id="note", placeholder="What do you see and hear?", moment=self._moment)
        yield OthersLine()

    @property
    def editor(self) -> NotesEditor:
        """Where the person writes."""
        return self.query_one(NotesEditor)

    def show_about(self, caseload: Caseload, person: Person | None, clip: Clip | None) -> None:
        """Show the notes about this clip; without one there is nothing to write about."""
        self.editor.save_pending()
        self._author = person.id if person else ""
        self._clip = clip
        note = self._own_note(caseload)
        draft = note_draft(caseload, note, "a note about this clip")
        self.editor.show(draft if clip else NOTHING)
        self._show_others(caseload, note, draft)
        self.display = self.display and clip is not None

    @property
    def has_words(self) -> bool:
        """Whether anybody has written about this clip."""
        return bool(self.editor.text or self.query_one("#others").display)

    def reread(self, caseload: Caseload) -> None:
        """Show the notes as they are now."""
        if self._clip is not None:
            note = self._own_note(caseload)
            draft = note_draft(caseload, note, "a note about this clip")
            self.editor.reread(draft)
            self._show_others(caseload, note, draft)

    def _own_note(self, caseload: Caseload) -> Note:
        return own_note(caseload.where, self._clip.id if self._clip else "", self._author, Visibility.SESSION)

    def _show_others(self, caseload: Caseload, note: Note, draft: Draft) -> None:
        self.query_one(OthersLine).tell(draft, self.editor.text)
        text = Text("\n").join(
            Text.assemble((f"{author}\n", "bold"), words) for author, words in others_notes(caseload, note)
        )
        others = self.query_one("#others", Static)
        others.update(text)
        others.display = bool(text)
