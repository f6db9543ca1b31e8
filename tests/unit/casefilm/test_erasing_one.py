"""What would be lost: that one recording, one clip, one note goes for good, and nothing else does."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change, with_films, write
from vigtui.casefilm.erasing import erase, finish_erasing, plan_erasure
from vigtui.domain.notes import own_note
from vigtui.domain.records import (
    Agreement,
    Clip,
    Deletion,
    Moment,
    Note,
    PlannedMoment,
    Record,
    Recording,
    Session,
    SessionItem,
    Share,
    Still,
    Tag,
    Voice,
)
from vigtui.domain.vocabulary import Purpose, RecordingState, SessionState, Visibility
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError, ReadOnlyError
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.keyring import Keyring
from vigtui.workspace.drafts import note_draft

DAY = dt.date(2026, 11, 1)
WORD = "Zaunkönig"
STAYS = "Wren"
NOTE = Note(id="note", about="clip", author="ros", body=f"{WORD} in a note")
RECORDS = (
    Clip(id="clip", recording="toast", in_ms=0, out_ms=500, title=WORD, caption=f"{WORD} points"),
    Clip(id="other", recording="toast", in_ms=500, out_ms=900, caption=STAYS, companion="clip"),
    Tag(clip="clip", at_ms=10, who="dana", principle=WORD),
    Still(clip="clip", at_ms=20, caption=WORD),
    Moment(cycle="cycle", recording="toast", at_ms=10, words=WORD, clip="clip"),
    PlannedMoment(cycle="cycle", clip="clip", wait_for=WORD),
    Share(clip="clip", audience=WORD, purpose=Purpose.CONFERENCE, date=DAY),
    NOTE,
    Session(id="session", supervisor="ros", date=DAY, opening=STAYS),
    SessionItem(id="item", session="session", clip="clip", seen_together=WORD),
    SessionItem(id="beside", session="session", clip="other", working_point=STAYS),
    Voice(id="voice", family="family", speaker="Dana", words=STAYS, date=DAY, clip="clip"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two films, a clip with all that can be about it, and another of the same film; an earlier version, and
    a copy that a sync service has put beside the file."""
    path = with_films(tmp_path / "c.vig.json", "toast", "jigsaw")
    write(path, *RECORDS)
    shutil.copy(path, path.with_name("c (conflicted copy).vig.json"))
    write(path, Note(id="last", about="jigsaw", author="ros", body=STAYS))
    return path


def erased(path: Path, kind: type[Record], record_id: str) -> Caseload:
    """The caseload, still open, in which this was erased."""
    caseload = Caseload.open(path, by="Ros")
    erase(caseload, plan_erasure(caseload, caseload.need(kind, record_id)), Keyring())
    return caseload


def holding(path: Path, word: str) -> list[str]:
    files = [each for each in path.parent.rglob("*.json") if each.is_file()]
    assert len(files) > 2
    return [each.name for each in files if word in each.read_text()]


def test_a_clip_goes_from_every_file_with_all_that_is_about_it_and_its_film_stays(path: Path) -> None:
    caseload = erased(path, Clip, "clip")
    assert holding(path, WORD) == []
    assert [each.id for each in caseload.all(Clip)] == ["other"]
    assert [each.id for each in caseload.all(SessionItem)] == ["beside"]
    assert (caseload.need(Clip, "other").companion, caseload.need(Voice, "voice").clip) == ("", "")
    assert not any(map(caseload.all, (Tag, Still, Moment, PlannedMoment, Share)))
    assert (path.parent / "media" / "toast.mp4").exists()
    while caseload.undo() is not None:
        pass
    caseload.close()
    assert holding(path, WORD) == []


def test_a_recording_goes_with_its_film_and_its_clips_and_the_other_stays(path: Path) -> None:
    write(path, replace(RECORDS[0], caption=""))  # An own version, which the copy beside the file has not.
    caseload = erased(path, Recording, "toast")
    assert holding(path, WORD) == []
    assert [each.id for each in caseload.all(Recording)] == ["jigsaw"]
    assert [each.name for each in (path.parent / "media").iterdir()] == ["jigsaw.mp4"]
    assert [each.id for each in caseload.all(Note)] == ["last"]
    assert caseload.undo() is None
    caseload.close()


def test_a_note_goes_alone_and_another_can_be_written(path: Path) -> None:
    """Its id is made of what it is about: what is written after it is no part of what was erased."""
    caseload = Caseload.open(path, by="Ros")
    for words in ("jam", "honey", "plum"):
        blank = own_note(caseload.where, "other", "ros", Visibility.SESSION)
        note_draft(caseload, blank, "a note").keep(words)
        [note] = caseload.where(Note, about="other")
        assert note.body == words
        erase(caseload, plan_erasure(caseload, note), Keyring())
        assert not caseload.where(Note, about="other")
    caseload.close()
    assert [each for word in ("jam", "honey", "plum") for each in holding(path, word)] == []
    assert len(read_snapshot(path).where(Clip)) == 2


