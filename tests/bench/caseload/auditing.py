"""What the audit of a county costs beside reading its files and decoding their JSON; and how soon a lead sees
the sum of the counts that a service collects."""

import datetime as dt
import json
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from tests.bench.caseload.big import make_big
from tests.bench.figures.figure import Figure, beside
from tests.bench.figures.timing import seconds_of
from tests.bench.running.peers import home
from vigtui.exchange.audits.collecting import Collecting
from vigtui.exchange.audits.exports import FORM, CaseloadCounts, Export, put_export
from vigtui.exchange.audits.finding import files_in
from vigtui.exchange.audits.gathering import gather
from vigtui.exchange.audits.weekly import place_in, week_before
from vigtui.queries.audit.counting import count_caseload
from vigtui.queries.audit.records import audit_records
from vigtui.queries.audit.span import months
from vigtui.queries.audit.telling import Told
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.values.identity import new_id

FILES, FAMILIES, COLLECTED = 1000, 5, 200
_ROUNDS = 5
_DISTINCT = re.compile(rb"[0-9a-f]{8}(?=-[0-9a-f]{4}-7)")


def bench_auditing() -> Iterator[Figure]:
    """Yield how long the audit of many files takes, with its peer in the same run, and how much of them is in
    memory at once; then the sum of collected counts."""
    with home() as root:
        folder = root / "county"
        folder.mkdir()
        _make_county(folder)
        about = f"The audit of {FILES:,} caseloads of {FAMILIES} families"
        ours, theirs = [], []
        for _ in range(_ROUNDS):
            ours.append(seconds_of(lambda: _audit(folder)))
            theirs.append(seconds_of(lambda: _read(folder)))
        yield beside(about, "in all", ours, "json.loads", theirs, "s", goal=3.0)
        tracemalloc.start()
        _audit(folder)
        yield Figure(about, "memory, at most", tracemalloc.get_traced_memory()[1] / 1e6, "MB")
        tracemalloc.stop()
        yield from _collecting(root)


def _collecting(folder: Path) -> Iterator[Figure]:
    """Yield how long the sum of many files of counts takes: read first, looked at again, and one changed."""
    collected = folder / "collected"
    collected.mkdir()
    span, made = week_before(today()), dt.datetime.now(dt.UTC)
    records = audit_records(read_snapshot(make_big(folder / "counted.vig.json", 30)))
    told = Told(count_caseload(records, span, today())).for_others(5)
    for _ in range(COLLECTED):
        name = new_id()
        counts = [CaseloadCounts.of(name, told)]
        put_export(Export(FORM, span.start, span.end, made, 5, counts), place_in(collected, name))
    collecting = Collecting(collected, folder / "known.txt")
    first, again = seconds_of(collecting.look), seconds_of(collecting.look)
    put_export(Export(FORM, span.start, span.end, made, 5, counts), place_in(collected, name))
    about = f"The sum of {COLLECTED} files of counts"
    for name, seconds in (("first", first), ("again", again), ("one changed", seconds_of(collecting.look))):
        yield Figure(about, name, seconds, "s", noise=0.1 * seconds)


def _make_county(folder: Path) -> None:
    """Make the files, no two of which hold the same record."""
    data = make_big(folder.parent / "one.vig.json", FAMILIES).read_bytes()
    for number in range(FILES):
        beginning = f"{number:08x}".encode()
        (folder / f"{number}.vig.json").write_bytes(_DISTINCT.sub(beginning, data))


def _audit(folder: Path) -> None:
    found = gather(files_in([folder]), months(12, today()), today(), lambda _: None)
    if len(found.caseloads) != FILES or found.refused:
        raise AssertionError(found.refused[:3])


def _read(folder: Path) -> None:
    for path in folder.iterdir():
        json.loads(path.read_bytes())
