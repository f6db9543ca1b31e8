"""How long the screen stands still while what 19 others have written is taken in, in an app that is open."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tests.bench.figures.figure import Figure, middle
from tests.bench.running.peers import home
from tests.unit.exchange.spaces.machines import Folder, Machine
from vigtui.domain.records import Family, Person
from vigtui.exchange.spaces.content import Line, pack
from vigtui.exchange.spaces.membership import load_membership
from vigtui.exchange.spaces.writing import put
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Opening

_WRITERS = 20
_LATELY, _MEANWHILE = 1, 25
"""How many families somebody changes in one sitting, and in the weeks in which another is away."""
_GOAL_MS = 20.0
_PATIENCE = 30.0
_AFTERWARDS = 1.0
_A_MOMENT = 0.02


class _Gap(Struct):
    """For how long at most a loop did nothing, and how long, of a processor, it worked at a time."""

    ms: float = 0.0
    work_ms: float = 0.0


class _Other(Struct):
    """One of the other writers, and each file that they write: at first, after one change more, and after
    many. Of each, the last family that was changed and what then stands in it."""

    writer: str
    files: list[bytes]
    last: list[tuple[str, str]]


def screen_figures(root: Path, big: Path) -> Iterator[Figure]:
    """Yield for how long at most the loop of an open app did nothing while it waited for its files, while
    one of twenty was taken in, and while all of them were after a long absence."""
    folder = Folder(root / "world", big)
    with home():
        machine = Machine(folder, "Ellis")
        machine.close()
        others = [_other(folder, machine, number) for number in range(_WRITERS - 1)]
        idle, one, all_of_them = asyncio.run(_measured(folder, machine, others))
    about = f"The screen, in a space of {_WRITERS} writers, {big.stat().st_size / 1e6:.1f} MB each"
    yield middle(about, "stands still, idle", [each.ms for each in idle], "ms")
    for name, gaps in (("one changed file taken in", one), ("all of them, after an absence", all_of_them)):
        yield middle(about, name, [each.ms for each in gaps], "ms", goal=_GOAL_MS)
        yield middle(about, f"{name}: longest work at a time", [each.work_ms for each in gaps], "ms")


def _other(folder: Folder, machine: Machine, number: int) -> _Other:
    path = folder.root / f"other {number}.vig.json"
    path.write_bytes(folder.caseload.read_bytes())
    writer, name = f"{number:016x}", f"Writer {number}"
    caseload = Caseload.open(path, by=name, key=folder.key)
    own = Caseload.open(machine.path, key=folder.key)
    membership = load_membership(own)
    own.close()
    assert membership is not None
    files, last = [], []
    for count, changes in enumerate((_LATELY, _LATELY, _MEANWHILE)):
        families = caseload.all(Family)
        for change in range(changes):
            family = families[(number * _MEANWHILE + change) % len(families)]
            words = f"{name} has written this, {count} {change}."
            caseload.save(replace(caseload.need(Family, family.id), reasons=words))
        line = Line(folder.identity, writer, name, "laptop", count, {})
        files.append(pack(membership.key(folder.identity), line, caseload.snapshot()))
        last.append((family.id, words))
    caseload.close()
    return _Other(writer, files, last)


async def _measured(
    folder: Folder, machine: Machine, others: list[_Other]
) -> tuple[list[_Gap], list[_Gap], list[_Gap]]:
    for each in others:
        put(folder.path, each.writer, each.files[0])
    async with _open(folder, machine) as app:

        def has(other: _Other, file: int) -> bool:
            identity, words = other.last[file]
            family = app.workspace.caseload.get(Family, identity)
            return family is not None and family.reasons == words

        await _until(lambda: app.workspace.space is not None and all(has(each, 0) for each in others))
        idle = [await _longest_gap(lambda: True) for _ in range(3)]
        one = []
        for other in others[:-1]:
            put(folder.path, other.writer, other.files[1])
            one.append(await _longest_gap(lambda other=other: has(other, 1)))
        machine.go_offline()
        for other in others:
            put(folder.path, other.writer, other.files[2])
        await asyncio.sleep(_AFTERWARDS)
        machine.come_back()
        return idle, one, [await _longest_gap(lambda: all(has(each, 2) for each in others))]


@contextlib.asynccontextmanager
async def _open(folder: Folder, machine: Machine) -> AsyncIterator[VigtuiApp]:
    """Open an app as on any day but the first, on the list of families."""
    caseload = Caseload.open(machine.path, by=machine.name, key=folder.key)
    places = Places()
    places.enter(caseload.meta.id, caseload.path)
    places.set("person", caseload.all(Person)[0].id)
    opened: Future[Caseload] = Future()
    opened.set_result(caseload)
    app = VigtuiApp(Opening(caseload.path, opened), Settings(lock_minutes=0), places)
    try:
        async with app.run_test(size=(120, 40)):
            await _until(lambda: app._saving.is_open)
            yield app
    finally:
        app.close()


async def _longest_gap(ended: Callable[[], bool]) -> _Gap:
    """Return for how long at most the loop did nothing, until something has ended and what follows from it
    was shown."""
    longest, last, worked, until = _Gap(), time.perf_counter(), time.thread_time(), 0.0
    give_up = last + _PATIENCE
    while not until or last < until:
        await asyncio.sleep(0.001)
        now, work = time.perf_counter(), time.thread_time()
        longest = _Gap(max(longest.ms, (now - last) * 1e3), max(longest.work_ms, (work - worked) * 1e3))
        last, worked = now, work
        if not until and ended():
            until = now + _AFTERWARDS
        if now > give_up:
            raise TimeoutError("what others wrote is not taken in")
    return longest


async def _until(condition: Callable[[], bool]) -> None:
    for _ in range(int(_PATIENCE / _A_MOMENT)):
        if condition():
            return
        await asyncio.sleep(_A_MOMENT)
    raise TimeoutError("the app does not come so far")
