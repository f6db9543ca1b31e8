"""What is said of what was found: which kind of words, where, and how many."""

from vigtui.domain.records import Family, Record
from vigtui.queries.search.film import FilmPlace
from vigtui.queries.search.index import Hits
from vigtui.queries.search.parts import PARTS, Key
from vigtui.values.text import capitalised, one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.names import Names

FILM_CLOSED = "film closed"
NOTHING_TYPED = (
    "Type a word, or a part of one: of a family, a question, a caption, a note, a working point, a next "
    "step, the traject plan, or of what somebody said."
)
NOTHING_FOUND = (
    "Nothing is found. A part of a word is enough, and accents do not matter; every word must be there. What "
    "is not for you to read is not searched."
)


def label(key: Key) -> str:
    """Return which kind of words were found: "caption"."""
    return PARTS[key[0], key[2]].label


def words_of(record: Record, key: Key) -> str:
    """Return the words in which something was found."""
    return PARTS[key[0], key[2]].words(record)


def whose(names: Names, record: Record) -> str:
    """Return the pseudonym of the family, or under which heading it is listed: "Heron", "Supervision"."""
    family = names.family(record)
    if family is None:
        return names.group(record).heading
    return one_line(family.pseudonym or family.code)


def where(names: Names, record: Record, place: FilmPlace | None) -> str:
    """Return in a sentence where something is: "Clip C2-2 at 07:50, F-017 Heron."."""
    name = names.name(record)
    at = (
        f" at {format_timecode(place.at_ms)}"
        if place and place.at_ms is not None and " at " not in name
        else ""
    )
    group = "" if isinstance(record, Family) else f", {names.group(record).heading}"
    return f"{capitalised(name)}{at}{group}."


def counted(hits: Hits, share: float) -> str:
    """Return how many were found: "12 found", as far as this `share` of the words has been read."""
    number = len(hits.keys)
    found = f"more than {number} found: type more" if hits.more else f"{number or 'nothing'} found"
    return found if share >= 1 else f"{found} so far, {share:.0%} read"
