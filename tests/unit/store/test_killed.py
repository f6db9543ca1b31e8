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


@pytest.mark.slow
def test_killed_thirty_times_while_the_passphrase_is_changed(path: Path) -> None:
    """The file opens with the old passphrase or with the new one, and so does each earlier version; done
    again, nothing is left that the old one opens.

    `python -m tests.bench rekeying` does it five hundred times."""
    program = KILLING.with_name("rekeying.py")
    run = subprocess.run([sys.executable, program, path, "30"], check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert (found["closed"], found["copies closed"], found["old left"]) == (0, 0, 0)
    assert found["done"] < 30, "no kill came in time: the test proves nothing"
