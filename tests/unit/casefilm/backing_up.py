"""Kills a program that makes a backup, again and again, and looks at what the stick holds then.

`python backing_up.py FOLDER ROUNDS SEED` prints what was found as JSON.
"""

import datetime as dt
import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from tests.caseloads import MP4, make
from vigtui.casefilm.backup.making import back_up, verify
from vigtui.casefilm.backup.place import find_backup, find_place
from vigtui.casefilm.backup.restoring import restore
from vigtui.domain.records import Cycle, Family, Recording
from vigtui.store.caseload import Caseload

FILMS = ("a", "b", "c")
_SIZE = 2 << 20


def kill_backups(folder: Path, rounds: int, seed: int) -> dict[str, int]:
    """Kill `rounds` backups at random moments. Return how often what was on the stick was not whole, how
    often the words or a film could not be put back as they had been, and how far the backups had come."""
    chance = random.Random(seed)
    path, stick = _made(folder)
    for _ in range(2):  # The first one also makes what every later one finds.
        films = {name: _write(path, name, chance) for name in FILMS}
        begun = time.monotonic()
        _back_up(path, stick)
    takes = time.monotonic() - begun
    found = {"torn": 0, "lost": 0, "completed": 0, "broken off": 0}
    for _ in range(rounds):
        before = dict(films)
        for name in chance.sample(FILMS, 2):
            films[name] = _write(path, name, chance)
        done = _killed(path, stick, chance.uniform(0, takes))
        found["completed" if done else "broken off"] += 1
        at, told = find_backup(stick, path)
        found["torn"] += len(verify(at, told, lambda _words, _part: None))
        found["lost"] += _lost(folder / "other", stick, [films] if done else [before, films])
        _back_up(path, stick)  # It goes on where it stopped.
        found["lost"] += _lost(folder / "other", stick, [films])
    return found


def _made(folder: Path) -> tuple[Path, Path]:
    recordings = [Recording(id=each, cycle="cycle", path=f"media/{each}.mp4") for each in FILMS]
    records = [Family(id="heron", code="F-017"), Cycle(id="cycle", family="heron", number=1), *recordings]
    path, stick = make(folder / "here" / "cases.vig.json", *records), folder / "stick"
    (path.parent / "media").mkdir()
    stick.mkdir()
    return path, stick


def _write(path: Path, name: str, chance: random.Random) -> bytes:
    content = MP4 + chance.randbytes(_SIZE)
    (path.parent / "media" / f"{name}.mp4").write_bytes(content)
    return content


def _back_up(path: Path, stick: Path) -> None:
    caseload = Caseload.open(path)
    back_up(caseload, find_place(caseload, stick), dt.datetime.now(dt.UTC), lambda _words, _part: None)
    caseload.close()


def _killed(path: Path, stick: Path, after: float) -> bool:
    """Make a backup in a program of its own, and kill that so many seconds later. Return whether it had
    ended."""
    child = os.fork()
    if child == 0:
        _back_up(path, stick)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


def _lost(other: Path, stick: Path, states: list[dict[str, bytes]]) -> int:
    """Put all of it back on another machine, and return how much is in none of these states."""
    shutil.rmtree(other, ignore_errors=True)
    path = other / "cases.vig.json"
    restore(path, *find_backup(stick, path), None, lambda _words, _part: None)
    found = {name: _content(other / "media" / f"{name}.mp4") for name in FILMS}
    return sum(all(found[name] != state[name] for state in states) for name in FILMS)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


if __name__ == "__main__":
    print(json.dumps(kill_backups(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
