"""Whatever the disk refuses, at whichever call: nothing torn, nothing lost that was said to be saved, a plain
sentence, and saved without a restart when the cause has gone.

A sample of what `python -m tests.bench faults` tries: there every call of the system fails in every way.
"""

import random
from pathlib import Path

import pytest

from tests.unit.store.failing import SCENES, calls_of, faults_at, play
from tests.unit.store.faulty import FaultyDisk
from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups


@pytest.mark.parametrize("name", SCENES)
def test_a_disk_that_fails_at_any_moment_loses_nothing(name: str, tmp_path: Path) -> None:
    luck = random.Random(17)
    calls = calls_of(SCENES[name], tmp_path)
    assert calls > 10, "the faults are not met: the test proves nothing"
    for number in range(luck.randint(1, 3), calls + 1, 3):
        play(SCENES[name], tmp_path, luck.choice(list(faults_at(number))))


def test_saving_in_place_for_long_leaves_the_copies_from_before(tmp_path: Path) -> None:
    """Where every save overwrites the file, each is preceded by a copy: a minute's typing must not push out
    what was kept in weeks."""
    path = tmp_path / "a.vig.json"
    Caseload.create(path).close()
    for number in range(3):
        caseload = Caseload.open(path)
        caseload.save(Family(code=f"F-{number}"))
        caseload.close()
    before = set(backups.copies(path))
    caseload = Caseload.open(path)
    with FaultyDisk(tmp_path) as disk:
        disk.no_rename = True
        for number in range(15):
            caseload.save(Family(code=f"G-{number}"))
            assert caseload.flush().state == "saved"
    caseload.close()
    assert before < set(backups.copies(path))
