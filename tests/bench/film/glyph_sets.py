"""What finer glyphs gain over half blocks while film plays, and what they cost."""

from collections.abc import Iterator

from tests.bench.figures.figure import Figure
from tests.bench.film.footage import SOURCES, film
from tests.bench.film.picture import figures_of, own_recorded, recorded
from tests.bench.running.peers import vigtui

_COLUMNS, _ROWS = 80, 22
_SETS = ("half", "quadrant", "sextant", "octant")
_GRIDS = ((2, 2), (2, 3), (2, 4))


def bench_glyphs() -> Iterator[Figure]:
    """Yield the PSNR of each glyph set on grids of more than one dot across, and its bytes."""
    for source in SOURCES:
        played = film(source, _COLUMNS, _ROWS)
        about = f"Glyph sets, {source.name}, {_COLUMNS}x{_ROWS}"
        half = 0.0
        for name in _SETS:
            samples = own_recorded(played) if name == "half" else recorded(vigtui(), played, name)
            figures = [figures_of(played, samples, *grid) for grid in _GRIDS]
            size = figures[0].bytes_each
            half = half or size
            ratio = size / half
            yield Figure(
                *(about, f"{name}, bytes", size, "bytes", 1.3, "less", "half", half, ratio, 0.02 * ratio)
            )
            for (across, down), each in zip(_GRIDS, figures, strict=True):
                yield Figure(about, f"{name}, PSNR at {across}x{down} a cell", each.mean, "dB", better="more")
            yield Figure(about, f"{name}, pictures a second", figures[0].rate, "1/s", better="more")
