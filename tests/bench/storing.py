"""What the file costs beside its peers: one change, opening, a hundred changes, merging."""

import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from tinydb import TinyDB

from tests.bench.big import make_big
from vigtui.domain.records import Clip, Rating
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import Tables, encode

FAMILIES = 1250
CHANGES = 100
DIFFERENCES = 1000
_STOCK_CHANGES = 10
_ROUNDS = 7


def bench_storing() -> None:
    """Print each figure with its peer in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        path = make_big(Path(folder) / "big.vig.json", FAMILIES)
        print(f"A caseload of {FAMILIES} families, {path.stat().st_size / 1e6:.1f} MB")
        _bench_opening(path)
        _bench_change(path)
        _bench_merging(path)
        _bench_stock(path)
        print()


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _bench_opening(path: Path) -> None:
    ratios = []
    for _ in range(_ROUNDS):
        peer = _seconds(lambda: json.loads(path.read_text("utf-8")))
        ratios.append((_seconds(lambda: Caseload.open(path)), peer))
    ours, peer = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(
        f"  opening               {ours:.3f} s; json.load {peer:.3f} s; ratio {ours / peer:.2f}   (goal 1.5)"
    )


def _bench_change(path: Path) -> None:
    """How long the caller of a change waits, a loop beside the saver stands still, and until it is safe."""
    caseload = Caseload.open(path)
    clips = caseload.all(Clip)
    caseload.save(replace(clips[0], caption="The first change is kept apart: it makes the copy."))
    caseload.flush()
    waits, gaps, durable, peers = [], [], [], []
    for number in range(_ROUNDS * 3):
        changed = replace(caseload.need(Clip, clips[number].id), caption=f"Jory looks up, {number}.")
        started = time.perf_counter()
        caseload.save(changed)
        waits.append(time.perf_counter() - started)
        if number % 3:
            caseload.flush()
            durable.append(time.perf_counter() - started)
            peers.append(_plainly_saved(path))
        else:
            gaps.append(_longest_gap(caseload))
    caseload.close()
    waited, longest = _milliseconds(waits)
    print(f"  a change, its caller  {waited:.2f} ms, longest {longest:.2f}   (goal 5)")
    stood, longest = _milliseconds(gaps)
    print(f"  a loop beside saving  stands still for {stood:.1f} ms, longest {longest:.1f}")
    ours, peer = statistics.median(durable), statistics.median(peers)
    ratio = f"ratio {ours / peer:.2f}   (goal 1.5)"
    print(f"  a change until safe   {ours:.3f} s; serialise, write, fsync {peer:.3f} s; {ratio}")


def _milliseconds(seconds: list[float]) -> tuple[float, float]:
    """Return the median and the longest, in ms."""
    return statistics.median(seconds) * 1000, max(seconds) * 1000


def _longest_gap(caseload: Caseload) -> float:
    """Turn a loop as a screen does until everything is saved; return its longest turn, in seconds."""
    longest, before = 0.0, time.perf_counter()
    while caseload.status.state == "saving":
        time.sleep(0.0005)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    return longest


def _plainly_saved(path: Path) -> float:
    """Return the seconds that writing the same, without any care for what stands there, takes."""
    tables = _tables(path)
    started = time.perf_counter()
    data = b"".join(encode(tables))
    copy = path.with_name("plain.json")
    with copy.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - started


def _tables(path: Path) -> Tables:
    return CaseloadFile(path).read()[0]


def _bench_merging(path: Path) -> None:
    other = path.with_name("other.vig.json")
    shutil.copy(path, other)
    for copy, word in ((path, "here"), (other, "there")):
        caseload = Caseload.open(copy, by=word)
        with caseload.transaction("Change"):
            for rating in caseload.all(Rating)[: DIFFERENCES // 2]:
                caseload.save(replace(rating, words=word))
            for clip in caseload.all(Clip)[: DIFFERENCES // 2] if copy == other else ():
                caseload.save(replace(clip, caption=f"{clip.caption} {word}"))
        caseload.close()
    loading = _seconds(lambda: (Caseload.open(path), Caseload.open(other)))
    caseload = Caseload.open(path)
    tables = _tables(other)
    merging = _seconds(lambda: caseload.merge(tables, "Merge"))
    found = len(caseload.conflicts())
    caseload.close()
    print(
        f"  merging               {merging:.3f} s for {DIFFERENCES} differences ({found} to decide);"
        f" opening both {loading:.3f} s; ratio {merging / loading:.2f}   (goal 2 s)"
    )


def _bench_stock(path: Path) -> None:
    caseload = Caseload.open(path)
    clips = caseload.all(Clip)[-CHANGES:]

    def change() -> None:
        for clip in clips:
            caseload.save(replace(clip, title="Changed"))
            caseload.flush()

    ours = _seconds(change)
    caseload.close()
    stock = TinyDB(path, encoding="utf-8")
    table = stock.table("clips")
    numbers = [document.doc_id for document in table.all()[-_STOCK_CHANGES:]]

    def change_plainly() -> None:
        for number in numbers:
            table.update({"title": "Changed again"}, doc_ids=[number])

    theirs = _seconds(change_plainly) * CHANGES / _STOCK_CHANGES
    stock.close()
    words = f"each safe {ours:.1f} s; stock TinyDB, not safe {theirs:.1f} s"
    print(f"  {CHANGES} changes           {words}; ratio {ours / theirs:.3f}")
