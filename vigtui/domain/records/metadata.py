"""What the declaration of a field can say about it, apart from its type: the terms, not the facts.

The facts are in `Annotated` beside the type of each field, in the modules beside this one. msgspec passes
over them; `vigtui.domain.records.schema` looks them up.
"""

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import Any, Literal

from msgspec import Struct

MEMBERS = "members"
"""Where a `Ref` finds the members of families. They are parts of their families, in no table of their own."""

OnRemoval = Literal["cascade", "clear", "refuse", "keep"]


class Label(Struct, frozen=True):
    """What a field is called, as in "caption changed". A field without one is called by its name."""

    words: str


class Sort(Enum):
    """How two values of a field are both kept. Unless declared, a tuple is a LIST, a Struct has PARTS, and
    anything else is ONE."""

    ONE = "a number, a day, a choice, somebody's own words: one of the two is right"
    TEXT = "a text that somebody wrote: one stands after the other"
    LIST = "several things: the lists are put together"
    PARTS = "fields of its own: each by itself"


class Ref(Struct, frozen=True):
    """The field holds the id, or the ids, of records of these tables.

    `owner`: the record that holds it belongs to the other one, in histories, under a family's heading, and
    where one is removed while the other is written.

    `on_removal` is what becomes of the record that holds it when the other one is removed. "cascade": it is
    removed as well. "clear": it stays, and the reference is emptied; where `or_words`, it holds the other's
    name from then on. "refuse": the other one cannot be removed. "keep": nothing.

    `about`: what the record says is about the other one. It is erased with it, wherever it was written.

    `or_words`: the field may hold a name, or other words, instead of an id.
    """

    tables: tuple[str, ...]
    owner: bool = False
    on_removal: OnRemoval = "keep"
    or_words: bool = False
    about: bool = False


class Secret(Struct, frozen=True):
    """The field holds what opens something. It is in the file, and in no words: neither on a screen nor on a
    paper."""


class Order(Enum):
    """Orders of values that cannot be listed."""

    LEAST = "the earliest day or the lowest number; none at all comes last"
    SOME = "any words before none"
    ALL = "everybody who is in any of the lists; no list at all stands for more than any"
    NAMED = "named days before none, the fewest first; no day named stands for all days"


class Safer(Struct, frozen=True):
    """Not every value of the field protects people alike. Of competing values the one that comes first in
    `order` is shown, and counts, until somebody has decided. A value that is not listed comes last."""

    order: tuple[str | bool, ...] | Order

    def rank(self, value: Any) -> tuple[int, float, str]:
        """Return what sorts values, as records or files hold them, by how much they protect: the safest
        first."""
        if isinstance(self.order, tuple):
            return (self.order.index(value) if value in self.order else len(self.order)), 0, ""
        if self.order is Order.ALL:
            return int(value is not None), 0, ""
        if self.order is Order.NAMED:
            return int(not value), len(value or ()), ",".join(map(str, value or ()))
        if self.order is Order.SOME:
            return int(not value), 0, ""
        if isinstance(value, int | float):
            return 0, value, ""
        return (0, 0, str(value)) if isinstance(value, str | dt.date) and value else (1, 0, "")

    def safest(self, values: Iterable[Any]) -> Any:
        """Return the first of the values than which none protects more; of lists what is in any of them.
        Raises ValueError without values."""
        known = list(values)
        if self.order is Order.ALL and all(isinstance(each, list | tuple) for each in known):
            return list(dict.fromkeys(item for each in known for item in each))
        return min(known, key=self.rank)


class Together(Struct, frozen=True):
    """The fields of a kind with the same `thing` belong together: where a clip begins and ends, which file a
    film is. Where people changed one of them each, both changes compete, and the values that are shown all
    come from one version."""

    thing: str
