"""Times in a film, as people write them, and links to them in notes.

A link is `[21:15]`, or `[C2-2 07:50]` when the moment belongs to another clip than the one at hand: square
brackets, an optional clip code, one space, a timecode. In Markdown that is plain text as long as no `(`
follows, so a note reads the same everywhere; `[21:15](…)` stays a Markdown link and `\\[21:15]` stays text.
"""

import re
from dataclasses import dataclass

# Not compiled before they are asked for: every start would take longer.
_TIMECODE = r"(?:(?:([0-9]{1,3}):)?([0-9]{1,4}):)?([0-9]{1,6})(?:\.([0-9]{1,3}))?"
_LINK = r"(?<!\\)\[(?:([^\W_][\w.-]*) )?((?:[0-9]{1,3}:)?[0-9]{1,4}:[0-9]{2}(?:\.[0-9]{1,3})?)\](?!\()"
_CLIP = r"[^\W_][\w.-]*"


@dataclass(frozen=True, slots=True)
class TimecodeLink:
    """A link from `start` up to `end` (character positions) to `ms` in the film of clip `clip`.

    An empty `clip` means the film the note is about.
    """

    start: int
    end: int
    ms: int
    clip: str = ""


def parse_timecode(text: str) -> int:
    """Return the milliseconds that "7:50", "1:02:03", "07:50.250" or plain seconds ("470", "470.5") mean.

    Minutes may pass 59 when no hours are given, as in "90:00". Raises ValueError with a sentence.
    """
    written = text.strip()
    found = re.fullmatch(_TIMECODE, written)
    if not found:
        raise ValueError(f"“{written[:20]}” is not a time. Write minutes and seconds, as in 7:50 or 1:02:03.")
    hours, minutes, seconds, fraction = found.groups()
    if minutes and (int(seconds) > 59 or len(seconds) != 2):
        raise ValueError(f"“{written}” is not a time: seconds are two digits from 00 to 59, as in 7:05.")
    if hours and int(minutes) > 59:
        raise ValueError(f"“{written}” is not a time: after hours, minutes go from 00 to 59, as in 1:02:03.")
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


def format_timecode(ms: int, digits: int = 0) -> str:
    """Return `ms` as "07:50" or "1:02:03", with 1 to 3 `digits` of a second after a point.

    Rounded down, so that a moment is never named before it has come.
    """
    seconds, rest = divmod(max(ms, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
    return f"{text}.{f'{rest:03}'[:digits]}" if digits else text


def format_length(ms: int) -> str:
    """Return how long something takes, as "0:22" or "1:02:03", rounded to the nearest second; with tenths
    what is shorter than a second: "0:00.4"."""
    if 0 < ms < 950:
        return f"0:00.{max((ms + 50) // 100, 1)}"
    return format_timecode(ms + 500).removeprefix("0")


def format_link(ms: int, clip: str = "", digits: int = 0) -> str:
    """Return the link to `ms`, in the film of the clip with code `clip`. Raises ValueError if a link to
    that clip could not be read back."""
    if clip and not re.fullmatch(_CLIP, clip):
        raise ValueError(f"“{clip}” cannot be part of a link: use letters, digits, dots and hyphens.")
    return f"[{clip} {format_timecode(ms, digits)}]" if clip else f"[{format_timecode(ms, digits)}]"


def links(body: str) -> list[TimecodeLink]:
    """Return every timecode link of a note, in order. Brackets that hold no valid time are left as text."""
    found = []
    for match in re.finditer(_LINK, body):
        try:
            ms = parse_timecode(match[2])
        except ValueError:
            continue
        found.append(TimecodeLink(match.start(), match.end(), ms, match[1] or ""))
    return found


def link_at(line: str, column: int) -> TimecodeLink | None:
    """Return the link of `line` under a cursor at character `column`. A cursor just after it counts."""
    for link in links(line):
        if link.start <= column <= link.end:
            return link
    return None
