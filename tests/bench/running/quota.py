"""A part of one core, or of the memory, for a command: a small machine within this one.

Tried with control groups of version 1; those of version 2 are made as the kernel's documentation has it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures.figure import NotHere

_GROUPS = Path("/sys/fs/cgroup")
_PERIOD = 100_000
"""In microseconds, as the kernel has it by itself: what is left of a period must wait for the next."""
_SECONDS_TO_END = 5.0
_Limits = list[tuple[str, int | str]]


@contextmanager
def part_of_a_core(part: float) -> Iterator[list[str]]:
    """Give the words that go before a command so that it has this part of a core, with all that it starts.

    Raises `NotHere` where no control group can be made."""
    quota = round(part * _PERIOD)
    first: _Limits = [("cpu.cfs_period_us", _PERIOD), ("cpu.cfs_quota_us", quota)]
    with _group("cpu", first, [("cpu.max", f"{quota} {_PERIOD}")]) as words:
        yield words


@contextmanager
def at_most(megabytes: int) -> Iterator[list[str]]:
    """Give the words that go before a command so that it has so much memory, with all that it starts and
    what they read of files, and is killed where that is too little.

    Raises `NotHere` where no control group can be made."""
    most = megabytes << 20
    with _group(
        "memory", [("memory.limit_in_bytes", most)], [("memory.max", most), ("memory.swap.max", 0)]
    ) as words:
        yield words


@contextmanager
def _group(controller: str, first: _Limits, second: _Limits) -> Iterator[list[str]]:
    """Make a control group with these limits: the one or the other, as its version calls them."""
    of_version_2 = (_GROUPS / "cgroup.controllers").exists()
    group = (_GROUPS if of_version_2 else _GROUPS / controller) / f"vigtui-bench-{controller}-{os.getpid()}"
    try:
        if of_version_2:
            (_GROUPS / "cgroup.subtree_control").write_text(f"+{controller}")
        group.mkdir()
        try:
            for name, limit in second if of_version_2 else first:
                (group / name).write_text(str(limit))
        except OSError:
            group.rmdir()
            raise
    except OSError as error:
        raise NotHere(
            f"A small machine is made by a control group, and none can be made here: {error.strerror}."
        ) from error
    try:
        yield ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(group / "cgroup.procs")]
    finally:
        _remove(group)


def _remove(group: Path) -> None:
    """Remove a group once the last process in it is gone."""
    end = time.monotonic() + _SECONDS_TO_END
    while (group / "cgroup.procs").read_text() and time.monotonic() < end:
        time.sleep(0.05)
    group.rmdir()
