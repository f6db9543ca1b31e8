"""`make bench`: every figure with its peer in the same run. Nothing here passes or fails.

`python -m tests.bench NAME...` measures only what is named.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.big import make_big
from tests.bench.footage import NoFootage
from tests.bench.picture import bench_picture
from tests.bench.playing import bench_playing
from tests.bench.slow_line import bench_line
from tests.bench.start import bench_idle, bench_start

FAMILIES = 500


def _start() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # Whoever runs this keeps their own places.
        path = make_big(Path(folder) / "big.vig.json", FAMILIES)
        print(f"A caseload of {FAMILIES} families, {path.stat().st_size / 1e6:.1f} MB\n")
        bench_start(path)
        bench_idle(path)


MEASURES: dict[str, Callable[[], None]] = {
    "start": _start,
    "picture": bench_picture,
    "playing": bench_playing,
    "line": bench_line,
}


def main() -> None:
    names = sys.argv[1:] or list(MEASURES)
    if unknown := [name for name in names if name not in MEASURES]:
        sys.exit(f"There is no measure called {unknown[0]}. There are: {', '.join(MEASURES)}.")
    for name in names:
        busy = os.getloadavg()[0] / (os.cpu_count() or 1)
        if busy > 0.3:
            print(
                f"(The machine is {busy:.0%} busy with other things: times are longer than on a quiet one.)"
            )
        try:
            MEASURES[name]()
        except NoFootage as problem:
            print(f"{name}: {problem}\n")


main()
