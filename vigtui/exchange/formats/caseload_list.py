"""Reading a list of families from a spreadsheet (.csv): which sign parts its columns, how it is encoded,
which column is which, and in which order its days are written."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct

from vigtui.exchange.formats.clips_csv import HEADINGS as CLIP_HEADINGS
from vigtui.exchange.formats.coded import FormatError, words_of
from vigtui.exchange.left_out import LeftOut
from vigtui.foreign.text import decode_text
from vigtui.values.spreadsheets import without_mark
from vigtui.values.text import and_list, folded, one_line, shortened

MOST_BYTES = 8_000_000
MOST_ROWS = 5_000

_DELIMITERS = ",;\t|"
_SAYS_DELIMITER = re.compile(r"sep=(.)\n", re.IGNORECASE)
_END = "\x1e"
"""A row that no list has, put below it."""
_MOST_COLUMNS, _MOST_LINES, _LONGEST_HEADINGS = 200, 100_000, 20_000

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "family code", "family", "case", "case code", "case number", "reference", "ref"),
    "pseudonym": ("pseudonym", "called here", "alias"),
    "guider": ("guider", "practitioner", "vig practitioner", "worker", "guide"),
    "social_worker": ("social worker", "sw", "allocated social worker"),
    "setting": ("setting", "kind of family", "family type"),
    "state": ("state", "state of the work", "stage", "progress"),
    "referred": ("referred", "referral date", "date of referral", "date referred", "day of referral"),
    "ended": ("ended", "end date", "date ended", "closed on", "closure date"),
    "status": ("status", "plan", "legal status", "plan status"),
    "status_start": ("status since", "plan start", "status from", "status start", "plan since"),
    "status_end": ("status until", "plan end", "status to", "status end"),
    "reasons": ("reasons", "reason", "reason for referral", "referral reason"),
    "whose_idea": ("whose idea", "idea of", "referred by", "referrer"),
    "members": ("members", "family members", "household", "people"),
}
"""What a column holds, by the headings under which it is known."""

DAYS = ("referred", "ended", "status_start", "status_end")
"""The columns that hold days."""

_PERSONAL = re.compile(
    r"\b(name|surname|forename|dob|birth|nhs|address|postcode|phone|telephone|mobile|email|e mail)\b"
)
_NO_PLACE = "There is no place for it here."
_REAL_NAMES = "Real names, and what identifies somebody, stay in the service's own system."
_TWICE = "Another column says that already."


class DayOrder(Enum):
    """In which order days are written as numbers."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class CaseloadList(Struct, frozen=True):
    """The rows of a list, each with its number in the file and its cells by what they hold; what is left out;
    and what was taken for granted in reading it."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    left_out: tuple[LeftOut, ...]
    read_as: str


def read_caseload_list(data: bytes) -> CaseloadList:
    """Return the list in a CSV file. Raises FormatError."""
    text, encoding = _text(data)
    rows, delimiter = _rows(text)
    place = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if place is None:
        raise FormatError("there is nothing in it")
    headings = [without_mark(cell) for cell in rows[place][:_MOST_COLUMNS]]
    columns, left_out = _columns(headings)
    if "code" not in columns.values():
        raise FormatError(_without_code(headings))
    if len(rows) - place - 1 > MOST_ROWS:
        raise FormatError(f"it holds more than {MOST_ROWS:,} rows")
    found = [
        (number, _cells(row, columns))
        for number, row in enumerate(rows[place + 1 :], start=place + 2)
        if any(cell.strip() for cell in row)
    ]
    return CaseloadList(tuple(found), tuple(left_out), f"{_called(delimiter)} between columns, {encoding}")


def _text(data: bytes) -> tuple[str, str]:
    """Return the text, and how it was encoded: as its mark says, as UTF-8, or else as spreadsheets of the
    western world have it."""
    try:
        text = decode_text(data)
        encoding = "UTF-8" if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else "UTF-16"
    except ValueError:
        text, encoding = decode_text(data, "cp1252"), "Windows-1252"
    if text.count("\n") > _MOST_LINES:
        raise FormatError(f"it holds more than {_MOST_LINES:,} lines")
    if "\0" in text:
        raise FormatError("it is no text: save the list as CSV (UTF-8) in the spreadsheet")
    return text, encoding


def _rows(text: str) -> tuple[list[list[str]], str]:
    """Return the rows, and the sign between the columns: as the first line says, or the one by which most
    columns are known."""
    if said := _SAYS_DELIMITER.match(text):
        return _closed(text[said.end() :], said[1]), said[1]
    first = next((line for line in text.split("\n") if line.strip()), "")[:_LONGEST_HEADINGS]

    def known(delimiter: str) -> tuple[int, int]:
        headings = next(iter(_parsed(first, delimiter)), [])
        return len(_columns(headings)[0]), len(headings)

    delimiter = max(_DELIMITERS, key=known)
    return _closed(text, delimiter), delimiter


def _closed(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of a whole file. Raises FormatError where a cell takes in all that follows it."""
    *rows, last = _parsed(f"{text}\n{_END}", delimiter)
    if last != [_END]:
        raise FormatError(f"a quotation mark in row {len(rows) + 1} is never closed: put another at its end")
    return rows


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter))
    except (csv.Error, TypeError, ValueError) as error:
        raise FormatError(f"it is no CSV: {shortened(str(error), 80)}") from None


