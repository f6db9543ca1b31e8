"""The long proof of programs that are stopped in the middle of a save: anything but zeros is a loss."""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.unit.store.test_stopped import STOPPING, add, codes, files, go_on, wait_until_stopped
from vigtui.store.caseload import Caseload
from vigtui.store.disk import lock

ROUNDS_A_FILE = 10


def bench_stopped(rounds: int, seed: int) -> int:
    """Stop a program before or after its file takes the caseload's place; others save; wake or kill it."""
    print(
        f"A program stopped in the middle of a save, others who save meanwhile, {rounds} times (seed {seed})"
    )
    found: Counter[str] = Counter()
    start, luck = time.monotonic(), random.Random(seed)
    patience, lock.LOCK_SECONDS = lock.LOCK_SECONDS, 0.05
    try:
        for first in range(0, rounds, ROUNDS_A_FILE):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "stopped.vig.json"
                found += _one_file(path, min(ROUNDS_A_FILE, rounds - first), luck)
    finally:
        lock.LOCK_SECONDS = patience
    print(
        f"  families lost: {found['lost']} of {found['saved']}; files left beside: {found['beside']};"
        f" programs that did not say that they had saved: {found['unsaid']}\n"
        f"  woken: {found['woken']}; killed: {found['killed']}; {time.monotonic() - start:.0f} s\n"
    )
    return found["lost"] + found["beside"] + found["unsaid"]


def _one_file(path: Path, rounds: int, luck: random.Random) -> Counter[str]:
    Caseload.create(path).close()
    found: Counter[str] = Counter()
    wanted: list[str] = []
    for number in range(rounds):
        moments = luck.choice((["before"], ["after"], ["before", "after"]))
        command = [sys.executable, STOPPING, path, f"sleeper {number}", *moments]
        sleeper = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        wanted.append(f"sleeper {number}")
        for moment in moments:
            wait_until_stopped(sleeper)
            for other in range(luck.randrange(3)):
                wanted.append(f"other {number} {moment} {other}")
                add(path, wanted[-1])
            if moment != moments[-1]:
                sleeper.send_signal(signal.SIGCONT)
        if luck.random() < 0.5:
            found["unsaid"] += not go_on(sleeper).startswith("saved")
            found["woken"] += 1
        else:
            sleeper.kill()
            found["killed"] += 1
        sleeper.communicate()
    there = codes(path)
    found["saved"] += len(wanted)
    found["lost"] += len({*wanted} - {*there})
    found["beside"] += len(files(path)) - 1
    return found
