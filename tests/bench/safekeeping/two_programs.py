"""The long proof of two programs at one file: anything lost but 0 is a loss."""

import tempfile
import time
from pathlib import Path

from tests.unit.store.two_programs import prove

EDITS = 10_000


def bench_two_programs(seed: int) -> int:
    """Let two programs make ten thousand random edits in one file, stopped, killed and started again."""
    print(f"Two programs, one file, {EDITS} random edits, restarts, stops and kill -9 (seed {seed})")
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        found = prove(Path(folder) / "shared.vig.json", EDITS, str(seed))
    print(
        f"  edits said to be on disk: {found['acknowledged']} of {found['edits']}; lost without a trace:"
        f" {found['lost']}; notes without their family: {found['loose']};"
        f" conflicts left: {found['conflicts at the end']};"
        f" files beside: {found['files beside']}; records that cannot be read: {found['cannot be read']}\n"
        f"  programs: {found['programs']}, of which killed: {found.get('killed', 0)};"
        f" stopped for a while: {found.get('stopped', 0)} times;"
        f" {time.monotonic() - start:.0f} s\n"
    )
    for lost in found["which"]:
        print(f"  lost: {lost}")
    return int(found["lost"] + found["loose"] + found["cannot be read"])
