"""Thousands of spoiled caseload files: each opens with findings or is refused with a sentence."""

import asyncio
import collections
import datetime as dt
import faulthandler
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from tests.bench.spoiled.mutation_trial import examine
from tests.bench.spoiled.mutations import Mutator
from tests.bench.spoiled.touched import Touched
from tests.ui.heron import FAMILY, make_heron
from vigtui.demo.loader import load_demo
from vigtui.domain.records import Clip, Family, HelpingQuestion
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import CaseloadError
from vigtui.workspace.settings import demo_folder

_WALKED = 200
"""One of so many files is walked over in the app."""
_LONGEST = 5.0
"""Seconds of the processor that one file may take, for each megabyte that is begun: it is read some twenty
times."""


class HungError(Exception):
    """It took too long."""


def bench_mutated(count: int, seed: int) -> int:
    """Print what became of `count` spoiled files. Return with how many something went wrong."""
    print(f"{count} spoiled caseload files (seed {seed})")
    media = demo_folder() / "media"
    with tempfile.TemporaryDirectory() as folder:
        homes = {f"XDG_{name}_HOME": f"{folder}/{name}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        started = time.monotonic()
        workers = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.bench.spoiled.mutated",
                    *map(str, (seed, part, count, parts, media)),
                ],
                stdout=subprocess.PIPE,
                env=os.environ | homes | {"TERM": "xterm-256color"},
            )
            for parts in (os.cpu_count() or 1,)
            for part in range(parts)
        ]
        died = b'{"faults": {"a worker died": []}}'
        reports = [json.loads(worker.communicate()[0] or died) for worker in workers]
    became: collections.Counter[str] = collections.Counter()
    faults = 0
    for report in reports:
        became.update(report.get("became", {}))
        for fault, numbers in report["faults"].items():
            files = ", ".join(f"{faulty_folder(seed)}/{number}.vig.json" for number in numbers[:2])
            faults += max(1, len(numbers))
            print(f"  FAULT, {len(numbers)} times ({files}): {fault}")
    said = ", ".join(f"{words} {number}" for words, number in sorted(became.items()))
    slowest = max(report.get("slowest", 0) for report in reports)
    print(f"  {said}")
    print(
        f"  The slowest took {slowest:.1f} s of the processor; all took {time.monotonic() - started:.0f} s.\n"
    )
    return faults


def faulty_folder(seed: int) -> Path:
    """Return where the files are kept with which something went wrong."""
    return Path(tempfile.gettempdir()) / f"vigtui-mutated-{seed}"


def good_caseloads(folder: Path) -> list[bytes]:
    """Return caseloads to be spoiled: the demo, a small one, and one with conflicts and removals."""
    demo = Caseload.create(folder / "demo.vig.json", service="Demo", demo=True)
    with demo.transaction("Make the demo"):
        for record in load_demo(dt.date(2026, 11, 22)).records:
            demo.save(record)
    demo.close()
    small = make_heron(folder / "small.vig.json")
    paths = [demo.path, small, _make_contested(small, folder / "contested.vig.json")]
    return [path.read_bytes() for path in paths]


def _make_contested(small: Path, path: Path) -> Path:
    other = path.with_name("other.vig.json")
    for number, copy in enumerate((path, other)):
        shutil.copy(small, copy)
        caseload = Caseload.open(copy, by=f"Person {number}")
        family = caseload.need(Family, FAMILY)
        caseload.save(replace(family, pseudonym=f"Bird {number}", reasons=f"Reasons {number}"))
        questions = caseload.all(HelpingQuestion)
        if number:
            caseload.delete(questions[0])
        else:
            caseload.save(replace(questions[0], words="Other words."))
        caseload.delete(caseload.all(Clip)[number])
        caseload.close()
    merged = Caseload.open(path, by="Ros")
    merged.merge(CaseloadFile(other).read()[0], "Merge")
    merged.close()
    return path


