"""Nothing hangs loose: what was written below a record that another removed stands against the removal."""

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make, read, write
from vigtui.domain.records import (
    Agreement,
    Clip,
    Cycle,
    Family,
    Member,
    Note,
    Person,
    PlannedMoment,
    Rating,
    Recording,
    Session,
    SessionItem,
    Tag,
)
from vigtui.domain.records.questions import HelpingQuestion
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import RecordInvalidError
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.wording.arrivals import questions
from vigtui.wording.changes import told
from vigtui.wording.names import Names

DAY = dt.date(2026, 1, 1)


@pytest.fixture
def ros(caseload: Caseload) -> Caseload:
    """Ros's copy, with a family in it down to a tag."""
    with caseload.transaction("Fill"):
        caseload.save(Family(id="family", code="F-017"))
        caseload.save(HelpingQuestion(id="question", family="family", owner="", words="What is quiet?"))
        caseload.save(Cycle(id="cycle", family="family", number=1))
        caseload.save(Recording(id="recording", cycle="cycle"))
        caseload.save(Clip(id="clip", recording="recording", in_ms=0, out_ms=1, title="C1"))
        caseload.save(Session(id="session", supervisor="", date=DAY))
    caseload.flush()
    return caseload


def merge(into: Caseload, other: Caseload) -> None:
    other.flush()
    into.merge(CaseloadFile(other.path).read()[0], "Merge")


WRITTEN = [
    (Clip, "clip", Note(id="new", about="clip", body="Long thoughts.")),
    (Clip, "clip", Tag(id="new", clip="clip", at_ms=0, who="", principle="receiving")),
    (Cycle, "cycle", Note(id="new", about="cycle", body="Long thoughts.")),
    (Clip, "clip", PlannedMoment(id="new", cycle="cycle", clip="clip", ask="What do you see?")),
    (Recording, "recording", Clip(id="new", recording="recording", in_ms=1, out_ms=2)),
    (HelpingQuestion, "question", Rating(id="new", question="question", rater="", date=DAY, value=3)),
    (Session, "session", SessionItem(id="new", session="session", working_point="A wait.")),
    (Family, "family", Note(id="new", about="clip", body="Long thoughts.")),
]


@pytest.mark.parametrize(("kind", "removed", "written"), WRITTEN)
@pytest.mark.parametrize("remover_merges", [True, False])
def test_what_was_written_below_what_another_removed_stands_against_the_removal(
    ros: Caseload, ellis: Caseload, kind: type, removed: str, written: Note, remover_merges: bool
) -> None:
    """Words that point at nothing are words that nobody will find again."""
    ros.delete(ros.need(kind, removed))
    ellis.save(written)
    one, other = (ros, ellis) if remover_merges else (ellis, ros)
    merge(one, other)
    merge(other, one)
    for each in (one, other):
        assert each.need(type(written), "new") == written or each.need(type(written), "new").by == "Ellis"
        conflict = each.conflict(each.need(kind, removed))
        assert conflict is not None
        assert conflict.removal is not None
        assert conflict.removal.by == "Ros"
        assert conflict.below
    assert one.conflicts() == other.conflicts()


def test_keeping_what_was_written_keeps_all_that_it_belongs_to(ros: Caseload, ellis: Caseload) -> None:
    ros.delete(ros.need(Family, "family"))
    ellis.save(Note(about="clip", body="Long thoughts."))
    merge(ros, ellis)
    assert {conflict.table for conflict in ros.conflicts()} == {"families", "cycles", "recordings", "clips"}
    conflict = ros.conflict(ros.need(Clip, "clip"))
    assert conflict is not None
    assert [getattr(each, "body", "") for each in conflict.below] == ["Long thoughts."]
    ros.resolve(conflict, {})
    assert ros.conflicts() == []
    merge(ellis, ros)
    assert ellis.conflicts() == []
    assert ellis.need(Clip, "clip").title == "C1"


def test_removing_it_after_all_takes_what_was_written_with_it(ros: Caseload, ellis: Caseload) -> None:
    ros.delete(ros.need(Family, "family"))
    ellis.save(Note(about="clip", body="Long thoughts."))
    merge(ros, ellis)
    ros.delete(ros.need(Family, "family"))
    merge(ellis, ros)
    for each in (ros, ellis):
        assert (each.conflicts(), each.all(Family), each.all(Clip), each.all(Note)) == ([], [], [], [])


