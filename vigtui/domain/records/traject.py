"""The traject plan: what changes for a family, under headings of its own."""

import datetime as dt
from typing import Annotated

from msgspec import Struct

from vigtui.domain.records.metadata import Label, Ref
from vigtui.domain.records.record import FamilyId, Record, Text
from vigtui.domain.vocabulary import TrajectKind


class Renamed(Struct, frozen=True, kw_only=True):
    """What a heading was called until that day."""

    words: str
    until: dt.date


class TrajectHeading(Record, frozen=True, kw_only=True):
    """A heading of a family's plan, in its place among the others, from `since` (None: the start) until it is
    dropped. A family that has none of its own has its service's."""

    table = "traject_headings"
    singular, plural = "traject plan heading", "traject plan headings"

    family: FamilyId
    words: str
    order: Annotated[int, Label("place in the plan")] = 0
    since: Annotated[dt.date | None, Label("day it was added")] = None
    ended: Annotated[dt.date | None, Label("day it was dropped")] = None
    renamed: Annotated[tuple[Renamed, ...], Label("what it was called before")] = ()


class TrajectEntry(Record, frozen=True, kw_only=True):
    """One line of the plan, under the heading of that name, from its day until it ended. Where it is said
    differently later, that is a new line, `instead_of` this one."""

    table = "traject"
    singular, plural = "traject plan line", "traject plan lines"

    family: FamilyId
    heading: str
    kind: TrajectKind
    words: Text
    date: Annotated[dt.date, Label("day")]
    ended: Annotated[dt.date | None, Label("day it left the plan")] = None
    instead_of: Annotated[str, Label("earlier wording"), Ref(("traject",), on_removal="clear")] = ""
