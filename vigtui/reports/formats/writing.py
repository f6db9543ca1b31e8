"""A paper as a file that only its owner can read."""

from pathlib import Path

from vigtui.reports.formats.html import html
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.formats.spreadsheet import comma_separated
from vigtui.reports.paper import PaperError, Table
from vigtui.store.disk.atomic import create
from vigtui.values.text import one_line

HTML, MARKDOWN, TEXT, CSV = ".html", ".md", ".txt", ".csv"


def endings_of(table: Table | None) -> tuple[str, ...]:
    """Return how a paper can be written, by the ending of its file's name: as CSV where it has a table."""
    return (HTML, MARKDOWN, TEXT) if table is None else (HTML, MARKDOWN, TEXT, CSV)


def write_paper(text: str, title: str, language: str, out: Path, table: Table | None = None) -> None:
    """Write a paper's Markdown to a new file: HTML to be printed, plain text, or as it is, by the ending of
    its name; its table, if it has one, as CSV. Raises PaperError, and then there is no file."""
    ending, endings = out.suffix.lower(), endings_of(table)
    if ending not in endings:
        known = f"{', '.join(endings[:-1])} and {endings[-1]}"
        raise PaperError(f"{one_line(out.name)} ends in none of {known}. Choose one.")
    if ending == CSV and table is not None:
        words = comma_separated(table)
    elif ending == HTML:
        words = html(text, title, language)
    else:
        words = plain_text(text) if ending == TEXT else text
    write_text(words, out)


def write_text(words: str, out: Path) -> None:
    """Write words as they are to a new file. Raises PaperError, and then there is no file."""
    try:
        create(out, [words.encode("utf-8")])
    except FileExistsError:
        raise PaperError(f"{one_line(out.name)} is already there. Choose another name.") from None
    except OSError as error:
        raise PaperError(f"{one_line(out.name)} cannot be written: {error.strerror or error}.") from None
