"""A person's own note about something, and what others wrote about it for everybody to read."""

from msgspec.structs import replace
from rich.text import Text

from vigtui.domain.records import Note, Person
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload
from vigtui.ui.widgets.others_line import Written, versions_of
from vigtui.values.identity import id_of
from vigtui.values.text import clean, one_line


def own_note(caseload: Caseload, about: str, author: str, visibility: Visibility) -> Note:
    """The note that `author` (a person's id, or "") keeps about something; a new, empty one if need be. It
    is one note, also when it is begun on two machines at the same time."""
    found = caseload.where(Note, about=about, author=author, visibility=visibility)
    if found:
        return found[-1]
    identity = id_of("note", about, author, visibility.value)
    return Note(id=identity, about=about, author=author, visibility=visibility)


def written_note(caseload: Caseload, note: Note, words: str) -> Written:
    """The text of `note`, called `words` for undo, to be written in. An empty note is removed."""

    def keep(body: str) -> None:
        nonlocal note
        with caseload.transaction(f"Write {words}" if body.strip() else f"Remove {words}"):
            if body.strip():
                note = caseload.save(replace(note, body=body))
            else:
                caseload.delete(note)

    return Written(note.body, keep, bool(caseload.read_only), versions_of(caseload, note, "body"))


def others_notes(caseload: Caseload, own: Note) -> Text:
    """What else there is for everybody about the same thing: who wrote it, then their words."""
    text = Text()
    for note in caseload.where(Note, about=own.about, visibility=Visibility.SESSION):
        if note.id == own.id or not note.body.strip():
            continue
        person = caseload.get(Person, note.author)
        text.append(f"{one_line(person.name) if person else 'A note'}\n", style="bold")
        text.append(f"{clean(note.body).strip()}\n")
    text.rstrip()
    return text
