"""What playing a film takes: processor time of the whole program, once it is under way and with its start."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.figures.figure import Figure, against_itself, beside, middle
from tests.bench.film.footage import MOVING, STILL, TALKING, Film, film
from tests.bench.film.matching import explain, locate
from tests.bench.running.peers import MPV, Program, fresh_home, missing, vigtui, vigtui_in_numpy
from tests.bench.running.process import processor_seconds
from tests.bench.running.screen import Unread
from tests.bench.running.terminal import terminal
from tests.bench.running.xterm import display, xterm

_WARM_UP, _SECONDS, _ROUNDS = 2.5, 9.0, 2
"""A film that has no goal is played once."""
_AGAIN = "vigtui again"
_NUMPY = "in numpy"


@dataclass(frozen=True)
class Burden:
    """Seconds of processor time for each second of film once it is under way, and in all for 9 seconds with
    the start; pictures a second, of ours."""

    processor: float
    whole: float
    rate: float


def bench_playing() -> Iterator[Figure]:
    """Yield processor time beside mpv's: the films, the talking head in more cells too; here, where each byte
    is read at once, and in a real terminal."""
    yield from _compare(film(TALKING, 80, 22), steady=0.75, whole=1.05, in_all_ways=True)
    yield from _compare(film(STILL, 80, 22), steady=0.85, whole=1.2)
    yield from _compare(film(MOVING, 80, 22))
    yield from _compare(film(TALKING, 120, 38), steady=0.65)
    if missing([MPV]):
        with display() as screen:
            yield _in_xterm(screen, film(TALKING, 80, 22), 0.75)
            yield _in_xterm(screen, film(STILL, 80, 22), 0.85)
            yield _in_xterm(screen, film(TALKING, 120, 38), 0.65)


def _compare(
    played: Film, steady: float | None = None, whole: float | None = None, *, in_all_ways: bool = False
) -> Iterator[Figure]:
    programs = {program.name: program for program in [*missing([MPV]), vigtui()]}
    ways = {vigtui().name: ""}
    if in_all_ways:
        programs |= {_NUMPY: vigtui_in_numpy(), _AGAIN: vigtui()}
        ways[_NUMPY] = ", in numpy"
    # By turns, so that whatever else this machine does is fair to all.
    count = _ROUNDS if steady else 1
    rounds = [{name: measure(program, played) for name, program in programs.items()} for _ in range(count)]
    runs = {name: [each[name] for each in rounds] for name in programs}
    about = f"Playing the {played.source.name}, {played.columns}x{played.rows}"
    for name, more in ways.items():
        own = runs[name]
        if MPV.name in runs:
            yield beside(
                about,
                f"processor, steady{more}",
                [100 * run.processor for run in own],
                MPV.name,
                [100 * run.processor for run in runs[MPV.name]],
                "% of a core",
                goal=steady,
            )
            yield beside(
                about,
                f"9 s with the start{more}",
                [run.whole for run in own],
                MPV.name,
                [run.whole for run in runs[MPV.name]],
                "s",
                goal=whole,
            )
        rates = [run.rate for run in own]
        yield middle(about, f"pictures a second{more}", rates, "1/s", goal=played.rate - 0.5, better="more")
    if in_all_ways:
        some, others = runs[vigtui().name], runs[_AGAIN]
        burdens = [[100 * run.processor for run in each] for each in (some, others)]
        yield against_itself(about, *burdens, "% of a core")


def _in_xterm(screen: str, played: Film, goal: float) -> Figure:
    """Processor time in xterm beside mpv's there, of the two programs only, by turns."""
    burned: dict[str, list[float]] = {MPV.name: [], vigtui().name: []}
    for _ in range(_ROUNDS):
        for program in (MPV, vigtui()):
            burned[program.name].append(100 * _burned_in_xterm(screen, program, played))
    ours, theirs = burned[vigtui().name], burned[MPV.name]
    about = f"Playing the {played.source.name}, {played.columns}x{played.rows}"
    return beside(about, "processor, steady, in xterm", ours, MPV.name, theirs, "% of a core", goal=goal)


def _burned_in_xterm(screen: str, program: Program, played: Film) -> float:
    command = program.playing(played.path)
    with (
        fresh_home() as environment,
        xterm(screen, command, played.columns, played.rows + 2, environment) as number,
    ):
        time.sleep(_WARM_UP)
        before, since = processor_seconds(number), time.monotonic()
        time.sleep(_SECONDS - _WARM_UP)
        return (processor_seconds(number) - before) / (time.monotonic() - since)


def measure(program: Program, played: Film) -> Burden:
    """Play `played` and return what it took after the first moments. Of a peer nothing is drawn: that takes
    half as long as the film, and its pictures are counted by `picture`."""
    command = program.playing(played.path)
    with (
        fresh_home() as environment,
        terminal(command, played.columns, played.rows + 2, environment) as window,
    ):
        if program is MPV:
            window.screen = Unread(played.columns, played.rows + 2)
        window.run(20.0, lambda: window.received > 2000)
        window.run(_WARM_UP)
        before, since = processor_seconds(window.pid), window.now
        samples = window.record(_SECONDS - since)
        whole = processor_seconds(window.pid)
        burned = (whole - before) / (window.now - since)
    if program is MPV:
        return Burden(burned, whole, 0.0)
    seen = explain(played, locate(played, samples), samples)
    pictures = len({one.frame for one in seen}) - 1
    return Burden(burned, whole, pictures / (seen[-1].time - seen[0].time))
