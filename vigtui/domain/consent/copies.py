"""Copies that left: which are out, which are late, and entering one for each family that it concerns."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Copy, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.values.identity import new_id


def is_out(copy: Copy) -> bool:
    """Whether a copy is still with somebody who is to give it back or destroy it."""
    return not copy.stays and copy.given_back is None and copy.destroyed is None


def is_late(copy: Copy, today: dt.date) -> bool:
    """Whether a copy is out past the day until which somebody was to have it."""
    return is_out(copy) and copy.until is not None and copy.until < today


def out_of(where: Where, family: str) -> list[Copy]:
    """Return the copies about this family that are out, the oldest first."""
    return sorted((each for each in where(Copy, family=family) if is_out(each)), key=lambda each: each.date)


def last_backup(where: Where) -> dt.datetime | None:
    """Return when a backup that is still out was last brought up to date; None while there is none."""
    return max((each.renewed for each in where(Copy) if each.renewed and is_out(each)), default=None)


def deleted_in(find: Find, copy: Copy) -> int:
    """Return of how many recordings a copy has film that is to be nowhere any more."""
    found = (find(Recording, each) for each in copy.films)
    return sum(film is None or film.state is RecordingState.DELETED for film in found)


def deleted_in_backups(where: Where, find: Find) -> int:
    """Return of how many recordings the backup that has most of them still has such film."""
    return max((deleted_in(find, each) for each in where(Copy) if each.films and is_out(each)), default=0)


def for_each_family(copy: Copy, families: Iterable[str]) -> list[Copy]:
    """Return a copy as it is entered: for each of these families, by id, one that is the same thing; without
    families, as it is."""
    several = sorted(set(families))
    thing = new_id() if len(several) > 1 else ""
    return [replace(copy, id=new_id(), family=each, thing=thing) for each in several] or [copy]


def same_thing(where: Where, copy: Copy) -> list[Copy]:
    """Return the copy, with those that other families have of the same thing."""
    others = where(Copy, thing=copy.thing) if copy.thing else ()
    return [copy, *(each for each in others if each.id != copy.id)]


def changed_together(copies: Sequence[Copy], **values: Any) -> list[Copy]:
    """Return the copies of one thing, each with these values."""
    return [replace(each, **values) for each in copies]
