"""A part of one core for a command: a small machine within this one."""

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


@contextmanager
def part_of_a_core(part: float) -> Iterator[list[str]]:
    """Give the words that go before a command so that it has this part of a core, with all that it starts.

    Raises `NotHere` where no control group can be made."""
    quota = round(part * _PERIOD)
    first = (_GROUPS / "cpu").is_dir()
    group = (_GROUPS / "cpu" if first else _GROUPS) / f"vigtui-bench-{os.getpid()}"
    try:
        group.mkdir()
        try:
            if first:
                (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
                (group / "cpu.cfs_quota_us").write_text(str(quota))
            else:
                (group / "cpu.max").write_text(f"{quota} {_PERIOD}")
        except OSError:
            group.rmdir()
            raise
    except OSError as error:
        raise NotHere(
            f"A part of a core is given by a control group, and none can be made here: {error.strerror}."
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
