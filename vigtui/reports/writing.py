"""A paper as a file that only its owner can read."""

from pathlib import Path

from vigtui.reports.layout import html, plain_text
from vigtui.reports.paper import PaperError
from vigtui.store.disk.atomic import create
from vigtui.values.text import one_line

HTML, MARKDOWN, TEXT = ".html", ".md", ".txt"
ENDINGS = frozenset((HTML, MARKDOWN, TEXT))
"""How a paper is written, by the ending of its file's name."""


def write_paper(text: str, title: str, language: str, out: Path) -> None:
    """Write a paper's Markdown to a new file: HTML to be printed, plain text, or as it is, by the ending of
    its name. Raises PaperError, and then there is no file."""
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise PaperError(f"{one_line(out.name)} ends in none of {HTML}, {MARKDOWN} and {TEXT}. Choose one.")
    laid_out = {HTML: lambda: html(text, title, language), TEXT: lambda: plain_text(text)}
    words = laid_out[ending]() if ending in laid_out else text
    try:
        create(out, [words.encode("utf-8")])
    except FileExistsError:
        raise PaperError(f"{one_line(out.name)} is already there. Choose another name.") from None
    except OSError as error:
        raise PaperError(f"{one_line(out.name)} cannot be written: {error.strerror or error}.") from None
