"""What would be lost: a written record on paper that has all of it, and nobody's own notes."""

import datetime as dt
from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import change, write
from tests.ui.heron import FAMILY, make_heron
from vigtui.domain.records import Family, Note, Rating, Seeing, Session, SessionItem
from vigtui.domain.sessions.agreement import kept_words
from vigtui.domain.vocabulary import SessionState, Visibility
from vigtui.reports.families.written import written_paper
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.templates import template
from vigtui.store.caseload import Caseload
from vigtui.wording.names import Names
from vigtui.wording.values import HIDDEN

TODAY = dt.date(2025, 4, 12)


def text(path: Path, language: str = "en", reader: str = "") -> str:
    caseload = Caseload.open(path)
    names = Names(caseload.get, TODAY, reader=reader)
    paper = written_paper(names, caseload.where, caseload.need(Family, FAMILY))
    caseload.close()
    return plain_text(markdown(paper, template(paper.kind, language, Path("none"))), 10_000)


def test_all_that_is_written_of_a_family_is_on_it(tmp_path: Path) -> None:
    path = make_heron(tmp_path / "c.vig.json")
    write(path, Note(id="open", about="clip-film-1-1", author="person-ros", body="Seen with Ros"))
    told = text(path)
    for words in (
        "What is written of F-017 Heron",
        "I thought he was sulking.",
        "What's Jory telling me when he goes quiet?",
        "Consent of Jory to supervision",
        "Decision: given",
        "11 Mar 2025",
        "Seen with Ros",
        "CP plan",
    ):
        assert words in told, words


def test_no_word_of_a_note_for_oneself_alone_is_on_it_not_even_for_its_author(tmp_path: Path) -> None:
    path = make_heron(tmp_path / "c.vig.json")
    note = Note(
        about=FAMILY, author="person-ellis", visibility=Visibility.AUTHOR, body="Zaunkönig, for me alone"
    )
    seeing = Seeing(item="item-own", person="person-ellis", words="Zaunkönig, seen alone")
    write(path, note, SessionItem(id="item-own", session="session-2", clip="clip-film-1-1"), seeing)
    for reader in ("", "person-ellis"):
        assert "Zaunkönig" not in text(path, reader=reader)
        assert HIDDEN not in text(path, reader=reader), "not even that there is one"
    write(path, replace(note, visibility=Visibility.SESSION))
    assert "Zaunkönig, for me alone" in text(path)


def test_a_rating_of_nought_is_told(tmp_path: Path) -> None:
    path = make_heron(tmp_path / "c.vig.json")
    write(path, Rating(question="question-1", rater="dana", date=TODAY, value=0))
    assert "Value: 0" in text(path)


def test_it_ships_in_easy_english(tmp_path: Path) -> None:
    assert "What we have written about F-017 Heron" in text(make_heron(tmp_path / "c.vig.json"), "en-easy")


def test_what_was_agreed_stands_once_on_it_and_in_words(tmp_path: Path) -> None:
    """Not a second time, as a file has it."""
    path = make_heron(tmp_path / "c.vig.json")
    item = SessionItem(id="item-own", session="session-2", clip="clip-film-1-1", working_point="One turn.")
    change(path, Session, "session-2", state=SessionState.HELD)
    write(path, item, kept_words(item))
    told = text(path)
    assert told.count("One turn.") == 1
    assert "agreed words" not in told
