"""Two runs beside one another: what is beyond the noise, and what is missing.

A difference is beyond the noise when it is more than three times what both figures, and the machine, are
likely to be off. Ratios bear another machine, and a busy one as far as the same command beside itself does.
Times do not: they are held against the pace of the machine in their own run, and left alone where the two
runs were on different machines. On a machine whose cores had more to do than they could, they are left alone
too, and film as it plays, which gets fewer pictures there.
"""

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from tests.bench.figures.figure import AGAINST_ITSELF, Figure
from tests.bench.figures.results import Results
from tests.bench.figures.telling import number

_BEYOND = 3.0
_UNKNOWN = 0.03
"""What a figure that was measured once is taken to be off, as a part of it."""
_LEAST = 0.01
"""What a time is taken to be off, at least: a few rounds may agree by chance, and clocks tick."""
_TIMES = {"s", "ms"}
_OF_THE_PROCESSOR = _TIMES | {"% of a core"}
_DECIBELS = 0.1
"""What a figure in dB is taken to be off, at least. In dB a part of the value means nothing."""


class Verdict(Enum):
    """What became of a figure."""

    WORSE = "Worse, beyond the noise"
    BETTER = "Better, beyond the noise"
    MISSING = "Missing in the new run"
    ADDED = "New"
    WITHIN = "Within the noise"
    UNJUDGED = "Not compared: times on different machines; times and film on a busy one"


@dataclass(frozen=True)
class Compared:
    """A figure of one run or of both, and what became of it. `reach` is how far it might have moved by
    chance, in its own unit."""

    verdict: Verdict
    measure: str
    name: str
    old: Figure | None
    new: Figure | None
    reach: float = 0.0

    def __str__(self) -> str:
        if self.old is None or self.new is None:
            return self.name
        unit = "times" if self.new.ratio is not None else self.new.unit
        old, new = self.old.judged, self.new.judged
        change = f", {(new - old) / old:+.1%}" if old and unit != "dB" else ""
        return f"{self.name}: {number(old)} to {number(new)} {unit}{change} (noise {number(self.reach)})"


def compare(old: Results, new: Results) -> list[Compared]:
    """Compare all figures that are ours to judge, in the order of the new run."""
    before, after = dict(_judged(old)), dict(_judged(new))
    found = [
        Compared(Verdict.ADDED, key[0], _name(key), None, figure)
        if key not in before
        else _compared(key, before[key], figure, old, new)
        for key, figure in after.items()
    ]
    missing = [
        Compared(Verdict.MISSING, key[0], _name(key), before[key], None) for key in before if key not in after
    ]
    return found + missing


def told(old: Results, new: Results, found: list[Compared]) -> Iterator[str]:
    """Yield lines that say what `compare` found."""
    for title, run in (("old", old), ("new", new)):
        pace = f"{statistics.median(run.pace.times):.1f} ms for a piece of work" if run.pace.times else ""
        yield f"{title}: {run.version} {run.commit} of {run.day}, {run.machine.processor}, {pace}"
    if old.machine != new.machine:
        yield "These are different machines, or something that they run on is."
    for verdict in Verdict:
        those = [each for each in found if each.verdict is verdict]
        if those or verdict is Verdict.WORSE:
            yield f"\n{verdict.value}: {len(those) or 'nothing'}"
        if verdict not in (Verdict.WITHIN, Verdict.UNJUDGED):
            yield from _lines(those, old, new)
    for measure, why in new.skipped.items():
        yield f"\n{measure} was not measured: {why}"


def _lines(those: list[Compared], old: Results, new: Results) -> Iterator[str]:
    """Yield a line for each, and one for a whole measure that only one of the runs has."""
    for measure, each in groupby(those, key=lambda one: one.measure):
        same = list(each)
        if measure in old.figures and measure in new.figures:
            yield from (f"  {one}" for one in same)
        else:
            yield f"  {measure}, all of it: {len(same)}"


Key = tuple[str, str, str]


def _judged(run: Results) -> Iterator[tuple[Key, Figure]]:
    for measure, figures in run.figures.items():
        for figure in figures:
            if figure.better != "neither" and figure.name != AGAINST_ITSELF:
                yield (measure, figure.about, figure.name), figure


def _name(key: Key) -> str:
    return ": ".join(key)


def _compared(key: Key, before: Figure, after: Figure, old: Results, new: Results) -> Compared:
    is_time = after.ratio is None and after.unit in _TIMES
    elsewhere = old.machine.processor != new.machine.processor
    is_clocked = is_time or after.in_real_time or (after.ratio is None and after.unit == "1/s")
    if (is_time and elsewhere) or (is_clocked and (old.pace.is_busy or new.pace.is_busy)):
        return Compared(Verdict.UNJUDGED, key[0], _name(key), before, after)
    reach = _BEYOND * math.hypot(_off(key[0], before, old), _off(key[0], after, new))
    moved = after.judged - before.judged * (_slower(key[0], old, new) if is_time else 1.0)
    if abs(moved) <= reach:
        verdict = Verdict.WITHIN
    else:
        verdict = Verdict.BETTER if (moved > 0) == (after.better == "more") else Verdict.WORSE
    return Compared(verdict, key[0], _name(key), before, after, reach)


def _off(measure: str, figure: Figure, run: Results) -> float:
    """By how much a figure is likely to be off: as it says itself, or as the machine does."""
    if figure.unit == "dB":
        return max(_DECIBELS, figure.noise or 0.0)
    itself = _UNKNOWN * abs(figure.judged) if figure.noise is None else figure.noise
    if figure.unit not in _OF_THE_PROCESSOR:
        return itself
    anywhere = _spread(run.pace.times) if figure.ratio is None else max(run.noise.values(), default=0.0)
    return max(itself, abs(figure.judged) * max(_LEAST, run.noise.get(measure, anywhere)))


def _spread(times: list[float]) -> float:
    """How much the pace of a machine went up and down in a run, as a part of it."""
    return statistics.stdev(times) / statistics.median(times) if len(times) > 1 else 0.0


def _slower(measure: str, old: Results, new: Results) -> float:
    """How many times as long the machine took for the same work around a measure of the new run."""
    before, after = old.pace.of(measure), new.pace.of(measure)
    return after / before if before and after else 1.0
