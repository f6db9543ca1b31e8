"""Rows of the training screens: stages, what counts, what does not and why, what was gathered."""

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vigtui.domain.people import roles_on, time_on
from vigtui.domain.records import KIND_OF, Record
from vigtui.domain.training.counting import NotCounted
from vigtui.domain.training.progress import StageProgress
from vigtui.domain.vocabulary import Hours, Role
from vigtui.queries.training.ways import InTraining, Way
from vigtui.store.caseload import Caseload
from vigtui.ui.widgets.record_list import Row
from vigtui.values.days import show_coming_day, show_day
from vigtui.values.signs import CHOSEN, IN_HAND
from vigtui.values.text import one_line
from vigtui.wording.names import Names
from vigtui.wording.training.people import person_words
from vigtui.wording.training.way import (
    asks_words,
    counted_words,
    counts_words,
    done_words,
    gate_words,
    next_words,
    stage_words,
    why_words,
)


def heading(words: str, *, first: bool = False) -> Row:
    """A heading that the cursor passes over, with an empty line before it, unless it is the `first` row."""
    return Row(Text(words if first else f"\n{words}", style="dim"))


def key_of(record: Record) -> str:
    """What names the row of a record."""
    return f"{record.table} {record.id}"


def record_of(caseload: Caseload, key: str) -> Record | None:
    """Return the record that the row with this key shows, if it is one."""
    table, _, identity = key.partition(" ")
    kind = KIND_OF.get(table)
    return caseload.get(kind, identity.partition(" ")[0]) if kind else None


def stage_key(way: Way, place: int) -> str:
    """What names the row of a stage."""
    return f"stage {way.enrolment.id} {place}"


def stage_rows(names: Names, way: Way, shown: int, *, plain: bool) -> Iterator[Row]:
    """A row for each stage, the one that is `shown` in bold; if `plain`, without signs."""
    for place, stage in enumerate(way.progress.stages):
        here = place == way.progress.at_hand
        sign = "" if plain else IN_HAND if here else CHOSEN if stage.gate else ""
        name = Text.assemble((one_line(stage.stage.name), "bold" if place == shown else ""))
        name.append(f"   {_where(names, stage, here=here)}", "dim")
        detail = Text(_detail(stage, here=here), "" if here else "dim")
        table = Table.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(width=1)
        table.add_column(ratio=1)
        table.add_row(sign, name)
        if detail:
            table.add_row("", detail)
        yield Row(table, stage_key(way, place))


def _where(names: Names, stage: StageProgress, *, here: bool) -> str:
    if stage.gate:
        return f"{one_line(stage.stage.gate)} {gate_words(names, stage.gate)}"
    gate = f"ends with: {one_line(stage.stage.gate)}" if stage.stage.gate else ""
    if here:
        return ", ".join(filter(None, ("here now", gate)))
    return ", ".join(filter(None, ("for those who go on" if stage.stage.optional else "", gate)))


def _detail(stage: StageProgress, *, here: bool) -> str:
    if here:
        return stage_words(stage)
    return counts_words(stage) if stage.gate else asks_words(stage.stage)


def renewal_key(way: Way, day: dt.date) -> str:
    """What names the row of a renewal."""
    return f"renewal {way.enrolment.id} {day.isoformat()}"


def renewal_rows(names: Names, way: Way) -> Iterator[Row]:
    """A row for each day on which what was reached was renewed."""
    for day in way.enrolment.renewals:
        yield Row(two_columns("Renewal", f"done on {names.day(day)}"), renewal_key(way, day))


def not_counted_rows(names: Names, way: Way) -> Iterator[Row]:
    """What does not count yet, each with the reason."""
    for number, each in enumerate(way.progress.not_counted):
        key = f"{key_of(each.record)} {number}" if each.record else f"why {number}"
        yield Row(two_columns(_what(names, each), why_words(names, each, way.programme)), key)


def _what(names: Names, each: NotCounted) -> str:
    return counted_words(names, each.record) if each.record else one_line(each.stage)


def counted_rows(names: Names, stage: StageProgress) -> Iterator[Row]:
    """The logbook of a stage: what counts in it."""
    for record in (*stage.cycles, *stage.sessions, *stage.days, *stage.reflections):
        yield Row(two_columns(counted_words(names, record), done_words(names, record)), key_of(record))


def two_columns(what: str, words: str) -> Table:
    """What, and beside it words about it."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(ratio=4)
    table.add_column(ratio=5)
    table.add_row(Text(what), Text(words, style="dim"))
    return table


def trainee_rows(names: Names, found: Sequence[InTraining]) -> Iterator[Row]:
    """A few lines for each trainee: who, their supervision, what the next gate asks."""
    for each in found:
        name = Text(one_line(each.person.name), style="bold")
        name.append(f"   {person_words(each.person, names.today)}", "dim not bold")
        ways = [Text(_way(names, way)) for way in each.ways] or [Text("In no programme yet.", style="dim")]
        table = Table.grid(expand=True)
        table.add_row(name)
        for words in (*_supervision(names, each), *ways):
            table.add_row(Padding(words, (0, 0, 0, 2)))
        yield Row(table, each.person.id)


def _supervision(names: Names, each: InTraining) -> Iterator[Text]:
    """The last session and the next; nothing of somebody who is no trainee and has none."""
    if not (each.last or each.next or Role.TRAINEE in roles_on(each.person, names.today)):
        return
    last = f"Supervised {show_day(each.last.date, names.today)}" if each.last else "Not supervised yet"
    if each.next is None:
        yield Text(f"{last}, the next session is not planned.")
        return
    clips = "no clip" if not each.waiting else "one clip" if each.waiting == 1 else f"{each.waiting} clips"
    away = time_on(each.person, each.next.date).hours is Hours.ON_LEAVE
    leave = " They are on leave that day." if away else ""
    yield Text(f"{last}, next {show_coming_day(each.next.date, names.today)} with {clips} waiting.{leave}")


def _way(names: Names, way: Way) -> str:
    """Where somebody is. The programme comes first: one called “Three stages” may have a fourth."""
    stage = way.progress.stage
    parts = (way.programme.name, stage.stage.name) if stage else (way.programme.name,)
    return f"{', '.join(map(one_line, parts))}. {next_words(way.progress, names.today)}"
