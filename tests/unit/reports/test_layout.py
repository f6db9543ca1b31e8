"""What would be lost: a paper that says what was typed, and nothing that a browser would fetch or run."""

import csv
import io
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.reports.formats.html import html
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.formats.spreadsheet import comma_separated
from vigtui.reports.formats.writing import Printout, write_paper
from vigtui.reports.paper import Paper, PaperError, Table
from vigtui.reports.templates import LANGUAGES, UnknownLanguageError, template
from vigtui.values.text import clean

HOSTILE = (
    "# not a heading",
    "1. not a list",
    "- nor this",
    "2) nor this",
    "> no quote\n\n\n    no code",
    "<script>alert(1)</script>",
    "![pixel](https://example.org/x.png) [click](javascript:alert(1)) <https://example.org>",
    "a | b \\| c",
    "*bold* _slanted_ `code` ~~struck~~ ~~~",
    "&lt; &amp; {{ title }} {% raw %}",
    "---",
    "===",
    "\x1b]0;title\x07 \u202ebackwards",
)
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text("#*_-+=>|\\`~<>[]()!&.1 \n"))


def paper(**values: object) -> Paper:
    return Paper("a test", "test", values)


class _Told(HTMLParser):
    """The words and the tags of the body of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tags, self._inside = "", set[str](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside:
            self.tags.add(tag)
            assert not attrs or tag == "ol"
        self._inside = self._inside or tag == "body"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.words += data


def told(page: str) -> _Told:
    parser = _Told()
    parser.feed(page)
    return parser


def folded(words: str) -> str:
    return " ".join(clean(words).split())


@given(WORDS)
def test_what_was_typed_is_text_in_every_layout(words: str) -> None:
    text = markdown(paper(words=words), "before {{ words }} after\n")
    page = told(html(text, words))
    assert folded(page.words) == folded(f"before {words} after")
    assert page.tags <= {"p", "br"}
    assert folded(plain_text(text, width=10_000)) == folded(f"before {words} after")


@given(WORDS)
def test_what_was_typed_stays_in_its_item_and_in_its_cell(words: str) -> None:
    template = "- {{ words }}\n- end\n\n| A | B |\n|---|---|\n| {{ words | line }} | end |\n"
    page = told(html(markdown(paper(words=words), template), ""))
    assert folded(page.words) == folded(f"{words} end A B {words} end")
    assert page.tags <= {"ul", "li", "p", "br", "table", "thead", "tbody", "tr", "th", "td"}


def test_a_page_is_whole_and_fetches_nothing() -> None:
    page = html("# Heron\n", "a <title>", "en-easy")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "default-src 'none'" in page
    assert "<title>a &lt;title&gt;</title>" in page
    assert "http:" not in page
    assert "https:" not in page
    assert told(page).words.strip() == "Heron"


@pytest.mark.parametrize(
    "words",
    [
        "{{ missing }}",
        "{{ 1 // 0 }}",
        "{% for each in words %}",
        "{% include 'visit.md' %}",
        "{{ ''.__class__.__mro__ }}",
        "{% for a in range(10000000) %}a{% endfor %}",
        "{{ words.append('x') }}",
    ],
)
def test_a_template_that_cannot_be_used_is_told(words: str) -> None:
    with pytest.raises(PaperError, match="The template for a test cannot be used"):
        markdown(paper(words=["one"]), words)


def test_a_service_s_own_template_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    own = tmp_path / "en" / "visit.md"
    own.parent.mkdir()
    own.write_bytes("Our own\r\n".encode("utf-16"))
    assert template("visit", "en", tmp_path) == "Our own\n"
    assert template("visit", "en-easy", tmp_path) != template("visit", "en", tmp_path)
    with pytest.raises(
        UnknownLanguageError, match=r"no language “cy” for papers\. There is en and en-easy\."
    ):
        template("visit", "cy", tmp_path)
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "letter.md").touch()
    assert template("visit", "cy", tmp_path) == template("visit", "en", None)
    own.write_bytes(bytes(1 << 19))
    with pytest.raises(PaperError, match="visit"):
        template("visit", "en", tmp_path)
    with pytest.raises(PaperError):
        template("nothing", "en", tmp_path)


@pytest.mark.parametrize("ending", [".html", ".md", ".txt"])
def test_a_paper_is_written_for_its_owner_alone_and_over_nothing(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"visits{ending}"
    write_paper(Printout("Visits", "# Heron\n"), out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Heron" in out.read_text()
    with pytest.raises(PaperError, match="already there"):
        write_paper(Printout("Visits", "# Wren\n"), out)
    assert "Wren" not in out.read_text()


def test_a_paper_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="ends in none of"):
        write_paper(Printout("", ""), tmp_path / "visits.pdf")
    with pytest.raises(PaperError, match="cannot be written"):
        write_paper(Printout("", ""), tmp_path / "nowhere" / "visits.md")


@given(st.lists(st.lists(st.text().map(clean), min_size=2, max_size=2).map(tuple)))
def test_a_table_says_in_a_spreadsheet_what_was_typed(rows: list[tuple[str, ...]]) -> None:
    """And nothing of it runs there: a cell that begins as a formula does begins with an apostrophe."""
    words = comma_separated(Table(("Family", "What"), tuple(rows)))
    [headings, *found] = csv.reader(io.StringIO(words.removeprefix("\ufeff"), newline=""))
    assert headings == ["Family", "What"]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell[:1] in "=+-@" for row in found for cell in row if cell)


def test_only_a_list_is_written_for_a_spreadsheet(tmp_path: Path) -> None:
    out = tmp_path / "register.csv"
    with pytest.raises(PaperError, match="ends in none of"):
        write_paper(Printout("", ""), out)
    write_paper(Printout("", "", table=Table(("Family",), (("Zoë, =1+1",),))), out)
    assert out.read_bytes() == b'\xef\xbb\xbfFamily\r\n"Zo\xc3\xab, =1+1"\r\n'
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_every_language_has_every_paper() -> None:
    for language in LANGUAGES:
        assert template("visit", language, None)


def test_a_wide_table_keeps_its_columns_within_the_page() -> None:
    """Else a column of one row stands below that of another, and nobody can read it."""
    row = "| 1 Oct 2026 | the film of C3, on a stick | viewing at the carers' home | until November |\n"
    words = plain_text(f"| Day | What | Why | State |\n|---|---|---|---|\n{row}", width=60)
    lines = words.rstrip().split("\n")
    assert max(map(len, lines)) <= 60
    columns = [lines[0].index(heading) for heading in ("Day", "What", "Why", "State")]
    for line in lines[2:]:
        assert all(line[column - 2 : column].strip() == "" for column in columns[1:])
