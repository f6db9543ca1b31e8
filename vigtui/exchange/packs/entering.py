"""A pack as it is entered in the register of copies: for each family of which it holds something."""

import datetime as dt
from pathlib import Path

from vigtui.domain.consent.copies import for_each_family
from vigtui.domain.lookup import Find
from vigtui.domain.records import Copy, Family, Person, Session
from vigtui.domain.supervision import purpose_of
from vigtui.domain.vocabulary import CopyKind, Purpose
from vigtui.exchange.packs.contents import Contents


def entries(find: Find, contents: Contents, made: Path, today: dt.date, by: str) -> list[Copy]:
    """Return what is entered for a pack that `by`, the name of whoever is at the keyboard, has made."""
    copy = Copy(
        kind=CopyKind.PACK,
        about=contents.about,
        file=made.name,
        holder=_meant_for(find, contents, by),
        reason=_purpose(find, contents).label,
        date=today,
    )
    return for_each_family(copy, contents.records.get(Family.table, ()))


def _purpose(find: Find, contents: Contents) -> Purpose:
    """Return for what it was made: for the session that is in it, else for supervision."""
    sessions = (find(Session, each) for each in contents.records.get(Session.table, ()))
    return next((purpose_of(each) for each in sessions if each), Purpose.SUPERVISION)


def _meant_for(find: Find, contents: Contents, by: str) -> str:
    """Return the id of the other one of a supervision of two; "" where that is not known."""
    sessions = [find(Session, each) for each in contents.records.get(Session.table, ())]
    there = {each for session in sessions if session for each in (*session.trainees, session.supervisor)}
    people = [person for each in there if (person := find(Person, each))]
    others = [person.id for person in people if person.name != by]
    return others[0] if by and len(people) == 2 and len(others) == 1 else ""
