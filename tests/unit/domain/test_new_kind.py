"""A kind of record is declared in one place; everything that follows from it is read from there."""

import subprocess
import sys
from pathlib import Path


def test_a_new_kind_of_record_is_saved_told_of_checked_merged_and_removed(tmp_path: Path) -> None:
    """Where it had to be told again, somebody would forget it once: what nobody removes hangs loose, what
    nobody checks leads nowhere."""
    files = [str(tmp_path / name) for name in ("ros.vig.json", "ellis.vig.json")]
    command = [sys.executable, "-m", "tests.unit.domain.new_kind", *files]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["saved and read", "told of", "checked", "merged", "removed"], (
        done.stderr
    )
