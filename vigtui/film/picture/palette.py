"""The colours of terminals that have few: which of them stand for a colour, mixed or alone."""

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.cells import Colours
from vigtui.film.picture.depth import Depth

# Six bits a channel, which tell all colours of the palettes apart.
_STEPS = 1 << 18
# How unpleasant it is to see a pattern of two colours instead of the one between them, from 0 to 1.
_DISLIKE = np.float32(0.12)
# From which distance to grey a colour is a strong one, and how alike in hue two such must be to be mixed.
_STRONG, _ALIKE = 0.1, 0.7
# How many of the nearest colours may be mixed.
_MIXED = {Depth.PALETTE: 6, Depth.ANSI: 16, Depth.GREY: 2}
# Where colours are far apart, five bits a channel tell enough.
_COARSE = 0b111110_111110_111110
_AT_ONCE = 1000


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
    return _mixes(depth).numbers(colours)


@dataclass(frozen=True)
class Mixture:
    """What stands for each of some colours: numbers in a palette, and errors as squared distances in Oklab.

    `solid` is the nearest. `near` and `far` are to be mixed, with `quarters` of the far one: 0, 1 or 2.
    """

    lab: NDArray[np.float32]
    solid: Colours
    solid_error: NDArray[np.float32]
    near: Colours
    far: Colours
    quarters: Colours
    error: NDArray[np.float32]


def mixtures(colours: Colours, depth: Depth) -> Mixture:
    """Return what stands for each colour on a terminal of `depth`, alone and mixed of two.

    The mixture is the one with the least distance in Oklab, to which counts how far apart its two
    colours are: one sees that of the pattern (after Joel Yliluoma, "arbitrary-palette positional dithering").
    """
    return _mixes(depth).of(colours)


class _Mixes:
    """What stands for each colour, worked out when it first occurs."""

    def __init__(self, depth: Depth) -> None:
        self._offered = _offered(depth)
        self._lab = _oklab(palette(depth)[self._offered])
        self._gained = self._squares(self._lab) * (1 - _DISLIKE) * ~_clashing(self._lab)
        self._candidates = min(_MIXED.get(depth, 1), len(self._offered))
        self._mask = np.uint32(_COARSE if depth is Depth.ANSI else _STEPS - 1)
        # solid << 24 | whether it is known << 18 | quarters << 16 | far << 8 | near
        self._known = np.zeros(_STEPS, np.uint32)
        # L, a, b, the errors alone and mixed
        self._values = np.zeros((_STEPS, 5), np.float32)
        self._learn(palette(depth)[self._offered])

    def numbers(self, colours: Colours) -> Colours:
        """Return the nearest colours' numbers."""
        return np.asarray(self._found(_step(colours) & self._mask) >> 24, np.uint32)

    def of(self, colours: Colours) -> Mixture:
        steps = _step(colours) & self._mask
        found, values = self._found(steps), self._values[steps]
        solid, near, far, quarters = (
            np.asarray(found >> shift & mask, np.uint32)
            for shift, mask in ((24, 255), (0, 255), (8, 255), (16, 3))
        )
        return Mixture(values[..., :3], solid, values[..., 3], near, far, quarters, values[..., 4])

    def _found(self, steps: Colours) -> Colours:
        found = self._known[steps]
        if not found.all():
            new = np.unique(steps[found == 0])
            middle = (new >> 12 << 18 | (new >> 6 & 63) << 10 | (new & 63) << 2) + 0x020202
            self._learn(np.asarray(middle, np.uint32))
            found = self._known[steps]
        return found

    def _learn(self, colours: Colours) -> None:
        for part in np.array_split(colours, len(colours) // _AT_ONCE + 1):
            self._learn_part(part)

    def _learn_part(self, colours: Colours) -> None:
        lab = _oklab(colours)
        squares = self._squares(lab)
        some = np.argpartition(squares, range(self._candidates), axis=1)[:, : self._candidates]
        distances = np.take_along_axis(squares, some, axis=1)
        one, other, quarters = self._pairs
        share = quarters / np.float32(4)
        errors = (1 - share) * distances[:, one] + share * distances[:, other]
        errors -= share * (1 - share) * self._gained[some[:, one], some[:, other]]
        best = errors.argmin(axis=1)
        places = np.arange(len(colours))
        near, far = some[places, one[best]], some[places, other[best]]
        numbers = self._offered[some[:, 0]] << 24 | self._offered[far] << 8 | self._offered[near]
        steps = _step(colours) & self._mask
        self._known[steps] = numbers | quarters[best] << 16 | np.uint32(1 << 18)
        self._values[steps] = np.column_stack([lab, distances[:, 0], errors[places, best]])

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp], Colours]:
        """Which candidates to mix, and the quarters of the second; first the nearest alone."""
        pairs = [(0, 0, 0)]
        for one, other in permutations(range(self._candidates), 2):
            pairs += [(one, other, count) for count in ((1, 2) if one < other else (1,))]
        columns = np.array(pairs).T
        return columns[0], columns[1], columns[2].astype(np.uint32)

    def _squares(self, lab: NDArray[np.float32]) -> NDArray[np.float32]:
        """The squared distances to the colours of the palette, shape (colours, palette)."""
        lengths = (lab**2).sum(axis=1)[:, None] + (self._lab**2).sum(axis=1)
        squares: NDArray[np.float32] = np.maximum(lengths - 2 * lab @ self._lab.T, 0)
        return squares


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


def _clashing(lab: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which two colours are both strong and of different hues: one sees both, and not what is between."""
    hue = lab[:, 1:]
    strength = np.sqrt((hue**2).sum(axis=1))
    both = np.minimum.outer(strength, strength) > _STRONG
    return np.asarray(both & (hue @ hue.T < _ALIKE * np.outer(strength, strength)), bool)


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
