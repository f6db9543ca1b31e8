"""The film zoo: in every kind of film, the picture is the picture of the time that is shown.

Ten seeks, twenty steps, five marks opened again, five loops, two stills and two cuts in each, judged by the
number in the picture; once as the machine is, once with every processor busy. What the player tells of a film
is judged too: it counts as told only where it is what is to be told of this kind of film, word for word.
"""

import contextlib
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.bench.film_files.encrypted_films import EncryptedFilms
from tests.bench.film_files.zoo_films import KINDS, Truth, make, told_of, truth
from tests.unit.film.numbered import number
from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource, WorkingCopy
from vigtui.film.making.cutting import cut
from vigtui.film.making.target import Taker
from vigtui.film.making.working_copy import look, make_copy
from vigtui.film.playing.player import Player
from vigtui.film.source import FilmSource

_SECONDS = 5.0
_TRIALS = {"seeks": 10, "steps": 20, "marks": 5, "loops": 5, "stills": 2, "cuts": 2}
_LOOP_MS = 700
_BUSY = "while True: pass"


@dataclass
class Result:
    """What was tried, how much of it was right, how much was refused with the sentence that is right for the
    film; and what was wrong, in words."""

    tried: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    told: int = 0
    wrong: list[str] = field(default_factory=list)
    sentence: str = ""

    def add(self, what: str, right: object, seen: str) -> None:
        """`seen` is what was wanted and what came instead, if it is not right."""
        self.tried[what] += 1
        self.right[what] += bool(right)
        if not right:
            self.wrong.append(f"{what[:-1]} {seen}")

    def refuse(self, what: str, count: int, sentence: str, *, expected: str) -> None:
        self.sentence = sentence
        self.tried[what] += count
        if sentence == expected:
            self.told += count
        else:
            self.wrong += [f"{what[:-1]}: {sentence}"] * count


