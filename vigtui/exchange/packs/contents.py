"""What goes into a pack and what stays behind: decided before anything is written."""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from vigtui.domain.consent.access import Permission
from vigtui.domain.records import Clip
from vigtui.exchange.left_out import LeftOut
from vigtui.store.snapshot import Snapshot
from vigtui.wording.removing.handing_over import records_of


class ClipToCut(Struct, frozen=True):
    """A clip, what it is called ("F-017 C2-1"), and the permissions to cut it and to copy what is said.
    `late` is the day by which its film was to be deleted, where that is past."""

    clip: Clip
    name: str
    cut: Permission
    copy: Permission
    late: dt.date | None = None


class Contents(Struct, frozen=True):
    """What goes into a pack. `records` are the ids in each table; `left_out` is what one could expect to find
    and will not, `rest` counts everything else in words; `absent` are the ids of records that are named in
    the pack and are not in it; `film_names` are what the films that go in are called on this disk, which
    their records keep."""

    about: str
    records: dict[str, frozenset[str]]
    cuts: tuple[ClipToCut, ...]
    left_out: tuple[LeftOut, ...]
    rest: str
    absent: frozenset[str]
    film_names: tuple[str, ...]

    @property
    def words(self) -> str:
        """`1 family, 2 cycles...`: what goes in, by kind."""
        return counted({table: len(ids) for table, ids in self.records.items()})


Choose = Callable[[Snapshot, dt.date], Contents]
"""Decides what goes into a pack on a day. Raises NothingToPackError."""


def counted(counts: dict[str, int]) -> str:
    """Return how many records there are of each kind: `1 family, 2 cycles`."""
    return ", ".join(records_of(table, count) for table, count in counts.items() if count)
