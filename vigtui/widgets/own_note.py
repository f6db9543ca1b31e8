"""A person's own note about something, and what others wrote about it for everybody to read."""

from collections.abc import Callable

from msgspec.structs import replace
from rich.text import Text

from vigtui.domain.records import Note, Person
from vigtui.domain.text import clean, one_line
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload


def own_note(caseload: Caseload, about: str, author: str, visibility: Visibility) -> Note:
    """The note that `author` (a person's id, or "") keeps about something; a new, empty one if need be."""
    found = caseload.where(Note, about=about, author=author, visibility=visibility)
    return found[-1] if found else Note(about=about, author=author, visibility=visibility)


def keep_note(caseload: Caseload, note: Note, words: str) -> Callable[[str], None]:
    """The function that keeps the text of `note`, called `words` for undo. An empty note is removed."""

    def keep(body: str) -> None:
        latest = caseload.get(Note, note.id)
        with caseload.transaction(f"Write {words}" if body.strip() else f"Remove {words}"):
            if body.strip():
                caseload.save(replace(latest or note, body=body))
            elif latest is not None:
                caseload.delete(latest)

    return keep


def others_notes(caseload: Caseload, about: str, author: str) -> Text:
    """What others wrote for everybody: who, then their words."""
    text = Text()
    for note in caseload.where(Note, about=about, visibility=Visibility.SESSION):
        if note.author == author or not note.body.strip():
            continue
        person = caseload.get(Person, note.author)
        text.append(f"{one_line(person.name) if person else 'A note'}\n", style="bold")
        text.append(f"{clean(note.body).strip()}\n")
    text.rstrip()
    return text
