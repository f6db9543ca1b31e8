"""Whatever the space's folder, or the own disk, refuses, at whichever call: nothing lost, said plainly, and
in step without a restart when the cause has gone.

A sample of what `python -m tests.bench space_faults` tries: there every call of the system fails in every
way.
"""

import random
from pathlib import Path

import pytest

from tests.unit.exchange.spaces.failing import SCENES
from tests.unit.store.failing import calls_of, faults_at, play


@pytest.mark.parametrize("name", SCENES)
def test_a_folder_that_fails_at_any_moment_loses_nothing(name: str, tmp_path: Path) -> None:
    luck = random.Random(14)
    calls = calls_of(SCENES[name], tmp_path)
    assert calls > 10, "the faults are not met: the test proves nothing"
    for number in luck.sample(range(1, calls + 1), 4):
        play(SCENES[name], tmp_path, luck.choice(list(faults_at(number))))
