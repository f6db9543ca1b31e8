"""From a key to another picture: opening a film, stepping by frames and seeking exactly, beside mpv."""

import statistics
from collections.abc import Sequence

from tests.bench.footage import MOVING, Film, film
from tests.bench.matching import Place, locate, nearest
from tests.bench.peers import MPV, Program, fresh_home, missing, vigtui
from tests.bench.terminal import Terminal, terminal

_COLUMNS, _ROWS = 80, 22
_TIMES = 15
_LONGEST = 1.2
_KEYS = {
    "one frame on": ".",
    "one frame back": ",",
    "5 s on, exactly": "\x1b[1;2C",
    "5 s back, exactly": "\x1b[1;2D",
}
_MPV_KEYS = {"\x1b[1;2C": "\x1b[C", "\x1b[1;2D": "\x1b[D"}


def bench_stepping() -> None:
    """Print how long each key takes to show another picture while the film is held still."""
    played = film(MOVING, _COLUMNS, _ROWS)
    mpv = Program(MPV.name, MPV.package, (*MPV.words, "--hr-seek=yes"))
    print(
        f"From a key to the picture, the {MOVING.name} held still, {_TIMES} times each: median, longest in ms"
    )
    for program in [*missing([mpv]), vigtui()]:
        print(f"  {program.name}")
        _measure(program, played, _MPV_KEYS if program is mpv else {})
    print()


def _measure(program: Program, played: Film, other_keys: dict[str, str]) -> None:
    with (
        fresh_home() as environment,
        terminal(program.playing(played.path), _COLUMNS, _ROWS + 2, environment) as window,
    ):
        window.run(20.0, lambda: window.received > 2000)
        print(f"    {'start to picture':18} {1000 * window.now:6.0f}")
        window.run(1.0)
        # Far enough from the start for every step back.
        place = locate(played, window.record(7.0))
        window.type(" ")
        window.run(2.0)
        for name, key in _KEYS.items():
            times = [_seconds(window, place, other_keys.get(key, key)) for _ in range(_TIMES)]
            print(f"    {name:18} {_told(times)}")


def _seconds(window: Terminal, place: Place, key: str) -> float | None:
    """Type a key; return the seconds until another frame is shown, or None when it stays."""
    before = nearest(place, window.screen.grid)
    typed = window.now
    window.type(key)
    samples = window.record(_LONGEST)
    return next((one.time - typed for one in samples if nearest(place, one.grid) != before), None)


def _told(times: Sequence[float | None]) -> str:
    found = [1000 * time for time in times if time is not None]
    if not found:
        return "no other picture"
    lost = f", {len(times) - len(found)} without another picture" if len(found) < len(times) else ""
    return f"{statistics.median(found):6.0f} {max(found):6.0f}{lost}"
