"""What a picture costs and how good it is, at full frame rate on a line without limit."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from tests.bench.figures.figure import Figure
from tests.bench.film.footage import SOURCES, Film, film
from tests.bench.film.matching import explain, locate
from tests.bench.running.peers import MPV, TIMG, Program, fresh_home, missing, ncplayer, timg, vigtui
from tests.bench.running.terminal import Sample, terminal

GRIDS = ((80, 22), (120, 38))
_PARTS = {MPV.name: 0.1, TIMG: 1 / 3}
_NOISE = 0.01
_LINES_BELOW = 2
_WARM_UP = 1.5
_SECONDS = 5.0


@dataclass(frozen=True)
class Figures:
    """Of a program playing a film: bytes a picture, pictures a second, mean and 5th percentile PSNR in dB,
    median age of the picture shown in milliseconds."""

    bytes_each: float
    rate: float
    mean: float
    poor: float
    lag: float


def bench_picture() -> Iterator[Figure]:
    """Yield bytes and PSNR of a picture for both films on both grids, beside the peers."""
    for columns, rows in GRIDS:
        for source in SOURCES:
            yield from _compare(film(source, columns, rows))


def _compare(played: Film) -> Iterator[Figure]:
    about = f"A picture, {played.source.name}, {played.columns}x{played.rows}, half blocks"
    there = missing([MPV, timg(played.columns, played.rows), ncplayer()])
    peers = {program.name: figures_of_peer(program, played) for program in there}
    own = figures_of(played, own_recorded(played))
    yield Figure(about, "bytes", own.bytes_each, "bytes")
    for name, peer in peers.items():
        ratio = own.bytes_each / peer.bytes_each
        yield Figure(
            *(about, f"bytes, of {name}'s", own.bytes_each, "bytes", _PARTS.get(name), "less"),
            *(name, peer.bytes_each, ratio, _NOISE * ratio),
        )
    yield Figure(about, "PSNR", own.mean, "dB", goal=36.0, better="more")
    yield Figure(about, "PSNR, the worst 5 %", own.poor, "dB", better="more")
    yield Figure(about, "pictures a second", own.rate, "1/s", goal=0.98 * played.rate, better="more")
    yield Figure(about, "age", own.lag, "ms")
    for name, peer in peers.items():
        yield Figure(about, f"PSNR of {name}", peer.mean, "dB", better="neither")
        yield Figure(about, f"pictures a second of {name}", peer.rate, "1/s", better="neither")


@cache
def figures_of_peer(program: Program, played: Film) -> Figures:
    """Play `played` with a peer, once in a run, and return what it does. It sends every picture, though on a
    busy machine not each of them is seen: their bytes are those of a second."""
    samples = recorded(program, played)
    rates = [
        (later.received - sooner.received) / (later.time - sooner.time)
        for sooner, later in pairwise(samples[::10])
    ]
    return replace(figures_of(played, samples), bytes_each=statistics.median(rates) / played.rate)


@cache
def own_recorded(played: Film) -> list[Sample]:
    """Play `played` in half blocks, once in a run, and return the screens."""
    return recorded(vigtui(), played)


def recorded(program: Program, played: Film, glyphs: str = "half") -> list[Sample]:
    """Play `played` and return the screens after the first moments; `glyphs` is vigtui's setting."""
    size = played.columns, played.rows + _LINES_BELOW
    with (
        fresh_home(glyphs) as environment,
        terminal(program.playing(played.path), *size, environment) as window,
    ):
        window.run(20.0, lambda: window.received > 2000)
        window.run(_WARM_UP)
        return window.record(_SECONDS)


def figures_of(played: Film, samples: Sequence[Sample], across: int = 1, down: int = 2) -> Figures:
    """Return what the samples tell, compared at `across` x `down` pixels a cell."""
    seen = explain(played, locate(played, samples, across, down), samples)
    first, last = seen[0], seen[-1]
    pictures = sum(later.frame != sooner.frame for sooner, later in pairwise(seen))
    best: dict[int, float] = {}
    for one in seen:
        # Where the processor was busy elsewhere, a picture was also seen half drawn.
        best[one.frame] = max(one.decibels, best.get(one.frame, 0.0))
    levels = sorted(best.values())
    return Figures(
        bytes_each=(last.received - first.received) / pictures,
        rate=pictures / (last.time - first.time),
        mean=statistics.fmean(levels),
        poor=levels[len(levels) // 20],
        lag=1000 * statistics.median(one.lag for one in seen),
    )
