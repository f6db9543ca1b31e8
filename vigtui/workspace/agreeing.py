"""Locking the supervision records that everybody has confirmed, wherever each did so, and keeping what was
agreed a second time."""

from collections.abc import Iterable

from vigtui.domain.records import AgreedWords, Confirmation, Record, Session, SessionItem
from vigtui.domain.sessions.agreement import Agreeable, agreed_records, kept_words
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


def keep_agreed_words(caseload: Caseload) -> int:
    """Keep what an earlier version of the program agreed a second time, as it is shown now; a record of which
    several versions compete once that is decided. Return how many sessions' records that are. Raises
    CaseloadError."""
    if caseload.read_only:
        return 0
    kept = {each.session or each.item for each in caseload.all(AgreedWords)}
    kept.update(caseload.competing(Session), caseload.competing(SessionItem))
    agreed: list[Agreeable] = [*caseload.all(Session), *caseload.all(SessionItem)]
    missing = [each for each in agreed if each.agreed is not None and each.id not in kept]
    caseload.enter(*map(kept_words, missing))
    return len({each.session if isinstance(each, SessionItem) else each.id for each in missing})


def _save(caseload: Caseload, identity: str) -> None:
    session = caseload.get(Session, identity)
    if session is None:
        return
    items = caseload.where(SessionItem, session=identity)
    confirmations = caseload.where(Confirmation, session=identity)
    records: Iterable[Record] = agreed_records(session, items, confirmations)
    for each in records:
        caseload.save(each)
