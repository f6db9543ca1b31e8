"""What finer glyphs gain over half blocks while film plays, and what they cost."""

from tests.bench.footage import SOURCES, film
from tests.bench.peers import vigtui
from tests.bench.picture import figures_of, recorded

_COLUMNS, _ROWS = 80, 22
_SETS = ("half", "quadrant", "sextant", "octant")
_GRIDS = ((2, 2), (2, 3), (2, 4))


def bench_glyphs() -> None:
    """Print the PSNR of each glyph set on grids of more than one dot across, and its bytes."""
    for source in SOURCES:
        played = film(source, _COLUMNS, _ROWS)
        print(f"Glyph sets in {_COLUMNS}x{_ROWS} cells, the {source.name}: mean dB at dots a cell")
        heads = "".join(f"{across}x{down:<7}" for across, down in _GRIDS)
        print(f"  {'':10} {heads}bytes each  of half's  pictures/s")
        half = 0.0
        for name in _SETS:
            samples = recorded(vigtui(), played, name)
            figures = [figures_of(played, samples, *grid) for grid in _GRIDS]
            half = half or figures[0].bytes_each
            levels = "".join(f"{each.mean:<9.1f}" for each in figures)
            print(
                f"  {name:10} {levels}{figures[0].bytes_each:10,.0f}"
                f"   {figures[0].bytes_each / half:8.2f}   {figures[0].rate:9.1f}"
            )
        print(f"  {'goal':10} {'each above half':27}{'':10}   {'1.30':>8}   {source.rate:9.1f}\n")
