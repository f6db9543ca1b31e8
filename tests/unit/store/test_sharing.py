"""Two people with one caseload: each goes on, both see everything, and every decision can be taken back."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import heron
from vigtui.domain.records import Family, Member, Note, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import OtherCaseloadError
from vigtui.store.merging.steps import Step
from vigtui.store.snapshot import read_snapshot


def both_change(caseload: Caseload, other: Caseload) -> None:
    """Both write the reasons, and each sees the other's file."""
    caseload.save(replace(heron(caseload), reasons="Ros's words."))
    other.save(replace(heron(other), reasons="Ellis's words."))
    caseload.flush()
    other.flush()
    caseload.look()
    other.look()


def test_what_another_wrote_is_there_after_a_look_and_told(caseload: Caseload, other: Caseload) -> None:
    told: list[Step] = []
    other.subscribe(told.append)
    family = caseload.save(replace(heron(caseload), pseudonym="Heron"))
    caseload.save(Note(about=family.id, body="She waits."))
    caseload.flush()
    other.look()
    assert heron(other).pseudonym == "Heron"
    assert [note.body for note in other.all(Note)] == ["She waits."]
    assert [change.tables for change in told] == [{"families", "notes"}]
    assert other.status.state == "saved"
    other.look()
    assert len(told) == 1
    assert other.undo() is None  # What another did is not ours to take back.
    other.close()


