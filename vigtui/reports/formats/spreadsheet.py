"""A paper's table as CSV, for a spreadsheet."""

import csv
import io

from vigtui.reports.paper import Table
from vigtui.values.spreadsheets import no_formula


def comma_separated(table: Table) -> str:
    """Return the table as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8. A cell that one of
    them would take for a formula begins with an apostrophe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.headings)
    writer.writerows([no_formula(cell) for cell in row] for row in table.rows)
    return "\ufeff" + written.getvalue()
