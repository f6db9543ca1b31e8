"""What is counted of a family's film, and of the consents to it."""

import datetime as dt

from vigtui.domain.consent.decisions import decide
from vigtui.domain.consent.filmed import asked_for_work
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import FamilyState, RecordingState
from vigtui.queries.audit import figures
from vigtui.queries.audit.records import Caseload, FamilyRecords
from vigtui.queries.audit.span import Span
from vigtui.queries.needs import WORK_PURPOSES
from vigtui.queries.register import Part, film_part


def film_names(own: FamilyRecords, span: Span, today: dt.date) -> list[str]:
    """Return the names under which film of a family is counted: what is kept today, by when it is to be
    deleted, and what was deleted in the span."""
    ended = own.family.state is FamilyState.ENDED
    found: list[str] = []
    for film in own.recordings:
        if film.state is not RecordingState.DELETED:
            found += (figures.FILM, f"film/{_state(film, today, ended=ended)}")
    deleted = {each.recording for each in own.deletions if span.holds(each.date)}
    return found + [figures.FILM_DELETED] * len(deleted)


def consent_names(own: FamilyRecords, caseload: Caseload, today: dt.date) -> list[str]:
    """Return the names under which a family's consents are counted: whether everybody asked has agreed to
    what the work needs, today. Where versions compete, the most protective decides."""
    records = caseload.records
    consents = [records.versions(each) for each in own.consents]
    films = [each for film in own.recordings for each in records.versions(film) if each]
    families = [each for each in records.versions(own.family) if each]
    asked = asked_for_work(films, families, caseload.people.get, workers=records.meta.ask_workers)
    missing = [each for each in WORK_PURPOSES if not decide(asked, consents, each, today).allowed]
    if not missing:
        return [figures.CONSENT_COMPLETE]
    return [figures.CONSENT_MISSING, *(f"consents/{each}" for each in missing)]


def _state(film: Recording, today: dt.date, *, ended: bool) -> str:
    part = film_part(film, today)
    if part is Part.HERE:
        return "no_day" if ended and film.delete_by is None else "later"
    return part.name.lower()
