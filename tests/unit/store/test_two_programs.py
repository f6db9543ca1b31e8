"""Two real processes edit one file at random, are killed and started again: every edit is accounted for.

The full run is `python -m tests.bench two_programs`. What it found is below, each by itself.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import heron
from tests.unit.store.accounts import Account, Edit, text_of
from vigtui.domain.records import Note
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError


def test_every_edit_of_two_programs_is_there_or_in_a_conflict(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.unit.store.two_programs", tmp_path / "a.vig.json", "150"]
    run = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[3])
    found = json.loads(run.stdout)
    assert found["edits"] >= 150
    assert found["acknowledged"] > 0
    assert (found["lost"], found["which"], found["cannot be read"], found["loose"]) == (0, [], 0, 0)


@pytest.mark.parametrize(
    ("edits", "lost"),
    [
        ([({"body": "gone without a trace"}, {})], 1),
        ([({"body": "first"}, {}), ({"body": "there"}, {"body": ["first"]})], 0),
        ([({"body": "first"}, {}), ({"body": "there"}, {"body": [""]})], 1),
        ([({"body": "first"}, {}), ({"body": "second"}, {"body": ["first"]})], 2),
        ([({"": "gone"}, {"body": ["there"]})], 1),
    ],
)
def test_the_proof_finds_a_lost_edit(
    caseload: Caseload, edits: list[tuple[dict[str, str], dict[str, list[str]]]], lost: int
) -> None:
    """A proof that overlooks a loss is worth nothing."""
    note = caseload.save(Note(about="x", body=text_of("there")))
    made = [
        Edit(note.id, sets, saw, at, acknowledged=True, taken_back=False)
        for at, (sets, saw) in enumerate(edits)
    ]
    assert len(Account(caseload, made).lost()) == lost


# What the proof found


def exchanged(*caseloads: Caseload) -> None:
    for each in (*caseloads, *caseloads):
        each.flush()
        each.look()
    for each in caseloads:
        each.flush()


def test_an_editor_goes_on_from_a_version_that_was_never_the_one_seen(
    caseload: Caseload, other: Caseload
) -> None:
    """Two people write; mine is not the one that is seen, and is replaced; what I write next must count."""
    caseload.save(replace(heron(caseload), reasons="Ros's words."))
    mine = other.save(replace(heron(other), reasons="Ellis's words."))
    exchanged(caseload, other)
    (conflict,) = other.conflicts()
    other.resolve(conflict, {"reasons": "Both."})
    other.save(replace(mine, reasons="Ellis's words, and more."))
    assert heron(other).reasons == "Ellis's words, and more."


def test_writing_on_leaves_a_removal_that_came_in_to_be_decided(caseload: Caseload, other: Caseload) -> None:
    """Whoever removed it must learn that it is still there, and why."""
    mine = caseload.save(replace(heron(caseload), reasons="Ros's words."))
    other.delete(heron(other))
    exchanged(caseload, other)
    mine = caseload.save(replace(mine, reasons="More of Ros's words."))
    caseload.save(replace(heron(caseload), pseudonym="Heron"))
    exchanged(caseload, other)
    for each in (caseload, other):
        (conflict,) = each.conflicts()
        assert conflict.removal is not None
        assert (heron(each).reasons, heron(each).pseudonym) == ("More of Ros's words.", "Heron")


def test_taking_back_leaves_what_others_have_changed_since(caseload: Caseload, other: Caseload) -> None:
    caseload.save(replace(heron(caseload), reasons="Ros's words.", pseudonym="Heron"))
    exchanged(caseload, other)
    other.save(replace(heron(other), reasons="Ellis's words."))
    exchanged(caseload, other)
    assert caseload.undo() == "Change family F-017"
    assert (heron(caseload).reasons, heron(caseload).pseudonym) == ("Ellis's words.", "")
    with pytest.raises(RecordInvalidError, match="Somebody else has changed this since"):
        caseload.undo()
    assert caseload.undo() is None
    assert heron(caseload).reasons == "Ellis's words."


def test_undo_does_not_ask_again_what_another_has_decided(caseload: Caseload, other: Caseload) -> None:
    """Ros had changed something else while Ellis decided; taking that back leaves the decision alone."""
    caseload.save(replace(heron(caseload), reasons="Ros's words."))
    other.save(replace(heron(other), reasons="Ellis's words."))
    exchanged(caseload, other)
    caseload.save(replace(heron(caseload), pseudonym="Heron"))
    (conflict,) = other.conflicts()
    other.resolve(conflict, {"reasons": "Both."})
    exchanged(caseload, other)
    caseload.undo()
    assert (heron(caseload).reasons, heron(caseload).pseudonym) == ("Both.", "")
    assert not caseload.conflicts()


def test_deciding_again_does_not_decide_what_came_in_since(caseload: Caseload, other: Caseload) -> None:
    caseload.save(replace(heron(caseload), reasons="Ros's words."))
    mine = other.save(replace(heron(other), reasons="Ellis's words."))
    exchanged(caseload, other)
    (conflict,) = caseload.conflicts()
    caseload.resolve(conflict, {"reasons": "Decided."})
    caseload.undo()
    other.save(replace(mine, reasons="More of Ellis's words."))
    other.flush()
    caseload.look()
    caseload.redo()
    exchanged(caseload, other)
    (conflict,) = caseload.conflicts()
    said = {each.value for each in conflict.fields["reasons"]}
    assert said == {"Decided.", "More of Ellis's words."}


def test_a_version_too_old_to_be_remembered_is_gone_on_from_twice(
    caseload: Caseload, other: Caseload
) -> None:
    """A form that was open through a hundred changes of others is saved, and saved again at once."""
    mine = heron(caseload)
    for number in range(100):
        other.save(replace(heron(other), reasons=f"Ellis's words, {number}."))
        other.flush()
        caseload.look()
    mine = caseload.save(replace(mine, reasons="Ros's words."))
    caseload.save(replace(mine, reasons="More of Ros's words."))
    exchanged(caseload, other)
    (conflict,) = caseload.conflicts()
    said = {each.value for each in conflict.fields["reasons"]}
    assert said == {"Ellis's words, 99.", "More of Ros's words."}
