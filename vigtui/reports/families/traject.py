"""The traject plan of a day on paper, and what changed between two days."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.records import Family, TrajectEntry
from vigtui.domain.vocabulary import TrajectKind
from vigtui.queries.family import FamilyRecords
from vigtui.queries.traject import HeadingChanges, changes, plan_on
from vigtui.reports.paper import Paper, plain
from vigtui.values.days import show_whole_day
from vigtui.values.text import and_list, one_line


class PaperHeading(Struct, frozen=True):
    """A heading, and the lines below it: what is now, what is hoped for, what has changed."""

    words: str
    now: tuple[str, ...] = ()
    hope: tuple[str, ...] = ()
    change: tuple[str, ...] = ()


class Reworded(Struct, frozen=True):
    """What a line said before, and what it says now."""

    was: str
    now: str


class PaperChanges(Struct, frozen=True):
    """What changed under a heading; `state` is "new", "gone", "renamed" or ""."""

    words: str
    state: str
    was: str
    new: PaperHeading
    gone: PaperHeading
    reworded: tuple[Reworded, ...]


def plan_paper(records: FamilyRecords, day: dt.date) -> Paper:
    """Return the paper of the plan as it was on this day."""
    plan = plan_on(day, records.headings, records.traject)
    values = {
        **_whose(records.family),
        "day": show_whole_day(day),
        "is_past": day < records.today,
        "headings": plain([_heading(each.words, each.lines) for each in plan.headings]),
    }
    return Paper("traject", f"traject-plan-{day.isoformat()}", values, (records.family.id,))


def changes_paper(records: FamilyRecords, one: dt.date, two: dt.date) -> Paper:
    """Return the paper of what changed in the plan from one day to the other."""
    before, after = (plan_on(day, records.headings, records.traject) for day in (one, two))
    values = {
        **_whose(records.family),
        "one": show_whole_day(one),
        "two": show_whole_day(two),
        "headings": plain([_changed(each) for each in changes(before, after, records.traject)]),
    }
    return Paper("traject_changes", f"traject-changes-{two.isoformat()}", values, (records.family.id,))


def _whose(family: Family) -> dict[str, str]:
    """Whose plan it is: who is in the family, and its code for the file. The family reads it too, so nothing
    says its pseudonym."""
    return {
        "members": one_line(and_list([member.label for member in family.members])),
        "code": one_line(family.code),
    }


def _heading(words: str, lines: Sequence[TrajectEntry]) -> PaperHeading:
    return PaperHeading(
        words,
        *(tuple(each.words for each in lines if each.kind is kind) for kind in TrajectKind),
    )


def _changed(each: HeadingChanges) -> PaperChanges:
    state = "new" if each.is_new else "gone" if each.is_gone else "renamed" if each.was else ""
    return PaperChanges(
        each.words,
        state,
        each.was,
        _heading("", each.new),
        _heading("", each.gone),
        tuple(_reworded(each.reworded)),
    )


def _reworded(pairs: Iterable[tuple[TrajectEntry, TrajectEntry]]) -> Iterable[Reworded]:
    """The pairs in words; where a hope has come true, the kinds tell."""
    for old, new in pairs:
        kinds = (f" ({old.kind.label})", f" ({new.kind.label})") if old.kind is not new.kind else ("", "")
        yield Reworded(old.words + kinds[0], new.words + kinds[1])
