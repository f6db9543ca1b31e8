"""How a stretch of film is drawn on one line of cells: clips, marks and where the film is."""

from dataclasses import dataclass

from rich.text import Text

from vigtui.film.sound.waveform import Loudness
from vigtui.values.signs import AXIS, AXIS_CLIP, AXIS_HERE, AXIS_MARK, LEVELS, in_words
from vigtui.values.timecode import format_length, format_timecode

SHORTEST = 24
"""With fewer cells of axis than this the text beside it is left out."""


@dataclass(frozen=True)
class Stretch:
    """What is drawn, all in milliseconds from the start of the recording.

    `clip` is the clip at hand, `others` the recording's other clips, `marks` the moments with a tag or a
    still, `named` others with what stands there, `begun` an in-point whose out-point is still to come.
    `signs` of what the film does are at the end. `digits` of a second are written.
    """

    duration: int
    clip: tuple[int, int] | None = None
    others: tuple[tuple[int, int], ...] = ()
    marks: tuple[int, ...] = ()
    named: tuple[tuple[int, str], ...] = ()
    begun: int | None = None
    signs: str = ""
    digits: int = 0


def window(stretch: Stretch, position: int) -> tuple[int, int]:
    """The part that is shown: the clip with half its length around it; the whole recording when there is no
    clip, or when the film is somewhere else."""
    whole = (0, max(stretch.duration, position, 1))
    if stretch.clip is None:
        return whole
    start, end = stretch.clip
    margin = max((end - start) // 2, 500)
    shown = (max(0, start - margin), min(whole[1], end + margin))
    return shown if shown[0] <= position <= shown[1] else whole


def column_of(ms: int, shown: tuple[int, int], columns: int) -> int:
    """The column, from 0, that `ms` falls into."""
    start, end = shown
    return min(max((ms - start) * columns // max(end - start, 1), 0), columns - 1)


@dataclass(frozen=True)
class Layout:
    """One line: a time, `columns` cells of axis, a time, the clip in words. `shown` is what it spans."""

    shown: tuple[int, int]
    left: str
    columns: int
    right: str
    tail: str


def lay_out(stretch: Stretch, position: int, width: int) -> Layout:
    """Share out `width` cells; what does not fit beside a useful axis is left out, the words first."""
    shown = window(stretch, position)
    left, right = f"{format_timecode(shown[0])} ", f" {format_timecode(shown[1])}"
    columns = width - len(left) - len(right)
    signs = f"  {stretch.signs}" if stretch.signs else ""
    here = f"   {format_timecode(position, stretch.digits)}{signs}"
    tails = (_in_words(stretch, position), here)
    tail = next((words for words in tails if columns - len(words) >= SHORTEST), signs)
    if columns < SHORTEST // 2:
        left = right = tail = ""
        columns = width
    return Layout(shown, left, max(columns - len(tail), 1), right, tail)


def draw_axis(stretch: Stretch, position: int, layout: Layout) -> Text:
    """The line that `lay_out` shared out."""
    line = Text(layout.left, style="dim", no_wrap=True)
    line.append_text(_draw_line(stretch, position, layout.shown, layout.columns))
    line.append(layout.right, style="dim")
    line.append(layout.tail)
    return line


def _in_words(stretch: Stretch, position: int) -> str:
    here = format_timecode(position, stretch.digits)
    if stretch.begun is not None:
        return f"   clip from {format_timecode(stretch.begun, 1)}, now {here}"
    if stretch.clip is None:
        return f"   {here}"
    start, end = stretch.clip
    signs = f"   {stretch.signs}" if stretch.signs else ""
    words = f"clip {format_timecode(start)} - {format_timecode(end)}   {format_length(end - start)}"
    return f"   {here}   {words}{signs}" if stretch.digits else f"   {words}{signs}"


def _draw_line(stretch: Stretch, position: int, shown: tuple[int, int], columns: int) -> Text:
    cells = [AXIS] * columns
    styles = ["dim"] * columns
    for each in stretch.others:
        _draw_span(cells, styles, each, shown, "dim")
    if stretch.clip is not None:
        _draw_span(cells, styles, stretch.clip, shown, "bold")
    for ms in stretch.marks:
        if shown[0] <= ms <= shown[1]:
            cells[column_of(ms, shown, columns)] = AXIS_MARK
    for ms, name in stretch.named:
        if shown[0] <= ms <= shown[1]:
            _draw_name(cells, styles, name, column_of(ms, shown, columns))
    if stretch.begun is not None:
        column = column_of(stretch.begun, shown, columns)
        cells[column], styles[column] = "[", "bold"
    column = column_of(position, shown, columns)
    cells[column], styles[column] = AXIS_HERE, "bold"
    line = Text(no_wrap=True)
    for cell, style in zip(cells, styles, strict=True):
        line.append(cell, style=style)
    return line


def _draw_span(
    cells: list[str], styles: list[str], span: tuple[int, int], shown: tuple[int, int], style: str
) -> None:
    if span[1] < shown[0] or span[0] > shown[1]:
        return
    columns = len(cells)
    first, last = column_of(span[0], shown, columns), column_of(span[1], shown, columns)
    for column in range(first, last + 1):
        cells[column], styles[column] = AXIS_CLIP, style
    if span[0] >= shown[0]:
        cells[first] = "["
    if span[1] <= shown[1]:
        cells[last] = "]"


COPY_WORDS = "lighter copy"
"""What stands at the axis where a working copy is seen in place of the film itself."""


def axis_words(stretch: Stretch, position: int, *, is_copy: bool = False) -> str:
    """Where the film is, without a drawing."""
    if is_copy:
        return f"{axis_words(stretch, position)}, {COPY_WORDS}"
    film = f"{in_words(stretch.signs)}, " if stretch.signs else ""
    here = f"{film}at {format_timecode(position, stretch.digits)} of {format_timecode(stretch.duration)}"
    if stretch.begun is not None:
        return f"{here}, clip from {format_timecode(stretch.begun, 1)}"
    if stretch.clip is None:
        return here
    start, end = stretch.clip
    length = format_length(end - start)
    return f"{here}, clip {format_timecode(start)} to {format_timecode(end)}, {length} long"


def _draw_name(cells: list[str], styles: list[str], name: str, column: int) -> None:
    """Write a name from its moment on, and back from the end of the axis where it would go beyond."""
    column = max(min(column, len(cells) - len(name)), 0)
    for place, letter in enumerate(name[: len(cells)], start=column):
        cells[place], styles[place] = letter, ""


def draw_levels(sound: Loudness, layout: Layout, rows: int, words: str) -> list[Text]:
    """The lines above the axis: how loud the film is in each column. Blank where nothing is known. `words`
    stand beside it where there is room."""
    start, end = layout.shown
    edges = [start + (end - start) * column // layout.columns for column in range(layout.columns + 1)]
    steps = len(LEVELS) * rows - 1
    heights = [
        None if level is None else round(level * steps) for level in map(sound.level, edges, edges[1:])
    ]
    lines = [Text(" " * len(layout.left), style="dim", no_wrap=True) for _ in range(rows)]
    for row, line in enumerate(reversed(lines)):
        below = row * len(LEVELS)
        line.append("".join(_level(height, below) for height in heights))
    if len(layout.tail) >= len(words):
        lines[-1].append(" " * len(layout.right) + words)
    return lines


def _level(height: int | None, below: int) -> str:
    """The part of a column in the row that has `below` steps under it."""
    if height is None or height < below:
        return " "
    return LEVELS[min(height - below, len(LEVELS) - 1)]


def sound_words(sound: Loudness, duration: int, *, muted: bool, is_copy: bool = False) -> str:
    """What the line of sound is, or how much is heard through; first of all that a copy is seen."""
    if is_copy:
        return "   copy"  # there is room for no more on 80 columns
    if not sound.complete:
        return f"   listening, {min(99, sound.known_ms * 100 // max(duration, 1))} %"
    if not sound.decibels:
        return ""
    return "   who speaks when, sound off" if muted else "   who speaks when"
