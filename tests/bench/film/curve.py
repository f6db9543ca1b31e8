"""Bytes against quality: what a picture takes of mpv's bytes at several prices of a byte, and how good it is.

The pictures are drawn at full frame rate, without a terminal, as film is that plays; those of the first turn
of the film are left out, because they begin with an empty screen.
"""

import statistics
from collections.abc import Iterator

import numpy as np

from tests.bench.figures.figure import Figure
from tests.bench.film.footage import SOURCES, STILL, Film, film
from tests.bench.film.matching import decibels
from tests.bench.film.picture import GRIDS, figures_of_peer
from tests.bench.running.peers import MPV, missing
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.wire import Wire

PRICES = (16.0, 11.0, 8.0, 5.5, 4.0, 2.8, 2.0, 1.0)
_GLYPHS = {GRIDS[0]: (GlyphSet.HALF, GlyphSet.QUADRANT), GRIDS[1]: (GlyphSet.HALF,)}
_ROOM, _PICTURES_TO_HEAL = 64_000, 40


def bench_curve() -> Iterator[Figure]:
    """Yield bytes, of mpv's, and PSNR at each price: of three films, on two grids, on the
    smaller one in quadrants too."""
    peers = missing([MPV])
    for (columns, rows), sets in _GLYPHS.items():
        for source in (*SOURCES, STILL):
            played = film(source, columns, rows)
            theirs = figures_of_peer(MPV, played).bytes_each if peers else None
            for glyphs in sets:
                about = f"Bytes against PSNR, {source.name}, {columns}x{rows}, {glyphs.value}"
                for price in PRICES:
                    size, level = drawn_at(price, played, glyphs)
                    name, ratio = f"at a price of {price:g}", theirs and size / theirs
                    peer = MPV.name if theirs else ""
                    yield Figure(about, f"{name}, bytes", size, "bytes", None, "less", peer, theirs, ratio)
                    yield Figure(about, f"{name}, PSNR", level, "dB", better="more")


def drawn_at(price: float, played: Film, glyphs: GlyphSet) -> tuple[float, float]:
    """Return the bytes and the PSNR in dB, to the exact picture in these glyphs, of the mean picture."""
    painter, wire = Painter(glyphs, Depth.TRUECOLOR), Wire(played.rows, played.columns, Depth.TRUECOLOR)
    wire.visible[:] = True
    again = 2 * played.rows * played.columns // _PICTURES_TO_HEAL
    pictures = [*played.truth(*glyphs.dots).astype(np.uint8)]
    sizes, levels = [], []
    for picture in pictures * 2:
        wire.offer(painter.paint(picture))
        text, *_ = wire.picture((0, 0), price, _ROOM, again, wire.number - _PICTURES_TO_HEAL)
        sizes.append(len(text.encode()))
        levels.append(decibels(wire.mean_error / 3))
    return statistics.fmean(sizes[len(pictures) :]), statistics.fmean(levels[len(pictures) :])