class _Worker:
    """Tries the files of one part, each in a folder of its own."""

    def __init__(self, folder: Path, seed: int, media: Path) -> None:
        self._folder, self._media, self._seed = folder.resolve(), media, seed
        self._good = good_caseloads(folder)
        self._mutator = Mutator(seed, self._good)
        self._became: collections.Counter[str] = collections.Counter()
        self._faults: dict[str, list[int]] = {}
        self._slowest = 0.0
        self._in_threads: list[BaseException] = []
        threading.excepthook = lambda raised: self._in_threads.append(raised.exc_value or SystemError())
        self._touched, self._usual = Touched(), set[str]()
        for number, data in enumerate(self._good):
            self._try(number - len(self._good), data, walked=True)

    def run(self, numbers: range) -> dict[str, object]:
        """Return what became of the files of these numbers."""
        for number in numbers:
            self._try(number, self._mutator.file(number), walked=number % _WALKED == 0)
        return {"became": self._became, "faults": self._faults, "slowest": self._slowest}

    def _try(self, number: int, data: bytes, *, walked: bool) -> None:
        started = time.process_time()
        try:
            with self._case(data) as path, _limited(_LONGEST * (1 + len(data) // 1_000_000)):
                self._became[examine(path, self._mutator.origin(number))] += 1
            if walked:
                with self._case(data) as path, _limited(20 * _LONGEST):
                    self._walk(path, with_film=number % 2 == 0)
            if self._in_threads:
                raise self._in_threads.pop()
            self._look_outside(number)
        except BaseException as error:
            self._faults.setdefault(_told(error), []).append(number)
            faulty = faulty_folder(self._seed)
            faulty.mkdir(exist_ok=True)
            (faulty / f"{number}.vig.json").write_bytes(data)
            (faulty / f"{number}.good.vig.json").write_bytes(self._mutator.origin(number))
            self._touched.outside()
        self._slowest = max(self._slowest, time.process_time() - started)

    @contextmanager
    def _case(self, data: bytes) -> Iterator[Path]:
        """A folder with this file in it."""
        case = self._folder / "case"
        case.mkdir()
        path = case / "case.vig.json"
        path.write_bytes(data)
        try:
            yield path
        finally:
            shutil.rmtree(case)

    def _walk(self, path: Path, *, with_film: bool) -> None:
        from tests.bench.spoiled.mutation_walk import walk

        with suppress(CaseloadError):
            Caseload.open(path).close()
            if with_film and self._media.is_dir():
                shutil.copytree(self._media, path.with_name("media"))
            asyncio.run(walk(path))
            self._became["walked over"] += 1

    def _look_outside(self, number: int) -> None:
        code = (
            self._media,
            Path(os.devnull),
            Path("/dev/snd"),
            Path("/dev/dri"),
            *(Path("/proc/self/maps"), Path("/proc/self/smaps")),  # which libraries are loaded
            Path("/run/user"),  # where a sound server would be
            Path("/sbin/ldconfig"),  # tells Python where libraries are
            Path(sys.prefix),
            Path(sys.base_prefix),
            Path(__file__).parents[3],
        )
        # Which devices there are is looked at for one that decodes film.
        outside = self._touched.outside(self._folder, *code) - {"/dev"}
        if number < 0:
            self._usual |= outside
        elif new := outside - self._usual:
            raise PermissionError(f"touches {sorted(new)[0]!r}")


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise HungError when it takes the processor longer."""

    def end(_signal: int, frame: FrameType | None) -> None:
        raise HungError(f"hangs at {frame.f_code.co_filename}:{frame.f_lineno}" if frame else "hangs")

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _told(error: BaseException) -> str:
    """Return what an exception says, and where in the program it came from."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/vigtui/" in frame.filename] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}: {str(error)[:600]} ({where})"


def main() -> None:
    seed, part, count, parts = map(int, sys.argv[1:5])
    faulthandler.dump_traceback_later(3600, exit=True)
    with tempfile.TemporaryDirectory() as folder:
        worker = _Worker(Path(folder), seed, Path(sys.argv[5]))
        print(json.dumps(worker.run(range(part, count, parts))))


if __name__ == "__main__":
    main()
