"""Three programs, each with its own home, write into one space, and are killed; then every edit is
accounted for.

Run by test_proving.py and `python -m tests.bench spaces`; as a program, `killed_writers.py FILE NAME ROOT
SEED LIFE EDITS` is one of them. Every second of a writer's clock is some milliseconds here.
"""

import contextlib
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from tests.unit.exchange.spaces.machines import PASSPHRASE, Machine
from tests.unit.exchange.spaces.proving import At, Hand, World
from vigtui.exchange.spaces import timing, worker
from vigtui.store.caseload import Caseload
from vigtui.store.disk import saver
from vigtui.store.disk.file import unlock

_PROGRAM = "tests.unit.exchange.spaces.killed_writers"
_LONGEST_LIFE = 60
_MOST_LIVES = 10_000
_FASTER = 100


def prove_killed(root: Path, edits: int, seed: int, *, at_the_first: int = 1) -> dict[str, Any]:
    """Let programs on three machines do so many things together, kill some, damage the folder, and account
    for all. `at_the_first` machine so many have the caseload open at once."""
    world = World(root, seed)
    for machine in world.machines:
        machine.put_down()
    ended = threading.Event()
    at = [*world.machines, *world.machines[:1] * (at_the_first - 1)]
    people = [
        threading.Thread(
            target=work_in_programs,
            args=(world, each, edits // len(at), seed),
            kwargs={"life": _MOST_LIVES * number},  # By which two at one machine are told apart.
        )
        for number, each in enumerate(at)
    ]
    for person in people:
        person.start()
    meddling = threading.Thread(target=_meddle, args=(world, ended))
    meddling.start()
    for person in people:
        person.join()
    ended.set()
    meddling.join()
    for machine, hand in zip(world.machines, world.hands, strict=True):
        hand.logs = sorted(root.glob(f"{machine.name}*.log"))
        machine.take_up()
    try:
        return world.account()
    finally:
        world.close()


def work_in_programs(
    world: World,
    machine: Machine,
    edits: int,
    seed: int,
    program_name: str = _PROGRAM,
    life: int = 0,
    longest: float = 2.0,
) -> None:
    """Let one program after another do so many things, from `life` on; some are killed, within `longest`
    seconds."""
    luck, done = random.Random(f"{seed} {machine.name} {life}"), 0
    while done < edits:
        life += 1
        number = min(edits - done, luck.randrange(10, _LONGEST_LIFE))
        words = [machine.path, machine.name, world.folder.root, seed, life, number]
        command = [sys.executable, "-m", program_name, *map(str, words)]
        program = subprocess.Popen(command, cwd=Path(__file__).parents[4])
        if luck.random() < 0.5:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(0.5 + luck.random() * (longest - 0.5))
        if luck.random() < 0.7 and program.poll() is None:
            program.send_signal(signal.SIGKILL)
            world.found["killed"] += 1
        code = program.wait()
        if code not in (0, -signal.SIGKILL):
            world.found[f"ended with {code}"] += 1
            return
        log = world.folder.root / f"{machine.name}{seed}-{life}.log"
        done += log.read_bytes().count(b'"edit"') if log.exists() else 0


def _meddle(world: World, ended: threading.Event) -> None:
    """Damage the folder now and then. A file may be gone before it can be."""
    while not ended.wait(world.luck.random() * 0.4):
        with contextlib.suppress(OSError):
            world.keep_past()
            world.damage()


def work(words: list[str], faster: int = _FASTER, pause: float = 0.01) -> None:
    """Be one program: FILE NAME ROOT SEED LIFE EDITS. Between two edits are `pause` seconds at most."""
    path, name, root, seed, life, edits = words
    saver.SETTLE_SECONDS, saver.LONGEST_SECONDS = 0.01, 0.03
    worker.SECONDS = 1 / faster
    for each in ("REST", "LONGEST", "TAKEN_IN", "ERASED", "RETRY"):
        setattr(timing, f"{each}_SECONDS", getattr(timing, f"{each}_SECONDS") / faster)
    caseload = Caseload.open(Path(path), by=name, key=unlock(Path(path), PASSPHRASE))
    working = worker.SpaceWorker(caseload)
    working.start()
    hand = Hand(At(name, caseload), Path(root), seed, int(life))
    while hand.count < int(edits):
        hand.act()
        time.sleep(hand.luck.random() * pause)
    hand.acknowledge()
    working.stop()
    caseload.close()


if __name__ == "__main__":
    work(sys.argv[1:])
