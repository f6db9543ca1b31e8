"""Texts while somebody writes in them: as they are, how they are kept, what others made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from vigtui.domain.notes import begun_anew
from vigtui.domain.records import Note, Person, Record, Reflection
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload
from vigtui.values.keys import KeyFor
from vigtui.values.text import and_list, capitalised, clean, one_line


@dataclass(frozen=True)
class Draft:
    """One text, the function that keeps what is written from here on, and whether the text is locked.

    `keep` goes on from the version whose text this is: what others write meanwhile is not written over.
    `versions` is empty unless several people changed the text at the same time; then it has what each of
    them wrote, and who they are.
    """

    text: str
    keep: Callable[[str], None]
    locked: bool = False
    versions: tuple[tuple[str, str], ...] = ()

    def has_version(self, text: str) -> bool:
        """Whether one of several people wrote this."""
        return any(version == text for version, _ in self.versions)

    def others_words(self, text: str, key: KeyFor) -> str:
        """Say who wrote something else than `text` at the same time; "" when nobody did."""
        words = and_list(list(dict.fromkeys(who for version, who in self.versions if version != text)))
        return f"{capitalised(words)} changed this too. {key('app.merge')} shows both." if words else ""


NOTHING = Draft("", lambda _: None, locked=True)
"""What is shown where there is nothing to write about."""


def versions_of(caseload: Caseload, record: Record, field: str) -> tuple[tuple[str, str], ...]:
    """Return what several people made of a text at the same time, each with its author's name; nothing when
    there is nothing to decide."""
    conflict = caseload.conflict(record)
    said = conflict.fields.get(field, ()) if conflict else ()
    return tuple((clean(str(each.value or "")), _name(each.by, caseload.by)) for each in said)


def _name(name: str, own: str) -> str:
    return (one_line(name) if name != own else "somebody in your name") or "somebody"


def note_draft(caseload: Caseload, note: Note, words: str) -> Draft:
    """Return the text of `note`, called `words` for undo, to be written in. An empty note is removed."""

    def keep(body: str) -> None:
        nonlocal note
        with caseload.transaction(f"Write {words}" if body.strip() else f"Remove {words}"):
            if body.strip():
                if not note.rev:
                    note = begun_anew(note, partial(caseload.is_erased, Note))
                note = caseload.save(replace(note, body=body))
            else:
                caseload.delete(note)

    return Draft(note.body, keep, bool(caseload.read_only), versions_of(caseload, note, "body"))


def reflection_draft(caseload: Caseload, reflection: Reflection, *, locked: bool) -> Draft:
    """Return the text of a written piece, to be written in, or only read where it is `locked`."""

    def keep(body: str) -> None:
        nonlocal reflection
        present = caseload.get(Reflection, reflection.id) or reflection
        with caseload.transaction(f"Write “{one_line(reflection.piece)}”"):
            reflection = caseload.save(replace(present, body=body))

    versions = versions_of(caseload, reflection, "body")
    return Draft(reflection.body, keep, locked or bool(caseload.read_only), versions)


def others_notes(caseload: Caseload, own: Note) -> list[tuple[str, str]]:
    """Return the other notes for everybody about the same thing as `own`: who wrote each, and the words."""
    notes = caseload.where(Note, about=own.about, visibility=Visibility.SESSION)
    return [
        (_author(caseload, note), clean(note.body).strip())
        for note in notes
        if note.id != own.id and note.body.strip()
    ]


def _author(caseload: Caseload, note: Note) -> str:
    person = caseload.get(Person, note.author)
    return one_line(person.name) if person else "A note"
