"""How rules look at other records, wherever those are kept."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from vigtui.domain.records import Record

R = TypeVar("R", bound=Record)


class Find(Protocol):
    """Looks a record up by its kind and id, as `Caseload.get` does."""

    def __call__(self, kind: type[R], id: str, /) -> R | None: ...  # noqa: A002


class Where(Protocol):
    """Finds the records of a kind by the values of their fields, as `Caseload.where` does; all of them when
    no field is given."""

    def __call__(self, kind: type[R], /, **equals: object) -> Iterable[R]: ...
