"""What a family's cycles have reached."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from vigtui.domain.records import Cycle, Family, Recording
from vigtui.domain.vocabulary import RecordingKind
from vigtui.values.signs import CYCLE_DONE, CYCLE_HALF_DONE, CYCLE_TO_COME


def counts(cycle: Cycle) -> bool:
    """Return whether a cycle counts: filmed and reviewed."""
    return cycle.filmed is not None and cycle.reviewed is not None


def symbol(cycle: Cycle) -> str:
    """Return ● for a cycle that counts, ◐ once it is filmed, ○ before."""
    if counts(cycle):
        return CYCLE_DONE
    return CYCLE_HALF_DONE if cycle.filmed else CYCLE_TO_COME


def progress(cycles: Iterable[Cycle], expected: int = 0) -> str:
    """Return the cycles' symbols in order, as "● ◐ ○", with ○ up to the number `expected`."""
    symbols = [symbol(cycle) for cycle in in_order(cycles)]
    symbols += [CYCLE_TO_COME] * (expected - len(symbols))
    return " ".join(symbols)


def in_order(cycles: Iterable[Cycle]) -> list[Cycle]:
    """Return the cycles by their numbers; by id where two people have given the same."""
    return sorted(cycles, key=lambda cycle: (cycle.number, cycle.id))


def next_number(cycles: Iterable[Cycle]) -> int:
    """Return the number of a family's next cycle."""
    return max((cycle.number for cycle in cycles), default=0) + 1


def current(cycles: Sequence[Cycle]) -> Cycle | None:
    """Return the cycle being worked on: the first that does not count yet, else the last."""
    ordered = in_order(cycles)
    return next((cycle for cycle in ordered if not counts(cycle)), ordered[-1] if ordered else None)


def guider_then(cycle: Cycle, family: Family | None) -> str:
    """Return the id of whoever guided the cycle: the family's guider, unless it says who it was."""
    return cycle.guider or (family.guider if family else "")


def kept_by_guider(cycles: Iterable[Cycle], before: Family, after: Family) -> list[Cycle]:
    """Return the filmed cycles of a family whose guider changes, each with the guider it had."""
    if not before.guider or before.guider == after.guider:
        return []
    return [replace(cycle, guider=before.guider) for cycle in cycles if cycle.filmed and not cycle.guider]


def with_step_of(cycle: Cycle, recording: Recording) -> Cycle:
    """Return the cycle with the step that this recording shows to have happened: filming, or the review."""
    if recording.kind is RecordingKind.INTERACTION:
        return replace(cycle, filmed=cycle.filmed or recording.filmed)
    return replace(cycle, reviewed=cycle.reviewed or recording.filmed)
