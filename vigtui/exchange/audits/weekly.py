"""Counts of a caseload, put by itself once a week where a service collects them.

The span ends with the Sunday before, for everybody: so counts of the same week are added up. The file is
called by the caseload's id, so that a caseload that several people share is there once.
"""

import datetime as dt
from pathlib import Path

from vigtui.exchange.audits.exports import (
    ENDING,
    FORM,
    AuditFileError,
    CaseloadCounts,
    Export,
    put_export,
    read_export,
)
from vigtui.queries.audit.counting import count_caseload
from vigtui.queries.audit.records import audit_records
from vigtui.queries.audit.span import USUAL_LENGTH, Span, months
from vigtui.queries.audit.telling import Told
from vigtui.store.caseload import Caseload


def week_before(today: dt.date) -> Span:
    """Return the months that end with the last Sunday before `today`."""
    sunday = today - dt.timedelta(days=today.weekday() + 1)
    return Span(months(USUAL_LENGTH, sunday).start, sunday)


def place_in(folder: Path, identity: str) -> Path:
    """Return where the counts of the caseload with this id are."""
    return folder / f"{identity}{ENDING}"


def put_counts(caseload: Caseload, folder: Path, today: dt.date, made: dt.datetime) -> bool:
    """Put the counts of the last week into a folder, in place of those of the week before. Return False
    where they are there already, whoever put them. Raises AuditFileError."""
    span, path = week_before(today), place_in(folder, caseload.meta.id)
    if _is_there(path, span):
        return False
    limit = caseload.meta.small_numbers
    told = Told(count_caseload(audit_records(caseload), span, today)).for_others(limit)
    counts = [CaseloadCounts.of(caseload.meta.id, told)]
    put_export(Export(FORM, span.start, span.end, made, limit, counts), path)
    return True


def _is_there(path: Path, span: Span) -> bool:
    try:
        return read_export(path).end >= span.end
    except AuditFileError:
        return False  # None, or one that cannot be read: then it is written anew.