class Visit:
    """One film in a player, `seen` by itself or through its working copy, and what is known of it."""

    def __init__(
        self, film: FilmSource, seen: FilmSource, known: Truth, expected: str, chance: random.Random
    ) -> None:
        self.original, self.film, self.known, self.expected, self.chance = film, seen, known, expected, chance
        self.result = Result()
        self.changed = threading.Condition()
        self.player = Player(muted=True)
        self.player.on_state = self.player.on_frame = self._note
        self.player.set_picture_size(160, 96)

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

    def here(self) -> str:
        return f"{number(self.player.take_picture())} at {self.player.state.position_ms}"

    def go(self) -> Result:
        self.player.load(self.film)
        self.until(lambda: self.player.state.frame_size != (0, 0) or self.player.state.trouble)
        if trouble := self.player.state.trouble:
            for what, count in _TRIALS.items():
                self.result.refuse(what, count, trouble, expected=self.expected)
            return self.result
        self.until(lambda: self.player.state.last_ms)
        self._seeks()
        self._steps()
        self._marks()
        self._loops()
        self._stills()
        self._cuts()
        self.result.sentence = self.player.state.remark
        if self.result.sentence != self.expected:
            self.result.wrong.append(f"told {self.result.sentence!r}, not {self.expected!r}")
        return self.result

    def _seeks(self) -> None:
        last = round(self.known.moments[-1])
        for ms in (0, last, *(self.anywhere() for _ in range(_TRIALS["seeks"] - 2))):
            self.result.add("seeks", self.seek(ms), f"to {ms}: {self.here()}")

    def _steps(self) -> None:
        last = len(self.known.moments) - 1
        at = self.known.at(self.anywhere())
        self.seek(round(self.known.moments[at]))
        for step in range(_TRIALS["steps"]):
            by = -1 if step % 10 < 6 else 1
            at = min(max(at + by, 0), last)
            self.player.step(by)
            right = self.shows(at)
            self.result.add("steps", right, f"to {self.known.numbers[at]}: {self.here()}")
            if not right:
                self.seek(round(self.known.moments[at]))

    def _marks(self) -> None:
        for _ in range(_TRIALS["marks"]):
            self.seek(self.anywhere())
            ms, seen = self.player.state.position_ms, number(self.player.take_picture())
            self.seek(self.anywhere())
            self.player.seek(ms)

            def again(ms: int = ms, seen: int | None = seen) -> bool:
                return self.player.state.position_ms == ms and number(self.player.take_picture()) == seen

            self.result.add("marks", self.until(again), f"{seen} at {ms}: {self.here()}")

    def _loops(self) -> None:
        for _ in range(_TRIALS["loops"]):
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
            self.player.load(self.film, start_ms=start, loop=(start, start + _LOOP_MS), playing=True)
            self.until(lambda seen=seen: any(a > b for a, b in pairwise(seen)), 2.5)
            self.player.pause()
            self.player.on_frame = self._note
            numbers = [self.known.numbers[n] for n in inside]
            right = seen and seen[0] == numbers[0] and set(seen) <= set(numbers)
            self.result.add(
                "loops", right, f"{numbers[0]} to {numbers[-1]}: {[int(shown) for shown in seen]}"
            )
        self.player.set_loop(None)

    def _stills(self) -> None:
        for _ in range(_TRIALS["stills"]):
            ms = self.anywhere()
            self.seek(ms)
            stills: queue.SimpleQueue[Any] = queue.SimpleQueue()
            self.player.take_still(320, 192, stills.put)
            seen, wanted = None, self.known.numbers[self.known.at(ms)]
            with contextlib.suppress(queue.Empty):
                seen = number(stills.get(timeout=_SECONDS))
            self.result.add("stills", seen == wanted, f"at {ms}: {seen}, not {wanted}")

    def _cuts(self) -> None:
        for _ in range(_TRIALS["cuts"]):
            first = self.known.at(self.anywhere() * 3 // 4)
            in_ms = round(self.known.moments[first])
            out_ms = in_ms + 1500
            inside = [n for n, ms in enumerate(self.known.moments) if n >= first and ms < out_ms - 0.6]
            clip = self.original.path.with_name("cut.mp4")
            try:
                cut(self.original, clip if self.original.clear_file else _into(clip), in_ms, out_ms)
            except FilmError as error:
                self.result.refuse("cuts", 1, str(error), expected=self.expected)
                continue
            made, wanted = truth(clip).numbers, [self.known.numbers[n] for n in inside]
            self.result.add("cuts", made == wanted, f"from {in_ms}: {made}, not {wanted}")


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


def bench_film_zoo(only: str = "", seed: int = 1, *, copies: bool = False, encrypted: bool = False) -> int:
    """Print for each kind of film what was right, told and wrong, idle and busy; with `copies` seen through
    its working copy, and cut from the film itself; `encrypted` both are, and what is made of them is made in
    memory. Return how many were wrong."""
    right = told = wrong = 0
    kinds = [kind for kind in KINDS if only.lower() in kind.name.lower()]
    print(f"{'':26} {'':5} seeks  steps  marks  loops stills   cuts   right told wrong")
    with tempfile.TemporaryDirectory(prefix="zoo-") as folder:
        for kind in kinds:
            path = make(kind, Path(folder))
            known = truth(path)
            vault = EncryptedFilms(Path(folder)) if encrypted else None
            film = vault.of(path) if vault else FileSource(path)
            seen = _copy_of(film, vault) if copies else film
            if seen is None:
                print(f"{kind.name:26} no working copy")
                continue
            for load in (False, True):
                with _busy(load):
                    visit = Visit(film, seen, known, told_of(kind, known), random.Random(seed))
                    try:
                        result = visit.go()
                    finally:
                        visit.player.close()
                right += result.right.total()
                told += result.told
                wrong += len(result.wrong)
                print(f"{kind.name:26} {'busy' if load else 'idle':5} {_row(result)}", flush=True)
    print(
        f"\n{len(kinds)} kinds of film, each idle and busy (seed {seed}):"
        f" {right} right, {told} told, {wrong} wrong"
    )
    return wrong


def _copy_of(film: FilmSource, vault: EncryptedFilms | None) -> FilmSource | None:
    """A film as it is seen through its working copy; None where it can have none."""
    copy = film.path.with_suffix(".copy.mp4")
    looked = look(film)
    if looked.why_none:
        return None
    make_copy(film, looked, vault.take if vault else copy, lambda _: None, lambda: False)
    return WorkingCopy(film, vault.taken[-1] if vault else FileSource(copy))


def _into(clip: Path) -> Taker:
    """What takes a film that was made in memory into a file, to be looked at."""
    return lambda made, _: clip.write_bytes(made.read())


def _row(result: Result) -> str:
    cells = "  ".join(f"{result.right[what]:2}/{result.tried[what]:<2}" for what in _TRIALS)
    sums = f"{result.right.total():5} {result.told:4} {len(result.wrong):5}"
    lines = [f"{cells}   {sums}", *(f"wrong: {each}" for each in result.wrong)]
    if result.sentence:
        lines.append(f"told: {result.sentence}")
    return "\n    ".join(lines)
