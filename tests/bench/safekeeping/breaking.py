"""The long proofs of saving: killed a thousand times, and every call of the system failing in every way.

They print what they found, and return how many losses that are.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.unit.store.failing import SCENES, Scene, calls_of, faults_at, play

_KILLED = "killed.vig.json"
KILLING = Path(__file__).parents[2] / "unit" / "store" / "killing.py"


def bench_killing(rounds: int, seed: int) -> int:
    """Kill a program that saves, `rounds` times at random moments, and look at what is left."""
    print(f"kill -9 at {rounds} random moments of saving (seed {seed})")
    start = time.monotonic()
    found = _told_by(KILLING, _KILLED, rounds, seed)
    print(
        f"  torn files: {found['torn']}; changes said to be saved and lost: {found['lost']};"
        f" temporary files after the next start: {found['left']}\n"
        f"  killed after it had saved: {found['rounds that saved']} times, with a file half written:"
        f" {found['stopped while writing']} times; {time.monotonic() - start:.0f} s\n"
    )
    return _sum(found, "torn", "lost", "left")


def bench_rekeying(rounds: int, seed: int) -> int:
    """Kill a program that changes a passphrase, `rounds` times at random, and look at what is left."""
    print(f"kill -9 at {rounds} random moments of changing the passphrase (seed {seed})")
    found = _told_by(KILLING.with_name("rekeying.py"), _KILLED, rounds, seed)
    print(
        f"  opened by neither passphrase: {found['closed']} times the file, {found['copies closed']} earlier"
        f" versions; opened by the old one once it was done again: {found['old left']}\n"
        f"  killed with some versions changed and the file not: {found['half done']} times; too late:"
        f" {found['done']}\n"
    )
    return _sum(found, "closed", "copies closed", "old left")


def bench_backups(rounds: int, seed: int) -> int:
    """Kill a program that backs film up, `rounds` times at random moments, and look at what the stick
    holds."""
    losses = 0
    for kind in ([], ["--encrypted"]):
        print(f"kill -9 at {rounds} random moments of a backup with film {' '.join(kind)} (seed {seed})")
        found = _told_by(KILLING.parents[1] / "casefilm" / "backing_up.py", "", rounds, seed, *kind)
        print(
            f"  files that do not read back: {found['torn']}; words or films lost: {found['lost']}\n"
            f"  broken off: {found['broken off']}; too late: {found['completed']};"
            f" changes of passphrase: {found['passphrases']}\n"
        )
        losses += _sum(found, "torn", "lost")
    return losses


def _told_by(program: Path, name: str, *words: object) -> dict[str, int]:
    """Return what a program tells that breaks what is called `name` in a new folder, or that folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, program, Path(folder) / name, *map(str, words)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, int] = json.loads(run.stdout)
    return told


def _sum(found: Mapping[str, int], *losses: str) -> int:
    return sum(found[name] for name in losses)


def bench_faults() -> int:
    """Let every call of the system that saving makes fail in every way, one at a time."""
    return bench_scenes(SCENES)


def bench_scenes(scenes: Mapping[str, Scene]) -> int:
    """Let every call of the system in these scenes fail in every way, one at a time. Return in how many
    something is lost."""
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, scene in scenes.items():
            calls = calls_of(scene, Path(folder))
            walks, losses = 0, []
            for fault in (fault for number in range(1, calls + 1) for fault in faults_at(number)):
                walks += 1
                try:
                    play(scene, Path(folder), fault)
                except AssertionError as loss:
                    losses.append(f"{fault}: {loss}")
            print(f"{name}: {calls} calls of the system, {walks} faults, {len(losses)} of them with a loss")
            print("".join(f"  {loss}\n" for loss in losses), end="")
            lost += len(losses)
    print()
    return lost
