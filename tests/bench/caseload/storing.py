"""What the file costs beside its peers: one change, opening, a hundred changes, merging."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace
from tinydb import TinyDB

from tests.bench.caseload.big import make_big
from tests.bench.figures.figure import Figure, beside, middle
from tests.bench.figures.timing import seconds_of
from tests.bench.running.peers import home
from vigtui.domain.records import Clip, Rating
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import Tables, encode

FAMILIES = 1250
CHANGES = 100
DIFFERENCES = 1000
_STOCK_CHANGES = 5
_ROUNDS = 7
_ABOUT = f"The file, {FAMILIES:,} families"


def bench_storing() -> Iterator[Figure]:
    """Yield each figure with its peer in the same run."""
    with home() as folder:
        path = make_big(folder / "big.vig.json", FAMILIES)
        yield from _bench_opening(path)
        yield from _bench_change(path)
        yield from _bench_merging(path)
        yield from _bench_stock(path)


def _bench_opening(path: Path) -> Iterator[Figure]:
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        theirs.append(seconds_of(lambda: json.loads(path.read_text("utf-8"))))
        ours.append(seconds_of(lambda: Caseload.open(path)))
    yield beside(_ABOUT, "opening", ours, "json.load", theirs, "s", goal=1.5)


def _bench_change(path: Path) -> Iterator[Figure]:
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
    yield middle(_ABOUT, "a change: its caller waits", [1000 * one for one in waits], "ms", goal=5.0)
    yield Figure(_ABOUT, "a change: its caller waits longest", 1000 * max(waits), "ms", noise=2.0)
    yield middle(_ABOUT, "a change: a loop beside stands still", [1000 * one for one in gaps], "ms")
    peer = "serialise, write, fsync"
    yield beside(_ABOUT, "a change: until it is safe", durable, peer, peers, "s", goal=1.5)


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


def _bench_merging(path: Path) -> Iterator[Figure]:
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
    loading = seconds_of(lambda: (Caseload.open(path), Caseload.open(other)))
    caseload = Caseload.open(path)
    tables = _tables(other)
    merging = seconds_of(lambda: caseload.merge(tables, "Merge"))
    found = len(caseload.conflicts())
    caseload.close()
    about = f"Merging {DIFFERENCES} differences, {found} to decide"
    yield Figure(about, "merging", merging, "s", goal=2.0, noise=0.1 * merging)
    yield beside(about, "beside opening both", [merging], "opening both", [loading], "s")


def _bench_stock(path: Path) -> Iterator[Figure]:
    caseload = Caseload.open(path)
    clips = caseload.all(Clip)[-CHANGES:]

    def change() -> None:
        for clip in clips:
            caseload.save(replace(clip, title="Changed"))
            caseload.flush()

    ours = seconds_of(change)
    caseload.close()
    stock = TinyDB(path, encoding="utf-8")
    table = stock.table("clips")
    numbers = [document.doc_id for document in table.all()[-_STOCK_CHANGES:]]

    def change_plainly() -> None:
        for number in numbers:
            table.update({"title": "Changed again"}, doc_ids=[number])

    theirs = seconds_of(change_plainly) * CHANGES / _STOCK_CHANGES
    stock.close()
    about = f"{CHANGES} changes, each safe"
    yield beside(about, "in all", [ours], "stock TinyDB, not safe", [theirs], "s")
