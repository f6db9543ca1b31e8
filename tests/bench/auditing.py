"""What the audit of a county costs beside reading its files and decoding their JSON."""

import json
import os
import re
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from tests.bench.big import make_big
from vigtui.exchange.audits.finding import files_in
from vigtui.exchange.audits.gathering import gather
from vigtui.queries.audit.span import months
from vigtui.values.days import today

FILES, FAMILIES = 1000, 5
_ROUNDS = 5
_DISTINCT = re.compile(rb"[0-9a-f]{8}(?=-[0-9a-f]{4}-7)")


def bench_auditing() -> None:
    """Print how long the audit of many files takes, with its peer in the same run, and how much of them is in
    memory at once."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = name
        folder = Path(name) / "county"
        folder.mkdir()
        size = _make_county(folder)
        print(f"{FILES} caseloads of {FAMILIES} families, {size / 1e6:.1f} MB")
        times = [(_seconds(lambda: _audit(folder)), _seconds(lambda: _read(folder))) for _ in range(_ROUNDS)]
        ours, peer = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = f"ratio {ours / peer:.1f}   (goal 3)"
        print(f"  audit                 {ours:.2f} s; json.loads {peer:.2f} s; {ratio}")
        tracemalloc.start()
        _audit(folder)
        print(f"  memory, at most       {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB\n")
        tracemalloc.stop()


def _make_county(folder: Path) -> int:
    """Make the files, no two of which hold the same record, and return the size of all."""
    data = make_big(folder.parent / "one.vig.json", FAMILIES).read_bytes()
    for number in range(FILES):
        beginning = f"{number:08x}".encode()
        (folder / f"{number}.vig.json").write_bytes(_DISTINCT.sub(beginning, data))
    return len(data) * FILES


def _audit(folder: Path) -> None:
    found = gather(files_in([folder]), months(12, today()), today(), lambda _: None)
    if len(found.caseloads) != FILES or found.refused:
        raise AssertionError(found.refused[:3])


def _read(folder: Path) -> None:
    for path in folder.iterdir():
        json.loads(path.read_bytes())


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
