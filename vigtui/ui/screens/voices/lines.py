"""Somebody's words as a line: who said them, in which family, when, and whether they may be quoted."""

from collections.abc import Sequence

from msgspec import Struct
from rich.text import Text

from vigtui.domain.records import Voice
from vigtui.values.search import haystack
from vigtui.values.text import one_line
from vigtui.wording.names import Names

_WIDTHS, _MORE = (13, 10, 11, 7), (6, 6, 2, 2)
_ROOMY = 110
_CANNOT = "no"


class Shown(Struct, frozen=True):
    """Somebody's words as they are shown, column by column."""

    voice: Voice
    speaker: str
    family: str
    day: str
    quoted: str
    words: str

    @property
    def hay(self) -> str:
        """What the filter looks through."""
        quoted = "not quoted" if self.quoted == _CANNOT else "may be quoted"
        return haystack([self.speaker, self.family, self.day, quoted, self.words])


def shown(names: Names, voice: Voice) -> Shown:
    """Return somebody's words, in words."""
    speaker, day = one_line(names.who(voice.speaker, voice)), names.day(voice.date)
    may = "yes" if voice.may_quote else _CANNOT
    family = names.family(voice)
    of = one_line(family.pseudonym or family.code) if family else ""
    return Shown(voice, speaker, of, day, may, one_line(voice.words))


def counted(found: Sequence[Shown]) -> str:
    """Return how many there are, and of how many it is agreed that they may be quoted."""
    return f"{len(found)}, {sum(each.voice.may_quote for each in found)} may be quoted"


def heading_line(width: int) -> Text:
    """Return the headings over the columns."""
    return _line(("Said by", "Family", "On", "Quote", "Words"), width)


def voice_line(each: Shown, width: int) -> Text:
    """Return somebody's words as a line."""
    return _line((each.speaker, each.family, each.day, each.quoted, f"“{each.words}”"), width)


def _line(cells: tuple[str, str, str, str, str], width: int) -> Text:
    line, more = Text(no_wrap=True), width >= _ROOMY
    *columns, words = cells
    for cell, room, spare in zip(columns, _WIDTHS, _MORE, strict=True):
        text = Text(cell)
        text.truncate(room + more * spare - 1, overflow="ellipsis", pad=True)
        line.append_text(text).append(" ")
    return line.append(words)
