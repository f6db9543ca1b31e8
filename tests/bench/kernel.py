"""What a picture costs beyond decoding: by the compiled kernel, and by numpy."""

import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.bench.footage import SOURCES, film
from vigtui.film.kernel import loading
from vigtui.film.picture.cells import Picture
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.pricing import Pricing
from vigtui.film.terminal.wire import Wire

_COLUMNS, _ROWS, _PICTURES, _ROUNDS = 80, 22, 100, 3
_ROOM, _AGAIN, _OLDER = 64_000, 44, 26
_COLOURS = (Depth.TRUECOLOR, Depth.PALETTE)


@dataclass(frozen=True)
class Cost:
    """Milliseconds and bytes of a picture, and the mean error of what is shown (see `pen`)."""

    milliseconds: float
    size: float
    error: float


def bench_kernel() -> None:
    """Print milliseconds, bytes and error of a picture, with the kernel and without, for all glyphs."""
    with_kernel = loading.kernel()
    if not with_kernel.library:
        print(f"No kernel here: film is drawn {with_kernel.why}\n")
        return
    for source in SOURCES:
        print(f"A picture of {_COLUMNS}x{_ROWS} cells, the {source.name}, beyond decoding")
        print(f"  {'':20} ms: numpy  kernel  kernel's bytes, of numpy's    dB more")
        for glyphs in GlyphSet:
            films = [*film(source, _COLUMNS, _ROWS).truth(*glyphs.dots)[:_PICTURES].astype(np.uint8)]
            for depth in _COLOURS:
                plain = _least(films, glyphs, depth, loading.Kernel(None, ""))
                compiled = _least(films, glyphs, depth, with_kernel)
                print(
                    f"  {glyphs.value:10} {depth.value:9} {plain.milliseconds:9.2f}"
                    f" {compiled.milliseconds:7.2f}  {compiled.size:9,.0f} {compiled.size / plain.size:10.4f}"
                    f"  {10 * math.log10(plain.error / compiled.error):15.3f}"
                )
        print()


def _least(films: Sequence[Picture], glyphs: GlyphSet, depth: Depth, kernel: loading.Kernel) -> Cost:
    """The median of a picture's cost in the quickest of some rounds."""
    before = loading.kernel
    loading.kernel = lambda: kernel  # type: ignore[assignment]
    try:
        costs = [_cost(films, glyphs, depth) for _ in range(_ROUNDS)]
    finally:
        loading.kernel = before
    return min(costs, key=lambda cost: cost.milliseconds)


def _cost(films: Sequence[Picture], glyphs: GlyphSet, depth: Depth) -> Cost:
    painter, wire, pricing = Painter(glyphs, depth), Wire(_ROWS, _COLUMNS, depth), Pricing()
    wire.visible[:] = True
    times, sizes, errors = [], [], []
    for picture in films:
        start = time.thread_time()
        wire.offer(painter.paint(picture))
        price = pricing.playing()
        text, paid = wire.picture((0, 0), price, _ROOM, _AGAIN, wire.number - _OLDER)
        times.append(time.thread_time() - start)
        pricing.paid(price, paid, wire.mean_error)
        sizes.append(len(text.encode()))
        errors.append(wire.mean_error)
    return Cost(1000 * statistics.median(times), statistics.fmean(sizes[1:]), float(np.mean(errors[1:])))