def test_when_what_was_written_is_gone_the_removal_holds(ros: Caseload, ellis: Caseload) -> None:
    ros.delete(ros.need(Clip, "clip"))
    note = ellis.save(Note(about="clip", body="Long thoughts."))
    merge(ros, ellis)
    ellis.delete(note)
    merge(ros, ellis)
    merge(ellis, ros)
    for each in (ros, ellis):
        assert (each.conflicts(), each.all(Clip), each.all(Note)) == ([], [], [])


def test_two_open_programs_lose_nothing_either(ros: Caseload, path: Path) -> None:
    ellis = Caseload.open(path, by="Ellis")
    ros.delete(ros.need(Clip, "clip"))
    ellis.save(Note(about="clip", body="Long thoughts."))
    for each in (ros, ellis, ros, ellis):
        each.flush()
        each.look()
    for each in (ros, ellis):
        assert each.all(Clip)
        assert len(each.conflicts()) == 1
        assert each.status.state == "saved"
    ellis.close()


def test_undoing_leaves_what_others_wrote_below(ros: Caseload, path: Path) -> None:
    """Undoing the making of a clip must not take away what a colleague has written about it meanwhile."""
    clip = ros.save(Clip(recording="recording", in_ms=3, out_ms=4, title="C2"))
    ros.flush()
    ellis = Caseload.open(path, by="Ellis")
    ellis.save(Note(about=clip.id, body="Long thoughts."))
    ellis.close()
    ros.look()
    with pytest.raises(Exception, match="Somebody else has changed this since"):
        ros.undo()
    assert ros.get(Clip, clip.id) is not None


def test_what_comes_back_by_undo_below_a_removed_record_brings_it_back(ros: Caseload, path: Path) -> None:
    note = ros.save(Note(about="clip", body="Long thoughts."))
    ros.flush()
    ellis = Caseload.open(path, by="Ellis")
    ros.delete(note)
    ros.flush()
    ellis.look()
    ellis.delete(ellis.need(Clip, "clip"))
    ellis.close()
    ros.look()
    assert ros.all(Clip) == []
    ros.undo()
    conflict = ros.conflict(ros.need(Clip, "clip"))
    assert conflict is not None
    assert [each.id for each in conflict.below] == [note.id]


def test_undoing_a_merge_takes_back_what_it_kept(ros: Caseload, ellis: Caseload) -> None:
    ros.delete(ros.need(Clip, "clip"))
    ellis.save(Note(about="clip", body="Long thoughts."))
    merge(ros, ellis)
    ros.undo()
    assert (ros.conflicts(), ros.all(Clip), ros.all(Note)) == ([], [], [])
    ros.redo()
    assert len(ros.conflicts()) == 1


def test_undoing_a_merge_takes_nothing_back_at_others(ros: Caseload, ellis: Caseload) -> None:
    """An hour of words went when a colleague had undone taking them in."""
    ellis.save(replace(ellis.need(Clip, "clip"), caption="An hour of words."))
    ellis.save(Note(id="new", about="clip", body="A new note."))
    merge(ros, ellis)
    ros.undo()
    assert (ros.need(Clip, "clip").caption, ros.all(Note)) == ("", [])
    ros.save(replace(ros.need(Clip, "clip"), title="Typed after it."))
    merge(ellis, ros)
    assert ellis.conflicts() == []
    clip = ellis.need(Clip, "clip")
    assert (clip.caption, clip.title) == ("An hour of words.", "Typed after it.")
    assert [note.body for note in ellis.all(Note)] == ["A new note."]
    merge(ros, ellis)
    assert ros.need(Clip, "clip") == clip


