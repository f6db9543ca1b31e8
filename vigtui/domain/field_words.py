"""The fields of every record in the field's own words, and what is to be done with two values of one."""

from enum import Enum
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from vigtui.domain import records as r


class Sort(Enum):
    """What a field holds, as far as telling of it and keeping two values of it goes."""

    FACT = "a number, a day, a choice, or words that are somebody's own: one of two values is right"
    TEXT = "a text somebody wrote: two can stand one after the other"
    LIST = "several things: two lists can be put together"
    NAME = "the id of a record, or of somebody"
    NAMES = "several such ids"
    PARTS = "several fields of its own"


class FieldWords(Struct, frozen=True):
    """What a field is called, as in "caption changed", and what it holds."""

    words: str
    sort: Sort = Sort.FACT


BOOKKEEPING = frozenset({"id", "rev", "ancestors", "changed", "created", "modified", "by"})
"""The store's own fields, of which nothing is told."""

_TEXT, _LIST, _NAME, _NAMES = Sort.TEXT, Sort.LIST, Sort.NAME, Sort.NAMES
_FIELDS: dict[type[Struct], dict[str, str | tuple[str, Sort]]] = {
    r.CaseloadMeta: {
        "schema": "version of the file",
        "service": "name of the service",
        "demo": "whether it is the demo",
        "film_kept_days": "days that film is kept",
        "traject_headings": ("headings of the traject plan", _LIST),
    },
    r.Person: {
        "name": "name",
        "roles": ("roles", _LIST),
        "profession": "profession",
        "hours": "hours",
        "itc_date": "day of the initial training",
        "supervisor": ("supervisor", _NAME),
        "active": "whether they work here now",
    },
    r.Family: {
        "code": "code",
        "pseudonym": "pseudonym",
        "guider": ("guider", _NAME),
        "social_worker": ("social worker", _NAME),
        "setting": "setting",
        "state": "state of the work",
        "referred": "day of referral",
        "reasons": ("reasons", _TEXT),
        "whose_idea": ("whose idea it was", _TEXT),
        "fit": ("why VIG fits now", Sort.PARTS),
        "closure": ("how the work ended", Sort.PARTS),
        "members": ("members", _LIST),
    },
    r.Member: {"label": "label", "relation": "relation", "filmed": "whether they are filmed"},
    r.Fit: {
        "timescales": ("timescales", _TEXT),
        "formulation": ("formulation", _TEXT),
        "chronology": ("chronology", _TEXT),
    },
    r.Closure: {"reason": "reason", "words": ("words", _TEXT)},
    r.StatusSpan: {"family": ("family", _NAME), "kind": "status", "start": "start", "end": "end"},
    r.Consent: {
        "family": ("family", _NAME),
        "member": ("member", _NAME),
        "purpose": "purpose",
        "decision": "decision",
        "given_by": ("who decided", _NAME),
        "date": "day",
        "until": "last day",
    },
    r.HelpingQuestion: {
        "family": ("family", _NAME),
        "owner": ("whose question it is", _NAME),
        "words": "words",
        "agreed": "day it was agreed",
        "ended": "day it ended",
        "superseded_by": ("later wording", _NAME),
    },
    r.Rating: {
        "question": ("helping question", _NAME),
        "rater": ("rater", _NAME),
        "date": "day",
        "cycle": ("cycle", _NAME),
        "value": "value",
        "words": ("words", _TEXT),
    },
    r.Cycle: {
        "family": ("family", _NAME),
        "number": "number",
        "kind": "kind",
        "planned": "day planned",
        "filmed": "day of filming",
        "edited": "day of editing",
        "reviewed": "day of the shared review",
        "activity": ("activity", _TEXT),
        "next_step": ("next step", _TEXT),
    },
    r.Recording: {
        "cycle": ("cycle", _NAME),
        "kind": "kind",
        "path": "film file",
        "duration_ms": "length",
        "size": "size in bytes",
        "fingerprint": "fingerprint of the film",
        "filmed": "day of filming",
        "delete_by": "day by which it is to be deleted",
        "hold_reason": ("reason to keep it longer", _TEXT),
        "state": "state of the film",
    },
    r.Clip: {
        "recording": ("recording", _NAME),
        "in_ms": "in-point",
        "out_ms": "out-point",
        "title": "title",
        "caption": ("caption", _TEXT),
        "questions": ("helping questions", _NAMES),
        "shown_in_review": "whether it was shown in the shared review",
        "order": "place among the clips",
        "companion": ("companion clip", _NAME),
    },
    r.Still: {"clip": ("clip", _NAME), "at_ms": "moment", "caption": ("caption", _TEXT)},
    r.Tag: {
        "clip": ("clip", _NAME),
        "at_ms": "moment",
        "who": ("who did it", _NAME),
        "principle": "principle",
        "item": "what they did",
    },
    r.TrajectEntry: {
        "family": ("family", _NAME),
        "heading": "heading",
        "kind": "kind",
        "words": ("words", _TEXT),
        "date": "day",
    },
    r.Session: {
        "supervisor": ("supervisor", _NAME),
        "trainees": ("trainees", _NAMES),
        "date": "day",
        "minutes": "minutes",
        "mode": "mode",
        "programme": ("programme", _NAME),
        "stage": "stage",
        "state": "state of the record",
        "opening": ("opening", _TEXT),
        "strengths": ("strengths", _TEXT),
        "agreed": "agreement",
        "amendments": ("amendments", _LIST),
    },
    r.Agreement: {"by": ("agreed by", _NAMES), "at": "agreed"},
    r.Amendment: {"by": ("by", _NAME), "at": "day", "words": "words"},
    r.SessionItem: {
        "session": ("supervision", _NAME),
        "order": "place on the agenda",
        "clip": ("clip", _NAME),
        "companion": ("companion clip", _NAME),
        "trainee_question": ("trainee’s question", _TEXT),
        "seen_together": ("what was seen together", _TEXT),
        "working_point": ("working point", _TEXT),
        "next_step": ("next step", _TEXT),
        "agreed": "agreement",
    },
    r.Note: {
        "about": ("what it is about", _NAME),
        "author": ("author", _NAME),
        "visibility": "who reads it",
        "body": ("words", _TEXT),
    },
    r.Programme: {"name": "name", "stages": ("stages", _LIST)},
    r.Stage: {
        "name": "name",
        "clients": "clients",
        "cycles": "cycles",
        "hours": "hours",
        "gate": "gate",
    },
    r.Enrolment: {
        "person": ("person", _NAME),
        "programme": ("programme", _NAME),
        "started": "start",
        "stage": "stage",
        "gates": ("gates", _LIST),
    },
    r.Gate: {"name": "name", "date": "day", "assessor": ("assessor", _NAME)},
    r.Instrument: {"name": "name", "items": ("items", _LIST), "highest": "highest value"},
    r.SkillRating: {
        "instrument": ("skill scale", _NAME),
        "person": ("person", _NAME),
        "rater": ("rater", _NAME),
        "session": ("supervision", _NAME),
        "item": "item",
        "value": "value",
        "words": ("words", _TEXT),
    },
    r.Share: {
        "clip": ("clip", _NAME),
        "audience": "audience",
        "purpose": "purpose",
        "date": "day",
        "consent": ("consent", _NAME),
    },
    r.Deletion: {"recording": ("recording", _NAME), "date": "day", "why": ("reason", _TEXT)},
    r.Voice: {
        "family": ("family", _NAME),
        "speaker": ("speaker", _NAME),
        "words": "words",
        "date": "day",
        "may_quote": "whether it may be quoted",
    },
}

