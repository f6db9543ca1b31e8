"""A figure: one thing that was measured, with its peer and its goal where it has them.

A measure is a generator of figures; whoever runs it prints each as it comes, and writes all of them:

    yield middle("A change", "its caller waits", seconds, "s", goal=0.005)
    yield beside("A start", "first paint", ours, "an empty app", theirs, "s", goal=1.3)
"""

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Better = Literal["less", "more", "neither"]
"""Which way a figure gets better. "neither" is a peer's own, which is not ours to judge."""

AGAINST_ITSELF = "against itself"
"""What a figure is called that holds the same command beside itself: the machine's noise."""


class NotHere(Exception):
    """Something cannot be measured on this machine; the sentence says why."""


@dataclass(frozen=True)
class Figure:
    """`value` is ours, in `unit`. With a `peer`, `theirs` is the peer's, `ratio` how many times the peer's
    ours is, and the goal is one for the ratio.

    `noise` is how far off the ratio, or else the value, is likely to be (a standard error, in the same unit);
    None where it was measured once. `in_real_time` says that it is of film as it plays, which is
    another on a machine that has no time for it. `about` and `name` stay the same from version to version: by
    them a figure is found again.
    """

    about: str
    name: str
    value: float
    unit: str
    goal: float | None = None
    better: Better = "less"
    peer: str = ""
    theirs: float | None = None
    ratio: float | None = None
    noise: float | None = None
    in_real_time: bool = False

    @property
    def judged(self) -> float:
        """What is held against the goal, and against another run: the ratio where there is a peer."""
        return self.value if self.ratio is None else self.ratio

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        return self.judged >= self.goal if self.better == "more" else self.judged <= self.goal


def in_real_time(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Yield the same, of film as it plays."""
    for figure in figures:
        yield replace(figure, in_real_time=True)


def middle(
    about: str,
    name: str,
    values: Sequence[float],
    unit: str,
    *,
    goal: float | None = None,
    better: Better = "less",
) -> Figure:
    """Return the median of what was measured several times."""
    noise = error_of_median(values)
    return Figure(about, name, statistics.median(values), unit, goal, better, noise=noise)


def beside(
    about: str,
    name: str,
    ours: Sequence[float],
    peer: str,
    theirs: Sequence[float],
    unit: str,
    *,
    goal: float | None = None,
    better: Better = "less",
) -> Figure:
    """Return the median of the ratios of what was measured by turns, ours and the peer's."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return Figure(
        about,
        name,
        statistics.median(ours),
        unit,
        goal,
        better,
        peer,
        statistics.median(theirs),
        statistics.median(ratios),
        error_of_median(ratios),
    )


def against_itself(about: str, some: Sequence[float], others: Sequence[float], unit: str) -> Figure:
    """Return what the same command differs from itself, measured by turns: the noise of this machine."""
    return beside(about, AGAINST_ITSELF, some, "itself", others, unit, better="neither")


def error_of_median(values: Sequence[float]) -> float | None:
    """Return the standard error of the median, None for a single value. One that stands far apart, as on a
    busy machine, counts no more than any other."""
    if len(values) < 2:
        return None
    centre = statistics.median(values)
    spread = 1.483 * statistics.median(abs(value - centre) for value in values)
    return 1.253 * spread / math.sqrt(len(values))
