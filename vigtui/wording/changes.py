"""What became of a record, in words: "Clip C2-1: caption changed by Alex, 22 Nov 10:15"."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar, cast

import msgspec
from msgspec import Struct

from vigtui.domain.conflicts import Said
from vigtui.domain.lookup import Find
from vigtui.domain.records import (
    AgreedWords,
    Ancestor,
    CaseloadMeta,
    Clip,
    Consent,
    Copy,
    Cycle,
    Description,
    Family,
    HelpingQuestion,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Share,
    SkillRating,
    StatusSpan,
    Tag,
    Voice,
)
from vigtui.domain.records.metadata import Sort
from vigtui.domain.records.schema import BOOKKEEPING, fields, label_of
from vigtui.store.format.entries import READABLE
from vigtui.store.merging.steps import Change
from vigtui.values.text import and_list, capitalised, one_line, shortened
from vigtui.values.timecode import format_length
from vigtui.wording.names import Group, Names
from vigtui.wording.values import HIDDEN, moment_words, value_words

R = TypeVar("R", bound=Record)

SETTINGS = "the caseload’s settings"
SOMEBODY = "somebody"


class Author(Struct, frozen=True):
    """Who did something, and when, as far as the file says."""

    by: str = ""
    at: dt.datetime | None = None

    def words(self, today: dt.date) -> str:
        """Return "Alex, 22 Nov 10:15"."""
        moment = (moment_words(self.at, today),) if self.at else ()
        return ", ".join((shortened(self.by, 40) or SOMEBODY, *moment))


class FieldChange(Struct, frozen=True):
    """A field that says something else than before, and who changed it. The values are in full, in words."""

    field: str
    words: str
    before: str
    after: str
    author: Author


class Told(Struct, frozen=True):
    """A record that is "new", "removed" or "changed". `line` says it in one line; what is new or removed has
    no `fields`. `was` is the revision before a change."""

    what: Literal["new", "removed", "changed"]
    table: str
    id: str
    group: Group
    line: str
    fields: tuple[FieldChange, ...] = ()
    was: str = ""


def also_removed(find: Find, made: Iterable[Change]) -> Find:
    """Return a look-up that still finds what these changes removed: it has to be called by its name."""
    removed = {change.key: change for change in made if change.before.shown is not None}

    def find_also(kind: type[R], record_id: str, /) -> R | None:
        found = find(kind, record_id)
        if found is None and (kind.table, record_id) in removed:
            found = cast("R | None", removed[kind.table, record_id].was)
        return found

    return find_also


def told(names: Names, made: Iterable[Change]) -> list[Told]:
    """Return what these changes did to each record, in the order of the kinds. `names` must find what they
    removed, too (see `also_removed`)."""
    order = list(READABLE)
    known = [change for change in made if change.key[0] in READABLE and change.key[0] != AgreedWords.table]
    found = (tell(names, change) for change in sorted(known, key=lambda change: order.index(change.key[0])))
    return [each for each in found if each is not None]


def tell(names: Names, change: Change) -> Told | None:
    """Return what a change did to its record; None where that says the same as before."""
    before, after = change.was, change.now
    if before is not None and after is not None:
        return tell_changed(names, before, after, said_by(change.author))
    if isinstance(after, Record):
        return tell_new(names, after)
    if isinstance(before, Record):
        return tell_removed(names, before, said_by(change.author))
    return None


def said_by(said: Said) -> Author:
    """Return who said something, from a value in a file."""
    return Author(one_line(said.by), moment_of(said.at))


def moment_of(at: object) -> dt.datetime | None:
    """Return a time from a value in a file; None where that is none."""
    try:
        return msgspec.convert(at, dt.datetime)
    except msgspec.ValidationError:
        return None


def tell_new(names: Names, record: Record) -> Told:
    """Describe a record that is new."""
    author = Author(record.by, record.modified or record.created)
    late = ", after the record was agreed: it is not part of it" if _came_late(names, record) else ""
    words = f"New {names.name(record)}{gist(names, record)}{late} ({author.words(names.today)})"
    return Told("new", record.table, record.id, names.group(record), one_line(words))


def _came_late(names: Names, record: Record) -> bool:
    """Whether this is an agenda item of somebody who did not know that the session's record was agreed."""
    if not isinstance(record, SessionItem) or record.agreed is not None:
        return False
    session = names.find(Session, record.session)
    return session is not None and session.agreed is not None


def tell_removed(names: Names, record: Record, author: Author) -> Told:
    """Describe a record that was removed by `author`."""
    words = f"Removed: {names.name(record)}{gist(names, record)} ({author.words(names.today)})"
    return Told("removed", record.table, record.id, names.group(record), one_line(words))


