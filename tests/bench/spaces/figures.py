"""What a space costs: bytes and processor of a save, and of taking in a file of 4 MB while a screen reads."""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tests.bench.big import make_big
from tests.unit.exchange.spaces.machines import Folder, Machine
from vigtui.domain.records import Family

FAMILIES = 500
_TIMES = 8


def bench_space_figures() -> None:
    """Print them."""
    with tempfile.TemporaryDirectory() as root:
        big = make_big(Path(root) / "big.vig.json", FAMILIES)
        size = big.stat().st_size
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
        print(f"A space: {FAMILIES} families, {size / 1e6:.1f} MB, one record changed at a time")
        print(f"  a file in the space   {ros.own.stat().st_size / 1e3:.0f} KB, whole, at every save")
        print(f"  writing it            {statistics.median(wrote) * 1e3:.0f} ms of a processor")
        print(f"  taking it in          {statistics.median(took) * 1e3:.0f} ms of a processor   (goal 150)")
        print(f"  the screen waits      {statistics.median(waited) * 1e3:.0f} ms at most   (goal 20)\n")
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
