"""Who works with families."""

import datetime as dt
from typing import Annotated

from msgspec import Struct

from vigtui.domain.records.metadata import Label
from vigtui.domain.records.record import Colleague, Record
from vigtui.domain.vocabulary import Hours, Role


class Availability(Struct, frozen=True, kw_only=True):
    """How much time somebody has for VIG, from a day to a day, both inclusive. No end: it goes on."""

    hours: Hours
    start: Annotated[dt.date | None, Label("from")] = None
    end: Annotated[dt.date | None, Label("to")] = None


class RoleHeld(Struct, frozen=True, kw_only=True):
    """A role that somebody had, or has, from a day to a day, both inclusive. No end: it goes on."""

    role: Role
    start: Annotated[dt.date | None, Label("from")] = None
    end: Annotated[dt.date | None, Label("to")] = None


class Person(Record, frozen=True, kw_only=True):
    """Somebody who works: never a family member.

    `roles` and `hours` are those of now, and of every day that no span of `roles_held` and `availability`
    tells of.
    """

    table = "people"
    singular, plural = "colleague", "colleagues"

    name: str
    roles: tuple[Role, ...] = ()
    profession: str = ""
    hours: Hours = Hours.FULL_TIME
    itc_date: Annotated[dt.date | None, Label("day of the initial training")] = None
    supervisor: Colleague = ""
    active: Annotated[bool, Label("whether they work here now")] = True
    availability: Annotated[tuple[Availability, ...], Label("time for VIG, by days")] = ()
    roles_held: Annotated[tuple[RoleHeld, ...], Label("roles, by days")] = ()
