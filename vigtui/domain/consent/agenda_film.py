"""Film for an agenda: whether it may be in the folder of a space, and until when.

It is a copy that others have, so everybody in it has to agree to a cut for the purpose of its session, for as
long as it is there; and that is decided over every version.
"""

import datetime as dt

from vigtui.domain.consent.access import Permission, Refusal, Use, permit_in_session
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import AgendaFilm, Clip, Person, Recording, Session
from vigtui.domain.sessions.reading import may_read_session
from vigtui.values.days import days_later

DAYS, MOST_DAYS, OTHERS_DAYS = 14, 60, 7
"""Until how many days after its session film for an agenda is there, and at most; and after how many more
another machine than that which made it deletes it, unless a person sets other numbers."""


def last_day(session: Session, on: dt.date, days: int, most_days: int) -> dt.date | None:
    """Return until when film for a session is offered to stay: so many days after it, but not in the past;
    None where even the longest time is over."""
    latest = latest_day(session, most_days)
    return None if latest < on else min(latest, max(on, days_later(session.date, days)))


def latest_day(session: Session, most_days: int) -> dt.date:
    """Return until when film for a session may stay at most."""
    return days_later(session.date, most_days)


def deleted_by(records: EveryVersion, recording: str) -> dt.date | None:
    """Return the first day by which any version of a recording wants its film deleted: no cut of it stays
    longer."""
    days = [each.delete_by for each in records.versions(Recording, recording) if each.delete_by is not None]
    return min(days, default=None)


def permit_agenda_film(
    records: EveryVersion, film: AgendaFilm, use: Use, on: dt.date
) -> Permission | Refusal | None:
    """Decide whether this film may be used so today, which is `on` by the clock; None where its clip, or its
    session, is not there any more."""
    clips = records.versions(Clip, film.clip)
    if not clips or not records.versions(Session, film.session):
        return None
    if records.is_removed_in_a_version(Clip, film.clip):
        return None
    recordings = {each.recording for each in clips}
    decisions = [permit_in_session(records, each, use, film.session, on) for each in sorted(recordings)]
    return next((each for each in decisions if isinstance(each, Refusal)), decisions[0])


def ends_on(records: EveryVersion, film: AgendaFilm) -> dt.date:
    """Return the last day of a film: its own, or that by which the recording's film is to be deleted by now,
    if that comes before."""
    recordings = {each.recording for each in records.versions(Clip, film.clip)}
    days = (deleted_by(records, each) for each in recordings)
    return min([film.last_day, *(day for day in days if day is not None)])


def is_over(records: EveryVersion, film: AgendaFilm, on: dt.date) -> bool:
    """Whether the last day of a film is past."""
    return ends_on(records, film) < on


def goes(records: EveryVersion, film: AgendaFilm, on: dt.date, *, own: bool, others_days: int) -> bool:
    """Whether a film has to be deleted by now: nobody sees it any more, or everybody in it does not agree to
    that copy. After its last day whoever made it does that; others wait, since their clock may be wrong,
    and theirs off. Where something cannot be read it stays closed, and waits."""
    last = ends_on(records, film)
    if last < on and (own or days_later(last, others_days) < on):
        return True
    if records.is_removed_in_a_version(AgendaFilm, film.id):
        return True
    decision = permit_agenda_film(records, film, Use.CUT, on)
    return decision is None or (isinstance(decision, Refusal) and not decision.unread)


def seen_for(
    records: EveryVersion, clip: str, session: str, on: dt.date, viewer: Person | None
) -> list[AgendaFilm]:
    """Return the films for a clip that `viewer` may see today, that for the session with this id first, and
    of others the newest."""
    films = [
        each
        for each in records.where(AgendaFilm, clip=clip)
        if not is_over(records, each, on)
        and not records.is_removed_in_a_version(AgendaFilm, each.id)
        and is_for(records, each, viewer)
        and isinstance(permit_agenda_film(records, each, Use.WATCH, on), Permission)
    ]
    films.sort(key=lambda each: each.created.timestamp() if each.created else 0.0, reverse=True)
    return sorted(films, key=lambda each: each.session != session)


def is_for(records: EveryVersion, film: AgendaFilm, viewer: Person | None) -> bool:
    """Whether a film is for this person: who takes part in its session, or supervises, in every version of
    both. The rest of the space does not see what was sent for others' agendas."""
    viewers = (records.versions(Person, viewer.id) if viewer else ()) or (viewer,)
    return all(
        may_read_session(each, session)
        for each in viewers
        for session in records.versions(Session, film.session)
    )
