"""Records on paper, whatever their kind: every field that says something, under what the record is called.

Notes that somebody keeps for themselves alone, and drafts, are on no paper.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from vigtui.domain.belonging import all_about
from vigtui.domain.lookup import Where
from vigtui.domain.records import KINDS, Family, Record
from vigtui.domain.records.schema import fields
from vigtui.reports.paper import Paper, plain
from vigtui.values.days import show_long_day
from vigtui.values.text import capitalised
from vigtui.wording.film.register import family_name
from vigtui.wording.names import Names
from vigtui.wording.values import NOTHING, value_words

_UNTOLD = frozenset(("family", "fingerprint", "size", "order", "thing", "writer"))
"""Fields that say nothing to a reader."""


class FieldLine(Struct, frozen=True):
    """What a field of a record says."""

    label: str
    words: str


class Told(Struct, frozen=True):
    """A record in words: what it is called, who entered it and when, and what its fields say."""

    name: str
    entered: str
    lines: tuple[FieldLine, ...]


class PaperPart(Struct, frozen=True):
    """The records of one kind."""

    heading: str
    records: tuple[Told, ...]


def written_paper(names: Names, where: Where, family: Family) -> Paper:
    """Return the paper of all that is written of a family, kind by kind."""
    today = names.today
    values = {
        "whose": family_name(family),
        "made": show_long_day(today, today.min),
        "parts": plain(parts_of(names.on_paper(), all_about(where, family))),
    }
    return Paper("written", f"written-record-{today.isoformat()}", values, (family.id,))


def parts_of(names: Names, records: Iterable[Record]) -> list[PaperPart]:
    """Return these records in words, kind by kind in the order of a file; nothing of what is hidden."""
    known = [each for each in records if not names.is_hidden(each)]
    parts = (
        PaperPart(
            capitalised(kind.plural),
            tuple(told(names, each) for each in known if type(each) is kind),
        )
        for kind in KINDS
    )
    return [part for part in parts if part.records]


def told(names: Names, record: Record) -> Told:
    """Return a record in words."""
    day = show_long_day(record.created.date(), names.today) if record.created else ""
    entered = " on ".join(filter(None, (f"by {record.by}" if record.by else "", day)))
    name = names.name(record)
    return Told(capitalised(name), entered, tuple(_lines(names, record)))


def _lines(names: Names, record: Record) -> Iterator[FieldLine]:
    for name, field in fields(type(record)).items():
        value = getattr(record, name)
        words = value_words(names, record, name, value)
        if name not in _UNTOLD and value is not False and value not in (None, "", ()) and words != NOTHING:
            yield FieldLine(capitalised(field.label), words)
