"""Which caseloads a service lead has had counts of: a small file that tells which are missing this time.

A line for each: the caseload's id, the day of its newest counts, and what the lead wrote behind it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.store.disk.atomic import replace
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line

_MOST_BYTES = 4 << 20
_HEADING = "# Caseloads that were counted: id, day of the newest counts, and whatever you write behind it."


class KnownFileError(CaseloadError):
    """The file of known caseloads cannot be read or written. The text is a sentence."""


class Known(Struct, frozen=True):
    """A caseload that was there before: the day of its newest counts, and the lead's words about it."""

    id: str
    day: dt.date
    about: str = ""


def read_known(path: Path) -> dict[str, Known]:
    """Return the caseloads that are known, by their ids; none where there is no file yet. Raises
    KnownFileError."""
    try:
        lines = decode_text(read_file(path, _MOST_BYTES)).splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise KnownFileError(f"{one_line(path.name)} cannot be read: {one_line(reason(error))}.") from None
    found = {}
    for number, line in enumerate(lines, start=1):
        words = one_line(line).split(maxsplit=2)
        if not words or words[0].startswith("#"):
            continue
        try:
            known = Known(words[0], dt.date.fromisoformat(words[1]), words[2] if words[2:] else "")
        except (IndexError, ValueError):
            raise KnownFileError(
                f"{one_line(path.name)}, line {number}: an id and a day are expected, as in"
                " “01a22bcb… 2026-05-03 Ellis and Ros”. Correct it, or delete the line."
            ) from None
        found[known.id] = known
    return found


def missing(known: Mapping[str, Known], there: Iterable[str]) -> list[Known]:
    """Return the known caseloads that are not there this time, those longest away first."""
    now = set(there)
    return sorted((each for each in known.values() if each.id not in now), key=lambda each: each.day)


def write_known(path: Path, known: Mapping[str, Known], there: Mapping[str, dt.date]) -> None:
    """Keep what is known and what was there this time, with the days of its counts. Raises
    KnownFileError."""
    kept = dict(known)
    for identity, day in there.items():
        before = kept.get(identity)
        kept[identity] = Known(identity, day, before.about if before else "")
    rows = [f"{each.id} {each.day.isoformat()} {each.about}".rstrip() for each in kept.values()]
    try:
        replace(path, [("\n".join([_HEADING, *rows]) + "\n").encode()])
    except OSError as error:
        raise KnownFileError(f"{one_line(path.name)} cannot be written: {reason(error)}.") from None
