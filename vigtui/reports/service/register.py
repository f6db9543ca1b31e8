"""The register of film and copies on paper: every part as a table, what is out with a box to tick."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import astuple

from vigtui.domain.records import Family
from vigtui.queries.register import Entry, Part
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_long_day
from vigtui.values.text import capitalised
from vigtui.wording.film.register import (
    PARTS,
    family_name,
    family_words,
    state_words,
    until_words,
    what_words,
    where_words,
)
from vigtui.wording.names import Names

_TO_TICK = frozenset((Part.OVERDUE, Part.DUE, Part.OUT))


class Line(Struct, frozen=True):
    """An entry of the register in words."""

    family: str
    what: str
    where: str
    until: str
    state: str


class PaperPart(Struct, frozen=True):
    """A part of the register. `name` is its id in a template ("overdue"); what is to be done is ticked."""

    name: str
    heading: str
    tick: bool
    lines: tuple[Line, ...]


def register_paper(names: Names, entries: Sequence[Entry], family: Family | None) -> Paper:
    """Return the paper of these entries, in their order: of one family, or of all where None is named."""
    parts = [
        PaperPart(
            part.name.lower(),
            capitalised(PARTS[part]),
            part in _TO_TICK,
            tuple(_line(names, each) for each in found),
        )
        for part, found in groupby(entries, lambda each: each.part)
    ]
    today = names.today
    values = {
        "whose": family_name(family) if family else "",
        "parts": plain(parts),
        "made": show_long_day(today, today.min),
    }
    families = (family.id,) if family else ()
    rows = [(part.heading, *astuple(line)) for part in parts for line in part.lines]
    table = Table(("Part", "Family", "What", "Where", "Until", "State"), tuple(rows))
    return Paper("register", f"register-{today.isoformat()}", values, families, table=table)


def _line(names: Names, entry: Entry) -> Line:
    return Line(
        family_words(entry),
        what_words(entry),
        where_words(names, entry),
        until_words(names, entry),
        state_words(names, entry),
    )
