"""The traject plan of a day on paper, and what changed between two days."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from vigtui.domain.records import TrajectEntry
from vigtui.domain.vocabulary import TrajectKind
from vigtui.queries.family import FamilyRecords
from vigtui.queries.traject import HeadingChanges, changes, plan_on
from vigtui.reports.paper import Paper, plain
from vigtui.reports.spoken import printed
from vigtui.values.days import show_long_day
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import and_list, one_line
from vigtui.wording.family import members_words


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


def plan_paper(records: FamilyRecords, day: dt.date, names: SpokenNames) -> Paper:
    """Return the paper of the plan as it was on this day. With names, it is for the family, who are called by
    them; without, it says the labels, and whose plan it is."""
    say, family = printed(names), records.family
    plan = plan_on(day, records.headings, records.traject)
    named = any(names.names.values())
    values = {
        "family": _whose(records, names),
        "members": say(
            and_list([member.label for member in family.members]) if named else members_words(family)
        ),
        "day": show_long_day(day, dt.date.min),
        "is_past": day < records.today,
        "headings": plain([_heading(each.words, each.lines, say) for each in plan.headings]),
    }
    return Paper("traject", f"traject-plan-{day.isoformat()}", values, (family.id,))


def changes_paper(records: FamilyRecords, one: dt.date, two: dt.date, names: SpokenNames) -> Paper:
    """Return the paper of what changed in the plan from one day to the other; with names as in
    `plan_paper`."""
    before, after = (plan_on(day, records.headings, records.traject) for day in (one, two))
    say, family = printed(names), records.family
    values = {
        "family": _whose(records, names),
        "one": show_long_day(one, dt.date.min),
        "two": show_long_day(two, dt.date.min),
        "headings": plain([_changed(each, say) for each in changes(before, after, records.traject)]),
    }
    return Paper("traject_changes", f"traject-changes-{two.isoformat()}", values, (family.id,))


def _heading(words: str, lines: Sequence[TrajectEntry], say: Callable[[str], str]) -> PaperHeading:
    return PaperHeading(
        say(words),
        *(tuple(say(each.words) for each in lines if each.kind is kind) for kind in TrajectKind),
    )


def _whose(records: FamilyRecords, names: SpokenNames) -> str:
    """Whose plan it is, on a paper for the file; "" on one for the family."""
    family = records.family
    return "" if any(names.names.values()) else one_line(f"{family.code} {family.pseudonym}")


def _changed(each: HeadingChanges, say: Callable[[str], str]) -> PaperChanges:
    state = "new" if each.is_new else "gone" if each.is_gone else "renamed" if each.was else ""
    return PaperChanges(
        say(each.words),
        state,
        say(each.was),
        _heading("", each.new, say),
        _heading("", each.gone, say),
        tuple(_reworded(each.reworded, say)),
    )


def _reworded(
    pairs: Iterable[tuple[TrajectEntry, TrajectEntry]], say: Callable[[str], str]
) -> Iterable[Reworded]:
    """The pairs in words; where a hope has come true, the kinds tell."""
    for old, new in pairs:
        kinds = (f" ({old.kind.label})", f" ({new.kind.label})") if old.kind is not new.kind else ("", "")
        yield Reworded(say(old.words) + kinds[0], say(new.words) + kinds[1])
