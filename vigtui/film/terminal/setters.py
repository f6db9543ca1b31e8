"""What sets a colour in an escape: all of it, or a number of the 256 where that is near enough."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.depth import Depth
from vigtui.film.picture.fitting import packed
from vigtui.film.picture.palette import codes, palette

Channels = NDArray[np.float32]
Numbers = NDArray[np.float32]

# Bytes that one of the 256 colours saves.
_SHORTER = 7.0
# Of the 256 colours those that no theme changes, and the levels of their cube.
_FIRST_GREY, _FIRST_SURE = 232, 22
_LEVELS = np.array([0, 95, 135, 175, 215, 255], np.float32)
_STEPS = np.searchsorted((_LEVELS[1:] + _LEVELS[:-1]) / 2, np.arange(256))
_DECIMALS = [f";{number}" for number in range(256)]
_ONES = {channels: np.ones(channels, np.float32) for channels in (3, 4)}
_PLACES = np.array([36, 6, 1], np.float32)


def setters(
    colours: Channels, behind: int, sizes: Numbers, depth: Depth, price: float
) -> tuple[Channels, list[str]]:
    """Return the terminal's colours for these, and what sets each in an escape: of the first so many
    (`behind`) the colour behind, of the others the one in front.

    Where a terminal has all colours, one of the 256 is taken whose error, times `sizes`, is worth less than
    the bytes it saves at this `price`.
    """
    if depth is not Depth.TRUECOLOR:
        colours, found = _of_palette(colours, depth)
        names = _palette_setters(depth)
        bases = [40] * behind + [30] * (len(colours) - behind)
        return colours, [names[base, number] for base, number in zip(bases, found.tolist(), strict=True)]
    numbers, near = _nearest(colours)
    short = (sizes * squares(near - colours) < _SHORTER * price) & (numbers >= _FIRST_SURE)
    colours = np.where(short[:, None], near, colours)
    parts = [[_DECIMALS[value] for value in channel] for channel in colours.T.astype(np.int32).tolist()]
    chosen = [f"48;2{red}{green}{blue}" for red, green, blue in zip(*parts, strict=True)]
    chosen[behind:] = ["3" + name[1:] for name in chosen[behind:]]
    for place in short.nonzero()[0].tolist():
        chosen[place] = f"{chosen[place][:2]};5{_DECIMALS[numbers[place]]}"
    return colours, chosen


def palette_names(colours: Channels, depth: Depth) -> tuple[Channels, NDArray[np.int32]]:
    """Return the colours of a palette for these, and how the kernel calls them."""
    from vigtui.film.kernel.calls import NO_COLOUR, OF_16, OF_256

    colours, found = _of_palette(colours, depth)
    kind = {Depth.ANSI: OF_16, Depth.MONO: NO_COLOUR}.get(depth, OF_256)
    return colours, (found | kind).astype(np.int32)


def _of_palette(colours: Channels, depth: Depth) -> tuple[Channels, NDArray[np.uint32]]:
    """The colours of a palette, and their numbers."""
    found = codes(packed(colours), depth)
    return _table(palette(depth)[found]), found


def _nearest(colours: Channels) -> tuple[NDArray[np.intp], Channels]:
    """The nearest of the 256 colours, without the first 16: their numbers and themselves."""
    steps = _STEPS.take(colours.astype(np.intp))
    cube = _LEVELS.take(steps)
    grey = np.clip(np.rint((colours @ _ONES[3] - 24) / 30), 0, 23)
    greys = (8 + 10 * grey)[:, None].astype(np.float32)
    is_grey = squares(colours - greys) < squares(colours - cube)
    numbers = np.where(is_grey, _FIRST_GREY + grey, 16 + steps @ _PLACES).astype(np.intp)
    return numbers, np.where(is_grey[:, None], greys, cube)


def squares(differences: Channels) -> Numbers:
    """Return the squared lengths of the rows."""
    lengths: Numbers = np.dot(differences * differences, _ONES[differences.shape[1]])
    return lengths


def _table(colours: NDArray[np.uint32]) -> Channels:
    """Red, green and blue of colours 0xRRGGBB, shape (colours, 3)."""
    return (colours[:, None] >> np.array([16, 8, 0], np.uint32) & 255).astype(np.float32)


@cache
def _palette_setters(depth: Depth) -> dict[tuple[int, int], str]:
    """What sets a palette's colours, behind (40) and in front (30)."""
    if depth in (Depth.PALETTE, Depth.GREY):
        return {(base, number): f"{base + 8};5;{number}" for base in (30, 40) for number in range(256)}
    if depth is Depth.MONO:
        return {(base, number): "" for base in (30, 40) for number in range(16)}
    numbers = [(base, number) for base in (30, 40) for number in range(16)]
    return {
        (base, number): str(base + number if number < 8 else base + 52 + number) for base, number in numbers
    }
