"""Who works with families."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.metadata import Label
from vigtui.domain.records.record import Colleague, Record
from vigtui.domain.vocabulary import Hours, Role


class Person(Record, frozen=True, kw_only=True):
    """Somebody who works: never a family member."""

    table = "people"
    singular, plural = "colleague", "colleagues"

    name: str
    roles: tuple[Role, ...] = ()
    profession: str = ""
    hours: Hours = Hours.FULL_TIME
    itc_date: Annotated[dt.date | None, Label("day of the initial training")] = None
    supervisor: Colleague = ""
    active: Annotated[bool, Label("whether they work here now")] = True