FIELDS: dict[type[Struct], dict[str, FieldWords]] = {
    kind: {
        name: FieldWords(given) if isinstance(given, str) else FieldWords(*given)
        for name, given in fields.items()
    }
    for kind, fields in _FIELDS.items()
}
"""The fields of each kind of record, of their parts, and of the caseload's settings."""


def field_words(kind: type[Struct], name: str) -> FieldWords:
    """Return what is known of a field; one from a newer version is called by its name in the file."""
    return FIELDS[kind].get(name) or FieldWords(name.replace("_", " "))


def both(kind: type[Struct], name: str, one: Any, other: Any) -> Any:
    """Return a value that keeps what both values of a field say, as they stand in the file; UNSET where that
    makes no sense: a day cannot be two days, and a client's own words are not put together from two."""
    sort = field_words(kind, name).sort
    if sort is Sort.TEXT and isinstance(one, str) and isinstance(other, str):
        return _texts(one, other) if one and other else UNSET
    if sort in (Sort.LIST, Sort.NAMES) and isinstance(one, list) and isinstance(other, list):
        return _lists(one, other) if one and other else UNSET
    if sort is Sort.PARTS and isinstance(one, dict) and isinstance(other, dict):
        return _parts(PARTS[kind, name], one, other)
    return UNSET


PARTS: dict[tuple[type[Struct], str], type[Struct]] = {
    (r.Family, "fit"): r.Fit,
    (r.Family, "closure"): r.Closure,
}
"""What the fields that have fields of their own hold."""


def _texts(one: str, other: str) -> str:
    if other.strip() in one:
        return one
    return other if one.strip() in other else f"{one.rstrip()}\n\n{other.lstrip()}"


def _lists(one: list[Any], other: list[Any]) -> list[Any] | UnsetType:
    """Return the items of both. What is there twice under one id, and says different things, is one thing."""
    ids = {item["id"] for item in one if isinstance(item, dict) and "id" in item}
    more = [item for item in other if item not in one]
    if any(isinstance(item, dict) and item.get("id") in ids for item in more):
        return UNSET
    return [*one, *more]


def _parts(kind: type[Struct], one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any] | UnsetType:
    found = dict(one)
    for name, value in other.items():
        if found.get(name) and value and found[name] != value:
            found[name] = both(kind, name, found[name], value)
        else:
            found[name] = found.get(name) or value
    return UNSET if UNSET in found.values() else found