def tell_changed(
    names: Names, before: Record | CaseloadMeta, after: Record | CaseloadMeta, author: Author
) -> Told | None:
    """Describe a record that differs from before; None when it does not. `author` made the last
    change of what does not say itself who changed it."""
    fields = tuple(_field_changes(names, before, after, author))
    if not fields:
        return None
    authors: dict[str, list[str]] = {}
    for each in fields:
        authors.setdefault(each.author.words(names.today), []).append(each.words)
    said = "; ".join(f"{and_list(words)} changed by {author}" for author, words in authors.items())
    name = called(names, after)
    table, identity = (after.table, after.id) if isinstance(after, Record) else ("meta", "")
    line, was = one_line(f"{name}: {said}"), before.rev if isinstance(before, Record) else ""
    return Told("changed", table, identity, names.group(after), line, fields, was)


def called(names: Names, record: Record | CaseloadMeta) -> str:
    """Return what a record, or the caseload's settings, is called at the start of a line."""
    words = names.name(record) if isinstance(record, Record) else SETTINGS
    return capitalised(words)


def in_groups(told: Iterable[Told]) -> list[tuple[Group, list[Told]]]:
    """Return the changes under their headings: families by code, then what belongs to none."""
    found: dict[Group, list[Told]] = {}
    for each in told:
        found.setdefault(each.group, []).append(each)
    return sorted(found.items())


def _field_changes(names: Names, before: Struct, after: Struct, last: Author) -> Iterable[FieldChange]:
    for name in type(after).__struct_fields__:
        one, other = getattr(before, name), getattr(after, name)
        if name in BOOKKEEPING or one == other:
            continue
        hidden = names.is_hidden(before, name) or names.is_hidden(after, name)
        said, says = (
            HIDDEN if hidden else value_words(names, record, name, msgspec.to_builtins(value))
            for record, value in ((before, one), (after, other))
        )
        words = label_of(type(after), name)
        yield FieldChange(name, words, said, says, _author(after, name) or last)


def _author(record: Struct, name: str) -> Author | None:
    """Return who set a field last, going by the record's own history."""
    if not isinstance(record, Record):
        return None
    own = Ancestor(record.rev, record.modified, record.by, record.changed)
    entries = [entry for entry in (own, *record.ancestors) if name in entry.fields]
    entry = max(entries, key=lambda entry: entry.fields[name], default=own)
    return Author(entry.by, entry.at)


def gist(names: Names, record: Record | CaseloadMeta) -> str:
    """Return ": 6 at C2", the heart of what a record says, or "" for one whose name says it all."""
    if names.is_hidden(record):
        return f": {HIDDEN}"
    words: Callable[[Names, Any], str] = _GISTS.get(type(record), _first_text)
    heart = shortened(words(names, record), 80)
    return f": {heart}" if heart else ""


def _first_text(_names: Names, record: Struct) -> str:
    """Return the first text of a record that somebody wrote: what most kinds are about."""
    texts = (field for field in fields(type(record)).values() if field.sort is Sort.TEXT)
    return next((getattr(record, field.name) for field in texts), "")


def _rating(names: Names, rating: Rating) -> str:
    cycle = names.find(Cycle, rating.cycle)
    at = f" at C{cycle.number}" if cycle else f" on {names.day(rating.date)}"
    return f"{'asked, not rated' if rating.value is None else rating.value}{at}"


def _status(names: Names, span: StatusSpan) -> str:
    return f"until {names.day(span.end)}" if span.end else ""


def _tag(names: Names, tag: Tag) -> str:
    return f"{names.who(tag.who, tag)}, {names.principles.words(tag.principle, tag.item)}"


def _quoted(words: str) -> str:
    return f"“{shortened(words, 78)}”"


_GISTS: dict[type[Struct], Callable[[Names, Any], str]] = {
    Person: lambda _, each: ", ".join(role.label for role in each.roles),
    Family: lambda _, each: ", ".join(member.label for member in each.members),
    StatusSpan: _status,
    Consent: lambda names, each: f"{each.decision.label}, {names.day(each.date)}",
    HelpingQuestion: lambda names, each: f"asked by {names.who(each.owner, each)}" if each.owner else "",
    Rating: _rating,
    Recording: lambda _, each: format_length(each.duration_ms) if each.duration_ms else "",
    Clip: lambda _, each: each.title or each.caption,
    Tag: _tag,
    Session: lambda _, each: each.state.label,
    SessionItem: lambda names, each: each.trainee_question or names.of(Clip, each.clip),
    SkillRating: lambda _, each: f"{each.item}, {'not rated' if each.value is None else each.value}",
    Share: lambda names, each: f"{each.purpose.label}, {names.day(each.date)}",
    Copy: lambda names, each: f"with {names.who(each.holder, each)}" if each.holder else "",
    Description: lambda _, each: _quoted(each.words),
    Voice: lambda _, each: _quoted(each.words),
}
