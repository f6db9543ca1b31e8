"""Whose note is whose."""

from collections.abc import Callable

from msgspec.structs import replace

from vigtui.domain.lookup import Where
from vigtui.domain.records import Note
from vigtui.domain.vocabulary import Visibility
from vigtui.values.identity import id_of


def own_note(where: Where, about: str, author: str, visibility: Visibility) -> Note:
    """Return the note that `author` (a person's id, or "") keeps about something; a new, empty one if need
    be. It is one note, also when it is begun on two machines at the same time."""
    found = list(where(Note, about=about, author=author, visibility=visibility))
    if found:
        return found[-1]
    identity = id_of("note", about, author, visibility.value)
    return Note(id=identity, about=about, author=author, visibility=visibility)


def begun_anew(note: Note, is_erased: Callable[[str], bool]) -> Note:
    """Return a note under an id that nothing was erased under: whoever has erased what they wrote about
    something may write about it again. It is the same id on two machines that know of the same erasures."""
    identity = note.id
    while is_erased(identity):
        identity = id_of("note after", identity)
    return replace(note, id=identity)
