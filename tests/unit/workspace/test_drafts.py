"""A person's own note: it is one, wherever it is begun, and what anybody wrote in it is kept."""

from pathlib import Path

import pytest

from vigtui.domain.notes import own_note
from vigtui.domain.records import Note
from vigtui.domain.vocabulary import Visibility
from vigtui.store.caseload import Caseload
from vigtui.workspace.drafts import Draft, note_draft, others_notes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Caseload.create(tmp_path / "a.vig.json").close()
    return tmp_path / "a.vig.json"


def written(caseload: Caseload) -> Draft:
    return note_draft(caseload, own_note(caseload.where, "clip", "ros", Visibility.SESSION), "a note")


def test_two_programs_that_begin_the_same_note_keep_both_texts(path: Path) -> None:
    """Two notes with one author about one clip: one of them would be hidden for ever."""
    one, two = Caseload.open(path, by="Ros"), Caseload.open(path, by="Ros")
    for caseload, words in ((one, "jam"), (two, "honey")):
        written(caseload).keep(words)
        caseload.flush()
    for caseload in (one, two, one):
        caseload.look()
        caseload.flush()
    for caseload in (one, two):
        assert len(caseload.all(Note)) == 1
        found = written(caseload)
        assert found.has_version("jam")
        assert found.has_version("honey")
        words = found.others_words("jam", lambda _: "F10")
        assert words == "Somebody in your name changed this too. F10 shows both."
        caseload.close()


def test_an_older_file_with_two_notes_of_one_person_shows_both(path: Path) -> None:
    caseload = Caseload.open(path)
    for body in ("jam", "honey"):
        caseload.save(Note(about="clip", author="ros", body=body))
    own = own_note(caseload.where, "clip", "ros", Visibility.SESSION)
    shown = {own.body, others_notes(caseload, own)[0][1]}
    assert shown == {"jam", "honey"}
    caseload.close()


def test_a_note_that_was_emptied_is_removed_and_can_be_written_again(path: Path) -> None:
    caseload = Caseload.open(path)
    keep = written(caseload).keep
    for body, there in (("jam", ["jam"]), (" ", []), ("honey", ["honey"])):
        keep(body)
        assert [note.body for note in caseload.all(Note)] == there
        caseload.flush()
    assert not caseload.conflicts()
    caseload.close()