def test_looking_at_a_file_that_says_nothing_new_writes_nothing(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    """Otherwise two open programs would write in turns for ever."""
    both_change(caseload, other)
    require_rest(path, caseload, other)
    other.close()


def test_a_file_that_was_edited_by_hand_is_written_once_by_two_open_programs(
    caseload: Caseload, path: Path
) -> None:
    """One knows it as it was before, the other only as it was edited."""
    caseload.save(Family(code="F-017", reasons="Ros's words."))
    caseload.flush()
    path.write_text(path.read_text().replace("Ros's words.", "Ros's own words."))
    other = Caseload.open(path, by="Ellis")
    require_rest(path, caseload, other)
    assert heron(caseload).reasons == heron(other).reasons == "Ros's own words."
    other.close()


def require_rest(path: Path, *caseloads: Caseload) -> None:
    """Let each program look a few times, and see that then nobody writes any more."""
    for _ in range(2):
        for each in caseloads:
            each.look()
            each.flush()
    before = path.stat().st_mtime_ns
    for each in caseloads:
        each.look()
        assert each.status.state == "saved"
        each.flush()
    assert path.stat().st_mtime_ns == before


def test_one_field_changed_by_both_is_a_conflict_for_both(caseload: Caseload, other: Caseload) -> None:
    both_change(caseload, other)
    (mine,), (theirs,) = caseload.conflicts(), other.conflicts()
    assert mine == theirs
    assert {(said.value, said.by) for said in mine.fields["reasons"]} == {
        ("Ros's words.", "Ros"),
        ("Ellis's words.", "Ellis"),
    }
    assert heron(caseload).reasons == heron(other).reasons == mine.fields["reasons"][0].value
    other.close()


def test_every_competing_version_can_be_asked_for(caseload: Caseload, other: Caseload) -> None:
    """What protects people is decided over all of them: by one alone, chance would decide."""
    assert caseload.versions(Family, heron(caseload).id) == (heron(caseload),)
    assert caseload.versions(Family, "nobody") == ()
    both_change(caseload, other)
    caseload.flush()
    shown, *competing = caseload.versions(Family, heron(caseload).id)
    assert shown == heron(caseload)
    assert read_snapshot(caseload.path).versions(Family, shown.id) == (shown, *competing)
    assert {each.reasons for each in competing} == {"Ros's words.", "Ellis's words."}
    assert not caseload.is_removed_in_a_version(Family, shown.id)
    other.delete(shown)
    other.close()
    caseload.save(replace(shown, pseudonym="Heron"))
    caseload.look()
    assert caseload.is_removed_in_a_version(Family, shown.id)


def test_what_protects_people_most_is_shown_until_somebody_decides(
    caseload: Caseload, other: Caseload
) -> None:
    """By a hash, half of the films opened that somebody had closed."""
    for turn in range(6):
        code = f"R-{turn}"
        caseload.save(Recording(id=code, cycle="c", delete_by=dt.date(2026, 5, 1)))
        caseload.flush()
        other.look()
        mine, theirs = caseload.need(Recording, code), other.need(Recording, code)
        caseload.save(replace(mine, state=RecordingState.DELETED, delete_by=dt.date(2026, 6, 1)))
        other.save(replace(theirs, state=RecordingState.MISSING, delete_by=dt.date(2026, 4, 1)))
        caseload.flush()
        other.flush()
        caseload.look()
        for each in (caseload, other):
            shown = each.need(Recording, code)
            assert (shown.state, shown.delete_by) == (RecordingState.DELETED, dt.date(2026, 4, 1))
        conflict = caseload.conflict(mine)
        assert conflict is not None
        assert [said.value for said in conflict.fields["state"]] == ["deleted", "missing"]
    other.close()


def test_whoever_is_filmed_in_one_version_is_shown_as_filmed(caseload: Caseload, other: Caseload) -> None:
    """One adds a filmed child, the other changes how somebody is related: neither list has both."""
    dana, baby = Member(label="Dana"), Member(label="Baby")
    caseload.save(replace(heron(caseload), members=(dana,)))
    caseload.flush()
    other.look()
    caseload.save(replace(heron(caseload), members=(dana, baby)))
    other.save(replace(heron(other), members=(replace(dana, relation="mother", filmed=False),)))
    caseload.flush()
    other.flush()
    caseload.look()
    for each in (caseload, other):
        assert {(member.label, member.filmed) for member in heron(each).members} == {
            ("Dana", True),
            ("Baby", True),
        }
    each.save(replace(heron(each), reasons="Typed meanwhile."))
    (conflict,) = each.conflicts()
    assert {said.by for said in conflict.fields["members"]} >= {"Ros", "Ellis"}
    each.resolve(conflict, {})
    assert each.conflicts() == []
    assert len(heron(each).members) == 2
    other.close()


def test_versions_with_nothing_to_decide_become_one_and_the_same_everywhere(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    """Else every record that two ever wrote at once would carry both versions for good."""
    caseload.save(replace(heron(caseload), pseudonym="Heron"))
    other.save(replace(heron(other), reasons="Ellis's words."))
    caseload.flush()
    other.flush()
    caseload.look()
    assert (heron(caseload).pseudonym, heron(caseload).reasons) == ("Heron", "Ellis's words.")
    assert heron(caseload).rev == heron(other).rev
    assert not CaseloadFile(path).read()[0].get("versions")
    other.close()


def test_a_conflict_outlives_closing_and_other_changes(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    both_change(caseload, other)
    caseload.save(replace(heron(caseload), pseudonym="Heron"))
    caseload.close()
    other.close()
    again = Caseload.open(path)
    (conflict,) = again.conflicts()
    assert {said.value for said in conflict.fields["reasons"]} == {"Ros's words.", "Ellis's words."}
    assert heron(again).pseudonym == "Heron"
    again.close()


def test_what_waits_to_be_decided_outlives_a_form_that_was_open_meanwhile(
    caseload: Caseload, other: Caseload
) -> None:
    """What is not shown beside what somebody goes on from is not known to them."""
    both_change(caseload, other)
    held = heron(caseload)
    other.save(replace(heron(other), pseudonym="Heron"))
    other.flush()
    caseload.look()
    caseload.save(replace(held, pseudonym="Egret"))
    caseload.flush()
    other.look()
    for each in (caseload, other):
        (conflict,) = each.conflicts()
        assert {said.value for said in conflict.fields["reasons"]} == {"Ros's words.", "Ellis's words."}
        assert {said.value for said in conflict.fields["pseudonym"]} == {"Heron", "Egret"}


def test_a_decision_holds_everywhere_and_can_be_taken_back_and_made_again(
    caseload: Caseload, other: Caseload
) -> None:
    both_change(caseload, other)
    (conflict,) = caseload.conflicts()
    loser = conflict.fields["reasons"][1].value
    caseload.resolve(conflict, {"reasons": loser})
    assert (heron(caseload).reasons, caseload.conflicts()) == (loser, [])
    caseload.flush()
    other.look()
    assert (heron(other).reasons, other.conflicts()) == (loser, [])
    caseload.undo()
    (undecided,) = caseload.conflicts()
    assert {said.value for said in undecided.fields["reasons"]} == {"Ros's words.", "Ellis's words."}
    caseload.flush()
    other.look()
    assert len(other.conflicts()) == 1
    caseload.redo()
    assert (heron(caseload).reasons, caseload.conflicts()) == (loser, [])
    caseload.flush()
    other.look()
    assert (heron(other).reasons, other.conflicts()) == (loser, [])
    other.close()


def test_undo_takes_back_ones_own_change_and_leaves_the_others(caseload: Caseload, other: Caseload) -> None:
    caseload.save(replace(heron(caseload), pseudonym="Heron"))
    other.save(replace(heron(other), reasons="Ellis's words."))
    other.flush()
    caseload.look()
    caseload.undo()
    assert (heron(caseload).pseudonym, heron(caseload).reasons) == ("", "Ellis's words.")
    caseload.redo()
    assert (heron(caseload).pseudonym, heron(caseload).reasons) == ("Heron", "Ellis's words.")
    other.close()


def test_redo_ends_with_the_next_change(caseload: Caseload) -> None:
    family = caseload.save(Family(code="F-017"))
    caseload.save(replace(family, pseudonym="Heron"))
    assert caseload.undo() == "Change family F-017"
    assert caseload.redo() == "Change family F-017"
    assert heron(caseload).pseudonym == "Heron"
    assert caseload.redo() is None
    caseload.undo()
    caseload.undo()
    assert caseload.all(Family) == []
    caseload.redo()
    assert heron(caseload).code == "F-017"
    caseload.save(Family(code="F-018"))
    assert caseload.redo() is None


def test_a_record_removed_here_and_changed_there_stays_until_somebody_decides(
    caseload: Caseload, other: Caseload
) -> None:
    other.save(replace(heron(other), reasons="Ellis's words."))
    other.flush()
    caseload.delete(heron(caseload))
    caseload.look()
    assert heron(caseload).reasons == "Ellis's words."
    (conflict,) = caseload.conflicts()
    assert conflict.removal is not None
    assert conflict.removal.by == "Ros"
    caseload.resolve(conflict, {})
    assert caseload.conflicts() == []
    other.close()


@pytest.mark.parametrize("removed", [True, False])
def test_a_decision_about_a_removal_can_be_taken_back(
    removed: bool, caseload: Caseload, other: Caseload
) -> None:
    """Else what was decided by a slip would never be asked again."""
    caseload.delete(heron(caseload))
    other.save(replace(heron(other), reasons="She waits."))
    caseload.flush()
    other.flush()
    (asked,) = other.conflicts()
    if removed:
        other.delete(heron(other))
    else:
        other.resolve(asked, {})
    assert other.conflicts() == []
    assert len(other.all(Family)) == (not removed)
    other.undo()
    (again,) = other.conflicts()
    assert again.removal == asked.removal
    assert heron(other).reasons == "She waits."
    other.redo()
    assert (other.conflicts(), len(other.all(Family))) == ([], not removed)
    other.close()


@pytest.mark.parametrize("field", ["rev", "reasons"])
def test_a_change_of_what_a_hand_has_written_replaces_it_elsewhere(field: str, path: Path) -> None:
    """Else whoever changes in the program what a script has written conflicts with the script's own copy."""
    first = Caseload.create(path, by="Ros")
    first.save(Family(code="F-017", reasons="Quiet."))
    first.close()
    tables = json.loads(path.read_bytes())
    tables["families"]["1"][field] = ""
    path.write_text(json.dumps(tables))
    there = Path(shutil.copy(path, path.with_name("there.json")))
    changed = Caseload.open(there, by="Ellis")
    changed.save(replace(heron(changed), reasons="She waits."))
    changed.close()
    caseload = Caseload.open(path)
    caseload.merge(CaseloadFile(there).read()[0], "Merge")
    assert (caseload.conflicts(), heron(caseload).reasons) == ([], "She waits.")
    caseload.close()


def test_a_removal_that_came_with_a_file_goes_with_it(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    """Taking the file back must take back the question that it raised."""
    other.delete(heron(other))
    other.close()
    there = Path(shutil.copy(path, path.with_name("there.json")))
    caseload.save(replace(heron(caseload), reasons="She waits."))
    caseload.merge(CaseloadFile(there).read()[0], "Merge")
    assert len(caseload.conflicts()) == 1
    caseload.undo()
    assert caseload.conflicts() == []
    assert heron(caseload).reasons == "She waits."


def test_merging_a_file_is_one_step_to_undo(caseload: Caseload, other: Caseload, path: Path) -> None:
    """Somebody took in the wrong file."""
    other.close()
    shutil.copy(path, copy := path.with_name("copy.vig.json"))
    trainee = Caseload.open(copy, by="Noor")
    trainee.save(replace(heron(trainee), reasons="Noor's words."))
    trainee.save(Family(code="F-018"))
    trainee.close()
    caseload.save(replace(heron(caseload), reasons="Ros's words."))
    tables, _ = CaseloadFile(copy).read()
    step = caseload.merge(tables, "Merge copy.vig.json")
    assert step.tables == {"families", "versions"}
    assert [family.code for family in caseload.all(Family)] == ["F-017", "F-018"]
    assert len(caseload.conflicts()) == 1
    assert caseload.merge(tables, "Merge it again").changes == []
    assert caseload.undo() == "Merge copy.vig.json"
    assert heron(caseload).reasons == "Ros's words."
    assert caseload.conflicts() == []


def test_another_caseload_is_not_merged(caseload: Caseload, path: Path) -> None:
    stranger = Caseload.create(path.with_name("b.vig.json"))
    stranger.close()
    with pytest.raises(OtherCaseloadError, match="another caseload"):
        caseload.merge(CaseloadFile(stranger.path).read()[0], "Merge")
    assert caseload.undo() is None


def test_entries_that_are_no_records_are_taken_in_as_they_are(caseload: Caseload, path: Path) -> None:
    """A table of a newer version, and a record written by hand: the merge must not drop them."""
    caseload.flush()
    tables = json.loads(path.read_bytes())
    tables["weather"] = {"1": {"rain": True}}
    tables["families"] = {"1": {"id": "x", "code": 5}, "2": {"rain": True}}
    path.write_text(json.dumps(tables))
    caseload.look()
    caseload.look()
    caseload.save(Family(code="F-017"))
    caseload.close()
    after = json.loads(path.read_bytes())
    assert list(after["weather"].values()) == [{"rain": True}]
    assert [entry for entry in after["families"].values() if entry.get("code") != "F-017"] == [
        {"id": "x", "code": 5},
        {"rain": True},
    ]


def test_what_stands_twice_about_a_records_versions_does_not_come_to_count(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    """Otherwise a spoiled file that is merged makes a good record forget where it came from."""
    caseload.flush()
    spoiled = json.loads(path.read_bytes())
    (record,) = spoiled["families"].values()
    versions = {"id": f"families/{record['id']}", "versions": [], "removals": []}
    spoiled["versions"] = {"1": versions, "2": {**versions, "versions": [{**record, "rev": "1-"}]}}
    beside = path.with_name("other.vig.json")
    beside.write_text(json.dumps(spoiled))
    caseload.merge(CaseloadFile(beside).read()[0], "Merge")
    caseload.flush()
    other.save(replace(heron(other), reasons="Ellis's words."))
    other.flush()
    assert heron(other).reasons == "Ellis's words."
    assert other.conflicts() == []
    other.close()
