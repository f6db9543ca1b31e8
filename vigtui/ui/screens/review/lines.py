"""The plan of a shared review in lines: what is shown, what to ask, and for what to wait."""

from collections.abc import Collection, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vigtui.domain.records import Voice
from vigtui.domain.reviews import Shown
from vigtui.ui.widgets.keys.said import with_keys
from vigtui.ui.widgets.record_list import Row
from vigtui.values.keys import KeyFor
from vigtui.values.signs import IN_HAND
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.family import quoted
from vigtui.wording.film.reviews import EMPTY, said_about, what_words, when_words

_NUMBER, _CODE, _WHEN = 3, 7, 12
_FIXED = _NUMBER + _CODE + _WHEN


def heading_line(width: int) -> Text:
    """What the columns are, on a screen of this width."""
    room = width - 2 - _FIXED - 3
    what = room * 3 // 7
    ask = room * 2 // 7
    words = f"{'Moment':<{_CODE + _WHEN + what + 2}}{'Ask':<{ask + 1}}Wait for"
    return Text(f"{'':<{_NUMBER}}{words}", no_wrap=True, overflow="ellipsis")


def plan_rows(plan: Sequence[Shown], *, shown_now: str, closed: Collection[str], key: KeyFor) -> list[Row]:
    """A row for each planned moment; `shown_now` is the id of the one that the family sees, `closed` are the
    recordings that may not be shown."""
    rows = [
        Row(
            _row(number, each, now=each.planned.id == shown_now, closed=each.clip.recording in closed),
            each.planned.id,
        )
        for number, each in enumerate(plan, start=1)
    ]
    return rows or [Row(Text(with_keys(EMPTY, key), style="dim"))]


def _row(number: int, shown: Shown, *, now: bool, closed: bool) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in (_NUMBER - 1, _CODE - 1, _WHEN - 1):
        table.add_column(width=width, no_wrap=True)
    for ratio in (3, 2, 2):
        table.add_column(ratio=ratio, no_wrap=True, overflow="ellipsis")
    planned = shown.planned
    what = "stays closed" if closed else what_words(shown)
    sign = Text(IN_HAND if now else str(number), style="bold" if now else "dim")
    table.add_row(
        sign,
        Text(shown.code, style="bold"),
        Text(when_words(shown)),
        Text(what, style="dim" if closed else ""),
        Text(one_line(planned.ask)),
        Text(one_line(planned.wait_for)),
    )
    return table


def balanced(words: Text, width: int, console: Console) -> Text:
    """Return words in as few lines as they take at this width, none much shorter than the others."""
    lines = words.wrap(console, width)
    while width > 2 and len(narrower := words.wrap(console, width - 1)) == len(lines):
        lines, width = narrower, width - 1
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def about_moment(
    shown: Shown, voices: Sequence[Voice], names: dict[str, str], *, shown_now: bool = False
) -> Text:
    """A planned moment in full: whether the family sees it now, what is seen and heard, what to ask, for what
    to wait, and what was said."""
    planned = shown.planned
    parts: list[tuple[str, str]] = [("", what_words(shown))]
    parts += [("Ask: ", one_line(planned.ask)), ("Wait for: ", one_line(planned.wait_for))]
    lines = [
        Text.assemble((label, "dim"), (words, "bold" if label else "")) for label, words in parts if words
    ]
    if shown_now:
        lines.insert(0, Text("The family sees this now.", style="dim"))
    for voice in said_about(shown, voices):
        who = one_line(names.get(voice.speaker, voice.speaker))
        lines.append(Text.assemble((f"{who} {format_timecode(voice.at_ms)}  ", "dim"), quoted(voice.words)))
    return Text("\n").join(lines)
