"""What encryption costs, and a working copy saves: films of three sizes, each way in a process of its own."""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.bench.film_files.encrypted_films import EncryptedFilms
from vigtui.film.files import FileSource
from vigtui.film.making.working_copy import look, make_copy
from vigtui.film.playing.player import Player
from vigtui.film.source import FilmSource

_SECONDS = 12
_TIMES = 3
_PATIENCE = 60.0
_SECONDS_TO_REST = 0.8  # until what is made ready after a seek is ready
_SEEKS = (7_000, 2_000, 9_500, 4_000, 11_000, 1_000, 8_200, 5_300)


@dataclass(frozen=True)
class Kind:
    """A film to measure with: its size, pictures a second, and how many there are to a whole one."""

    name: str
    size: str
    rate: int
    group: int


KINDS = (
    Kind("480p", "854x480", 25, 50),
    Kind("1080p60, a whole picture each 10 s", "1920x1080", 60, 600),
    Kind("4K60", "3840x2160", 60, 60),
)
WAYS = ("clear", "encrypted", "copy", "encrypted copy")


def bench_copies(only: str = "") -> int:
    """Print how long opening, seeking, stepping and a loop's gap take, and processor and memory: of a film as
    it is, of the same encrypted, and of its working copy, clear and encrypted; and each as a part of the
    first. It can lose nothing."""
    for kind in KINDS:
        if only.lower() in kind.name.lower():
            with tempfile.TemporaryDirectory(prefix="copies-") as folder:
                _bench(kind, Path(folder))
    return 0


def _bench(kind: Kind, folder: Path) -> None:
    film, copy = folder / "film.mp4", folder / "copy.mp4"
    picture = f"testsrc2=s={kind.size}:r={kind.rate}:d={_SECONDS}"
    sound = ("-f", "lavfi", "-i", f"sine=d={_SECONDS}", "-c:a", "aac")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-g", str(kind.group), "-pix_fmt", "yuv420p")
    made = ("ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, *sound, *coded, str(film))
    subprocess.run(made, check=True)
    looked, begun = look(FileSource(film)), time.monotonic()
    make_copy(FileSource(film), looked, copy, lambda _: None, lambda: False)
    print(f"\n{kind.name}: a copy was made in {(time.monotonic() - begun) / _SECONDS:.2f} times its length")
    taken: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(_TIMES):
        for way in WAYS:
            taken[way].append(_measured(copy if "copy" in way else film, encrypted="encrypted" in way))
    # Of each the least: the machine is busy with other things too.
    found = {way: {what: min(each[what] for each in taken[way]) for what in taken[way][0]} for way in WAYS}
    print(f"{'':24}" + "".join(f"{way:>22}" for way in WAYS))
    for what, value in found["clear"].items():
        cells = (f"{found[way][what]:12.3f}{found[way][what] / value:10.2f}" for way in WAYS)
        print(f"{what:24}" + "".join(cells))
    print(f"exact seeks in turn, encrypted of clear: {_seeks_in_turn(film, folder):.2f}")


def _measured(film: Path, *, encrypted: bool) -> dict[str, float]:
    """What is measured in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.film_files.copies", str(film)]
    words += ["encrypted"] if encrypted else []
    told = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def measure(film: FilmSource) -> dict[str, float]:
    """What playing a film takes here, in seconds and MB."""
    player, changed = Player(muted=True), threading.Condition()
    drawn: list[tuple[float, int]] = []

    def note(*_: object) -> None:
        with changed:
            changed.notify_all()

    def note_frame() -> None:
        drawn.append((time.monotonic(), player.state.position_ms))
        note()

    def until(holds: Callable[[], object]) -> float:
        begun = time.monotonic()
        with changed:
            changed.wait_for(holds, _PATIENCE)
        return time.monotonic() - begun

    def step_back() -> float:
        here, before = player.state.position_ms, player.take_picture()
        player.step(-1)
        return until(lambda: player.state.position_ms < here and player.take_picture() is not before)

    player.on_state, player.on_frame = note, note_frame
    player.set_picture_size(160, 88)
    player.load(film)
    found = {"open, s": until(lambda: player.take_picture() is not None)}
    until(lambda: player.state.last_ms)
    seeks, steps = [], []
    for ms in _SEEKS:
        before = player.take_picture()
        player.seek(ms)
        seeks.append(
            until(lambda ms=ms, before=before: _at(player, ms) and player.take_picture() is not before)
        )
        steps.append(step_back())
    found["exact seek, s"] = statistics.median(seeks)
    found["a step back at once, s"] = statistics.median(steps)
    found["the steps after it, s"] = statistics.median(step_back() for _ in range(10))
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
    found["memory, MB"] = _most_memory()
    return found


def _most_memory() -> float:
    rows = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) / 1024 for row in rows if row.startswith("VmHWM"))


def _seeks_in_turn(film: Path, folder: Path) -> float:
    """How long a seek in the encrypted film takes, as a part of the same in the clear one a moment before or
    after: what else the machine does changes neither more than the other."""
    changed = threading.Condition()

    def note(*_: object) -> None:
        with changed:
            changed.notify_all()

    def seek(player: Player, ms: int) -> float:
        begun = time.monotonic()
        player.seek(ms)
        with changed:
            changed.wait_for(lambda: _at(player, ms), _PATIENCE)
        taken = time.monotonic() - begun
        time.sleep(_SECONDS_TO_REST)
        return taken

    players = [Player(muted=True) for _ in range(2)]
    for player, source in zip(players, (FileSource(film), EncryptedFilms(folder).of(film)), strict=True):
        player.on_state = player.on_frame = note
        player.set_picture_size(160, 88)
        player.load(source)
        with changed:
            changed.wait_for(lambda player=player: player.state.last_ms, _PATIENCE)
    clear, encrypted = players
    parts = []
    for ms in _SEEKS:
        before, between, after = seek(clear, ms), seek(encrypted, ms), seek(clear, ms - 440)
        parts.append(2 * between / (before + after))
    for player in players:
        player.close()
    return statistics.median(parts)


def _at(player: Player, ms: int) -> bool:
    return abs(player.state.position_ms - ms) <= 20


def main(film: Path, *, encrypted: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="encrypted-") as folder:
        source = EncryptedFilms(Path(folder)).of(film) if encrypted else FileSource(film)
        print(json.dumps(measure(source)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), encrypted="encrypted" in sys.argv[2:])
