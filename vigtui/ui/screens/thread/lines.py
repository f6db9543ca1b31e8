"""A trainee's own thread as lines: working points with what became of them, or clips with theirs."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from rich.text import Text

from vigtui.domain.consent.showing import describe_clip, find_clip
from vigtui.domain.lookup import Find
from vigtui.domain.records import PointStep
from vigtui.domain.sessions.working_points import Thread
from vigtui.domain.vocabulary import PointState
from vigtui.queries.own_thread import OwnClip
from vigtui.ui.widgets.line_list import Line
from vigtui.values.days import show_day
from vigtui.values.text import one_line

_DAY, _STATE = 12, 11


def point_lines(find: Find, points: Sequence[Thread], today: dt.date) -> Iterator[Line]:
    """Yield a line for each working point, and below it one for each step."""
    for each in points:
        yield Line(partial(_point, each, today), each.item.id)
        for step in each.steps:
            yield Line(partial(_step, step_words(find, step, today)))


def clip_lines(clips: Sequence[OwnClip], today: dt.date) -> Iterator[Line]:
    """Yield a line for each clip, and below it one for each working point."""
    for each in clips:
        yield Line(partial(_clip, each, today), each.clip.id)
        for point in each.agreed:
            yield Line(partial(_step, f"{point.state.label}: {one_line(point.words)}"))
        for point in each.practised:
            yield Line(partial(_step, f"shows here: {one_line(point.words)}"))


def step_words(find: Find, step: PointStep, today: dt.date) -> str:
    """Return "practised 18 Mar, SR2-1  Sulking: I handed back sooner"."""
    found = find_clip(find, step.clip)
    state = "open again" if step.state is PointState.OPEN else step.state.label
    words = f"{state} {show_day(step.date, today)}" + (f", {describe_clip(*found)}" if found else "")
    return one_line(f"{words}: {step.words}" if step.words.strip() else words)


def _point(each: Thread, today: dt.date, _width: int) -> Text:
    day, state = show_day(each.date, today), each.state.label
    style = "" if each.goes_on else "dim"
    return Text(f"{day:<{_DAY}}{state:<{_STATE}}{one_line(each.words)}", style=style, no_wrap=True)


def _clip(each: OwnClip, today: dt.date, _width: int) -> Text:
    day = show_day(each.day, today) if each.day else ""
    family, clip = one_line(each.showing.family.code), describe_clip(each.clip, each.showing)
    return Text(f"{day:<{_DAY}}{family:<{_STATE}}{clip}", no_wrap=True)


def _step(words: str, _width: int) -> Text:
    return Text(f"{'':<{_DAY + _STATE}}{words}", style="dim", no_wrap=True)