def test_what_a_colleague_adds_to_an_erased_clip_goes_where_the_two_meet(path: Path, tmp_path: Path) -> None:
    """A recording that they have, too: with its film, and what they made a moment of."""
    theirs = tmp_path / "theirs" / "c.vig.json"
    shutil.copytree(path.parent / "media", theirs.parent / "media")
    shutil.copy(path, theirs)
    write(theirs, Tag(clip="clip", at_ms=30, who="jory", principle=WORD), by="Ellis")
    caseload = erased(path, Recording, "toast")
    colleague = Caseload.open(theirs, by="Ellis")
    colleague.merge(caseload.snapshot(), "Merge")
    assert finish_erasing(colleague)
    caseload.merge(colleague.snapshot(), "Merge")
    assert not caseload.all(Tag)
    assert not (theirs.parent / "media" / "toast.mp4").exists()
    colleague.close()
    caseload.close()
    assert holding(theirs, WORD) == []


def test_film_that_another_recording_names_or_has_lost_stays(path: Path) -> None:
    caseload = Caseload.open(path)
    film = caseload.need(Recording, "toast")
    caseload.save(replace(film, id="same", rev=""))
    caseload.save(replace(caseload.need(Recording, "jigsaw"), id="lost", rev="", path="media/lost.mp4"))
    caseload.close()
    erased(path, Recording, "toast").close()
    erased(path, Recording, "jigsaw").close()
    assert sorted(each.stem for each in (path.parent / "media").iterdir()) == ["jigsaw", "toast"]


def test_what_is_held_or_agreed_is_known_before_anything_goes(path: Path) -> None:
    at = Agreement(by=("ros",), at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    change(path, Recording, "toast", hold_reason="A court asks for it.")
    write(path, Note(id="own", about="session", author="ros", visibility=Visibility.AUTHOR, body=STAYS))
    change(path, Session, "session", state=SessionState.AGREED, agreed=at)
    caseload = Caseload.open(path)
    toast, jigsaw = (plan_erasure(caseload, caseload.need(Recording, each)) for each in ("toast", "jigsaw"))
    assert toast.held == ("A court asks for it.",)
    assert not jigsaw.held
    with pytest.raises(CaseloadError, match=r"the film is held \(A court asks for it\)"):
        erase(caseload, toast, Keyring())
    assert (toast.agreed, jigsaw.agreed) == (True, False)
    assert plan_erasure(caseload, caseload.need(Clip, "clip")).agreed
    assert not plan_erasure(caseload, caseload.need(Note, "own")).agreed
    caseload.close()


@pytest.mark.parametrize("about", ["clip", "toast", "item"])
def test_what_was_written_of_held_film_stays_with_it(path: Path, about: str) -> None:
    """A hold would be of no use to whoever asked for it, were all that was seen in the film erased."""
    write(path, replace(NOTE, id="another", about=about))
    change(path, Recording, "toast", hold_reason="A court asks for it.")
    caseload = Caseload.open(path)
    for kind, each in ((Clip, "clip"), (Note, "note"), (Note, "another")):
        with pytest.raises(CaseloadError, match="Take off the hold first"):
            erase(caseload, plan_erasure(caseload, caseload.need(kind, each)), Keyring())
    erase(caseload, plan_erasure(caseload, caseload.need(Note, "last")), Keyring())
    assert len(caseload.all(Note)) == 2
    caseload.close()


def test_a_recording_whose_film_was_deleted_can_be_erased_with_who_deleted_it_and_why(path: Path) -> None:
    """It can not be removed: that would hide who deleted the film."""
    write(path, Deletion(recording="toast", date=DAY, why=WORD))
    change(path, Recording, "toast", state=RecordingState.DELETED)
    erased(path, Recording, "toast").close()
    assert holding(path, WORD) == []


def test_film_that_is_empty_goes_and_what_is_no_film_stays(path: Path) -> None:
    """A film that was not copied to the end kept its whole family from being erased."""
    film = path.parent / "media" / "toast.mp4"
    film.write_text("notes of somebody else")
    with pytest.raises(FilmError, match="is a text file, not a film"):
        erased(path, Recording, "toast")
    film.write_bytes(b"")
    erased(path, Recording, "toast").close()
    assert not film.exists()
    other = film.with_name("jigsaw.mp4")
    change(path, Recording, "jigsaw", state=RecordingState.MISSING)
    other.write_text("notes of somebody else")
    erased(path, Recording, "jigsaw").close()
    assert other.exists()


def test_where_nothing_can_be_written_no_film_goes(path: Path) -> None:
    tables = json.loads(path.read_text())
    tables["meta"]["1"]["schema"] += 1
    path.write_text(json.dumps(tables))
    caseload = Caseload.open(path)
    with pytest.raises(ReadOnlyError, match="newer vigtui"):
        erase(caseload, plan_erasure(caseload, caseload.need(Recording, "toast")), Keyring())
    caseload.close()
    assert (path.parent / "media" / "toast.mp4").exists()
