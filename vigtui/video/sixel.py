"""A picture as sixel: bands of six rows of pixels, in colours that the picture itself chooses."""

import heapq

import numpy as np
from numpy.typing import NDArray

from vigtui.video.cells import Picture

BAND = 6
"""Rows of pixels in a band."""

Points = NDArray[np.float32]
Numbers = NDArray[np.intp]

_REFINEMENTS = 3
_PERCENT = np.float32(100 / 255)
_SHORT_RUN = 3


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
    channels = picture.reshape(-1, 3).astype(np.intp)
    bins = channels[:, 0] >> 3 << 10 | channels[:, 1] >> 3 << 5 | channels[:, 2] >> 3
    counts = np.bincount(bins, minlength=1 << 15)
    used = np.flatnonzero(counts)
    weights = counts[used].astype(np.float32)
    sums = np.stack([np.bincount(bins, channels[:, channel], 1 << 15)[used] for channel in range(3)], axis=1)
    points = (sums / weights[:, None]).astype(np.float32)
    centres = _median_cut(points, weights, colours)
    for _ in range(_REFINEMENTS):
        nearest = _nearest(points, centres)
        total = np.maximum(np.bincount(nearest, weights, len(centres)), 1e-9)
        moved = [np.bincount(nearest, weights * points[:, axis], len(centres)) for axis in range(3)]
        held = np.bincount(nearest, minlength=len(centres)) > 0
        centres = np.where(held[:, None], np.stack(moved, axis=1) / total[:, None], centres)
        centres = centres.astype(np.float32)
    palette = np.rint(centres * _PERCENT)
    numbers = np.zeros(1 << 15, np.uint8)
    numbers[used] = _nearest(points, (palette / _PERCENT).astype(np.float32))
    return palette.astype(np.uint8), numbers[bins].reshape(picture.shape[:2])


def _median_cut(points: Points, weights: NDArray[np.float32], count: int) -> Points:
    """The mean colours of `count` boxes, or of fewer where there are fewer points."""
    boxes = [_measured(0, np.arange(len(points)), points, weights)]
    while len(boxes) < count and boxes[0][0] < 0:
        _, _, box, axis, middle = heapq.heappop(boxes)
        below = points[box, axis] <= middle
        for number, half in enumerate((box[below], box[~below])):
            heapq.heappush(boxes, _measured(2 * len(boxes) + number, half, points, weights))
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
    """The picture's data: for each band and each colour in it, a line of sixels, six pixels in each.

    All sixels of the picture are found at once: a pixel sets a bit in the sixel of its band, colour and
    column. Equal ones side by side are then counted, and written as a run.
    """
    height, width = indices.shape
    rows, columns = np.divmod(np.arange(height * width), width)
    lines = rows // BAND * colours + indices.ravel()
    keys = lines * width + columns
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    bits = np.add.reduceat((1 << rows % BAND)[order], first)
    keys = keys[first]
    lines = keys // width
    starts = np.flatnonzero((np.diff(keys, prepend=-2) != 1) | (np.diff(bits, prepend=-1) != 0) | _new(lines))
    lengths = np.diff(starts, append=len(keys))
    keys, lines, bits = keys[starts], lines[starts], bits[starts]
    new = _new(lines)
    begins = np.where(new, lines * width, np.roll(keys + lengths, 1))
    empty = _runs(width)
    texts = [
        empty[gap] + (chr(63 + bit) * length if length <= _SHORT_RUN else f"!{length}{chr(63 + bit)}")
        for gap, bit, length in zip((keys - begins).tolist(), bits.tolist(), lengths.tolist(), strict=True)
    ]
    band = -1
    for place, line in zip(np.flatnonzero(new).tolist(), lines[new].tolist(), strict=True):
        number, colour = divmod(line, colours)
        texts[place] = f"{'$' if number == band else '-' * (band >= 0)}#{colour}{texts[place]}"
        band = number
    return "".join(texts)


def _new(lines: Numbers) -> NDArray[np.bool_]:
    """Where another line begins."""
    return np.asarray(np.diff(lines, prepend=-1) != 0)


def _runs(longest: int) -> list[str]:
    """How so many columns without a pixel are written."""
    return ["?" * length if length <= _SHORT_RUN else f"!{length}?" for length in range(longest)]
