"""The machine on which figures were measured, and how fast it was meanwhile."""

import os
import platform
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from vigtui.cli.doctor import examine_libmpv
from vigtui.film.kernel.loading import kernel

_TURNS, _STEPS = 5, 40_000


@dataclass(frozen=True)
class Machine:
    """What a figure depends on beside the program. Memory is in MB; `kernel` says whether film is drawn by
    the compiled kernel or by numpy."""

    cores: int
    processor: str
    memory: int
    system: str
    python: str
    libmpv: str
    kernel: str


def this_machine() -> Machine:
    """Look at this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return Machine(
        cores=os.cpu_count() or 1,
        processor=_processor(),
        memory=memory,
        system=platform.platform(),
        python=platform.python_version(),
        libmpv=examine_libmpv().words,
        kernel="compiled" if kernel().library else "numpy",
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


@dataclass
class Pace:
    """How long the same piece of work took at each `look`, in ms, and how busy the machine was with other
    things (the load, as a part of its cores); and how long it took around each measure."""

    times: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    around: dict[str, list[float]] = field(default_factory=dict)

    def look(self, measure: str) -> float:
        """Do the piece of work, before a measure or after it; return how busy the machine is."""
        self.loads.append(os.getloadavg()[0] / (os.cpu_count() or 1))
        self.times.append(statistics.median(_work() for _ in range(_TURNS)))
        self.around.setdefault(measure, []).append(self.times[-1])
        return self.loads[-1]

    @property
    def is_busy(self) -> bool:
        """Whether the cores had more to do than they could, for most of the time."""
        return bool(self.loads) and statistics.median(self.loads) > 1.0

    def of(self, measure: str) -> float | None:
        """Return the milliseconds around a measure, or else the median of all; None without any."""
        times = self.around.get(measure) or self.times
        return statistics.median(times) if times else None


def _work() -> float:
    """Milliseconds by the clock for some plain Python."""
    started = time.perf_counter()
    found = {}
    for number in range(_STEPS):
        found[number % 97] = str(number)
    return (time.perf_counter() - started) * 1000
