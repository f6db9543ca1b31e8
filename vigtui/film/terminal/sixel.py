"""A picture as sixel: bands of six rows of pixels, in colours that the picture itself chooses."""

import heapq
import itertools

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.cells import Picture

BAND = 6
"""Rows of pixels in a band."""

Points = NDArray[np.float32]
Numbers = NDArray[np.intp]

_REFINEMENTS = 3
_PERCENT = np.float32(100 / 255)
_SHORT_RUN = 3
_BINS = 1 << 15
_BANDS_AT_ONCE = 8


def sixel(picture: Picture, colours: int) -> bytes:
    """Return the escape sequence that draws `picture`, shape (height, width, 3), with the cursor at its
    upper left, in at most so many colours (2 to 256)."""
    palette, indices = quantise(picture, colours)
    height, width = indices.shape
    colour_numbers = "".join(f"#{number};2;{r};{g};{b}" for number, (r, g, b) in enumerate(palette.tolist()))
    bands = _bands(indices, len(palette))
    return f'\x1bP0;1;0q"1;1;{width};{height}{colour_numbers}{bands}\x1b\\'.encode("ascii")


def quantise(picture: Picture, colours: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the palette, shape (at most `colours`, 3) in percent of each channel as sixel has it, and the
    number of the nearest of them for each pixel.

    Median cut (Heckbert, 1982) on the picture's colours in 32 steps a channel, cutting where the squared
    error is largest, then some rounds of k-means.
    """
    red, green, blue = np.moveaxis(picture >> 3, -1, 0).astype(np.uint16)
    bins = (red << 10 | green << 5 | blue).ravel()
    counts = np.bincount(bins, minlength=_BINS)
    used = np.flatnonzero(counts)
    weights = counts[used].astype(np.float32)
    sums = [np.bincount(bins, picture[..., channel].ravel(), _BINS)[used] for channel in range(3)]
    points = (np.stack(sums, axis=1) / weights[:, None]).astype(np.float32)
    centres = _median_cut(points, weights, colours)
    for _ in range(_REFINEMENTS):
        centres = _moved(centres, points, weights)
    palette = np.rint(centres * _PERCENT)
    numbers = np.zeros(_BINS, np.uint8)
    numbers[used] = _nearest(points, (palette / _PERCENT).astype(np.float32))
    return palette.astype(np.uint8), numbers[bins].reshape(picture.shape[:2])


def _moved(centres: Points, points: Points, weights: NDArray[np.float32]) -> Points:
    """Each centre in the middle of the points that are nearest to it; one without points stays."""
    nearest = _nearest(points, centres)
    total = np.bincount(nearest, weights, len(centres))
    sums = [np.bincount(nearest, weights * points[:, axis], len(centres)) for axis in range(3)]
    means = np.stack(sums, axis=1) / np.maximum(total, 1)[:, None]
    return np.where(total[:, None] > 0, means, centres).astype(np.float32)


def _median_cut(points: Points, weights: NDArray[np.float32], count: int) -> Points:
    """The mean colours of `count` boxes, or of fewer where there are fewer points."""
    order = itertools.count()
    boxes = [_measured(next(order), np.arange(len(points)), points, weights)]
    while len(boxes) < count and boxes[0][0] < 0:
        _, _, box, axis, middle = heapq.heappop(boxes)
        below = points[box, axis] <= middle
        for half in (box[below], box[~below]):
            heapq.heappush(boxes, _measured(next(order), half, points, weights))
    return np.stack([np.average(points[box], axis=0, weights=weights[box]) for _, _, box, _, _ in boxes])


def _measured(
    number: int, box: Numbers, points: Points, weights: NDArray[np.float32]
) -> tuple[float, int, Numbers, int, float]:
    """A box for the heap: its negative error, a number that differs, itself, and where to cut it."""
    mean = np.average(points[box], axis=0, weights=weights[box])
    error = ((points[box] - mean) ** 2 * weights[box, None]).sum(axis=0)
    axis = int(error.argmax())
    divisible = np.ptp(points[box, axis]) > 1
    return (-float(error.sum()) if divisible else 0.0, number, box, axis, float(mean[axis]))


def _nearest(points: Points, centres: Points) -> Numbers:
    # |a - b|^2 = |a|^2 - 2ab + |b|^2, of which |a|^2 is the same for every b.
    distances = (centres**2).sum(axis=1) - 2 * (points @ centres.T)
    return np.asarray(distances.argmin(axis=1))


def _bands(indices: NDArray[np.uint8], colours: int) -> str:
    """The picture's data: for each band and each colour in it, a line of sixels, six pixels in each."""
    height = BAND * _BANDS_AT_ONCE
    return "-".join(
        _some_bands(indices[top : top + height], colours) for top in range(0, len(indices), height)
    )


def _some_bands(indices: NDArray[np.uint8], colours: int) -> str:
    """All sixels are found at once: a pixel sets a bit in the sixel of its band, colour and column. Equal
    ones side by side are then counted, and written as a run."""
    height, width = indices.shape
    rows, columns = np.divmod(np.arange(height * width), width)
    keys = (rows // BAND * colours + indices.ravel()) * width + columns
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    bits = np.add.reduceat((1 << rows % BAND)[order], first)
    keys = keys[first]
    starts = np.flatnonzero(
        (np.diff(keys, prepend=-2) != 1) | (np.diff(bits, prepend=-1) != 0) | _new(keys // width)
    )
    lengths = np.diff(starts, append=len(keys))
    keys, bits = keys[starts], bits[starts]
    lines = keys // width
    new = _new(lines)
    gaps = keys - np.where(new, lines * width, np.roll(keys + lengths, 1))
    texts = [
        (_run("?", gap) if gap else "") + _run(chr(63 + bit), length)
        for gap, bit, length in zip(gaps.tolist(), bits.tolist(), lengths.tolist(), strict=True)
    ]
    band = -1
    for place, line in zip(np.flatnonzero(new).tolist(), lines[new].tolist(), strict=True):
        number, colour = divmod(line, colours)
        texts[place] = f"{'$' if number == band else '-' * (band >= 0)}#{colour}{texts[place]}"
        band = number
    return "".join(texts)


def _run(text: str, length: int) -> str:
    return text * length if length <= _SHORT_RUN else f"!{length}{text}"


def _new(lines: Numbers) -> NDArray[np.bool_]:
    """Where another line begins."""
    return np.asarray(np.diff(lines, prepend=-1) != 0)
