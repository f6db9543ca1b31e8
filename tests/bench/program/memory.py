"""How much memory vigtui takes, in its own process: idle on the list, and where film plays."""

import sys
from collections.abc import Iterator

from tests.bench.caseload.big import copy_big
from tests.bench.figures.figure import Figure
from tests.bench.film.footage import TALKING, film
from tests.bench.running.demo_screens import demo, open_clip, open_walk
from tests.bench.running.peers import fresh_home, home, vigtui
from tests.bench.running.process import Memory, memory
from tests.bench.running.terminal import Terminal, terminal

_LISTS = {500: 60, 10_000: 200}
_PLAYING, _TWO_FILMS = 110, 140
_COLUMNS, _ROWS = 80, 22
_SECONDS = 8.0
_NOISE = 1.0


def bench_memory() -> Iterator[Figure]:
    """Yield the memory of each: all of it (RSS), with what is shared divided (PSS), and its own alone."""
    with home() as folder:
        for families, goal in _LISTS.items():
            path = copy_big(folder / f"big-{families}.vig.json", families)
            with terminal([sys.executable, "-m", "vigtui", str(path)], _COLUMNS, _ROWS + 2) as window:
                window.run(60.0, lambda: "families" in window.screen.text)
                yield from _figures(f"Memory, idle on the list of {families:,} families", window, goal)
    command = vigtui().playing(film(TALKING, _COLUMNS, _ROWS).path)
    with fresh_home() as environment, terminal(command, _COLUMNS, _ROWS + 2, environment) as window:
        window.run(20.0, lambda: window.received > 2000)
        yield from _figures("Memory, vigtui play", window, _PLAYING)
    with demo() as window:
        open_clip(window)
        yield from _figures("Memory, a clip that plays on its screen", window, _PLAYING)
    with demo() as window:
        open_walk(window)
        yield from _figures("Memory, the walk with two films", window, _TWO_FILMS)


def _figures(about: str, window: Terminal, goal: float) -> Iterator[Figure]:
    """Let it go on for some seconds, and tell what it takes then."""
    window.run(_SECONDS)
    taken: Memory = memory(window.pid)
    yield Figure(about, "in all (RSS)", taken.resident, "MB", goal=goal, noise=_NOISE)
    yield Figure(about, "shared divided (PSS)", taken.proportional, "MB", noise=_NOISE)
    yield Figure(about, "its own, written to", taken.own, "MB", noise=_NOISE)
    yield Figure(about, "shared with others", taken.shared, "MB", better="neither")
