"""Locking the supervision records that everybody has confirmed, wherever each did so."""

from collections.abc import Iterable

from vigtui.domain.records import Confirmation, Record, Session, SessionItem
from vigtui.domain.sessions.agreement import agreed_records
from vigtui.store.caseload import Caseload


def agree(caseload: Caseload, confirmations: Iterable[Confirmation]) -> None:
    """Save that people confirm a record, and lock it once all have, as one step. Raises CaseloadError."""
    with caseload.transaction("Agree the record of the session"):
        sessions = {caseload.save(each).session for each in confirmations}
        for session in sessions:
            _save(caseload, session)


def lock_confirmed(caseload: Caseload) -> None:
    """Lock each record that everybody has confirmed, some of them in another file. Raises CaseloadError."""
    waiting = {each.session for each in caseload.all(Confirmation)}
    if not waiting or caseload.read_only:
        return
    for session in waiting:
        with caseload.transaction("Agree a record that all have confirmed"):
            _save(caseload, session)


def _save(caseload: Caseload, identity: str) -> None:
    session = caseload.get(Session, identity)
    if session is None:
        return
    items = caseload.where(SessionItem, session=identity)
    confirmations = caseload.where(Confirmation, session=identity)
    records: Iterable[Record] = agreed_records(session, items, confirmations)
    for each in records:
        caseload.save(each)
