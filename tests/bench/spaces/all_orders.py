"""Erasing against all that others do while they are apart: five files, merged in every order."""

import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.unit.store.erased_in_all_orders import Wrong, prove, prove_known

RUNS = 500


def bench_erased_in_all_orders(stories: int, seed: int) -> int:
    """Print what was found, and return how much of it is wrong."""
    print(f"Erased while others were offline: {stories} times five files in every order (seed {seed})")
    began, found, done = time.monotonic(), Counter[str](), Counter[str]()
    for number in range(stories):
        with tempfile.TemporaryDirectory() as folder:
            wrong, did = prove(Path(folder), f"{seed} {number}")
        found += Counter(wrong._asdict())
        done += did
        if any(wrong):
            print(f"  WRONG in story {number}: {wrong}")
    said = ", ".join(f"{found[name]} {told}" for name, told in _TOLD.items())
    print(f"  {said}   (goal: none; {time.monotonic() - began:.0f} s)")
    print("  " + ", ".join(f"{number} {name}" for name, number in done.items()))
    forgotten = sum(prove_known(RUNS).values())
    print(f"  known to {RUNS} writers: forgotten in {forgotten} orders   (goal: none)\n")
    return found.total() + forgotten


_TOLD = dict(
    zip(
        Wrong._fields,
        (
            "orders with another end",
            "erased words",
            "erased records that came back",
            "others that went",
            "files that differ or have erased words once all had met",
        ),
        strict=True,
    )
)
