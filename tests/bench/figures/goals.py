"""Which goals a run reached, and how far the others are."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.figures.figure import Figure
from tests.bench.figures.results import Results
from tests.bench.figures.telling import number

_DECIBELS_OF_TWICE = 6.02


@dataclass(frozen=True)
class Goal:
    """A figure that has a goal. `times` is by how many times it would have to be better to reach it: above 1
    it does not; 6 dB count as twice."""

    name: str
    figure: Figure
    times: float

    def __str__(self) -> str:
        figure = self.figure
        unit = "times" if figure.ratio is not None else figure.unit
        peer = f" {figure.peer}'s" if figure.ratio is not None and figure.peer else ""
        noise = f" ± {number(figure.noise)}" if figure.noise else ""
        bound = "at least" if figure.better == "more" else "at most"
        return (
            f"{self.name}: {number(figure.judged)} {unit}{peer}{noise}, {bound} {number(figure.goal or 0.0)}"
        )


def goals(run: Results) -> list[Goal]:
    """Return the goals of a run, the one that is farthest from being reached first."""
    found = [
        Goal(": ".join((measure, figure.about, figure.name)), figure, _times(figure, figure.goal))
        for measure, figures in run.figures.items()
        for figure in figures
        if figure.goal is not None
    ]
    return sorted(found, key=lambda each: each.times, reverse=True)


def told_goals(run: Results) -> Iterator[str]:
    """Yield lines: the goals that are not reached, then those that are, and what was not measured."""
    found = goals(run)
    for title, is_reached in (("Not reached", False), ("Reached", True)):
        those = [each for each in found if each.figure.reached is is_reached]
        yield f"{title}: {len(those) or 'nothing'}"
        yield from (f"  {each.times:5.2f}  {each}" for each in those)
        yield ""
    yield from (f"{measure} was not measured: {why}" for measure, why in run.skipped.items())


def _times(figure: Figure, goal: float) -> float:
    if figure.unit == "dB" and figure.ratio is None:
        short = goal - figure.judged if figure.better == "more" else figure.judged - goal
        return float(2 ** (short / _DECIBELS_OF_TWICE))
    over, under = (goal, figure.judged) if figure.better == "more" else (figure.judged, goal)
    if under == 0:
        return float("inf") if over > 0 else 1.0
    return over / under
