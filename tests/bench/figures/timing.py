"""How long a piece of work takes."""

import time
from collections.abc import Callable


def seconds_of(work: Callable[[], object]) -> float:
    """Do it, and return how long it took by the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
