"""Things that stand in an order which somebody chose: each has its place as a number, `order`."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace


class Ordered(Protocol):
    """A struct with an id and its place in an order."""

    @property
    def id(self) -> str: ...
    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Ordered)


def next_order(things: Iterable[Ordered]) -> int:
    """Return the `order` that puts a new one last."""
    return max((each.order for each in things), default=0) + 1


def moved_by(in_order: Sequence[T], one: T, by: int) -> list[T]:
    """Return these things with one of them earlier (-1) or later (1), all numbered again; nothing at either
    end."""
    found = list(in_order)
    place = [each.id for each in found].index(one.id)
    if not 0 <= place + by < len(found):
        return []
    found[place], found[place + by] = found[place + by], found[place]
    return [
        cast("T", replace(cast("Struct", each), order=order)) for order, each in enumerate(found, start=1)
    ]
