"""What would be lost: a list of what is out that can be ticked on paper, and shows nothing but that."""

from pathlib import Path

from tests.unit.queries.test_register import HERON, PACK, entries
from vigtui.domain.records import Note
from vigtui.domain.vocabulary import Visibility
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.service.register import register_paper
from vigtui.reports.templates import LANGUAGES, template


def test_what_is_out_has_a_box_to_tick_in_every_language(tmp_path: Path) -> None:
    own = Note(about="heron", author="ros", visibility=Visibility.AUTHOR, body="For me alone")
    listed, names = entries(tmp_path, own, family="heron")
    paper = register_paper(names, listed, HERON)
    assert "heron" not in paper.name.lower()
    for language in LANGUAGES:
        words = plain_text(markdown(paper, template("register", language, None)))
        [line] = [each for each in words.splitlines() if PACK.about in each]
        assert line.startswith("- ☐ F-017 Heron: pack, supervision 4")
        assert "Kit" in line
        assert "For me alone" not in words
    assert paper.table is not None
    assert any(PACK.about in what and "Kit" in where for _, _, what, where, _, _ in paper.table.rows)


def test_a_register_without_an_entry_says_so(tmp_path: Path) -> None:
    _, names = entries(tmp_path)
    for language, words in (("en", "no copy is known"), ("en-easy", "Nobody has a copy")):
        assert words in markdown(register_paper(names, [], None), template("register", language, None))
