"""`make bench`: every figure with its peer in the same run. Nothing here passes or fails."""

import os
import tempfile
from pathlib import Path

from tests.bench.big import make_big
from tests.bench.start import bench_idle, bench_start

FAMILIES = 500


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # Whoever runs this keeps their own places.
        path = make_big(Path(folder) / "big.vig.json", FAMILIES)
        print(f"A caseload of {FAMILIES} families, {path.stat().st_size / 1e6:.1f} MB\n")
        bench_start(path)
        bench_idle(path)


main()
