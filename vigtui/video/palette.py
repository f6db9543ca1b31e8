"""The colours of terminals that have few: which of them stand for a colour, mixed or alone."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigtui.video.cells import Colours
from vigtui.video.depth import Depth

# Six bits a channel, which tell all colours of the palettes apart.
_STEPS = 1 << 18
# How unpleasant it is to see two colours in turn instead of the one between them: from 0 to 1. The fewer
# colours there are, the more is lost without.
_DISLIKE = {Depth.PALETTE: 0.35, Depth.ANSI: 0.12, Depth.GREY: 0.5}
# How many of the nearest colours may be mixed.
_MIXED = {Depth.PALETTE: 6, Depth.ANSI: 16, Depth.GREY: 3}
_SHARES = 64
_BAYER = np.array([[0, 2], [3, 1]])


@cache
def palette(depth: Depth) -> Colours:
    """Return the colours of a palette in the order of their numbers, as xterm has them."""
    ansi = [0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5]
    ansi += [0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF]
    if depth in (Depth.ANSI, Depth.MONO):
        return np.array(ansi, np.uint32)
    levels = (0, 95, 135, 175, 215, 255)
    cube = [r << 16 | g << 8 | b for r in levels for g in levels for b in levels]
    greys = [level << 16 | level << 8 | level for level in range(8, 248, 10)]
    return np.array(ansi + cube + greys, np.uint32)


def codes(colours: Colours, depth: Depth) -> Colours:
    """Return how a terminal of `depth` calls each colour: 0xRRGGBB itself, or the number in its palette."""
    if depth is Depth.TRUECOLOR:
        return colours
    return _mixes(depth).of(colours).nearest


def colour_of(code: int, depth: Depth) -> int:
    """Return the colour that `code` stands for."""
    return code if depth is Depth.TRUECOLOR else int(palette(depth)[code])


def dithered(colours: Colours, depth: Depth, row: int = 0) -> Colours:
    """Return colours of the palette in place of `colours`, mixed where none is near: an ordered dither.

    Each colour stands for a mixture of at most two of the palette, the second with a share of up to a half.
    Which of the two a place shows is decided by a threshold that belongs to the place (the rows are every
    second one from `row`) and never changes: a still picture holds still, and one that slowly changes
    changes few cells. The two and the share are those with the least distance in Oklab, to which counts how
    far apart the two are (after Joel Yliluoma's "arbitrary-palette positional dithering"): a wall that is
    nearly a colour of the palette stays that colour, and colours far apart are mixed for lack of others only.
    """
    if depth is Depth.TRUECOLOR:
        return colours
    rows, columns = colours.shape
    mixed = _mixes(depth).of(colours)
    threshold = _thresholds()[(np.arange(rows) * 2 + row)[:, None] % 8, np.arange(columns) % 8]
    numbers = np.where(mixed.share > threshold, mixed.far, mixed.near)
    return palette(depth)[numbers]


@cache
def _thresholds() -> NDArray[np.uint8]:
    """Bayer's 8 x 8 matrix: neighbouring places differ as much as they can."""
    two = _BAYER
    four = np.kron(np.ones((2, 2), int), two) * 4 + np.kron(two, np.ones((2, 2), int))
    eight = np.kron(np.ones((2, 2), int), four) * 4 + np.kron(two, np.ones((4, 4), int))
    return eight.astype(np.uint8)


@dataclass(frozen=True)
class _Mix:
    """For each colour: the nearest of the palette, the two to mix, and how much of the second, of 64."""

    nearest: Colours
    near: Colours
    far: Colours
    share: Colours


class _Mixes:
    """What stands for each colour, worked out when it first occurs."""

    def __init__(self, depth: Depth) -> None:
        self._depth = depth
        self._offered = _offered(depth)
        self._lab = _oklab(palette(depth)[self._offered])
        self._lengths = (self._lab**2).sum(axis=1)
        self._apart = self._squares(self._lab)
        # near | far << 8 | share << 16 | whether it is known << 22 | nearest << 24
        self._known = np.zeros(_STEPS, np.uint32)
        self._learn(palette(depth)[self._offered])

    def of(self, colours: Colours) -> _Mix:
        """Return the mixtures for `colours`."""
        found = self._known[_step(colours)]
        new = colours[found == 0]
        if new.size:
            steps = np.unique(_step(new))
            red, green, blue = steps >> 12, steps >> 6 & 63, steps & 63
            middle = (red << 18 | green << 10 | blue << 2) + 0x020202
            self._learn(np.asarray(middle, np.uint32))
            found = self._known[_step(colours)]
        fields = ((24, 255), (0, 255), (8, 255), (16, 63))
        return _Mix(*(np.asarray(found >> shift & mask, np.uint32) for shift, mask in fields))

    def _learn(self, colours: Colours) -> None:
        squares = self._squares(_oklab(colours))
        candidates = np.argsort(squares, axis=1)[:, : _MIXED.get(self._depth, 1)]
        near = far = candidates[:, 0]
        best = squares.min(axis=1)
        share = np.zeros(len(best), np.float32)
        dislike = _DISLIKE.get(self._depth, 0)
        places = np.arange(len(best))
        for first in range(candidates.shape[1]):
            for second in range(first + 1, candidates.shape[1]):
                a, b = candidates[:, first], candidates[:, second]
                from_a, from_b, apart = squares[places, a], squares[places, b], self._apart[a, b]
                part = np.clip((from_a - from_b + apart) / (2 * apart), 0, 0.5)
                error = (1 - part) * from_a + part * from_b - part * (1 - part) * apart * (1 - dislike)
                better = error < best
                best = np.where(better, error, best)
                share = np.where(better, part, share)
                near, far = np.where(better, a, near), np.where(better, b, far)
        numbers = self._offered[near] | self._offered[far] << 8 | self._offered[candidates[:, 0]] << 24
        shares = np.round(share * _SHARES).astype(np.uint32)
        self._known[_step(colours)] = numbers | shares << 16 | np.uint32(1 << 22)

    def _squares(self, lab: NDArray[np.float32]) -> NDArray[np.float32]:
        """The squared distances to the colours of the palette, shape (colours, palette)."""
        distances: NDArray[np.float32] = (lab**2).sum(axis=1)[:, None] - 2 * lab @ self._lab.T + self._lengths
        return np.maximum(distances, 0)


@cache
def _mixes(depth: Depth) -> _Mixes:
    return _Mixes(depth)


def _offered(depth: Depth) -> Colours:
    """The numbers of the colours that are used."""
    if depth is Depth.PALETTE:
        # The first 16 of the 256 are whatever the terminal's theme makes of them.
        return np.arange(16, 256, dtype=np.uint32)
    if depth is Depth.GREY:
        return np.array([16, *range(232, 256), 231], np.uint32)
    return np.arange(16, dtype=np.uint32) if depth is Depth.ANSI else np.array([0, 7], np.uint32)


def _step(colours: Colours) -> Colours:
    return np.asarray(colours >> 6 & 0x3F000 | colours >> 4 & 0xFC0 | colours >> 2 & 63, np.uint32)


def _oklab(colours: Colours) -> NDArray[np.float32]:
    """Colours in Oklab, where distance is nearly what the eye sees (Björn Ottosson, 2020)."""
    channels = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    lab: NDArray[np.float32] = (np.cbrt(linear @ to_cones.T) @ to_lab.T).astype(np.float32)
    return lab
