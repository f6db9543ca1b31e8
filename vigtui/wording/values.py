"""The value of a record's field as text, whatever the file holds."""

import datetime as dt
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from vigtui.domain.records import Family, Member, Record, Tag
from vigtui.domain.records.schema import BOOKKEEPING, field_of, label_of
from vigtui.domain.vocabulary import Word
from vigtui.values.days import show_day
from vigtui.values.text import clean, one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.names import Names

HIDDEN = "(only its author reads it)"
NOTHING = "(nothing)"


def value_words(names: Names, record: Struct, name: str, value: Any) -> str:
    """Return what a value of a field of this record says, a text in full, with its own line breaks.

    `value` is as it is in the file, and may be anything; `record` is where it was or was to be.
    """
    if names.is_hidden(record, name):
        return HIDDEN
    kind = type(record)
    if field_of(kind, name).secret:
        return NOTHING
    if isinstance(record, Tag) and name in ("principle", "item") and isinstance(value, str):
        words = _principle_words(names, record, name, value)
    else:
        words = _words(names, record, kind, name, _as_typed(kind, name, value))
    return words.strip() or NOTHING


def _as_typed(kind: type[Struct], name: str, value: Any) -> Any:
    """Return the value as a record holds it, or as it is when it fits none."""
    try:
        return msgspec.convert(value, get_type_hints(kind, include_extras=True).get(name, Any))
    except (msgspec.ValidationError, RecursionError):
        return value


def _principle_words(names: Names, tag: Tag, name: str, value: str) -> str:
    principle = names.principles.find(value if name == "principle" else tag.principle)
    if name == "principle":
        return one_line(principle.name if principle else value)
    item = principle.item(value) if principle else None
    return one_line(item.name if item else value)


def _words(names: Names, record: Struct, kind: type[Struct], name: str, value: Any) -> str:
    if isinstance(value, str) and not isinstance(value, Word):
        is_name = field_of(kind, name).ref is not None
        return _who(names, record, value) if is_name else clean(value)
    if isinstance(value, tuple | list):
        between = "\n" if any(isinstance(item, Struct) for item in value) else ", "
        return between.join(_words(names, record, kind, name, item) for item in value)
    if isinstance(value, Struct):
        return _parts(names, record, value)
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_ms"):
        return format_timecode(value, 1)
    return _plain(names, value)


def _who(names: Names, record: Struct, identity: str) -> str:
    return names.who(identity, record) if isinstance(record, Record) and identity else one_line(identity)


def _plain(names: Names, value: Any) -> str:
    if value is None or value is msgspec.UNSET:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Word):
        return value.label
    if isinstance(value, dt.datetime):
        return moment_words(value, names.today)
    if isinstance(value, dt.date):
        return names.day(value)
    return one_line(str(value))


def _parts(names: Names, record: Struct, value: Struct) -> str:
    """Return a part of a record: a member by label and relation, anything else field by field."""
    if isinstance(value, Member):
        filmed = "" if value.filmed else "not filmed"
        return one_line(", ".join(words for words in (value.label, value.relation, filmed) if words))
    kind = type(value)
    found = []
    for name in kind.__struct_fields__:
        words = _words(names, record, kind, name, getattr(value, name))
        if words and name not in BOOKKEEPING - {"by"}:
            found.append(f"{label_of(kind, name)}: {words}")
    return ("\n" if isinstance(record, Family) else "; ").join(found)


def moment_words(moment: dt.datetime, today: dt.date) -> str:
    """Return "22 Nov 10:15", the time here."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        here = known.astimezone()
    except (OverflowError, ValueError):  # Edited by hand: a year that no clock here knows.
        here = known
    return f"{show_day(here.date(), today)} {here:%H:%M}"
