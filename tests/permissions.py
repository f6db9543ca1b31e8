"""Records without a caseload, and permissions to use their film."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.records import CaseloadMeta, Consent, Cycle, Family, Member, Record, Recording
from vigtui.domain.vocabulary import Decision, Purpose

R = TypeVar("R", bound=Record)

TODAY = dt.date(2026, 11, 22)


class Records:
    """These records and no others. `competing` are further versions by id; those `removed` in one of them.
    `unused` are entries that cannot be read."""

    def __init__(
        self,
        *records: Record,
        competing: Mapping[str, Sequence[Record]] = {},
        removed: Sequence[str] = (),
        unused: Sequence[tuple[type[Record], Mapping[str, object]]] = (),
        meta: CaseloadMeta | None = None,
    ) -> None:
        self.records = list(records)
        self.meta = meta or CaseloadMeta()
        self._competing, self._removed, self._unused = competing, removed, unused

    def where(self, kind: type[R], /, **equals: object) -> list[R]:
        return [
            each
            for each in self.records
            if isinstance(each, kind) and all(getattr(each, name) == equals[name] for name in equals)
        ]

    def versions(self, kind: type[R], record_id: str, /) -> list[R]:
        shown = self.where(kind, id=record_id)
        others = [each for each in self._competing.get(record_id, ()) if isinstance(each, kind)]
        return [*shown, *others] if shown else []

    def competing(self, kind: type[Record]) -> list[str]:
        return [key for key, found in self._competing.items() if isinstance(found[0], kind)]

    def is_removed_in_a_version(self, kind: type[Record], record_id: str, /) -> bool:
        return record_id in self._removed

    def unused(self, kind: type[Record], /) -> Sequence[Mapping[str, object]]:
        return [entry for each, entry in self._unused if each is kind]


def permission(recording: Recording, use: Use = Use.WATCH) -> Permission:
    """Permission for film of a family of one, who has agreed to everything."""
    dana = Member(label="Dana")
    family = Family(code="F-1", members=(dana,))
    agreed = (
        Consent(family=family.id, member=dana.id, purpose=purpose, decision=Decision.GIVEN, date=TODAY)
        for purpose in Purpose
    )
    cycle = Cycle(id=recording.cycle, family=family.id, number=1)
    made = permit(Records(family, cycle, recording, *agreed), recording.id, use, Purpose.FILM, TODAY)
    assert isinstance(made, Permission)
    return made
