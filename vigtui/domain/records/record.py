"""What all records have, and the types of field that many share."""

import datetime as dt
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from vigtui.domain.records.metadata import MEMBERS, Ref, Sort
from vigtui.values.identity import new_id

Milliseconds = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]
Score = Annotated[int, Meta(ge=0, le=10)]

Text = Annotated[str, Sort.TEXT]
"""A text that somebody wrote and others may continue."""

Colleague = Annotated[str, Ref(("people",), on_removal="refuse")]
"""The id of somebody who works. A colleague whom a record names is not removed: they are no longer active."""

Somebody = Annotated[str, Ref((MEMBERS, "people"), on_removal="clear", or_words=True)]
"""A member of the family or a colleague by id, or anybody else by name."""

FamilyId = Annotated[str, Ref(("families",), owner=True, on_removal="cascade")]
"""The family whose record this is."""


class Ancestor(Struct, frozen=True, array_like=True):
    """The last version that one writer, a run of the program, made of a record: its revision, when and by
    whom, and at which generation the writer last changed each field that it changed; "created" is that of the
    making."""

    rev: str
    at: dt.datetime | None = None
    by: str = ""
    fields: dict[str, int] = {}


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """What every record has. All but `id` is set by the store when the record is saved: its revision `rev`,
    the writers it came from and the fields its own writer `changed`, when and by whom.

    Each kind of record names its `table`, and what one and several of its records are called. None can hold
    itself, so the garbage collector need not look at them.
    """

    table: ClassVar[str]
    singular: ClassVar[str]
    plural: ClassVar[str]

    id: str = field(default_factory=new_id)
    rev: str = ""
    ancestors: tuple[Ancestor, ...] = ()
    changed: dict[str, int] = {}
    created: dt.datetime | None = None
    modified: dt.datetime | None = None
    by: str = ""