def test_an_item_added_to_a_session_that_was_agreed_meanwhile_is_told(ros: Caseload, ellis: Caseload) -> None:
    """It is no part of what was agreed, and looks on the agenda as if it were."""
    agreed = Agreement(by=("ros",), at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    ros.save(replace(ros.need(Session, "session"), agreed=agreed))
    ellis.save(SessionItem(session="session", trainee_question="And then?"))
    ellis.flush()
    step = ros.merge(CaseloadFile(ellis.path).read()[0], "Merge")
    (line,) = [each.line for each in told(Names(ros.get, DAY), step.changes)]
    assert "And then?, after the record was agreed: it is not part of it (Ellis" in line


def test_the_words_that_stand_against_a_removal_are_told_in_full(ros: Caseload, ellis: Caseload) -> None:
    ros.delete(ros.need(Clip, "clip"))
    ellis.save(Note(about="clip", body="She waits. " * 30))
    merge(ros, ellis)
    (question,) = questions(Names(ros.get, DAY), ros.conflicts())
    assert question.line == "Clip C1-0: something was written below it by Ellis, removed by Ros"
    assert question.choices[0].words.count("She waits.") == 30
    ellis.save(Note(about="clip", body="Another."))
    merge(ros, ellis)
    (question,) = questions(Names(ros.get, DAY), ros.conflicts())
    assert "Another." in question.choices[0].words


def test_nothing_of_an_erased_record_stays_in_the_file(ros: Caseload, ellis: Caseload, path: Path) -> None:
    note = ros.save(Note(about="clip", body="Secret words."))
    ros.save(replace(note, body="Secret words, changed."))
    ros.flush()
    ros.erase(ros.need(Family, "family"))
    ros.flush()
    assert b"ecret" not in path.read_bytes()
    assert ros.all(Clip) == ros.all(Cycle) == ros.all(Note) == []
    assert ros.undo() is None or b"ecret" not in path.read_bytes()
    with pytest.raises(RecordInvalidError, match="erased"):
        ros.save(replace(note, body="Secret again."))
    ellis.save(Note(about="clip", body="Secret, and late."))
    merge(ros, ellis)
    assert (ros.all(Clip), ros.all(Note), ros.conflicts()) == ([], [], [])
    merge(ellis, ros)
    assert ellis.all(Clip) == ellis.all(Note) == []
    ellis.flush()
    assert b"ecret" not in ellis.path.read_bytes()
    while ellis.undo() is not None:
        assert ellis.all(Clip) == ellis.all(Note) == []


def test_an_agreed_record_is_erased_too(ros: Caseload) -> None:
    agreed = Agreement(by=("ros",), at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    session = ros.save(replace(ros.need(Session, "session"), agreed=agreed))
    ros.erase(session)
    assert ros.all(Session) == []


def test_what_another_program_wrote_again_after_erasing_is_not_shown(ros: Caseload, path: Path) -> None:
    ros.flush()
    before = json.loads(path.read_bytes())
    ros.erase(ros.need(Clip, "clip"))
    ros.close()
    tables = json.loads(path.read_bytes())
    tables["clips"] = before["clips"]
    path.write_text(json.dumps(tables))
    again = Caseload.open(path)
    assert again.all(Clip) == []
    again.close()
    assert not json.loads(path.read_bytes()).get("clips")


def test_what_names_a_removed_or_erased_record_without_belonging_to_it_is_no_fault(
    ros: Caseload, ellis: Caseload
) -> None:
    ros.delete(ros.need(HelpingQuestion, "question"))
    ellis.save(replace(ellis.need(Clip, "clip"), questions=("question",)))
    merge(ros, ellis)
    ros.close()
    assert validate(read_snapshot(ros.path)) == []


def test_a_member_whom_one_removed_while_another_tagged_them_is_asked_about(
    ros: Caseload, ellis: Caseload
) -> None:
    """A tag of somebody who is in no family any more tells nobody who did it."""
    dana, baby = Member(label="Dana"), Member(label="Baby")
    ros.save(replace(ros.need(Family, "family"), members=(dana, baby)))
    merge(ellis, ros)
    ros.save(replace(ros.need(Family, "family"), members=(dana,)))
    ellis.save(Tag(id="new", clip="clip", at_ms=0, who=baby.id, principle="receiving"))
    for one, other in ((ros, ellis), (ellis, ros)):
        merge(one, other)
    assert ros.conflicts() == ellis.conflicts()
    (conflict,) = ros.conflicts()
    assert [len(said.value) for said in conflict.fields["members"]] == [2, 1]
    assert len(ros.need(Family, "family").members) == 2
    ros.resolve(conflict, {"members": conflict.fields["members"][1].value})
    merge(ellis, ros)
    for each in (ros, ellis):
        assert (each.conflicts(), each.all(Tag)) == ([], [])
        assert len(each.need(Family, "family").members) == 1


def test_what_is_typed_after_a_merge_was_undone_is_news_to_whoever_saw_it_done(
    ros: Caseload, ellis: Caseload
) -> None:
    """Under the name it was written before, the colleague would take it for something they know."""
    ellis.save(replace(ellis.need(Clip, "clip"), caption="An hour of words."))
    merge(ros, ellis)
    for title in ("One", "Two", "Three"):
        ros.save(replace(ros.need(Clip, "clip"), title=title))
        ros.flush()
    merge(ellis, ros)
    for _ in range(4):
        ros.undo()
    assert (ros.need(Clip, "clip").title, ros.need(Clip, "clip").caption) == ("C1", "")
    ros.save(replace(ros.need(Clip, "clip"), title="Typed after it."))
    merge(ellis, ros)
    clip, conflict = ellis.need(Clip, "clip"), ellis.conflict(ellis.need(Clip, "clip"))
    assert clip.caption == "An hour of words."
    assert conflict is not None
    assert {said.value for said in conflict.fields["title"]} == {"Three", "Typed after it."}


def test_undoing_a_merge_leaves_what_another_program_wrote_below_since(
    ros: Caseload, ellis: Caseload, path: Path
) -> None:
    ros.delete(ros.need(Clip, "clip"))
    ellis.save(Note(about="clip", body="Long thoughts."))
    merge(ros, ellis)
    ros.flush()
    noor = Caseload.open(path, by="Noor")
    noor.save(Note(id="noor", about="clip", body="More of it."))
    noor.close()
    ros.look()
    ros.undo()
    conflict = ros.conflict(ros.need(Clip, "clip"))
    assert conflict is not None
    assert [each.id for each in conflict.below] == ["noor"]


def test_a_record_without_dates_is_kept_too(ros: Caseload, ellis: Caseload) -> None:
    """A script that writes records need not know when."""
    ellis.close()
    tables = json.loads(ellis.path.read_bytes())
    tables["clips"]["1"] |= {"created": None, "modified": None}
    ellis.path.write_text(json.dumps(tables))
    again = Caseload.open(ellis.path, by="Ellis")
    again.save(Note(about="clip", body="Long thoughts."))
    ros.delete(ros.need(Clip, "clip"))
    merge(ros, again)
    again.close()
    assert ros.conflict(ros.need(Clip, "clip")) is not None


def test_a_removal_holds_when_what_stood_against_it_is_erased(ros: Caseload, ellis: Caseload) -> None:
    ros.delete(ros.need(Cycle, "cycle"))
    ellis.save(Note(about="clip", body="Long thoughts."))
    merge(ros, ellis)
    ros.erase(ros.need(Recording, "recording"))
    assert (ros.conflicts(), ros.all(Cycle)) == ([], [])


def test_undoing_and_erasing_a_whole_family_s_notes_takes_no_longer_than_in_proportion(path: Path) -> None:
    calls = {many: calls_of_undo_and_erase(path.with_name(f"{many}.vig.json"), many) for many in (50, 200)}
    for few, many in zip(calls[50], calls[200], strict=True):
        assert many < 6 * few


def calls_of_undo_and_erase(path: Path, many: int) -> tuple[int, int]:
    """How often functions are called to undo a merge that kept a removed family for so many changed notes,
    and to erase it then: the same on every machine."""
    family = Family(id="family", code="F-017")
    make(path, family, *(Note(id=f"n{number}", about="family") for number in range(many)))
    other = Path(shutil.copy(path, path.with_name(f"other {many}.vig.json")))
    write(other, removed=[read(other, Family, "family")])
    caseload = Caseload.open(path, by="Ros")
    with caseload.transaction("Change"):
        for note in caseload.all(Note):
            caseload.save(replace(note, body="Long thoughts."))
    caseload.merge(read_snapshot(other).tables, "Merge")
    assert len(caseload.conflicts()) == many + 1
    undone = calls_of(caseload.undo)
    caseload.redo()
    erased = calls_of(lambda: caseload.erase(caseload.need(Family, "family")))
    caseload.close()
    return undone, erased


def calls_of(work: Callable[[], object]) -> int:
    """How many functions of Python are called."""
    calls = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def test_marks_of_two_records_with_one_id_are_both_kept(tmp_path: Path) -> None:
    """The mark of the second took the place of the first's, which a copy then brought back."""
    one, other = Family(id="same", code="F-1"), Person(id="same", name="Ros")
    path = make(tmp_path / "a.vig.json", one, other)
    copy = Path(shutil.copy(path, tmp_path / "b.vig.json"))
    caseload = Caseload.open(path)
    caseload.erase(one)
    caseload.delete(other)
    caseload.close()
    caseload = Caseload.open(path)
    caseload.merge(read_snapshot(copy).tables, "Merge")
    caseload.close()
    assert caseload.get(Family, "same") is None
    assert caseload.get(Person, "same") is None
