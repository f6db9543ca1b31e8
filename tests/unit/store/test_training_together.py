"""A trainee and a supervisor in two files: what both entered about the way is there once both are merged."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make, write
from vigtui.domain.records import Cycle, Enrolment, Family, Gate, Person, Programme, Reflection, Stage
from vigtui.domain.training.progress import progress
from vigtui.queries.training.ways import training_records
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot

DAY = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 11, 30)
PROGRAMME = Programme(
    id="p",
    name="Ours",
    stages=(
        Stage(name="One", cycles=1, gate="First"),
        Stage(name="Two", cycles=1, written=("Reflection",), gate="Second"),
    ),
)
ENROLMENT = Enrolment(id="e", person="ellis", programme="p", started=dt.date(2026, 1, 5))
RECORDS = (
    Person(id="ellis", name="Ellis", supervisor="ros"),
    Person(id="ros", name="Ros"),
    Person(id="ines", name="Ines"),
    Family(id="heron", code="F-1", guider="ellis"),
    PROGRAMME,
    ENROLMENT,
)


def told(path: Path) -> tuple[object, ...]:
    """What the way says, by what was merged and nothing else."""
    caseload = Caseload.open(path)
    caseload.close()
    assert not caseload.conflicts()
    found = progress(caseload.need(Enrolment, "e"), PROGRAMME, training_records(caseload.where), TODAY)
    stage = found.stage
    assert stage
    return found.at_hand, [each.id for each in stage.cycles], [each.piece for each in stage.reflections]


@pytest.mark.parametrize("first", ["trainee", "supervisor"])
def test_both_are_told_the_same_in_whichever_order_they_merge(tmp_path: Path, first: str) -> None:
    trainee, supervisor = tmp_path / "trainee.vig.json", tmp_path / "supervisor.vig.json"
    make(supervisor, *RECORDS)
    trainee.write_bytes(supervisor.read_bytes())
    gate = Gate(name="First", date=DAY, assessor="ines", supervisor="ros")
    write(supervisor, replace(ENROLMENT, gates=(gate,), stage="Two"))
    later = DAY + dt.timedelta(days=9)
    write(
        trainee,
        Cycle(id="one", family="heron", number=1, filmed=later, reviewed=later),
        Reflection(person="ellis", piece="Reflection", body="I wait.", finished=later),
        by="Ellis",
    )
    for path, other in [(trainee, supervisor), (supervisor, trainee)][:: 1 if first == "trainee" else -1] * 2:
        caseload = Caseload.open(path)
        caseload.merge(read_snapshot(other).tables, "Merge")
        caseload.close()
    assert told(trainee) == told(supervisor) == (1, ["one"], ["Reflection"])
