"""Instructions instead of seconds, counted by callgrind: they do not depend on the machine's mood."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.caseload.big import copy_big
from tests.bench.figures.figure import Figure, NotHere
from tests.bench.film.footage import SOURCES, film
from tests.bench.film.kernel import drawing_with, drawn
from tests.bench.program.start import EMPTY, EMPTY_APP, OURS
from tests.bench.running.peers import home
from tests.bench.running.terminal import terminal
from vigtui.film.kernel.loading import Kernel, kernel
from vigtui.film.picture.depth import Depth, GlyphSet

_FAMILIES, _GOAL = 12, 1.3
_COLUMNS, _ROWS = 80, 22
_FEW, _MANY = 20, 100
_KERNEL, _IN_NUMPY = "with the kernel", "in numpy"
_PATIENCE = 600.0
_NOISE = 0.005
"""By which part two counts of the same differ: threads take turns as it comes."""
_LEAVE = "import os, signal; signal.signal(signal.SIGUSR1, lambda *_: os._exit(0))\n"
_COUNTED = re.compile(r"Collected : (\d+)")


def bench_callgrind() -> Iterator[Figure]:
    """Yield the instructions of a start until its first paint, beside an empty app's, and of a picture beyond
    decoding."""
    if shutil.which("valgrind") is None:
        raise NotHere("Instructions are counted by valgrind, which is not installed (Debian: valgrind).")
    with home() as folder:
        path = copy_big(folder / "big.vig.json", _FAMILIES)
        ours = _millions_to_paint(folder, ["-c", _LEAVE + OURS, str(path)])
        empty = _millions_to_paint(folder, ["-c", _LEAVE + EMPTY])
        ratio = ours / empty
        yield Figure(
            f"Instructions of a start, {_FAMILIES} families",
            "until the first paint",
            *(ours, "M instructions", _GOAL, "less", EMPTY_APP, empty, ratio, ratio * _NOISE),
        )
    for source in SOURCES:
        with TemporaryDirectory() as name:
            pictures = film(source, _COLUMNS, _ROWS).truth()[:_MANY].astype(np.uint8)
            np.save(Path(name) / "pictures.npy", pictures)
            about = f"Instructions of a picture beyond decoding, {source.name}, {_COLUMNS}x{_ROWS}"
            ways = (_KERNEL, _IN_NUMPY) if kernel().library else (_IN_NUMPY,)
            for way, millions in _millions_a_picture(Path(name), ways).items():
                yield Figure(about, way, millions, "M instructions", noise=millions * _NOISE)


def _millions_to_paint(folder: Path, words: Sequence[str]) -> float:
    """Return how many million instructions it takes until the list is on the screen."""
    command, log = _counting(folder, words, "start")
    with terminal(command, 80, 24, {"PYTHONHASHSEED": "0"}) as window:
        if not window.run(_PATIENCE, lambda: "families" in window.screen.text):
            raise NotHere(f"Nothing was painted under valgrind within {_PATIENCE:.0f} seconds.")
        os.kill(window.pid, signal.SIGUSR1)
        window.status()
    return _counted(log)


def _millions_a_picture(folder: Path, ways: Sequence[str]) -> dict[str, float]:
    """Return what each picture adds once the first are drawn. They are counted beside one another: that takes
    half the time, and no instruction more."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = {
            way: [pool.submit(_millions_of, folder, number, way) for number in (_MANY, _FEW)] for way in ways
        }
        return {way: (many.result() - few.result()) / (_MANY - _FEW) for way, (many, few) in counts.items()}


def _millions_of(folder: Path, number: int, way: str) -> float:
    words = ["-m", "tests.bench.program.callgrind", str(folder / "pictures.npy"), str(number), way]
    command, log = _counting(folder, words, f"{way}, {number}")
    # Threads of OpenBLAS that look for work in vain count too: up to a fifth of a picture, as it comes.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(command, check=True, env=environment)
    return _counted(log)


def _counting(folder: Path, words: Sequence[str], name: str) -> tuple[list[str], Path]:
    """Return the command that counts what Python does with these words, and where it says how much."""
    log = folder / name
    valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}")
    return [*valgrind, sys.executable, *words], log


def _counted(log: Path) -> float:
    found = _COUNTED.search(log.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        raise NotHere("Valgrind has counted nothing here.")
    return int(found[1]) / 1e6


def main(pictures: Path, number: int, way: str) -> None:
    """Draw so many pictures, as it does while a film plays."""
    with drawing_with(Kernel(None, "") if way == _IN_NUMPY else kernel()):
        drawn([*np.load(pictures)[:number]], GlyphSet.HALF, Depth.TRUECOLOR)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
