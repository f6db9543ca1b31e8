"""From a key to another picture: stepping by frames and seeking exactly, beside mpv."""

from collections.abc import Iterator

from tests.bench.figures.figure import Figure, beside, middle
from tests.bench.film.footage import MOVING, Film, film
from tests.bench.film.matching import Place, locate, nearest
from tests.bench.running.peers import MPV, Program, fresh_home, missing, vigtui
from tests.bench.running.terminal import Terminal, terminal

_COLUMNS, _ROWS = 80, 22
_TIMES = 6
_LONGEST = 0.8
_KEYS = {
    "one frame on": ".",
    "one frame back": ",",
    "5 s on, exactly": "\x1b[1;2C",
    "5 s back, exactly": "\x1b[1;2D",
}
_MPV_KEYS = {"\x1b[1;2C": "\x1b[C", "\x1b[1;2D": "\x1b[D"}


def bench_stepping() -> Iterator[Figure]:
    """Yield how long each key takes to show another picture while the film is held still."""
    played = film(MOVING, _COLUMNS, _ROWS)
    about = f"From a key to the picture, {MOVING.name}, held still"
    mpv = Program(MPV.name, MPV.package, (*MPV.words, "--hr-seek=yes"))
    theirs = [_measured(each, played, _MPV_KEYS) for each in missing([mpv])]
    for name, times in _measured(vigtui(), played, {}).items():
        found = [1000 * time for time in times if time is not None]
        peers = [1000 * time for each in theirs for time in each[name] if time is not None]
        count = min(len(found), len(peers))
        if count:
            yield beside(about, name, found[:count], MPV.name, peers[:count], "ms")
        elif found:
            yield middle(about, name, found, "ms")
        yield Figure(about, f"{name}: without another picture", len(times) - len(found), "times", noise=0.5)


def _measured(program: Program, played: Film, other_keys: dict[str, str]) -> dict[str, list[float | None]]:
    with (
        fresh_home() as environment,
        terminal(program.playing(played.path), _COLUMNS, _ROWS + 2, environment) as window,
    ):
        window.run(20.0, lambda: window.received > 2000)
        window.run(1.0)
        # Far enough from the start for every step back.
        place = locate(played, window.record(5.0))
        window.type(" ")
        window.run(2.0)
        return {
            name: [_seconds(window, place, other_keys.get(key, key)) for _ in range(_TIMES)]
            for name, key in _KEYS.items()
        }


def _seconds(window: Terminal, place: Place, key: str) -> float | None:
    """Type a key; return the seconds until another frame is shown, or None when it stays."""
    before = nearest(place, window.screen.grid)
    typed = window.now
    window.type(key)
    samples = window.record(_LONGEST)
    return next((one.time - typed for one in samples if nearest(place, one.grid) != before), None)
