"""What playing a film takes: processor time and memory of the whole program, once it is under way."""

import statistics
from dataclasses import dataclass

from tests.bench.footage import SOURCES, Film, film
from tests.bench.matching import explain, locate
from tests.bench.peers import MPV, Program, fresh_home, missing, vigtui, vigtui_in_numpy
from tests.bench.process import memory, processor_seconds
from tests.bench.terminal import terminal

_COLUMNS, _ROWS = 80, 22
_WARM_UP, _SECONDS, _ROUNDS = 2.5, 9.0, 3


@dataclass(frozen=True)
class Burden:
    """Seconds of processor time for each second of film once it is under way, and in all for 9 seconds with
    the start; pictures a second; MB of memory: all of it (RSS), and with what is shared with others divided
    among them (PSS)."""

    processor: float
    whole: float
    rate: float
    resident: float
    proportional: float


def bench_playing() -> None:
    """Print processor time and memory for both films, beside mpv's."""
    for source in SOURCES:
        played = film(source, _COLUMNS, _ROWS)
        print(f"Playing the {source.name} in {_COLUMNS}x{_ROWS} cells, median of {_ROUNDS} times")
        print(f"  {'':15} of a core  of mpv's  9 s in all  of mpv's  pictures/s   MB: RSS    PSS")
        programs = [*missing([MPV]), vigtui(), vigtui_in_numpy()]
        # By turns, so that whatever else this machine does is fair to both.
        rounds = [{program.name: measure(program, played) for program in programs} for _ in range(_ROUNDS)]
        for program in programs:
            runs = [each[program.name] for each in rounds]
            burden = statistics.median(run.processor for run in runs)
            whole = statistics.median(run.whole for run in runs)
            steady_ratio = whole_ratio = "-"
            if MPV in programs:
                peer = [each[MPV.name] for each in rounds]
                steady_ratio = f"{burden / statistics.median(run.processor for run in peer):.2f}"
                whole_ratio = f"{whole / statistics.median(run.whole for run in peer):.2f}"
            print(
                f"  {program.name:15} {burden:9.1%}  {steady_ratio:>8}  {whole:9.2f}s  {whole_ratio:>8}"
                f"   {min(run.rate for run in runs):9.1f}"
                f"  {runs[-1].resident:8.0f}  {runs[-1].proportional:5.0f}"
            )
        print(f"  {'goal':15} {'':9}  {'0.75':>8}  {'':10}  {'1.05':>8}   {source.rate:9.1f}  {130:8}\n")


def measure(program: Program, played: Film) -> Burden:
    """Play `played` and return what it took after the first moments."""
    command = program.playing(played.path)
    with (
        fresh_home() as environment,
        terminal(command, _COLUMNS, _ROWS + 2, environment) as window,
    ):
        window.run(20.0, lambda: window.received > 2000)
        window.run(_WARM_UP)
        before, since = processor_seconds(window.pid), window.now
        samples = window.record(_SECONDS - since)
        whole = processor_seconds(window.pid)
        burned = (whole - before) / (window.now - since)
        resident, proportional = memory(window.pid)
    seen = explain(played, locate(played, samples), samples)
    pictures = len({one.frame for one in seen}) - 1
    return Burden(burned, whole, pictures / (seen[-1].time - seen[0].time), resident, proportional)
