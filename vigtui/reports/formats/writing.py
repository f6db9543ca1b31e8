"""A paper in its template, ready to be printed; and written to a file that only its owner can read."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.reports.charts.chart import Charts, named
from vigtui.reports.formats.html import html
from vigtui.reports.formats.markdown import markdown, with_charts, with_names
from vigtui.reports.formats.plain_text import WIDTH, plain_text
from vigtui.reports.formats.spreadsheet import comma_separated
from vigtui.reports.paper import Paper, PaperError, Table, said
from vigtui.reports.spoken import printed
from vigtui.reports.templates import template
from vigtui.store.disk.atomic import create
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import one_line

HTML, MARKDOWN, TEXT, CSV = ".html", ".md", ".txt", ".csv"


class Printout(Struct, frozen=True):
    """A paper as it is printed: its Markdown, in the template of a language, and what is drawn in it."""

    title: str
    text: str
    language: str = "en"
    table: Table | None = None
    charts: Charts = {}

    @property
    def endings(self) -> tuple[str, ...]:
        """How it can be written, by the ending of its file's name: as CSV where it has a table."""
        return (HTML, MARKDOWN, TEXT) if self.table is None else (HTML, MARKDOWN, TEXT, CSV)

    def named(self, names: SpokenNames) -> "Printout":
        """Return it with the names by which people are called at home (see `reports.spoken.printed`)."""
        say = printed(names)
        return replace(
            self,
            text=with_names(self.text, names),
            table=said(self.table, say) if self.table else None,
            charts=named(self.charts, say),
        )

    def read(self, width: int = WIDTH) -> str:
        """Return it as plain text of this many characters a line."""
        return plain_text(self.text, width, self.charts)

    def written(self, ending: str) -> str:
        """Return what a file with this ending says; one of its `endings`."""
        if ending == CSV and self.table is not None:
            return comma_separated(self.table)
        if ending == HTML:
            return html(self.text, self.title, self.language, self.charts)
        return self.read() if ending == TEXT else with_charts(self.text, self.charts)


def print_out(paper: Paper, title: str, language: str, own: Path | None) -> Printout:
    """Return a paper in the template of a language, or a person's `own`. Raises PaperError."""
    text = markdown(paper, template(paper.kind, language, own))
    return Printout(title, text, language, paper.table, paper.charts)


def write_paper(printout: Printout, out: Path) -> None:
    """Write a paper to a new file: HTML to be printed, plain text, Markdown or CSV, by the ending of its
    name. Raises PaperError, and then there is no file."""
    ending, endings = out.suffix.lower(), printout.endings
    if ending not in endings:
        known = f"{', '.join(endings[:-1])} and {endings[-1]}"
        raise PaperError(f"{one_line(out.name)} ends in none of {known}. Choose one.")
    write_text(printout.written(ending), out)


def write_text(words: str, out: Path) -> None:
    """Write words as they are to a new file. Raises PaperError, and then there is no file."""
    try:
        create(out, [words.encode("utf-8")])
    except FileExistsError:
        raise PaperError(f"{one_line(out.name)} is already there. Choose another name.") from None
    except OSError as error:
        raise PaperError(f"{one_line(out.name)} cannot be written: {error.strerror or error}.") from None
