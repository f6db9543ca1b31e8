"""Whatever the disk refuses, at whichever call: nothing torn, nothing lost that was said to be saved, a plain
sentence, and saved without a restart when the cause has gone.

A sample of what `python -m tests.bench faults` tries: there every call of the system fails in every way.
"""

import random
from pathlib import Path

import pytest

from tests.unit.store.failing import SCENES, calls_of, faults_at, play


@pytest.mark.parametrize("name", SCENES)
def test_a_disk_that_fails_at_any_moment_loses_nothing(name: str, tmp_path: Path) -> None:
    luck = random.Random(17)
    calls = calls_of(SCENES[name], tmp_path)
    assert calls > 10, "the faults are not met: the test proves nothing"
    for number in range(luck.randint(1, 3), calls + 1, 3):
        play(SCENES[name], tmp_path, luck.choice(list(faults_at(number))))
