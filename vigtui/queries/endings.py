"""How the work with families ended, counted by the service's reasons."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.records import Family
from vigtui.domain.vocabulary import FamilyState
from vigtui.values.text import folded, one_line


class Ending(Struct, frozen=True):
    """A reason, "" where none was said, and the families whose work ended so."""

    reason: str
    families: tuple[Family, ...]


def endings(families: Iterable[Family], reasons: Sequence[str]) -> list[Ending]:
    """Return those of the families whose work has ended by reason: first the service's `reasons`, also those
    of none, then what was said in other words; last, if there are any, those of whom no reason is known."""
    words = {folded(reason): reason for reason in reasons}
    found: dict[str, list[Family]] = {folded(reason): [] for reason in reasons}
    for family in families:
        if family.state is FamilyState.ENDED:
            reason = one_line(family.closure.reason)
            words.setdefault(folded(reason), reason)
            found.setdefault(folded(reason), []).append(family)
    unknown = found.pop("", [])
    told = [Ending(words[key], tuple(each)) for key, each in found.items()]
    return [*told, *([Ending("", tuple(unknown))] if unknown else [])]
