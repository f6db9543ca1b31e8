"""`vigtui check`: what a person should look at, one sentence a finding."""

import datetime as dt
import json
from pathlib import Path

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
    Recording,
    Session,
    Tag,
)
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.store.caseload import Caseload
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
