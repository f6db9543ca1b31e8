"""Three writers in one space that three real Syncthing carry: nothing lost, all the same at the end.

As a program, `synced_spaces.py FILE NAME ROOT SEED LIFE EDITS` is one of the writers. Their clocks go ten
times as fast as a person's, Syncthing's does not.
"""

import contextlib
import copy
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench.space_seconds import print_seconds
from tests.bench.syncthing import NoSyncthingError, Syncthing, name_before, syncthings, wait_until_same
from tests.unit.exchange.spaces.killed_writers import work, work_in_programs
from tests.unit.exchange.spaces.machines import Machine
from tests.unit.exchange.spaces.proving import AWAY, NAMES, WRONG, Hand, World
from vigtui.exchange.spaces.membership import load_membership, save_membership
from vigtui.store.caseload import Caseload

_FASTER, _PAUSE, _LONGEST = 10, 0.3, 12.0
_LIVES = 1000
_ROUNDS = 40
_PROGRAM = "tests.bench.synced_spaces"


def bench_synced_spaces(edits: int, seed: int) -> None:
    """Print what was found. Most edits are made with a short delay: more is exchanged in the same time."""
    try:
        for how, delay, number in (("as it comes", None, edits // 5), ("with a delay of 1 s", 1, edits)):
            print_seconds(how, delay)
            print(f"Three writers in one space, {number} edits, three Syncthing {how} (seed {seed})")
            with tempfile.TemporaryDirectory() as root:
                began = time.monotonic()
                found = prove_synced(Path(root), number, seed, delay)
                _tell(found, time.monotonic() - began)
    except NoSyncthingError as problem:
        print(f"{problem}\n")


def _tell(found: dict[str, Any], seconds: float) -> None:
    wrong = ", ".join(f"{found.pop(name)} {name}" for name in WRONG)
    print(f"  {wrong}   (goal: none; {seconds:.0f} s)")
    for each in found.pop("which"):
        print(f"  LOST {each}")
    print("  " + ", ".join(f"{number} {name}" for name, number in found.items()) + "\n")


def prove_synced(root: Path, edits: int, seed: int, delay: int | None) -> dict[str, Any]:
    """Let three people do so many things, kill their programs and Syncthing, and account for all.

    In the second third one of them is away; before the last a home is copied to another's machine, as it is,
    and both go on: the same writer twice.
    """
    world = World(root, seed)
    for machine in world.machines:
        machine.put_down()
    with syncthings(root, NAMES, delay) as engines:
        for machine, engine in zip(world.machines, engines, strict=True):
            _see(machine, engine)
        ended = threading.Event()
        meddling = threading.Thread(target=_meddle, args=(world, engines, ended))
        meddling.start()
        away = engines[NAMES.index(AWAY)]
        _work(world, edits // 3, seed, 0)
        away.pause()
        _work(world, edits // 3, seed, _LIVES)
        away.resume()
        world.machines.append(_copy_of(world.machines[0], engines[1]))
        world.hands.append(Hand(world.machines[-1], root, f"{seed} copied"))
        _work(world, edits // 3, seed, 2 * _LIVES)
        ended.set()
        meddling.join()
        return _account(world, engines)


def _work(world: World, edits: int, seed: int, life: int) -> None:
    """Let all of them do so many things together."""
    people = [
        threading.Thread(
            target=work_in_programs,
            args=(world, machine, edits // len(world.machines), seed, _PROGRAM),
            # One who was copied is there twice, and tells which it is by other numbers.
            kwargs={"life": life + number * 10 * _LIVES, "longest": _LONGEST},
        )
        for number, machine in enumerate(world.machines)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()


def _account(world: World, engines: list[Syncthing]) -> dict[str, Any]:
    for machine, hand in zip(world.machines, world.hands, strict=True):
        machine.take_up()
        hand.logs = []
    for hand in world.hands[: len(NAMES)]:
        hand.logs = sorted(world.folder.root.glob(f"{hand.name}*.log"))
    world.folder.path = engines[0].space
    try:
        rounds = _settle(world, engines)
        kept = [path for engine in engines for path in engine.versions()]
        conflicted = {name for name in map(name_before, kept) if "sync-conflict" in name}
        return world.account() | {
            "rounds of Syncthing": rounds,
            "conflicted copies by Syncthing": len(conflicted),
            "earlier files kept by Syncthing": len(kept),
        }
    finally:
        world.close()


def _settle(world: World, engines: list[Syncthing]) -> int:
    """Let time pass until nobody writes, and everything has been everywhere, twice. Return the rounds."""
    quiet = 0
    for number in range(_ROUNDS):
        wait_until_same(engines)
        before = engines[0].files()
        for machine in world.machines:
            world.folder.clock.pass_by(4000)
            machine.space.work()
        wait_until_same(engines)
        quiet = quiet + 1 if engines[0].files() == before else 0
        if quiet == 2:
            return number - 1
    raise AssertionError("writing does not end")


def _see(machine: Machine, engine: Syncthing) -> None:
    """Let a machine see the folder of this Syncthing as its space."""
    machine.link.unlink(missing_ok=True)
    machine.link.symlink_to(engine.space)


def _copy_of(machine: Machine, engine: Syncthing) -> Machine:
    """Bring a home as it is to a machine with another Syncthing."""
    copied = copy.copy(machine)
    copied.home = machine.home.with_name(f"{machine.name} copied")
    copied.path = copied.home / machine.path.name
    copied.link = machine.link.with_name(f"{machine.name} copied sees")
    shutil.copytree(machine.home, copied.home, ignore=shutil.ignore_patterns("lock"))
    _see(copied, engine)
    caseload = Caseload.open(copied.path, by=copied.name, key=copied.folder.key)
    membership = load_membership(caseload)
    assert membership is not None
    membership.folder = str(copied.link)
    save_membership(caseload, membership)
    caseload.close()
    return copied


def _meddle(world: World, engines: list[Syncthing], ended: threading.Event) -> None:
    """Kill and pause Syncthing, put back what it kept, and delete files."""
    luck, found = world.luck, world.found
    while not ended.wait(luck.random() * 4):
        engine = luck.choice(engines)
        match luck.choice(("kill", "pause", "old", "old", "gone")):
            case "kill":
                engine.kill()
                ended.wait(luck.random() * 4)
                engine.start()
                found["Syncthing killed"] += 1
            case "pause" if engine.name != AWAY:
                engine.pause()
                ended.wait(luck.random() * 8)
                engine.resume()
                found["Syncthing paused"] += 1
            case "old":
                with contextlib.suppress(OSError):
                    found["old files put back"] += engine.put_back(luck)
            case "gone":
                with contextlib.suppress(OSError):
                    found["files deleted"] += engine.delete(luck)


if __name__ == "__main__":
    work(sys.argv[1:], _FASTER, _PAUSE)
