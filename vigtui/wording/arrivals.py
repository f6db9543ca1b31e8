"""What a merge brought, and what it left for a person to decide, in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

import msgspec
from msgspec import UNSET, Struct

from vigtui.domain.conflicts import Conflict, Said, both
from vigtui.domain.lookup import Find
from vigtui.domain.records import CaseloadMeta, Record
from vigtui.domain.records.metadata import Sort
from vigtui.domain.records.schema import fields, label_of
from vigtui.store.caseload import Caseload
from vigtui.store.format import documents
from vigtui.store.format.entries import READABLE
from vigtui.store.format.layout import META, Document, Tables
from vigtui.store.rehearsal import Rehearsal
from vigtui.values.text import one_line
from vigtui.wording import changes
from vigtui.wording.changes import Author, Told, also_removed, moment_of, said_by, told
from vigtui.wording.names import Group, Names
from vigtui.wording.values import value_words

R = TypeVar("R", bound=Record)


def stands(names: Names, caseload: Caseload, each: Told) -> bool:
    """Whether what was told is still so, at least in part: nobody has undone it since."""
    if each.table == META:
        record: Record | CaseloadMeta | None = caseload.meta
    else:
        record = names.find(cast("type[Record]", READABLE[each.table]), each.id)
    if each.what != "changed" or record is None:
        return (record is None) == (each.what == "removed")
    if isinstance(record, Record) and names.is_hidden(record):
        return record.rev != each.was  # What it says cannot be compared; undone, it is the version it was.
    values = msgspec.to_builtins(record)
    return any(
        value_words(names, record, field.field, values[field.field]) != field.before for field in each.fields
    )


class Arrival(Struct, frozen=True):
    """What came in with the file called `name`."""

    name: str
    told: tuple[Told, ...]


class Foreseen(Struct, frozen=True):
    """What a merge would bring, and what it would leave to be decided that is decided now."""

    told: tuple[Told, ...]
    questions: tuple["Question", ...]


def foresee(caseload: Caseload, tables: Tables, named: Callable[[Find], Names]) -> Foreseen:
    """Return what merging these tables would do; nothing is changed. `named` gives the names for a look-up.

    Takes as long as opening the caseload: call it in a worker. Raises CaseloadError."""
    rehearsal = Rehearsal(caseload)
    waiting = {question.key for question in questions(named(rehearsal.get), rehearsal.conflicts())}
    step = rehearsal.merge(tables, "")
    found = told(named(also_removed(rehearsal.get, step.changes)), step.changes)
    asked = questions(named(rehearsal.get), rehearsal.conflicts())
    return Foreseen(tuple(found), tuple(each for each in asked if each.key not in waiting))


class Choice(Struct, frozen=True):
    """One of the values of a field, or whether a removed record stays: its words in full, whose they are, and
    the value as it is in the file."""

    words: str
    author: Author
    value: Any


Choices = tuple[Choice, ...]


class Question(Struct, frozen=True):
    """Something to decide: the field of a record that several people have changed, or, with `field` "",
    whether a record stays that one has changed and another removed.

    The first of `choices` is what is seen now. `both` keeps them all, and is UNSET where that makes no
    sense. The questions of one record are decided together, those of a `private` note by its author alone.
    """

    conflict: Conflict
    group: Group
    name: str
    field: str
    words: str
    choices: tuple[Choice, ...]
    both: Any = UNSET
    private: bool = False

    @property
    def key(self) -> str:
        """What names it among the others."""
        return f"{self.conflict.table}/{self.conflict.id}/{self.field}"

    @property
    def line(self) -> str:
        """Return "Clip C2-1: caption changed by Alex and by Ros"."""
        people = [one_line(choice.author.by) or changes.SOMEBODY for choice in self.choices]
        if self.field:
            if len(people) > 2 and {*people[0].split(" and ")} == {*people[1:]}:
                people = people[1:]  # What is seen now is put together from the others.
            return f"{self.name}: {self.words} changed by {' and by '.join(dict.fromkeys(people))}"
        done = "something was written below it" if self.conflict.unchanged else "changed"
        return f"{self.name}: {done} by {people[0]}, removed by {people[1]}"


def questions(names: Names, conflicts: Iterable[Conflict]) -> list[Question]:
    """Return what is to be decided, by family, then by record."""
    found = [question for conflict in conflicts for question in _questions(names, conflict)]
    return sorted(found, key=lambda question: (question.group, question.name, question.key))


def _record(table: str, document: Document | None) -> Record | CaseloadMeta | None:
    try:
        return documents.read(READABLE[table], document) if document is not None else None
    except documents.UnreadableError:
        return None


def _author(document: Document) -> Author:
    return Author(one_line(str(document.get("by") or "")), moment_of(document.get("modified")))


def _questions(names: Names, conflict: Conflict) -> Iterator[Question]:
    record = _record(conflict.table, conflict.seen)
    if record is None:
        return
    name, group, private = changes.called(names, record), names.group(record), names.is_hidden(record)
    if conflict.removal is not None:
        choices = _keep_or_not(names, conflict, record, conflict.removal)
        yield Question(conflict, group, name, "", "removal", choices, private=private)
    for field, said in conflict.fields.items():
        words = label_of(type(record), field)
        choices = tuple(
            Choice(value_words(names, record, field, each.value), said_by(each), each.value) for each in said
        )
        kept = _all_kept(type(record), field, said)
        private = names.is_hidden(record, field)
        yield Question(conflict, group, name, field, words, choices, kept, private)


def _keep_or_not(names: Names, conflict: Conflict, record: Record | CaseloadMeta, removal: Said) -> Choices:
    """Return the choices about a record that was removed, with the words of what was written below it."""
    gist, below = changes.gist(names, record), conflict.below
    author = _author(conflict.seen)
    if conflict.unchanged and below:
        newest = max(below, key=lambda each: str(each.modified or ""))
        author = Author(one_line(newest.by), newest.modified)
    keep = f"Keep it{gist}" if conflict.unchanged else f"Keep it as it was changed{gist}"
    listed = "".join(f"\n{changes.called(names, each)}{_in_full(names, each)}" for each in below)
    remove = "Remove it, and what was written below it" if below else "Remove it"
    return (
        Choice(f"{keep}{', and what was written below it:' if below else ''}{listed}", author, None),
        Choice(remove, said_by(removal), None),
    )


def _in_full(names: Names, record: Record) -> str:
    """Return ": " and the texts of a record in full, or the heart of what it says."""
    if names.is_hidden(record):
        return changes.gist(names, record)
    values = msgspec.to_builtins(record)
    texts = [name for name, field in fields(type(record)).items() if field.sort is Sort.TEXT and values[name]]
    said = "; ".join(value_words(names, record, name, values[name]) for name in texts)
    return f": {said}" if said else changes.gist(names, record)


def _all_kept(kind: type[Struct], field: str, said: Sequence[Said]) -> Any:
    value = said[0].value
    for each in said[1:]:
        value = both(kind, field, value, each.value)
    return value
