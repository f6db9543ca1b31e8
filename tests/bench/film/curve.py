"""Bytes against quality: what a picture takes of mpv's bytes at several prices of a byte, and how good it is.

The pictures are drawn at full frame rate, without a terminal, as film is that plays; those of the first turn
of the film are left out, because they begin with an empty screen.
"""

import statistics
from collections.abc import Iterator

import numpy as np

from tests.bench.figures.figure import Figure
from tests.bench.film.footage import SOURCES, STILL, Film, film
from tests.bench.film.kernel import draw
from tests.bench.film.matching import decibels
from tests.bench.film.picture import GRIDS, figures_of_peer
from tests.bench.running.peers import MPV, missing
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.wire import Wire

PRICES = (16.0, 11.0, 8.0, 5.5, 4.0, 2.8, 2.0, 1.0)
_GLYPHS = {GRIDS[0]: (GlyphSet.HALF, GlyphSet.QUADRANT), GRIDS[1]: (GlyphSet.HALF,)}
_NOISE = 0.01


def bench_curve() -> Iterator[Figure]:
    """Yield bytes, of mpv's, and PSNR at each price: of three films, on two grids, on the smaller
    one in quadrants too."""
    peers = missing([MPV])
    for (columns, rows), sets in _GLYPHS.items():
        for source in (*SOURCES, STILL):
            played = film(source, columns, rows)
            theirs = figures_of_peer(MPV, played).bytes_each if peers else None
            for glyphs in sets:
                about = f"Bytes against PSNR, {source.name}, {columns}x{rows}, {glyphs.value}"
                for price in PRICES:
                    size, level = drawn_at(price, played, glyphs)
                    name = f"at a price of {price:g}"
                    yield _size(about, f"{name}, bytes", size, theirs)
                    yield Figure(about, f"{name}, PSNR", level, "dB", better="more")


def _size(about: str, name: str, size: float, theirs: float | None) -> Figure:
    """Ours are the same each time; mpv's are those of some seconds."""
    if not theirs:
        return Figure(about, name, size, "bytes", noise=0.001 * size)
    ratio = size / theirs
    return Figure(about, name, size, "bytes", peer=MPV.name, theirs=theirs, ratio=ratio, noise=_NOISE * ratio)


def drawn_at(price: float, played: Film, glyphs: GlyphSet) -> tuple[float, float]:
    """Return the bytes and the PSNR in dB, to the exact picture in these glyphs, of the mean picture."""
    painter, wire = Painter(glyphs, Depth.TRUECOLOR), Wire(played.rows, played.columns, Depth.TRUECOLOR)
    wire.visible[:] = True
    pictures = [*played.truth(*glyphs.dots).astype(np.uint8)]
    sizes, levels = [], []
    for picture in pictures * 2:
        sent, _, error = draw(painter, wire, picture, price)
        sizes.append(len(sent))
        levels.append(decibels(error / 3))
    return statistics.fmean(sizes[len(pictures) :]), statistics.fmean(levels[len(pictures) :])
