"""The agreement on a supervision record: each confirms its words, and once all have, it stays as it is.

What was agreed stands a second time, in records of its own, so that a change to it is found, whoever made it
and with whatever program. Whoever changes both is not found.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import structs
from msgspec.structs import replace

from vigtui.domain.records import AgreedWords, Agreement, Confirmation, Session, SessionItem
from vigtui.domain.records.schema import BOOKKEEPING
from vigtui.domain.supervision import in_order, require_open
from vigtui.domain.vocabulary import SessionState
from vigtui.values.identity import id_of

Agreeable = Session | SessionItem

_APART = BOOKKEEPING | {"agreed", "amendments", "state"}
"""The fields that are no words to agree on."""


def signers(session: Session) -> tuple[str, ...]:
    """Return the ids of those who agree a session's record: its supervisor and each of its trainees."""
    return tuple(dict.fromkeys(each for each in (session.supervisor, *session.trainees) if each))


def confirm(session: Session, items: Iterable[SessionItem], person: str, at: dt.datetime) -> Confirmation:
    """Return that a person confirms the words of a record as they are now, in place of what they confirmed
    before. Raises ValueError if it is agreed, or is not theirs to agree."""
    require_open(session)
    if person not in signers(session):
        raise ValueError("The supervisor and the trainees of a session agree its record, nobody else.")
    identity = id_of("confirmation", session.id, person)
    return Confirmation(id=identity, session=session.id, person=person, at=at, words=digest(session, items))


def confirmed(
    session: Session, items: Iterable[SessionItem], confirmations: Iterable[Confirmation]
) -> dict[str, Confirmation]:
    """Return who has confirmed the words of a record as they are now, by person."""
    words = digest(session, items)
    who = signers(session)
    return {each.person: each for each in confirmations if each.words == words and each.person in who}


def agreed_records(
    session: Session, items: Sequence[SessionItem], confirmations: Iterable[Confirmation]
) -> list[Agreeable | AgreedWords]:
    """Return what a record becomes once everybody has confirmed it: agreed, from then on locked, and what was
    agreed a second time; nothing before that. It is the same wherever it is done."""
    people = signers(session)
    if session.state is SessionState.AGREED or not people:
        return []
    found = confirmed(session, items, confirmations)
    if not found.keys() >= set(people):
        return []
    agreement = Agreement(by=people, at=max(each.at for each in found.values()))
    own = in_order(items, session.id)
    agreed: list[Agreeable] = [
        replace(session, state=SessionState.AGREED, agreed=agreement),
        *(replace(each, agreed=agreement) for each in own),
    ]
    return [*agreed, *(kept_words(each) for each in agreed)]


def kept_words(record: Agreeable) -> AgreedWords:
    """Return what was agreed of a record, to be kept a second time."""
    return AgreedWords(
        id=kept_id(record.id),
        session=record.id if isinstance(record, Session) else "",
        item=record.id if isinstance(record, SessionItem) else "",
        agreed=record.agreed,
        words=words_of(record),
    )


def kept_id(record_id: str) -> str:
    """Return the id of what is kept of an agreed record."""
    return id_of("agreed", record_id)


def as_agreed(kept: AgreedWords, there: Agreeable | None) -> Agreeable | None:
    """Return a record with the words that were agreed; None where it says them, or where what is kept cannot
    be read. Amendments, and which version it is, are those of what is `there`."""
    if there is not None and there.agreed == kept.agreed and words_of(there) == kept.words:
        return None
    kind: type[Agreeable] = Session if kept.session else SessionItem
    try:
        agreed = msgspec.convert({**kept.words, "id": kept.session or kept.item}, kind)
    except msgspec.ValidationError:
        return None
    own: dict[str, Any] = {}
    if there is not None:
        own = {name: getattr(there, name) for name in BOOKKEEPING}
    if isinstance(agreed, Session):
        own["state"] = SessionState.AGREED
        if isinstance(there, Session):
            own["amendments"] = there.amendments
    return replace(agreed, agreed=kept.agreed, **own)


def differing(kept: AgreedWords, there: Agreeable) -> list[str]:
    """Return the fields in which a record says something else than was agreed, in their order."""
    now = words_of(there)
    known = [each.name for each in structs.fields(there)]
    fields = [name for name in known if now.get(name) != kept.words.get(name)]
    return [*fields, *(("agreed",) if there.agreed != kept.agreed else ())]


def words_of(record: Agreeable) -> dict[str, Any]:
    """Return what is agreed of a record, as it is in a file: each field that says something."""
    usual = {each.name: each.default for each in structs.fields(record)}
    said = {name: getattr(record, name) for name in usual if name not in _APART}
    found = {name: value for name, value in said.items() if value != usual[name]}
    words: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return words


def digest(session: Session, items: Iterable[SessionItem]) -> str:
    """Return what stands for the words of a record and its agenda: another word, another digest."""
    import hashlib  # Lazy: not needed before something is agreed.

    own = [[each.id, words_of(each)] for each in in_order(items, session.id)]
    data = msgspec.json.encode([words_of(session), own], order="deterministic")
    return hashlib.blake2b(data, digest_size=10).hexdigest()
