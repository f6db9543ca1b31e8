"""`vigtui check`: what a person should look at, one sentence a finding."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change, make
from vigtui.cli.check import check
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Note,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    Tag,
)
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.exchange.spaces.erased import erased_keys
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.values.identity import new_id

DAY = dt.date(2026, 1, 1)


def fill(caseload: Caseload) -> Clip:
    ros = caseload.save(Person(name="Ros"))
    dana = Member(label="Dana")
    family = caseload.save(Family(code="F-017", guider=ros.id, members=(dana,)))
    question = caseload.save(HelpingQuestion(family=family.id, owner=dana.id, words="What is quiet?"))
    caseload.save(Rating(question=question.id, rater="social worker", date=DAY, value=3))
    consent = Consent(
        family=family.id, member=dana.id, purpose=Purpose.FILM, decision=Decision.GIVEN, date=DAY
    )
    caseload.save(consent)
    cycle = caseload.save(Cycle(family=family.id, number=1))
    recording = caseload.save(Recording(cycle=cycle.id, duration_ms=9000))
    clip = caseload.save(
        Clip(recording=recording.id, in_ms=0, out_ms=5000, title="C1", questions=(question.id,))
    )
    caseload.save(Tag(clip=clip.id, at_ms=1000, who=dana.id, principle="attentive"))
    caseload.save(Note(about=clip.id, author=ros.id, body="A wait."))
    caseload.save(Session(supervisor=ros.id, date=DAY))
    return clip


def sentences(path: Path) -> list[str]:
    return [str(finding) for finding in validate(read_snapshot(path))]


def add_by_hand(path: Path, table: str, entry: object) -> None:
    """Give a table another entry, 77."""
    tables = json.loads(path.read_text())
    tables.setdefault(table, {})["77"] = entry
    path.write_text(json.dumps(tables))


def test_a_good_caseload_has_no_findings(caseload: Caseload, path: Path) -> None:
    fill(caseload)
    caseload.close()
    assert validate(read_snapshot(path)) == []


def test_references_that_lead_nowhere_are_found(caseload: Caseload, path: Path) -> None:
    """A clip whose recording is gone cannot be played, and nothing on the screens says why."""
    clip = fill(caseload)
    lost = new_id()
    ros = caseload.all(Person)[0].id
    caseload.save(
        Clip(recording="gone", in_ms=0, out_ms=1, title="C2", questions=(clip.questions[0], "gone too"))
    )
    caseload.save(Tag(clip=clip.id, at_ms=1, who=lost, principle="attentive"))
    caseload.save(Note(about=ros, body="About nobody."))
    caseload.close()
    found = sentences(path)
    assert found == [
        "The clip C2 (entry 2 in clips): “recording” names a record that is not in the file (gone).",
        "The clip C2 (entry 2 in clips): “questions” names a record that is not in the file (gone too).",
        f"The tag (entry 2 in tags): “who” names somebody who is not in the file ({lost}).",
        f"The note (entry 2 in notes): “about” names a record that is not in the file ({ros}).",
    ]


def test_rules_and_unreadable_entries_are_found(caseload: Caseload, path: Path) -> None:
    clip = fill(caseload)
    caseload.save(Clip(recording=clip.recording, in_ms=5000, out_ms=5000, title="[/foo]\x1b[2J"))
    caseload.close()
    tables = json.loads(path.read_text())
    tables["ratings"]["7"] = {"id": "x", "value": 11}
    path.write_text(json.dumps(tables))
    unreadable, backwards = validate(read_snapshot(path))
    assert (unreadable.table, unreadable.entry) == ("ratings", "7")
    assert "ends at" in backwards.sentence
    assert backwards.sentence.isprintable()


def test_a_rating_from_before_the_scale_began_at_1_is_kept_and_told(caseload: Caseload, path: Path) -> None:
    clip = fill(caseload)
    for value in (0, 1, None):
        caseload.save(Rating(question=clip.questions[0], rater="Dana", date=DAY, value=value))
    caseload.save_meta(replace(caseload.meta, lowest_rating=1))
    caseload.close()
    [found] = sentences(path)
    assert "0 is below this service's scale, 1 to 10" in found


def test_what_waits_to_be_decided_need_keep_no_rule_until_it_is(tmp_path: Path) -> None:
    """Two people add the same child to a family: both are shown, and one of them is to be chosen."""
    path, theirs = tmp_path / "a.vig.json", tmp_path / "b.vig.json"
    make(path, Family(id="f", code="F-017"))
    shutil.copy(path, theirs)
    for each in (path, theirs):
        change(each, Family, "f", members=(Member(label="Baby"),))
    caseload = Caseload.open(path, by="Ellis")
    caseload.merge(CaseloadFile(theirs).read()[0], "Merge")
    caseload.close()
    assert [member.label for member in caseload.need(Family, "f").members] == ["Baby", "Baby"]
    assert validate(read_snapshot(path)) == []


@pytest.mark.parametrize("entry", ['"x"', "[]", "{}", '{"id": 1}'])
def test_tables_of_other_things_that_were_edited_by_hand_do_no_harm(
    path: Path, caseload: Caseload, entry: str
) -> None:
    caseload.close()
    text = path.read_text()
    for table in ("deleted", "versions"):
        text = text.replace("{", f'{{"{table}": {{"1": {entry}}},\n', 1)
    path.write_text(text)
    assert validate(read_snapshot(path)) == []


def test_an_entry_without_an_id_is_found_also_in_a_file_that_is_as_the_program_writes_it(
    caseload: Caseload, path: Path
) -> None:
    """It was given an id at every opening: there were more and more of it."""
    kept = caseload.save(Note(about="x", body="A wait."))
    lost = caseload.save(Note(about="x", body="A turn."))
    caseload.close()
    path.write_bytes(path.read_bytes().replace(f'"id":"{lost.id}",'.encode(), b""))
    again = Caseload.open(path)
    assert [note.id for note in again.all(Note)] == [kept.id]
    assert [finding.entry for finding in again.findings] == ["2"]
    again.close()


@pytest.mark.parametrize("kind", [Recording, Cycle, Family, Consent])
def test_an_entry_that_is_a_list_hinders_nobody_who_asks_what_cannot_be_read(
    path: Path, caseload: Caseload, kind: type[Record]
) -> None:
    """It may be about anybody: film asks, and so does a check."""
    fill(caseload)
    caseload.close()
    add_by_hand(path, kind.table, [1, {"id": "x"}])
    assert read_snapshot(path).unused(kind) == [{"unread": [1, {"id": "x"}]}]
    findings = check(path, lambda _part: None).findings
    assert any(f"Entry 77 in {kind.table}" in each for each in findings)


def test_a_removal_that_is_a_list_hinders_nobody_who_asks_what_was_erased(
    path: Path, caseload: Caseload
) -> None:
    caseload.close()
    add_by_hand(path, "deleted", [1])
    assert erased_keys(dict(read_snapshot(path).tables)) == frozenset()
