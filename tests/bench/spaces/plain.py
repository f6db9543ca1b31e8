"""Three writers in one space: nothing lost, all the same at the end, no erased word anywhere."""

import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

from tests.unit.exchange.spaces.killed_writers import prove_killed
from tests.unit.exchange.spaces.proving import WRONG, prove
from vigtui.store.merging import record_versions

_MUTANT_EDITS = 200  # Of fewer none may come together.


def bench_spaces(edits: int, seed: int) -> int:
    """Print what was found, and return how many losses."""
    print(f"Three writers in one space, {edits} edits, in a plain folder that is damaged (seed {seed})")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        losses = _tell("time is given", prove(Path(folder) / "given", edits, seed), began)
        began = time.monotonic()
        losses += _tell(
            "programs, some killed", prove_killed(Path(folder) / "killed", edits // 4, seed), began
        )
        began = time.monotonic()
        found = prove_killed(Path(folder) / "two", edits // 2, seed, at_the_first=2)
        losses += _tell("programs, two of them on one caseload, some killed", found, began)
        losses += not _mutant_is_seen(Path(folder) / "mutant", max(_MUTANT_EDITS, edits // 40), seed)
        return losses


def _mutant_is_seen(root: Path, edits: int, seed: int) -> bool:
    """Let the merge keep one of several competing versions: if nothing is lost then, this proves nothing."""
    newest = record_versions._newest
    with mock.patch.object(record_versions, "_newest", lambda found: newest(found)[:1]):
        found = prove(root, edits, seed)
    said = ", ".join(f"{found[name]} {name}" for name in WRONG)
    caught = "" if found["lost"] else "   THE PROOF DOES NOT SEE IT"
    print(f"  a merge that keeps one version, {edits} edits\n    {said}   (goal: many){caught}\n")
    return bool(found["lost"])


def _tell(how: str, found: dict[str, Any], began: float) -> int:
    wrong = {name: found.pop(name) for name in WRONG}
    which = found.pop("which")
    said = ", ".join(f"{number} {name}" for name, number in wrong.items())
    rest = ", ".join(f"{number} {name}" for name, number in found.items())
    print(f"  {how} ({time.monotonic() - began:.0f} s)")
    print(f"    {said}   (goal: none)")
    print(f"    {rest}")
    for each in which:
        print(f"    LOST {each}")
    print()
    return sum(wrong.values())
