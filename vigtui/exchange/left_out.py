"""What stays behind when something goes or comes, and why."""

from collections.abc import Iterable

from msgspec import Struct

_NAMED = 3


class LeftOut(Struct, frozen=True):
    """Something that stays behind, and why: a sentence."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


def by_reason(found: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return one for each reason, in their order: the first few that are left out for it by name, the rest as
    a number."""
    reasons: dict[str, list[str]] = {}
    for each in found:
        reasons.setdefault(each.why, []).append(each.what)
    return tuple(LeftOut(_listed(several), why) for why, several in reasons.items())


def _listed(several: list[str]) -> str:
    named = ", ".join(several[:_NAMED])
    more = len(several) - _NAMED
    return f"{named} and {more:,} more" if more > 0 else named
