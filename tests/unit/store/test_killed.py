"""A program that is killed, at any moment, loses nothing that it said was saved."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vigtui.store.disk import backups
from vigtui.store.format.layout import decode

KILLING = Path(__file__).with_name("killing.py")


@pytest.mark.slow
def test_killed_a_hundred_times_while_saving(path: Path) -> None:
    """The laptop's battery, a dropped line, an impatient `kill -9`: the file opens and holds every word.

    `python -m tests.bench killing` does it a thousand times."""
    run = subprocess.run(
        [sys.executable, KILLING, path, "100"], check=False, capture_output=True, text=True, timeout=200
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert (found["torn"], found["lost"], found["left"]) == (0, 0, 0)
    assert found["rounds that saved"] >= 50
    assert found["stopped while writing"] > 0, "no kill hit a save in the middle: the test proves nothing"
    copies = backups.copies(path)
    assert len(copies) >= 10
    for copy in copies:
        assert "meta" in decode(copy.read_bytes())
