"""What a working copy saves: a 4K film as it is and through its copy, each in a process of its own."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from vigtui.film.files import FileSource
from vigtui.film.making.working_copy import look, make_copy
from vigtui.film.playing.player import Player

_SECONDS, _GROUP = 12, 300
_PATIENCE = 60.0
_SEEKS = (7_000, 2_000, 9_500, 4_000)


def bench_copies() -> None:
    """Print how long opening, seeking, stepping and a loop's gap take, and processor and memory."""
    with tempfile.TemporaryDirectory(prefix="copies-") as folder:
        film, copy = Path(folder) / "4k.mp4", Path(folder) / "copy.mp4"
        picture = f"testsrc2=s=3840x2160:r=30:d={_SECONDS}"
        sound = ("-f", "lavfi", "-i", f"sine=d={_SECONDS}", "-c:a", "aac")
        coded = ("-c:v", "libx264", "-preset", "ultrafast", "-g", str(_GROUP), "-pix_fmt", "yuv420p")
        made = ("ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, *sound, *coded, str(film))
        subprocess.run(made, check=True)
        looked, begun = look(FileSource(film)), time.monotonic()
        make_copy(FileSource(film), looked, copy, lambda _: None, lambda: False)
        print(f"made in {(time.monotonic() - begun) / _SECONDS:.2f} times its length: {looked.why_heavy}")
        one, other = _measured(film), _measured(copy)
    print(f"{'':24}{'film':>10}{'copy':>10}{'ratio':>8}")
    for what, value in one.items():
        print(f"{what:24}{value:10.3f}{other[what]:10.3f}{other[what] / value:8.3f}")


def _measured(film: Path) -> dict[str, float]:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.copies", str(film)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def measure(film: Path) -> dict[str, float]:
    """What playing a film takes here, in seconds and MB."""
    player, changed = Player(muted=True), threading.Condition()
    drawn: list[tuple[float, int]] = []

    def note(*_: object) -> None:
        with changed:
            drawn.append((time.monotonic(), player.state.position_ms))
            changed.notify_all()

    def until(holds: Callable[[], object]) -> float:
        begun = time.monotonic()
        with changed:
            changed.wait_for(holds, _PATIENCE)
        return time.monotonic() - begun

    player.on_state = player.on_frame = note
    player.set_picture_size(160, 88)
    player.load(FileSource(film))
    found = {"open, s": until(lambda: player.take_picture() is not None)}
    until(lambda: player.state.last_ms)
    seeks = []
    for ms in _SEEKS:
        before = player.take_picture()
        player.seek(ms)
        seeks.append(
            until(lambda ms=ms, before=before: _at(player, ms) and player.take_picture() is not before)
        )
    found["exact seek, s"] = statistics.median(seeks)
    steps = []
    for _ in range(10):
        here = player.state.position_ms
        player.step(-1)
        steps.append(until(lambda here=here: player.state.position_ms < here))
    found["step back, s"] = statistics.median(steps)
    player.seek(6_000)
    until(lambda: _at(player, 6_000))
    player.set_loop((6_000, 7_500))
    drawn.clear()
    player.play()
    processor, begun = time.process_time(), time.monotonic()
    time.sleep(9)
    found["processor, of a core"] = (time.process_time() - processor) / (time.monotonic() - begun)
    gaps = [later - earlier for (earlier, was), (later, here) in pairwise(drawn) if here < was - 500]
    found["loop gap, s"] = statistics.median(gaps) if gaps else float("nan")
    player.close()
    found["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _at(player: Player, ms: int) -> bool:
    return abs(player.state.position_ms - ms) <= 20


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
