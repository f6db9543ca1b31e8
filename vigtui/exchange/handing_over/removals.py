"""What was removed or erased since a family was handed over first: it goes from the receiver's copy, too.

A removal says which record went, when, and who did it; neither what that said nor whose family it was of.
So from a second hand-over on those of the whole caseload go along, since the day of the first; the receiver
takes in those alone whose record is there as one of this family.
"""

import datetime as dt
from collections.abc import Iterable

from vigtui.domain.lookup import Where
from vigtui.domain.records import KIND_OF, Copy, Family, Person, Session
from vigtui.domain.vocabulary import CopyKind
from vigtui.exchange.handing_over.boundaries import all_of
from vigtui.exchange.handing_over.versions import Versions
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, Document, Tables
from vigtui.store.snapshot import Snapshot

_STAY = (Family.table, Person.table, Session.table)
_A_DAY = dt.timedelta(days=1)


def removed_since(source: Snapshot, family: str) -> list[Document]:
    """Return the removals since the family with this id was handed over first; none before that. Those
    without a day are of what was erased with something else."""
    days = [each.date for each in source.where(Copy, family=family) if each.kind is CopyKind.HAND_OVER]
    if not days:
        return []
    since = (min(days) - _A_DAY).isoformat()  # Removals have their day in UTC.
    found = (document(entry) for entry in source.tables.get(DELETED, {}).values())
    return [each for each in found if _may_go(each) and str(each.get("modified") or since) >= since]


def _may_go(removal: Document) -> bool:
    table = removal.get("table")
    return isinstance(table, str) and table in KIND_OF and table not in _STAY


def as_table(removals: Iterable[Document]) -> Tables:
    """Return the table in which a caseload keeps these removals; of what is none, nothing."""
    found = [each for each in removals if _may_go(each) and isinstance(each.get("id"), str)]
    return {DELETED: {str(number): each for number, each in enumerate(found, start=1)}}


def to_be_taken(removed: Tables, came: Tables, where: Where, family: Family) -> Tables:
    """Return the tables with those removals whose record is here as one of the family, and did not come."""
    here = all_of(where, family).keys() - set(Versions(came).all())
    marks = (document(each) for each in removed.get(DELETED, {}).values())
    goes = [each for each in marks if (str(each["table"]), str(each["id"])) in here]
    if not goes:
        return came
    entries = dict(came.get(DELETED, {}))
    first = 1 + max(map(int, entries), default=0)
    return {**came, DELETED: {**entries, **{str(n): each for n, each in enumerate(goes, start=first)}}}
