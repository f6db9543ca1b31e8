"""The caseloads of which a service collects counts, as lines: which are counted, late or missing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from rich.text import Text

from vigtui.exchange.audits.collecting import Collected, Collection, CountsState
from vigtui.ui.widgets.line_list import Line
from vigtui.ui.widgets.lines.drawing import rule
from vigtui.values.days import show_day, show_long_day
from vigtui.values.search import haystack
from vigtui.values.text import and_list, counted, one_line
from vigtui.wording.audit import collected_words, span_words

CASELOAD = "caseload "
"""What the id of a caseload's line begins with."""
_ORDER = (
    CountsState.UNREADABLE,
    CountsState.MISSING,
    CountsState.LATE,
    CountsState.OTHER_DAYS,
    CountsState.AHEAD,
)
_NAMED = {
    CountsState.LATE: "late",
    CountsState.MISSING: "not there",
    CountsState.UNREADABLE: "cannot be read",
    CountsState.OTHER_DAYS: "over other days",
    CountsState.AHEAD: "newer",
}
_TWICE = "came twice"
_MOST_NAMED = 2
_NAME, _SHORTEST_NAME, _MADE, _WORDS = 37, 14, 13, 28


def line_id(each: Collected) -> str:
    """Return the id of a caseload's line."""
    return f"{CASELOAD}{each.path or ''} {each.id}"


def in_order(caseloads: Iterable[Collected]) -> list[Collected]:
    """Return those first that are not counted, each kind by whose they are."""
    place = {state: number for number, state in enumerate(_ORDER)}
    return sorted(
        caseloads,
        key=lambda each: (
            place.get(each.state, len(_ORDER)),
            not each.about,
            each.about.casefold(),
            each.id,
        ),
    )


def caseload_lines(
    caseloads: Sequence[Collected], old_days: int, today: dt.date, *, plain: bool
) -> Iterator[Line]:
    """Yield a line for each of these caseloads. Counts made more than `old_days` ago are told as old."""
    not_counted = [each for each in caseloads if each.state is not CountsState.COUNTED]
    those_counted = [each for each in caseloads if each.state is CountsState.COUNTED]
    for heading, found in (("Not counted", not_counted), ("Counted", those_counted)):
        if found:
            yield Line(partial(rule, heading, right=counted(len(found), "caseload"), plain=plain))
        for each in found:
            yield Line(partial(_line, each, old_days, today, plain=plain), line_id(each))


def hay(each: Collected) -> str:
    """Return what a filter looks through."""
    twice = _TWICE if each.others else ""
    file = each.path.name if each.path else ""
    return haystack([each.about, each.id, _NAMED.get(each.state, ""), twice, file])


def summary(found: Collection, old_days: int, today: dt.date) -> Text:
    """Return how many are counted, and how many are not and why: what is not as it should be in bold."""
    number = found.number(CountsState.COUNTED)
    words = f"{number} of {counted(len(found.caseloads), 'caseload')} counted"
    gone = [f"{found.number(each)} {words}" for each, words in _NAMED.items() if found.number(each)]
    if old := sum(_is_old(each, old_days, today) for each in found.caseloads):
        gone.append(f"{old} older than {old_days} days")
    if twice := sum(bool(each.others) for each in found.caseloads):
        gone.append(f"{twice} {_TWICE}")
    line = Text(words)
    return line.append(f"; {', '.join(gone)}", style="bold") if gone else line


def told(each: Collected, old_days: int, today: dt.date) -> Iterator[str]:
    """Yield what is said of the caseload under the cursor."""
    name = one_line(each.about) or one_line(each.id)
    if each.why:
        yield each.why
        yield "A caseload that puts its counts here once a week puts them anew when it is opened next."
    made = show_long_day(each.made, today) if each.made else ""
    if each.span and each.path:
        ago = f", {(today - each.made).days} days ago" if each.made and _is_old(each, old_days, today) else ""
        yield f"{name}: made on {made}{ago}, over {span_words(each.span)}."
        others = and_list([one_line(other.name) for other in each.others[:_MOST_NAMED]])
        yield one_line(each.path.name) + (f"; older counts of it are in {others}." if others else "")
    elif each.state is CountsState.MISSING:
        yield f"{name} is not there this time: its last counts are of {made}. Why is not known."
        if each.about:
            yield one_line(each.id)


def _is_old(each: Collected, old_days: int, today: dt.date) -> bool:
    is_counted = each.state is CountsState.COUNTED
    return is_counted and each.made is not None and (today - each.made).days > old_days


def _line(each: Collected, old_days: int, today: dt.date, width: int, *, plain: bool) -> Text:
    words = collected_words(each.state.value, each.made, each.span.end if each.span else None, today)
    if each.made and _is_old(each, old_days, today):
        words = f"counted; {(today - each.made).days} days old"
    if each.others:
        words = f"{words}; {_TWICE}"
    name = one_line(each.about) or one_line(each.id)
    made = f"made {show_day(each.made, today)}" if each.made else ""
    if plain:
        return Text(", ".join(filter(None, (name, made, words))))
    line = Text(no_wrap=True)
    room_for_name = max(_SHORTEST_NAME, min(_NAME, width - _MADE - _WORDS))
    for cell, room, style in ((name, room_for_name, "" if each.about else "dim"), (made, _MADE, "")):
        part = Text(cell, style=style)
        part.truncate(room - 1, overflow="ellipsis", pad=True)
        line.append_text(part).append(" ")
    line.append(words, style="dim" if words == CountsState.COUNTED.value else "bold")
    line.truncate(width, overflow="ellipsis")
    return line
