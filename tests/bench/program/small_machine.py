"""A quarter and an eighth of a core, which is what many have: the first paint, a family, film, a key."""

import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.bench.caseload.big import copy_big
from tests.bench.figures.figure import Figure, beside, in_real_time, middle
from tests.bench.film.footage import TALKING, Film, film
from tests.bench.film.matching import explain, locate
from tests.bench.film.slow_line import time_keys
from tests.bench.film.together import bench_together
from tests.bench.program.start import EMPTY, EMPTY_APP, OURS
from tests.bench.running.demo_screens import demo
from tests.bench.running.peers import MPV, Program, fresh_home, home, missing, vigtui
from tests.bench.running.quota import part_of_a_core
from tests.bench.running.terminal import Terminal, terminal

_FAMILIES = 12
_COLUMNS, _ROWS = 80, 22
_ROUNDS, _PLAYS, _KEYS = 3, 2, 12
_REST, _SECONDS = 1.0, 8.0
_WARM_UP = 12.0
"""Until the screen behind a film that plays at once is loaded, in an eighth of a slow core."""
_PATIENCE = 60.0
# Of a core: its name, and the goals for the first paint, a family and a key, in seconds.
_PARTS = {
    0.25: ("A quarter of a core", 1.2, 0.5, 0.045),
    0.125: ("An eighth of a core", 2.0, None, 0.150),
}


def bench_small_machine() -> Iterator[Figure]:
    """Yield each beside its peer, in the same control group. Raises `NotHere` where none can be made."""
    played = film(TALKING, _COLUMNS, _ROWS)
    programs = [vigtui(), *missing([MPV])]
    for part, (about, paint, family, key) in _PARTS.items():
        with part_of_a_core(part) as words:
            yield from _screens(about, words, paint, family)
            runs = [[_film(each, played, words) for each in programs] for _ in range(_PLAYS)]
            if part == min(_PARTS):
                yield from in_real_time(bench_together(about, words))
        ours, *theirs = ([run[number].rate for run in runs] for number in range(len(programs)))
        if theirs:
            yield beside(about, "film", ours, MPV.name, theirs[0], "pictures/s", goal=1.0, better="more")
        keys = [second for run in runs for second in run[0].keys]
        yield middle(about, "a key's answer while film plays", keys, "s", goal=key)
        yield Figure(about, "the same, 95 %", statistics.quantiles(keys, n=20)[-1], "s", noise=0.05)


@dataclass(frozen=True)
class _Played:
    """Pictures a second, and the seconds that keys waited for their answers; a peer's are not asked for."""

    rate: float
    keys: list[float]


def _screens(about: str, words: list[str], paint: float, family: float | None) -> Iterator[Figure]:
    ours, empty, soon, later = [], [], [], []
    with home() as folder:
        caseload = copy_big(folder / "big.vig.json", _FAMILIES)
        for _ in range(_ROUNDS):
            ours.append(_painted([*words, sys.executable, "-c", OURS, str(caseload)]))
            empty.append(_painted([*words, sys.executable, "-c", EMPTY]))
    for _ in range(_ROUNDS):
        with demo(*words) as window:
            window.run(_REST)
            soon.append(_answered(window, "\r", lambda: "Timeline" in window.screen.text))
        with demo(*words) as window:
            _answered(window, "\x1b[B", partial(_differs, window, window.screen.text))
            window.run(_REST)
            later.append(_answered(window, "\r", lambda: "Timeline" in window.screen.text))
    yield beside(about, "first paint, beside", ours, EMPTY_APP, empty, "s")
    yield middle(about, "first paint", ours, "s", goal=paint)
    yield beside(about, "a family's opening, beside", later, f"{EMPTY_APP}'s first paint", empty, "s")
    yield middle(about, "a family's opening", later, "s", goal=family)
    yield middle(about, f"the same, {_REST:.0f} s after the list: the start goes on behind it", soon, "s")


def _differs(window: Terminal, before: str) -> bool:
    return window.screen.text != before


def _answered(window: Terminal, key: str, seen: Callable[[], bool]) -> float:
    """Return for how many seconds a key waited until that is seen."""
    typed = window.now
    window.type(key)
    window.run(_PATIENCE, seen)
    return window.now - typed


def _painted(command: list[str]) -> float:
    """Return the seconds until the list is there."""
    with terminal(command, _COLUMNS, _ROWS + 2) as window:
        window.run(_PATIENCE, lambda: "families" in window.screen.text)
        return window.now


def _film(program: Program, played: Film, words: list[str]) -> _Played:
    command = [*words, *program.playing(played.path)]
    with fresh_home() as environment, terminal(command, _COLUMNS, _ROWS + 2, environment) as window:
        window.run(_PATIENCE, lambda: window.received > 2000)
        window.run(_WARM_UP)
        samples = window.record(_SECONDS)
        count = 0 if program is MPV else _KEYS
        keys = time_keys(window, count, lambda: "↻" in window.screen.text)
    seen = explain(played, locate(played, samples), samples)
    pictures = len({one.frame for one in seen}) - 1
    return _Played(pictures / (seen[-1].time - seen[0].time), keys)
