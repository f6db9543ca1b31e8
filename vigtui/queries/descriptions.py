"""How a family's people describe the child and the relationship: the start beside the end."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.records import Cycle, Description
from vigtui.domain.vocabulary import Described, DescribedWhen
from vigtui.queries.visits import Visit

ASKED = (Described.CHILD, Described.RELATIONSHIP)
"""What is asked of everybody; how somebody describes themselves is written down where they say it."""


class Pair(Struct, frozen=True):
    """What one speaker said of one thing, at the start and at the end, each in the order of its days."""

    speaker: str
    of: Described
    start: tuple[Description, ...]
    end: tuple[Description, ...]


def pairs(descriptions: Iterable[Description]) -> list[Pair]:
    """Return the descriptions by speaker and by what they describe, in the order in which they came."""
    found: dict[tuple[str, Described], list[Description]] = {}
    for each in descriptions:
        found.setdefault((each.speaker, each.of), []).append(each)
    return [
        Pair(
            speaker,
            of,
            tuple(each for each in said if each.when is DescribedWhen.START),
            tuple(each for each in said if each.when is DescribedWhen.END),
        )
        for (speaker, of), said in found.items()
    ]


def to_describe(
    visit: Visit | None, cycles: Sequence[Cycle], usual_cycles: int, descriptions: Iterable[Description]
) -> tuple[DescribedWhen, tuple[Described, ...]] | None:
    """Return what is to be described at a visit, the start or the end: before anything is filmed, and in the
    shared review of the last cycle that is usual; None where nobody is to be asked."""
    when = _when(visit, cycles, usual_cycles)
    if when is None:
        return None
    said = {each.of for each in descriptions if each.when is when}
    missing = tuple(each for each in ASKED if each not in said)
    return (when, missing) if missing else None


def _when(visit: Visit | None, cycles: Sequence[Cycle], usual_cycles: int) -> DescribedWhen | None:
    if not any(each.filmed for each in cycles):
        return DescribedWhen.START
    last = visit is not None and visit.cycle.number >= max(each.number for each in cycles)
    if last and visit is not None and visit.is_review and visit.cycle.number >= usual_cycles:
        return DescribedWhen.END
    return None
