"""The service's audit on paper: without small numbers, and without anybody's name."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from vigtui.queries.audit.figures import Table as Counts
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.tables_for_others import tables_for_others
from vigtui.queries.audit.telling import Told
from vigtui.reports.charts.chart import Bar, BarsChart
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_long_day
from vigtui.wording.audit import (
    HEADINGS,
    LEFT_OUT,
    NOTES,
    OF_EACH,
    OR_MORE,
    count_words,
    few_words,
    limit_words,
    row_in_full,
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
    found = tables_for_others(told.counts.keys() | told.left_out)
    shown = {each.name: tuple(_bars(told, each)) for each in found}
    values = {
        "span": span_words(span),
        "caseloads": caseloads,
        "tables": plain([_paper_table(told, each, has_chart=bool(shown[each.name])) for each in found]),
        "left_out": limit_words(limit) if told.left_out else "",
        "few": few_words(told, limit),
        "made": show_long_day(today, today.min),
    }
    charts = {
        each.name: BarsChart(HEADINGS[each.name], shown[each.name]) for each in found if shown[each.name]
    }
    notes = [("note", note, "", "") for note in (values["left_out"], values["few"]) if note]
    rows = [row for each in found for row in _rows(told, each)]
    table = Table(("Table", "Row", "Part of", "Number"), (*notes, *rows))
    return Paper("audit", f"audit-{span.end.isoformat()}", values, of_nobody=True, table=table, charts=charts)


def _paper_table(told: Told, table: Counts, *, has_chart: bool) -> PaperTable:
    heading, note = HEADINGS[table.name], NOTES.get(table.name, "") if has_chart else ""
    return PaperTable(table.name, heading, note, total_words(told, table), has_chart)


def _bars(told: Told, table: Counts) -> Iterable[Bar]:
    """Yield the rows of a table, without those of nobody."""
    for name in table.alone:
        if _is_there(told, name):
            yield _bar(told, name, "")
    if table.total:
        yield from _below(told, table, table.total, "")


def _below(told: Told, table: Counts, total: str, indent: str) -> Iterable[Bar]:
    """Yield the rows below a total, if it is told. Rows of which nothing is told are one."""
    groups = [each.parts for each in table.relations if each.total == total and told.of(total)]
    parts = [part for group in groups for part in group if _is_there(told, part)]
    if parts and not any(map(told.of, parts)):
        yield Bar(f"{indent}{OF_EACH}", None, LEFT_OUT)
        return
    for part in parts:
        yield _bar(told, part, indent)
        yield from _below(told, table, part, f"{indent}· ")


def _is_there(told: Told, name: str) -> bool:
    return bool(told.of(name)) or name in told.left_out


def _bar(told: Told, name: str, indent: str) -> Bar:
    label, count = f"{indent}{row_in_full(name)}", told.of(name)
    if name not in told.left_out:
        return Bar(label, count)
    return Bar(label, count, OR_MORE) if count else Bar(label, None, LEFT_OUT)


def _rows(told: Told, table: Counts) -> Iterable[tuple[str, str, str, str]]:
    """Yield a line for a spreadsheet for each count: 0 as well."""
    if table.total:
        yield HEADINGS[table.name], "all", "", count_words(told, table.total)
    above = [""]
    for name, depth in table.rows:
        del above[depth + 1 :]
        yield HEADINGS[table.name], row_in_full(name), above[depth], count_words(told, name)
        above.append(row_in_full(name))