def _columns(headings: Sequence[str]) -> tuple[dict[int, str], list[LeftOut]]:
    """Return what each column holds, by its place, and those that are left out."""
    columns: dict[int, str] = {}
    left_out = []
    for place, heading in enumerate(headings):
        name = _plain(heading)
        field = next((field for field, names in COLUMNS.items() if name in names), "")
        if not name:
            continue
        if field and field not in columns.values():
            columns[place] = field
        else:
            why = _TWICE if field else _REAL_NAMES if _PERSONAL.search(name) else _NO_PLACE
            left_out.append(LeftOut(f"Column “{shortened(heading, 40)}”", why))
    return columns, left_out


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(heading)))


def _without_code(headings: Sequence[str]) -> str:
    if CLIP_HEADINGS[1] in headings and CLIP_HEADINGS[4] in headings:
        return "it is a list of clips; clips and tags come in from ELAN or BORIS files"
    named = and_list([f"“{shortened(each, 30)}”" for each in headings[:6] if one_line(each)])
    return (
        f"no column is called “code”: it has {named}. Give the column of the families' codes that heading in "
        "the first row"
    )


def _cells(row: Sequence[str], columns: dict[int, str]) -> dict[str, str]:
    cells = {
        field: words_of(without_mark(row[place])) for place, field in columns.items() if place < len(row)
    }
    return {field: cell for field, cell in cells.items() if cell}


def _called(delimiter: str) -> str:
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}.get(delimiter, f"“{delimiter}”")


# Days

_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")


def day_order(cells: Iterable[str]) -> DayOrder | str | None:
    """Return the order in which days are written, as far as they tell: None where no day depends on it. Where
    they do not tell, or tell different things, return one that may be two days."""
    numbers = [(each, int(found[1]), int(found[2])) for each in cells if (found := _NUMBERS.fullmatch(each))]
    day_first = any(first > 12 >= second for _, first, second in numbers)
    month_first = any(second > 12 >= first for _, first, second in numbers)
    doubtful = next((each for each, one, other in numbers if one <= 12 >= other and one != other), None)
    if doubtful is None:
        return (
            DayOrder.MONTH_FIRST if month_first and not day_first else DayOrder.DAY_FIRST if numbers else None
        )
    if day_first == month_first:
        return doubtful
    return DayOrder.DAY_FIRST if day_first else DayOrder.MONTH_FIRST


def split_day(cell: str) -> tuple[int, int, int] | None:
    """Return the three numbers of a day that is written in numbers, as they stand; a year of two digits is of
    this century."""
    found = _NUMBERS.fullmatch(cell)
    if not found:
        return None
    year = int(found[3])
    return int(found[1]), int(found[2]), year if year > 99 else 2000 + year
