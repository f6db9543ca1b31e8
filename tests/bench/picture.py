"""What a picture costs and how good it is, at full frame rate on a line without limit."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.bench.footage import SOURCES, Film, film
from tests.bench.matching import explain, locate
from tests.bench.peers import MPV, TIMG, Program, fresh_home, missing, ncplayer, timg, vigtui
from tests.bench.terminal import Sample, terminal

GRIDS = ((80, 22), (120, 38))
_LINES_BELOW = 2
_WARM_UP = 1.5
_SECONDS = 6.0


@dataclass(frozen=True)
class Figures:
    """Of a program playing a film: bytes a picture, pictures a second, mean and 5th percentile PSNR in dB,
    median age of the picture shown in milliseconds."""

    bytes_each: float
    rate: float
    mean: float
    poor: float
    lag: float


def bench_picture() -> None:
    """Print bytes and PSNR of a picture for both films on both grids, beside the peers."""
    for columns, rows in GRIDS:
        for source in SOURCES:
            _compare(film(source, columns, rows))


def _compare(played: Film) -> None:
    print(f"A picture of {played.columns}x{played.rows} cells, the {played.source.name}, half blocks")
    print(f"  {'':15} bytes each  of mpv's  of timg's  pictures/s  dB: mean  worst 5%  age in ms")
    there = missing([MPV, timg(played.columns, played.rows), ncplayer()])
    figures = {program.name: figures_of(played, recorded(program, played)) for program in [*there, vigtui()]}
    for name, own in figures.items():
        ratios = (
            f"{own.bytes_each / figures[peer].bytes_each:.3f}" if peer in figures else "-"
            for peer in (MPV.name, TIMG)
        )
        print(
            f"  {name:15} {own.bytes_each:10,.0f} {'  '.join(f'{ratio:>8}' for ratio in ratios)}"
            f"   {own.rate:9.1f}  {own.mean:8.1f}  {own.poor:8.1f}  {own.lag:9.0f}"
        )
    print(f"  {'goal':15} {'':10} {'0.100':>8}  {'0.333':>8}   {played.rate:9.1f}  {36:8.1f}\n")


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
