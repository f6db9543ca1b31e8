"""How far the picture is behind its sound where the machine is too slow for the film.

`python -m tests.bench.film.together FILM` plays one in this process, and prints it.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.figures.figure import Figure, middle
from tests.bench.film.footage import heavy_film
from vigtui.film.files import FileSource
from vigtui.film.libmpv import late_by
from vigtui.film.playing.player import Player

_PICTURE = (160, 88)  # 80x22 cells in dots
_SECONDS_TO_BEGIN, _SECONDS, _SECONDS_BETWEEN_LOOKS = 6.0, 18.0, 0.2
_PATIENCE = 60.0
_TIMES = 2


@dataclass(frozen=True)
class Together:
    """Seconds that the picture was behind the sound: in the middle, and at most; how much of the film went by
    in its time; and for which part of that there was sound."""

    behind: float
    most: float
    rate: float
    heard: float


def bench_together(about: str, words: list[str]) -> Iterator[Figure]:
    """Yield it of film in which nothing can be left out; `words` go before the command. Raises
    `NoFootage`."""
    path, name = heavy_film(), "1080p30 in which each picture needs the one before"
    command = [*words, sys.executable, "-m", "tests.bench.film.together", str(path)]
    runs = [
        Together(**json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
        for _ in range(_TIMES)
    ]
    yield middle(about, f"{name}: behind its sound", [run.behind for run in runs], "s", goal=0.5)
    yield middle(about, f"{name}: at most", [run.most for run in runs], "s", goal=1.5)
    yield middle(about, f"{name}: of its time", [run.rate for run in runs], "times", better="more")
    heard = [run.heard for run in runs]
    yield middle(about, f"{name}: of that with sound", heard, "times", goal=0.9, better="more")


def _played(path: Path) -> Together:
    player = Player()
    player.set_picture_size(*_PICTURE)
    player.load(FileSource(path), playing=True)
    until = time.monotonic() + _PATIENCE
    while not player.state.position_ms and time.monotonic() < until:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    time.sleep(_SECONDS_TO_BEGIN)
    core, begun, started = player._front.core, time.monotonic(), player.state.position_ms
    late, heard = [], []
    while (passed := time.monotonic() - begun) < _SECONDS:
        heard.append(core.audio_pts is not None)
        if heard[-1]:
            late.append(late_by(core) or 0.0)
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    rate = (player.state.position_ms - started) / 1000 / passed
    player.close()
    return Together(statistics.median(late), max(late), rate, statistics.mean(heard))


if __name__ == "__main__":
    print(json.dumps(asdict(_played(Path(sys.argv[1])))))
