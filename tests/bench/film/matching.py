"""Which frame of the film is on the screen, how well it is drawn, and how old it is.

The true frames are FFmpeg's, scaled to the grid of cells by the scaler that comes nearest to the program's
own (each program has its favourite, and none should win by that). Of the frames of the last turn of the
film, the one that looks most like the screen is the one that is shown; an age can be no longer than a turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.film.footage import SCALERS, Film
from tests.bench.running.dots import Pixels, pixels
from tests.bench.running.screen import Grid
from tests.bench.running.terminal import Sample

_TRIALS = 12


@dataclass(frozen=True)
class Place:
    """Where in the terminal the picture is, and the true frames it is compared with; `squares` is the sum of
    the squares of each."""

    top: int
    left: int
    truth: NDArray[np.float32]
    squares: NDArray[np.float32]
    across: int
    down: int
    columns: int
    rows: int

    def seen(self, grid: Grid) -> Pixels:
        """Return the picture in `grid` as pixels."""
        return pixels(grid.part(self.top, self.left, self.rows, self.columns), self.across, self.down)


@dataclass(frozen=True)
class Seen:
    """A sample, explained: the frame shown (its number in the film), its PSNR in dB, its age in seconds."""

    time: float
    received: int
    frame: int
    decibels: float
    lag: float


def decibels(error: float) -> float:
    """Return the PSNR for a mean squared error of channels from 0 to 255; 60 at most."""
    return 60.0 if error < 0.065 else float(10 * np.log10(255**2 / error))


def locate(film: Film, samples: Sequence[Sample], across: int = 1, down: int = 2) -> Place:
    """Find the picture on the screen, by trying where it is most like the film."""
    grids = [sample.grid for sample in samples[:: max(1, len(samples) // _TRIALS)]]
    rows, columns = grids[0].glyphs.shape
    truths = [film.truth(across, down, scaler) for scaler in SCALERS]
    places = [
        Place(top, left, truth, squares, across, down, film.columns, film.rows)
        for truth, squares in [(truth, np.einsum("fhwc,fhwc->f", truth, truth)) for truth in truths]
        for top in range(rows - film.rows + 1)
        for left in range(columns - film.columns + 1)
    ]

    def error(place: Place) -> float:
        return float(np.median(_errors(place, [place.seen(grid) for grid in grids]).min(axis=1)))

    return min(places, key=error)


def explain(film: Film, place: Place, samples: Sequence[Sample], start: float | None = None) -> list[Seen]:
    """Tell of each sample which frame it shows.

    `start` is when the film started, by the samples' clock (`started`); without it, no frame is taken to be
    older than the newest that could be shown.
    """
    pictures = [place.seen(sample.grid) for sample in samples]
    if start is None:
        start = started(film, place, samples)
    return [
        _explain(film, place, sample, seen, errors, start)
        for sample, seen, errors in zip(samples, pictures, _errors(place, pictures), strict=True)
    ]


def nearest(place: Place, grid: Grid) -> int:
    """Return the number of the frame that `grid` is most like, of the film's first turn."""
    return int(_errors(place, [place.seen(grid)]).argmin())


def started(film: Film, place: Place, samples: Sequence[Sample]) -> float:
    """Return when the film started: the earliest that any frame was seen, less its place in the film.

    The samples must be of a few seconds at most, on a line without delay.
    """
    count = len(place.truth)
    turns = []
    frames = _errors(place, [place.seen(sample.grid) for sample in samples]).argmin(axis=1)
    for sample, frame in zip(samples, frames.tolist(), strict=True):
        turns.append((sample.time - frame / film.rate) % (count / film.rate))
    # Times on a circle: the middle one first, then the earliest of those near to it.
    turn = count / film.rate
    middle = max(
        turns, key=lambda one: sum(abs((one - other + turn / 2) % turn - turn / 2) < 0.1 for other in turns)
    )
    near = [(one - middle + turn / 2) % turn - turn / 2 for one in turns]
    earliest = middle + min(offset for offset in near if abs(offset) < 0.1)
    while earliest > samples[0].time:
        earliest -= turn
    return earliest


def _explain(
    film: Film, place: Place, sample: Sample, seen: Pixels, errors: NDArray[np.float32], start: float
) -> Seen:
    newest = int((sample.time - start) * film.rate + 0.5)
    oldest = max(0, newest + 1 - len(place.truth))
    numbers = np.arange(oldest, max(newest, 0) + 1)
    frame = int(numbers[errors[numbers % len(place.truth)].argmin()])
    error = float(((place.truth[frame % len(place.truth)] - seen) ** 2).mean())
    return Seen(
        sample.time,
        sample.received,
        frame,
        decibels(error),
        sample.time - start - frame / film.rate,
    )


def _errors(place: Place, pictures: Sequence[Pixels]) -> NDArray[np.float32]:
    """Return the mean squared error of each picture to each true frame, to within a hundredth or so: shape
    (pictures, frames). One product of matrices is many times as quick as all the differences."""
    frames = place.truth.reshape(len(place.truth), -1)
    seen = np.stack(pictures).reshape(len(pictures), -1)
    own = np.einsum("sp,sp->s", seen, seen)
    errors: NDArray[np.float32] = (own[:, None] + place.squares - 2 * seen @ frames.T) / frames.shape[1]
    return errors
