"""How rules look at other records, wherever those are kept; and records by what they belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from vigtui.domain.records import CaseloadMeta, Record

R = TypeVar("R", bound=Record)


def by_field(records: Iterable[R], field: str) -> defaultdict[str, list[R]]:
    """Return the records by the id, or the word, in one of their fields: clips by their recording."""
    found: defaultdict[str, list[R]] = defaultdict(list)
    for record in records:
        found[getattr(record, field)].append(record)
    return found


class Find(Protocol):
    """Looks a record up by its kind and id, as `Caseload.get` does."""

    def __call__(self, kind: type[R], id: str, /) -> R | None: ...


class Where(Protocol):
    """Finds the records of a kind by the values of their fields, as `Caseload.where` does; all of them when
    no field is given."""

    def __call__(self, kind: type[R], /, **equals: object) -> Iterable[R]: ...


class EveryVersion(Protocol):
    """Records with all their versions, as a `Caseload` has them, for what must not be decided by one version
    alone."""

    @property
    def meta(self) -> CaseloadMeta: ...

    def where(self, kind: type[R], /, **equals: object) -> Iterable[R]: ...

    def versions(self, kind: type[R], id: str, /) -> Sequence[R]:
        """The record as it is shown, and then each of its versions where several compete."""
        ...

    def competing(self, kind: type[Record], /) -> Iterable[str]:
        """The ids of the records of a kind of which several versions compete."""
        ...

    def is_removed_in_a_version(self, kind: type[Record], id: str, /) -> bool:
        """Whether somebody has removed the record that is shown, and another has changed it."""
        ...

    def unused(self, kind: type[Record], /) -> Sequence[Mapping[str, object]]:
        """The entries of a kind that cannot be read, or have the id of another: they may say no."""
        ...
