"""Three writers in one space that real Syncthing, or a WebDAV server, carries: nothing lost, all the same.

As a program, `synced_spaces.py FILE NAME ROOT SEED LIFE EDITS` is one of the writers. Their clocks go ten
times as fast as a person's; Syncthing's and the server's do not.
"""

import copy
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.spaces.carried import Carrier, Missing, wait_until_same
from tests.bench.spaces.meddling import Carried, Meddling, by_syncthing, by_webdav
from tests.bench.spaces.seconds import print_seconds
from tests.bench.spaces.syncthing import name_before
from tests.unit.exchange.spaces.killed_writers import work, work_in_programs
from tests.unit.exchange.spaces.machines import Machine
from tests.unit.exchange.spaces.proving import AWAY, NAMES, WRONG, Hand, World
from vigtui.exchange.spaces.membership import load_membership, save_membership
from vigtui.store.caseload import Caseload

_FASTER, _PAUSE, _LONGEST = 10, 0.3, 12.0
_LIVES = 1000
_ROUNDS = 40
_PROGRAM = "tests.bench.spaces.synced"


def bench_synced_spaces(edits: int, seed: int) -> int:
    """Print what was found, and return how many losses. Most edits are made with a short delay: more is
    exchanged in the same time."""
    try:
        losses = _bench("three Syncthing as they come", by_syncthing(None), edits // 5, seed)
        return losses + _bench("three Syncthing with a delay of 1 s", by_syncthing(1), edits, seed)
    except Missing as problem:
        print(f"{problem}\n")
        return 1


def bench_mounted_spaces(edits: int, seed: int) -> int:
    """Print what was found, and return how many losses."""
    try:
        return _bench("three mounts of a WebDAV server", by_webdav, edits // 2, seed)
    except Missing as problem:
        print(f"{problem}\n")
        return 1


def _bench(how: str, carried: Carried, edits: int, seed: int) -> int:
    print_seconds(how, carried)
    print(f"Three writers in one space, {edits} edits, {how} (seed {seed})")
    with tempfile.TemporaryDirectory() as root:
        began = time.monotonic()
        found = prove_carried(Path(root), edits, seed, carried)
        return _tell(found, time.monotonic() - began)


def _tell(found: dict[str, Any], seconds: float) -> int:
    losses = sum(found[name] for name in WRONG)
    wrong = ", ".join(f"{found.pop(name)} {name}" for name in WRONG)
    print(f"  {wrong}   (goal: none; {seconds:.0f} s)")
    for each in found.pop("which"):
        print(f"  LOST {each}")
    print("  " + ", ".join(f"{number} {name}" for name, number in found.items()) + "\n")
    return losses


def prove_carried(root: Path, edits: int, seed: int, carried: Carried) -> dict[str, Any]:
    """Let three people do so many things, kill their programs, meddle with what carries
    the folder, and account for all.

    In the second third one of them is away; before the last a home is copied to another's machine, as it is,
    and both go on: the same writer twice.
    """
    world = World(root, seed)
    for machine in world.machines:
        machine.put_down()
    with carried(root) as (carriers, meddle):
        for machine, carrier in zip(world.machines, carriers, strict=True):
            _see(machine, carrier)
        ended = threading.Event()
        meddling = threading.Thread(target=_meddle, args=(world, meddle, ended))
        meddling.start()
        away = carriers[NAMES.index(AWAY)]
        _work(world, edits // 3, seed, 0)
        away.pause()
        _work(world, edits // 3, seed, _LIVES)
        away.resume()
        world.machines.append(_copy_of(world.machines[0], carriers[1]))
        world.hands.append(Hand(world.machines[-1], root, f"{seed} copied"))
        _work(world, edits // 3, seed, 2 * _LIVES)
        ended.set()
        meddling.join()
        for carrier in carriers:
            carrier.resume()  # One that was killed just then had forgotten it.
        return _account(world, carriers)


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


def _account(world: World, carriers: Sequence[Carrier]) -> dict[str, Any]:
    for machine, hand in zip(world.machines, world.hands, strict=True):
        machine.take_up()
        hand.logs = []
    for hand in world.hands[: len(NAMES)]:
        hand.logs = sorted(world.folder.root.glob(f"{hand.name}*.log"))
    world.folder.path = carriers[0].space
    try:
        rounds = _settle(world, carriers)
        kept = [path for carrier in carriers for path in carrier.versions()]
        conflicted = {name for name in map(name_before, kept) if "sync-conflict" in name}
        return world.account() | {
            "rounds of carrying": rounds,
            "conflicted copies": len(conflicted),
            "earlier files kept": len(kept),
        }
    finally:
        world.close()


def _settle(world: World, carriers: Sequence[Carrier]) -> int:
    """Let time pass until nobody writes, and everything has been everywhere, twice. Return the rounds."""
    quiet = 0
    for number in range(_ROUNDS):
        wait_until_same(carriers)
        before = carriers[0].files()
        for machine in world.machines:
            world.folder.clock.pass_by(4000)
            machine.space.work()
        wait_until_same(carriers)
        quiet = quiet + 1 if carriers[0].files() == before else 0
        if quiet == 2:
            return number - 1
    raise AssertionError("writing does not end")


def _see(machine: Machine, carrier: Carrier) -> None:
    """Let a machine see the folder of this Syncthing as its space."""
    machine.link.unlink(missing_ok=True)
    machine.link.symlink_to(carrier.space)


def _copy_of(machine: Machine, carrier: Carrier) -> Machine:
    """Bring a home as it is to a machine with another Syncthing."""
    copied = copy.copy(machine)
    copied.home = machine.home.with_name(f"{machine.name} copied")
    copied.path = copied.home / machine.path.name
    copied.link = machine.link.with_name(f"{machine.name} copied sees")
    shutil.copytree(machine.home, copied.home, ignore=shutil.ignore_patterns("lock"))
    _see(copied, carrier)
    caseload = Caseload.open(copied.path, by=copied.name, key=copied.folder.key)
    membership = load_membership(caseload)
    assert membership is not None
    membership.folder = str(copied.link)
    save_membership(caseload, membership)
    caseload.close()
    return copied


def _meddle(world: World, meddle: Meddling, ended: threading.Event) -> None:
    while not ended.wait(world.luck.random() * 4):
        for what, number in meddle(world.luck, ended.wait).items():
            world.found[what] += number


if __name__ == "__main__":
    work(sys.argv[1:], _FASTER, _PAUSE)
