"""What would be lost: a paper that shows which film went, which did not and why, and who has a copy still."""

from pathlib import Path

from tests.unit.queries.test_register import FILM, PACK, day, entries
from vigtui.domain.records import Note
from vigtui.domain.vocabulary import Visibility
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.service.deletion import Deleted, deletion_paper
from vigtui.reports.templates import LANGUAGES, template


def test_what_went_what_stays_and_what_is_out_are_told_in_every_language(tmp_path: Path) -> None:
    own = Note(about="heron", author="ros", visibility=Visibility.AUTHOR, body="For me alone")
    listed, names = entries(tmp_path, own)
    films = [Deleted(FILM), Deleted(FILM, "held: not deleted.")]
    out = [each for each in listed if each.copy]
    paper = deletion_paper(names, films, out, "Its day had come", "Ellis Marr")
    assert paper.families == ("heron",)
    assert paper.name == f"deleted-{day(0).isoformat()}"
    for language in LANGUAGES:
        words = " ".join(plain_text(markdown(paper, template("deletion", language, None))).split())
        assert "29 November 2026" in words
        assert "Ellis Marr" in words
        went, stays = words.split("F-017 Heron: recording of cycle 1", 2)[1:]
        assert "held" not in went
        assert "held: not deleted" in stays
        assert f"{PACK.about}" in stays
        assert "Kit" in stays
        assert "media/film.mp4" not in words
        assert "For me alone" not in words
