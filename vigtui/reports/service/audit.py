"""The service's audit on paper: without small numbers, and without anybody's name."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from vigtui.queries.audit.figures import Table as Counts
from vigtui.queries.audit.figures import tables
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.telling import Told
from vigtui.reports.charts.chart import Bar, BarsChart
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_long_day
from vigtui.wording.audit import (
    HEADINGS,
    LEFT_OUT,
    NOTES,
    OR_MORE,
    count_words,
    limit_words,
    row_words,
    span_words,
    total_words,
)


class PaperTable(Struct, frozen=True):
    """A table of the audit. `name` is its id in a template, and that of its chart; `total` says how many
    there are of what it is about."""

    name: str
    heading: str
    note: str
    total: str
    has_chart: bool


def audit_paper(told: Told, limit: int, span: Span, caseloads: int, today: dt.date) -> Paper:
    """Return the paper of what may be told of so many caseloads, in which a number under `limit` is small."""
    found = tables(told.counts.keys() | told.left_out)
    shown = {each.name: list(_shown(told, each)) for each in found}
    values = {
        "span": span_words(span),
        "caseloads": caseloads,
        "tables": plain([_paper_table(told, each, has_chart=bool(shown[each.name])) for each in found]),
        "left_out": limit_words(limit) if told.left_out else "",
        "made": show_long_day(today, today.min),
    }
    charts = {
        each.name: BarsChart(HEADINGS[each.name], tuple(_bar(told, *row) for row in shown[each.name]))
        for each in found
        if shown[each.name]
    }
    rows = [row for each in found for row in _rows(told, each)]
    table = Table(("Table", "Row", "Part of", "Number"), tuple(rows))
    return Paper("audit", f"audit-{span.end.isoformat()}", values, of_nobody=True, table=table, charts=charts)


def _paper_table(told: Told, table: Counts, *, has_chart: bool) -> PaperTable:
    heading, note = HEADINGS[table.name], NOTES.get(table.name, "")
    return PaperTable(table.name, heading, note, total_words(told, table), has_chart)


def _shown(told: Told, table: Counts) -> Iterable[tuple[str, int]]:
    """Yield the rows of which there is something to tell, each with how deep it is."""
    for name, depth in table.rows:
        if told.of(name) or name in told.left_out:
            yield name, depth


def _bar(told: Told, name: str, depth: int) -> Bar:
    label, count = "· " * depth + row_words(name), told.of(name)
    if name not in told.left_out:
        return Bar(label, count)
    return Bar(label, count, OR_MORE) if count else Bar(label, None, LEFT_OUT)


def _rows(told: Told, table: Counts) -> Iterable[tuple[str, str, str, str]]:
    """Yield a line for a spreadsheet for each count: 0 as well."""
    yield HEADINGS[table.name], "all", "", count_words(told, table.total)
    above = [""]
    for name, depth in table.rows:
        del above[depth + 1 :]
        yield HEADINGS[table.name], row_words(name), above[depth], count_words(told, name)
        above.append(row_words(name))
