"""The traject plan as it is, as it was on any day, and what changed between two days.

A line is in the plan from its day until the day it ended. It stands under the heading that is called as its
`heading` says; when a heading gets another name, its lines do too, and it keeps what it was called before.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from vigtui.domain.records import TrajectEntry, TrajectHeading
from vigtui.values.identity import id_of


class PlanHeading(Struct, frozen=True):
    """A heading by its name on that day, and the lines below it. `id` is empty for one that was not in the
    plan and has lines all the same."""

    id: str
    words: str
    lines: tuple[TrajectEntry, ...]


class Plan(Struct, frozen=True):
    """The plan of one day, its headings in their order."""

    day: dt.date
    headings: tuple[PlanHeading, ...]


class HeadingChanges(Struct, frozen=True):
    """What changed under one heading: `was` is its name before, where that is another. `reworded` are pairs
    of a line before and the line in its place."""

    words: str
    was: str = ""
    is_new: bool = False
    is_gone: bool = False
    new: tuple[TrajectEntry, ...] = ()
    gone: tuple[TrajectEntry, ...] = ()
    reworded: tuple[tuple[TrajectEntry, TrajectEntry], ...] = ()


def headings_of(
    family: str, kept: Iterable[TrajectHeading], usual: Sequence[str], lines: Iterable[TrajectEntry]
) -> list[TrajectHeading]:
    """Return a family's headings in their order, those that were dropped among them: its own, as they are
    kept, or the service's usual ones; then those that lines name besides."""
    known = sorted(kept, key=lambda each: (each.order, each.id))
    if not known:
        known = [_heading(family, words, order) for order, words in enumerate(dict.fromkeys(usual))]
    named = {each.words for each in known}
    more: dict[str, dt.date] = {}
    for line in sorted(lines, key=lambda each: each.date):
        if line.heading not in named:
            more.setdefault(line.heading, line.date)
    last = known[-1].order + 1 if known else 0
    besides = enumerate(more.items(), start=last)
    return [*known, *(_heading(family, words, order, since) for order, (words, since) in besides)]


def plan_on(day: dt.date, headings: Sequence[TrajectHeading], lines: Iterable[TrajectEntry]) -> Plan:
    """Return the plan as it was, or is, on this day."""
    holding = [each for each in lines if each.date <= day and (each.ended is None or day < each.ended)]
    shown = [each for each in headings if _is_in_plan(each, day)]
    found = [PlanHeading(each.id, name_on(each, day), _under(each.words, holding)) for each in shown]
    names = {each.words for each in shown}
    stray = dict.fromkeys(line.heading for line in holding if line.heading not in names)
    return Plan(day, (*found, *(PlanHeading("", words, _under(words, holding)) for words in stray)))


def name_on(heading: TrajectHeading, day: dt.date) -> str:
    """Return what a heading was called on this day."""
    return next((each.words for each in heading.renamed if day < each.until), heading.words)


def days_of_change(
    headings: Iterable[TrajectHeading], lines: Iterable[TrajectEntry], today: dt.date
) -> list[dt.date]:
    """Return the days up to today on which the plan changed, in their order."""
    days = {day for line in lines for day in (line.date, line.ended)}
    for each in headings:
        days |= {each.since, each.ended, *(name.until for name in each.renamed)}
    return sorted(day for day in days if day is not None and day <= today)


def changes(before: Plan, after: Plan, lines: Iterable[TrajectEntry]) -> list[HeadingChanges]:
    """Return what changed from one plan to another, heading by heading. `lines` are all of the family."""
    earlier = {each.id or each.words: each for each in before.headings}
    later = {each.id or each.words: each for each in after.headings}
    known = {each.id: each for each in lines}
    was_there = {line.id: line for heading in before.headings for line in heading.lines}
    is_there = {line.id for heading in after.headings for line in heading.lines}
    found = [
        _under_heading(earlier.get(key), later.get(key), was_there, is_there, known)
        for key in dict.fromkeys([*later, *earlier])
    ]
    return [each for each in found if each != HeadingChanges(each.words)]


def _under_heading(
    earlier: PlanHeading | None,
    later: PlanHeading | None,
    was_there: Mapping[str, TrajectEntry],
    is_there: set[str],
    known: Mapping[str, TrajectEntry],
) -> HeadingChanges:
    added = [line for line in later.lines if line.id not in was_there] if later else []
    reworded = [(old, line) for line in added if (old := _in_place_of(line, was_there, known))]
    replaced = {old.id for old, _ in reworded} | {line.id for _, line in reworded}
    elsewhere = {old.id for line in known.values() if (old := _in_place_of(line, was_there, known))}
    left = [line for line in earlier.lines if line.id not in is_there | elsewhere] if earlier else []
    name, was = (later or earlier), (earlier.words if earlier else "")
    return HeadingChanges(
        words=name.words if name else "",
        was=was if later and was not in ("", later.words) else "",
        is_new=earlier is None,
        is_gone=later is None,
        new=tuple(line for line in added if line.id not in replaced),
        gone=tuple(left),
        reworded=tuple(reworded),
    )


def _in_place_of(
    line: TrajectEntry, was_there: Mapping[str, TrajectEntry], known: Mapping[str, TrajectEntry]
) -> TrajectEntry | None:
    """Return the line of the plan before that stands in other words by now."""
    return next((was_there[each.id] for each in _earlier_wordings(line, known) if each.id in was_there), None)


def _earlier_wordings(line: TrajectEntry, known: Mapping[str, TrajectEntry]) -> Iterator[TrajectEntry]:
    seen = {line.id}
    while (earlier := known.get(line.instead_of)) and earlier.id not in seen:
        seen.add(earlier.id)
        yield (line := earlier)


def _under(words: str, lines: Iterable[TrajectEntry]) -> tuple[TrajectEntry, ...]:
    return tuple(each for each in lines if each.heading == words)


def _is_in_plan(heading: TrajectHeading, day: dt.date) -> bool:
    begun = heading.since is None or heading.since <= day
    return begun and (heading.ended is None or day < heading.ended)


def _heading(family: str, words: str, order: int, since: dt.date | None = None) -> TrajectHeading:
    """Return a heading that is not kept yet. Two people who keep it keep the same one."""
    identity = id_of(TrajectHeading.table, family, words)
    return TrajectHeading(id=identity, family=family, words=words, order=order, since=since)
