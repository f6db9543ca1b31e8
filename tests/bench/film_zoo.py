"""The film zoo: in every kind of film, the picture is the picture of the time that is shown.

Ten seeks, twenty steps, five marks opened again, five loops, two stills and two cuts in each, judged by the
number in the picture; once as the machine is, once with every processor busy.
"""

import contextlib
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.bench.zoo_films import KINDS, Truth, make, truth
from tests.unit.film.numbered import number
from vigtui.film.cutting import cut
from vigtui.film.errors import FilmError
from vigtui.film.playing.player import Player
from vigtui.film.source import FileSource

_SECONDS = 5.0
_SEEKS, _STEPS, _MARKS, _LOOPS, _STILLS, _CUTS = 10, 20, 5, 5, 2, 2
_LOOP_MS = 700
_BUSY = "while True: pass"


@dataclass
class Result:
    """How many of each were right, of how many; and what the player told of the film."""

    right: dict[str, int] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)
    told: str = ""

    def add(self, what: str, right: object) -> None:
        self.tried[what] = self.tried.get(what, 0) + 1
        self.right[what] = self.right.get(what, 0) + bool(right)

    @property
    def wrong(self) -> int:
        return sum(self.tried.values()) - sum(self.right.values())


class Visit:
    """One film in a player, and what is known of it."""

    def __init__(self, path: Path, known: Truth, chance: random.Random) -> None:
        self.path, self.known, self.chance = path, known, chance
        self.result = Result()
        self.changed = threading.Condition()
        self.player = Player(muted=True)
        self.player.on_state = self.player.on_frame = self._note
        self.player.set_picture_size(160, 96)
        self.frames: list[int] = []

    def _note(self, *_: object) -> None:
        with self.changed:
            self.changed.notify_all()

    def until(self, holds: Callable[[], object], seconds: float = _SECONDS) -> bool:
        with self.changed:
            return bool(self.changed.wait_for(holds, seconds))

    def shows(self, frame: int) -> bool:
        """Whether picture and moment become those of a frame."""

        def holds() -> bool:
            here = abs(self.player.state.position_ms - self.known.moments[frame]) <= 1
            return here and number(self.player.take_picture()) == self.known.numbers[frame]

        return self.until(holds)

    def seek(self, ms: int) -> bool:
        self.player.seek(ms)
        return self.shows(self.known.at(ms))

    def anywhere(self) -> int:
        return self.chance.randrange(round(self.known.moments[0]), round(self.known.moments[-1]))

    def go(self) -> Result:
        self.player.load(FileSource(self.path))
        self.until(lambda: self.player.state.frame_size != (0, 0) or self.player.state.trouble)
        if self.player.state.trouble:
            self.result.told = self.player.state.trouble
            return self.result
        self.until(lambda: self.player.state.last_ms)
        for ms in (0, round(self.known.moments[-1]), *(self.anywhere() for _ in range(_SEEKS - 2))):
            self.result.add("seeks", self.seek(ms))
        self._steps()
        self._marks()
        self._loops()
        self._stills()
        self._cuts()
        self.result.told = self.player.state.remark
        return self.result

    def _steps(self) -> None:
        last = len(self.known.moments) - 1
        at = self.known.at(self.anywhere())
        self.seek(round(self.known.moments[at]))
        for step in range(_STEPS):
            by = -1 if step % 10 < 6 else 1
            at = min(max(at + by, 0), last)
            self.player.step(by)
            right = self.shows(at)
            self.result.add("steps", right)
            if not right:
                self.seek(round(self.known.moments[at]))

    def _marks(self) -> None:
        for _ in range(_MARKS):
            self.seek(self.anywhere())
            ms, seen = self.player.state.position_ms, number(self.player.take_picture())
            self.seek(self.anywhere())
            self.player.seek(ms)
            self.result.add(
                "marks",
                self.until(
                    lambda ms=ms, seen=seen: (  # type: ignore[misc]
                        self.player.state.position_ms == ms and number(self.player.take_picture()) == seen
                    )
                ),
            )

    def _loops(self) -> None:
        for _ in range(_LOOPS):
            first = self.known.at(self.anywhere())
            start = round(self.known.moments[first])
            inside = [
                n for n, ms in enumerate(self.known.moments) if n >= first and ms < start + _LOOP_MS - 0.6
            ]
            seen: list[int] = []

            def note(*_: object, seen: list[int] = seen) -> None:
                shown = number(self.player.take_picture())
                if shown is not None and (not seen or seen[-1] != shown):
                    seen.append(shown)
                self._note()

            self.player.stop()
            self.until(lambda: self.player.take_picture() is None)
            self.player.on_frame = note
            self.player.load(
                FileSource(self.path), start_ms=start, loop=(start, start + _LOOP_MS), playing=True
            )
            self.until(lambda seen=seen: any(a > b for a, b in pairwise(seen)), 2.5)  # type: ignore[misc]
            self.player.pause()
            self.player.on_frame = self._note
            allowed = {self.known.numbers[n] for n in inside}
            self.result.add("loops", seen and seen[0] == self.known.numbers[first] and set(seen) <= allowed)
        self.player.set_loop(None)

    def _stills(self) -> None:
        for _ in range(_STILLS):
            ms = self.anywhere()
            self.seek(ms)
            stills: queue.SimpleQueue[Any] = queue.SimpleQueue()
            self.player.take_still(320, 192, stills.put)
            with contextlib.suppress(queue.Empty):
                self.result.add(
                    "stills", number(stills.get(timeout=_SECONDS)) == self.known.numbers[self.known.at(ms)]
                )

    def _cuts(self) -> None:
        for _ in range(_CUTS):
            first = self.known.at(self.anywhere() * 3 // 4)
            in_ms = round(self.known.moments[first])
            out_ms = in_ms + 1500
            inside = [n for n, ms in enumerate(self.known.moments) if n >= first and ms < out_ms - 0.6]
            target = self.path.with_name("cut.mp4")
            try:
                cut(self.path, target, in_ms, out_ms)
            except FilmError as error:
                self.result.told = str(error)
                self.result.add("cuts", None)
                continue
            self.result.add("cuts", truth(target).numbers == [self.known.numbers[n] for n in inside])


@contextlib.contextmanager
def _busy(load: bool) -> Iterator[None]:
    """Every processor at work with something else, if wanted."""
    workers = [
        subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range((os.cpu_count() or 1) if load else 0)
    ]
    try:
        yield
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def bench_film_zoo(only: str = "", seed: int = 1) -> None:
    """Print for each kind of film what was right, idle and busy."""
    wrong = 0
    kinds = [kind for kind in KINDS if only.lower() in kind.name.lower()]
    print(f"{'':26} {'':5} seeks  steps  marks  loops stills   cuts")
    with tempfile.TemporaryDirectory(prefix="zoo-") as folder:
        for kind in kinds:
            path = make(kind, Path(folder))
            known = truth(path)
            for load in (False, True):
                with _busy(load):
                    visit = Visit(path, known, random.Random(seed))
                    try:
                        result = visit.go()
                    finally:
                        visit.player.close()
                untold = result.wrong if not result.told else 0
                wrong += untold
                print(f"{kind.name:26} {'busy' if load else 'idle':5} {_row(result)}", flush=True)
    print(f"\n{len(kinds)} kinds of film, each idle and busy; {wrong} wrong and not told")


def _row(result: Result) -> str:
    cells = [
        f"{result.right.get(what, 0):2}/{result.tried.get(what, 0):<2}"
        for what in ("seeks", "steps", "marks", "loops", "stills", "cuts")
    ]
    return "  ".join(cells) + (f"  told: {result.told}" if result.told else "")
