"""What a file of another tool says of films: marks from a time to a time, each with a code."""

from collections.abc import Sequence
from hashlib import blake2b

from msgspec import Struct

from vigtui.exchange.left_out import LeftOut
from vigtui.values.text import clean, one_line

CLIP, CAPTIONS = "clip", "captions"
"""The codes of a clip in what is exported here, and of all captions in a file of them."""

GUIDER = "guider"
"""How the guider is called in what leaves and comes."""

MOST_MS = 360_000_000
"""The latest time that is believed, in milliseconds: a hundred hours."""

MOST_BYTES = 32_000_000
"""The largest file that is read: of a film of hours in which each word is marked, several times over."""

_LONGEST_CODE, _LONGEST_WORDS = 120, 4_000
_SIGN = 16


class FormatError(Exception):
    """A file of another tool cannot be read. The text completes a sentence that names the file."""


class Mark(Struct, frozen=True):
    """Something marked in a film from `start_ms` up to `end_ms`; at a moment where both are the same.

    `code` says what it is, `who` whom it is about, as the file calls them; `title` and `caption` are the
    words with it. Clips that overlap are in different `lane`s, and so are their tags; 0: none is named.
    `name` is what a clip of a caseload is called there ("C2-1").
    """

    start_ms: int
    end_ms: int
    code: str
    who: str = ""
    title: str = ""
    caption: str = ""
    lane: int = 0
    name: str = ""


class CodedFilm(Struct, frozen=True):
    """One film, what the file calls it, the names of its media files, its marks in the order of their times,
    how long it is (0: that is not said), and the name of the folder in which the first of its media files is
    looked for ("": beside the file)."""

    name: str
    media: tuple[str, ...]
    marks: tuple[Mark, ...]
    duration_ms: int = 0
    folder: str = ""


class Coded(Struct, frozen=True):
    """What a file says, by films, and what of it is left out."""

    films: tuple[CodedFilm, ...]
    left_out: tuple[LeftOut, ...] = ()


def code_of(text: str) -> str:
    """Return a code, or a name, as it is compared and kept: on one line, not too long. Two that differ stay
    different: the end of a long one is a sign of all that it says."""
    line = one_line(text)
    if len(line) <= _LONGEST_CODE:
        return line
    sign = blake2b(line.encode(), digest_size=_SIGN // 2).hexdigest()
    return f"{line[: _LONGEST_CODE - _SIGN - 1].strip()}…{sign}"


def place_of(path: str) -> tuple[str, str]:
    """Return the name of a file, and of the folder that it is in, of a path or an address of any system."""
    parts = ["", "", *path.replace("\\", "/").split("/")]
    folder = "" if parts[-2] in (".", "..") or parts[-2].endswith(":") else parts[-2]
    return code_of(parts[-1]), code_of(folder)


def words_of(text: str) -> str:
    """Return words as they are kept: without control characters, not too long."""
    return clean(text).strip()[:_LONGEST_WORDS]


def in_order(marks: list[Mark]) -> tuple[Mark, ...]:
    """Return marks in the order of their times; at the same time the longer first."""
    return tuple(sorted(marks, key=lambda mark: (mark.start_ms, -mark.end_ms)))


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each span, in the order of their starts, a number from 1: of those with the same number none
    touches another."""
    ends: list[int] = []
    found = []
    for start, end in spans:
        place = next((place for place, last in enumerate(ends) if last < start), len(ends))
        ends[place : place + 1] = [end]
        found.append(place + 1)
    return found
