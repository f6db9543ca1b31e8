"""What a space costs: bytes and processor of a save, and of taking in a file of 4 MB while a screen reads."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from tests.bench.big import make_big
from tests.bench.figures.figure import Figure, middle
from tests.unit.exchange.spaces.machines import Folder, Machine
from vigtui.domain.records import Family

FAMILIES = 500
_TIMES = 8


def bench_space_figures() -> Iterator[Figure]:
    """Yield them."""
    with tempfile.TemporaryDirectory() as root:
        big = make_big(Path(root) / "big.vig.json", FAMILIES)
        folder = Folder(Path(root) / "world", big)
        ros, ellis = (Machine(folder, name) for name in ("Ros", "Ellis"))
        for machine in (ros, ellis, ros):
            machine.space.look()
            machine.space.write()
        wrote, took, waited = [], [], []
        for number in range(_TIMES):
            family = ros.caseload.all(Family)[number]
            ros.caseload.save(replace(family, reasons=f"Said at {number}"))
            wrote.append(_processor(ros.space.write))
            waited.append(_longest_wait(ellis, family.id, took))
        about = f"A space, {FAMILIES} families, one record changed at a time"
        yield Figure(about, "its file, written at every save", ros.own.stat().st_size / 1e3, "KB")
        yield middle(about, "writing, of a processor", [1e3 * one for one in wrote], "ms")
        yield middle(about, "taking it in, of a processor", [1e3 * one for one in took], "ms", goal=150)
        yield middle(about, "the screen waits at most", [1e3 * one for one in waited], "ms", goal=20)
        for machine in (ros, ellis):
            machine.close()


def _processor(act: Callable[[], object]) -> float:
    before = time.thread_time()
    act()
    return time.thread_time() - before


def _longest_wait(machine: Machine, family: str, took: list[float]) -> float:
    """Take in what is new, and return for how long at most another thread could not read a record."""
    longest, ended = 0.0, threading.Event()

    def read() -> None:
        nonlocal longest
        while not ended.is_set():
            before = time.perf_counter()
            machine.caseload.get(Family, family)
            longest = max(longest, time.perf_counter() - before)
            time.sleep(0.0005)

    reader = threading.Thread(target=read)
    reader.start()
    took.append(_processor(machine.space.look))
    ended.set()
    reader.join()
    return longest
