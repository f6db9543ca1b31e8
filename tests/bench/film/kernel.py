"""What a picture costs beyond decoding: by the compiled kernel, and by numpy."""

import math
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from tests.bench.figures.figure import Figure, NotHere, beside
from tests.bench.film.footage import SOURCES, film
from vigtui.film.kernel import loading
from vigtui.film.picture.cells import Picture
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.pricing import Pricing
from vigtui.film.terminal.wire import Sent, Wire

_COLUMNS, _ROWS, _PICTURES, _ROUNDS = 80, 22, 60, 3
ROOM, _PICTURES_TO_HEAL, _BYTES_TO_HEAL_A_CELL = 64_000, 40, 25
_NUMPY = "numpy"
_COLOURS = (Depth.TRUECOLOR, Depth.PALETTE)


@dataclass(frozen=True)
class Cost:
    """Milliseconds and bytes of a picture, and the mean error of what is shown (see `pen`)."""

    milliseconds: float
    size: float
    error: float


def bench_kernel() -> Iterator[Figure]:
    """Yield milliseconds, bytes and error of a picture, with the kernel and without, for all glyphs."""
    with_kernel = loading.kernel()
    if not with_kernel.library:
        raise NotHere(f"No kernel here: film is drawn {with_kernel.why}.")
    for source in SOURCES:
        about = f"A picture beyond decoding, {source.name}, {_COLUMNS}x{_ROWS}, kernel beside numpy"
        for glyphs in GlyphSet:
            films = [*film(source, _COLUMNS, _ROWS).truth(*glyphs.dots)[:_PICTURES].astype(np.uint8)]
            for depth in _COLOURS:
                name = f"{glyphs.value} {depth.value}"
                turns = [with_kernel, loading.Kernel(None, "")] * _ROUNDS
                drawings = [_drawn_with(kernel, films, glyphs, depth) for kernel in turns]
                compiled, plain = drawings[::2], drawings[1::2]
                times = [[cost.milliseconds for cost in costs] for costs in (compiled, plain)]
                yield beside(about, f"{name}, time", times[0], _NUMPY, times[1], "ms")
                sizes = [[cost.size for cost in costs] for costs in (compiled, plain)]
                yield beside(about, f"{name}, bytes", sizes[0], _NUMPY, sizes[1], "bytes", goal=1.005)
                lost = 10 * math.log10(compiled[0].error / plain[0].error)
                yield Figure(about, f"{name}, PSNR lost", lost, "dB", goal=0.02)


def _drawn_with(kernel: loading.Kernel, films: Sequence[Picture], glyphs: GlyphSet, depth: Depth) -> Cost:
    with drawing_with(kernel):
        return drawn(films, glyphs, depth)


@contextmanager
def drawing_with(kernel: loading.Kernel) -> Iterator[None]:
    """Draw with another kernel, or with the one that is none: then numpy does its work."""
    before = loading.kernel
    loading.kernel = lambda: kernel
    try:
        yield
    finally:
        loading.kernel = before


def drawn(films: Sequence[Picture], glyphs: GlyphSet, depth: Depth) -> Cost:
    """Draw pictures as while film plays on a line without limit; return the median of what one costs."""
    painter, wire, pricing = Painter(glyphs, depth), Wire(_ROWS, _COLUMNS, depth), Pricing()
    wire.visible[:] = True
    times, sizes, errors = [], [], []
    for picture in films:
        start = time.thread_time()
        text, _, error = draw(painter, wire, picture, pricing.playing())
        times.append(time.thread_time() - start)
        sizes.append(len(text))
        pricing.drew(error, sizes[-1] / ROOM)
        errors.append(error)
    return Cost(1000 * statistics.median(times), statistics.fmean(sizes[1:]), float(np.mean(errors[1:])))


def draw(painter: Painter, wire: Wire, picture: Picture, price: float, room: int = ROOM) -> Sent:
    """Draw a picture over what is shown, as film that plays does it: at this price of a byte, within `room`
    bytes, each cell again within 40 pictures where there is room for it."""
    fitting = painter.fitting(picture) if wire.fits else None
    if fitting is None:
        wire.offer(painter.paint(picture))
    again = min(2 * wire.visible.size // _PICTURES_TO_HEAL, room // (4 * _BYTES_TO_HEAL_A_CELL))
    older = wire.number + (fitting is not None) - _PICTURES_TO_HEAL
    return wire.picture((0, 0), price, room, again, older, fitting)
