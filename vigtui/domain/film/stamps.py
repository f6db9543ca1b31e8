"""When what somebody writes beside a film carries the film's time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vigtui.values.timecode import TimecodeLink, links

_EMPTY = re.compile(r"\s*(?:[-*+>]|\d{1,3}[.)])?\s*")
_GOES_ON = tuple(",;:–—-(&/")
_ENDS = tuple(".!?…\"'”’)]*_")


@dataclass(frozen=True)
class FilmPosition:
    """Where a film is: `clip` is the code to name when it is not the film the note is about."""

    ms: int
    clip: str = ""


def is_empty(line: str) -> bool:
    """Return whether a line holds nothing yet, the mark of a list apart."""
    return bool(_EMPTY.fullmatch(line))


def begins_thought(lines: Sequence[str], row: int, letter: str, moment: FilmPosition) -> bool:
    """Whether `letter`, typed on line `row`, begins a thought that should carry the film's time.

    A thought begins on a line that holds nothing yet, a list mark apart; so old text is never stamped, nor
    the middle of a sentence. With an empty line above (or none, or on a new list entry) it always begins.
    Right below other text it begins unless that text goes on: the line above ends with a comma, a colon or a
    dash, or without a full stop while `letter` is a small one; or its paragraph is stamped with this very
    second already, because the film has not moved since.
    """
    if not is_empty(lines[row]) or letter.isspace():
        return False
    above = lines[row - 1].rstrip() if row else ""
    if not above or lines[row].strip():
        return True
    if above.endswith(_GOES_ON) or (letter.islower() and not above.endswith(_ENDS)):
        return False
    stamp = last_link(lines, row - 1)
    return stamp is None or (stamp.ms // 1000, stamp.clip) != (moment.ms // 1000, moment.clip)


def last_link(lines: Sequence[str], row: int) -> TimecodeLink | None:
    """The last timecode link at or above line `row` within its paragraph."""
    while row >= 0 and lines[row].strip():
        if found := links(lines[row]):
            return found[-1]
        row -= 1
    return None
