"""What a space costs: bytes and processor of a save and of taking it in, growth, and what a screen feels."""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from tests.bench.caseload.big import make_big
from tests.bench.figures.figure import Figure, middle
from tests.bench.running.process import memory
from tests.bench.spaces.screen import screen_figures
from tests.unit.exchange.spaces.machines import Folder, Machine
from vigtui.domain.records import Clip, Family

FAMILIES, FEW = 500, 50
_TIMES = 8
_CHANGES_A_SITTING = 10


def bench_space_figures(edits: int) -> Iterator[Figure]:
    """Yield them; what grows does so with so many changes."""
    with tempfile.TemporaryDirectory() as root:
        big = make_big(Path(root) / "big.vig.json", FAMILIES)
        yield from _costs(Path(root) / "costs", big)
        yield from screen_figures(Path(root) / "screen", big)
        yield from _growth(Path(root) / "growth", make_big(Path(root) / "few.vig.json", FEW), edits)


def _costs(root: Path, big: Path) -> Iterator[Figure]:
    folder = Folder(root, big)
    ros, ellis = (Machine(folder, name) for name in ("Ros", "Ellis"))
    for machine in (ros, ellis, ros):
        machine.space.look()
        machine.space.write()
    wrote, took = [], []
    for number in range(_TIMES):
        family = ros.caseload.all(Family)[number]
        ros.caseload.save(replace(family, reasons=f"Said at {number}"))
        wrote.append(_processor(ros.space.write))
        took.append(_processor(ellis.space.look))
    about = f"A space, {FAMILIES} families, one record changed at a time"
    yield Figure(about, "its file, written at every save", ros.own.stat().st_size / 1e3, "KB")
    yield middle(about, "writing, of a processor", wrote, "ms")
    yield middle(about, "taking it in, of a processor", took, "ms", goal=150)
    for machine in (ros, ellis):
        machine.close()


def _growth(root: Path, few: Path, edits: int) -> Iterator[Figure]:
    """Let two write and take in by turns, and yield what that leaves behind."""
    folder = Folder(root, few)
    machines = [Machine(folder, name) for name in ("Ros", "Ellis")]
    luck = random.Random(7)
    _write(folder, machines, luck, edits // 10)
    before, held = _sizes(machines[0]), memory(os.getpid()).own
    _write(folder, machines, luck, edits)
    after, still_held = _sizes(machines[0]), memory(os.getpid()).own
    about = f"Growth: {FEW} families, {edits:,} changes by two in one space"
    yield Figure(about, "the caseload", (after[0] - before[0]) / 1e3, "KB")
    yield Figure(about, "its file in the space", (after[1] - before[1]) / 1e3, "KB")
    yield Figure(about, "memory, two programs in one", still_held - held, "MB")
    for machine in machines:
        machine.close()


def _write(folder: Folder, machines: list[Machine], luck: random.Random, edits: int) -> None:
    """Let one change families and clips for a while, to words as long as those before, then another."""
    for sitting in range(edits // _CHANGES_A_SITTING):
        machine = machines[sitting % len(machines)]
        for change in range(_CHANGES_A_SITTING):
            words = f"Said at {sitting:05} {change}"
            if luck.random() < 0.5:
                family = luck.choice(machine.caseload.all(Family))
                machine.caseload.save(replace(family, reasons=words))
            else:
                clip = luck.choice(machine.caseload.all(Clip))
                machine.caseload.save(replace(clip, caption=words))
        for each in (machine, *machines):
            folder.clock.pass_by(40)
            each.space.work()
    for machine in machines:
        folder.clock.pass_by(4000)
        machine.space.work()


def _sizes(machine: Machine) -> tuple[int, int]:
    machine.caseload.flush()
    return machine.path.stat().st_size, machine.own.stat().st_size


def _processor(act: Callable[[], object]) -> float:
    before = time.thread_time()
    act()
    return (time.thread_time() - before) * 1000
