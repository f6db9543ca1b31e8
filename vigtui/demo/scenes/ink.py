"""Flat shapes with soft edges, drawn into an array of pixels. All measures are pixels, y counts down."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
Colour = tuple[int, int, int]
Point = tuple[float, float]


class Canvas:
    """A picture being drawn: `pixels` is 3 x height x width, from 0 to 255. Shapes may leave the picture."""

    def __init__(self, width: int, height: int, colour: Colour = (0, 0, 0)) -> None:
        self.pixels: Pixels = np.empty((3, height, width), np.float32)
        self.pixels[:] = _planes(colour)

    def copy(self) -> "Canvas":
        other = Canvas.__new__(Canvas)
        other.pixels = self.pixels.copy()
        return other

    def frame(self) -> bytes:
        """Return the picture as rgb24 bytes."""
        return (self.pixels + 0.5).astype(np.uint8).transpose(1, 2, 0).tobytes()

    def ellipse(self, centre: Point, across: float, down: float, colour: Colour) -> None:
        """Fill an ellipse with the half axes `across` and `down`. Its centre snaps to half pixels."""
        x, y = round(centre[0] * 2) / 2, round(centre[1] * 2) / 2
        left, top = math.floor(x - across) - 1, math.floor(y - down) - 1
        keep, add = _ellipse(round(across, 1), round(down, 1), x - left, y - top, colour)
        self._put(left, top, keep, add)

    def circle(self, centre: Point, radius: float, colour: Colour) -> None:
        self.ellipse(centre, radius, radius, colour)

    def line(self, start: Point, end: Point, radius: float, colour: Colour, end_radius: float = 0) -> None:
        """Draw a line with round ends, `radius` wide to each side, or narrowing to `end_radius`."""
        left = math.floor(min(start[0], end[0]) - max(radius, end_radius)) - 1
        top = math.floor(min(start[1], end[1]) - max(radius, end_radius)) - 1
        ends = (start[0] - left, start[1] - top, end[0] - left, end[1] - top)
        keep, add = _line(tuple(round(at * 4) / 4 for at in ends), radius, end_radius or radius, colour)
        self._put(left, top, keep, add)

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, round_: float = 0
    ) -> None:
        """Fill a rectangle, its corners rounded by `round_`."""
        first_x, first_y = math.floor(left) - 1, math.floor(top) - 1
        keep, add = _box(
            round(right - left, 1), round(bottom - top, 1), left - first_x, top - first_y, round_, colour
        )
        self._put(first_x, first_y, keep, add)

    def _put(self, left: int, top: int, keep: Pixels, add: Pixels) -> None:
        height, width = self.pixels.shape[1:]
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + keep.shape[1], width), min(top + keep.shape[0], height)
        if x0 >= x1 or y0 >= y1:
            return
        part = self.pixels[:, y0:y1, x0:x1]
        inside = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
        part *= keep[inside]
        part += add[:, *inside]


def shade(colour: Colour, factor: float) -> Colour:
    """Return a colour darker (`factor` below 1) or lighter (above 1)."""
    red, green, blue = (min(255, round(part * factor)) for part in colour)
    return red, green, blue


def _planes(colour: Colour) -> Pixels:
    return np.array(colour, np.float32)[:, None, None]


def _blend(alpha: Pixels, colour: Colour) -> tuple[Pixels, Pixels]:
    """Return what a shape leaves of the pixels below it, and what it adds to them."""
    return 1 - alpha, alpha * _planes(colour)


@lru_cache(maxsize=4096)
def _ellipse(across: float, down: float, x: float, y: float, colour: Colour) -> tuple[Pixels, Pixels]:
    columns = np.arange(math.ceil(x + across) + 2, dtype=np.float32)[None, :]
    rows = np.arange(math.ceil(y + down) + 2, dtype=np.float32)[:, None]
    distance = np.hypot((columns - x) / max(across, 0.1), (rows - y) / max(down, 0.1))
    return _blend(np.clip((1 - distance) * min(across, down) + 0.5, 0, 1), colour)


@lru_cache(maxsize=1024)
def _line(ends: tuple[float, ...], radius: float, end_radius: float, colour: Colour) -> tuple[Pixels, Pixels]:
    x, y, end_x, end_y = ends
    thickest = max(radius, end_radius)
    columns = np.arange(math.ceil(max(x, end_x) + thickest) + 2, dtype=np.float32)[None, :] - np.float32(x)
    rows = np.arange(math.ceil(max(y, end_y) + thickest) + 2, dtype=np.float32)[:, None] - np.float32(y)
    dx, dy = np.float32(end_x - x), np.float32(end_y - y)
    along = np.clip((columns * dx + rows * dy) / max(dx * dx + dy * dy, np.float32(1e-6)), 0, 1)
    distance = np.hypot(columns - along * dx, rows - along * dy)
    reach = radius + along * (end_radius - radius)
    return _blend(np.clip(reach - distance + 0.5, 0, 1), colour)


@lru_cache(maxsize=1024)
def _box(
    width: float, height: float, left: float, top: float, round_: float, colour: Colour
) -> tuple[Pixels, Pixels]:
    columns = np.arange(math.ceil(left + width) + 2, dtype=np.float32)[None, :]
    rows = np.arange(math.ceil(top + height) + 2, dtype=np.float32)[:, None]
    out_x = np.abs(columns - (left + width / 2)) - width / 2 + round_
    out_y = np.abs(rows - (top + height / 2)) - height / 2 + round_
    outside = np.hypot(np.maximum(out_x, 0), np.maximum(out_y, 0))
    distance = outside + np.minimum(np.maximum(out_x, out_y), 0) - round_
    return _blend(np.clip(0.5 - distance, 0, 1), colour)
