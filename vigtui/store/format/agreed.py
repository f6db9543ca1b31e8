"""What is shown of agreed records: the words that were agreed, whatever was done to the records since."""

import datetime as dt
from collections.abc import Iterable

from vigtui.domain.records import AgreedWords, Record, Session, SessionItem
from vigtui.domain.records.metadata import Sort
from vigtui.domain.records.schema import fields, label_of
from vigtui.domain.sessions.agreement import Agreeable, as_agreed, differing, kept_id
from vigtui.store.index import Index
from vigtui.values.days import show_day
from vigtui.values.text import and_list, shortened


def show(index: Index, record: Record) -> None:
    """Put a record into the index; where it was agreed, with the words that were agreed."""
    index.put(record)
    if isinstance(record, AgreedWords):
        show_agreed(index, record)
    elif isinstance(record, Session | SessionItem):
        kept = index.find(AgreedWords, kept_id(record.id))
        if kept is not None:
            show_agreed(index, kept)


def show_agreed(index: Index, kept: AgreedWords) -> str:
    """Show what was agreed in place of what a record says now. Return the sentence that tells of it, with the
    words that were agreed; "" where the record says that."""
    kind: type[Agreeable] = Session if kept.session else SessionItem
    there = index.find(kind, kept.session or kept.item)
    agreed = as_agreed(kept, there)
    if agreed is None:
        return ""
    index.put(agreed)
    what = f"{_named(index, agreed)} was agreed"
    if there is None:
        shown = _words(agreed, kept.words)
        return f"{what}, and is not in the file any more. What was agreed is shown{shown}."
    changed = differing(kept, there)
    labels = and_list([label_of(kind, name) for name in changed])
    return f"{what}, and was changed since ({labels}). What was agreed is shown{_words(agreed, changed)}."


def _named(index: Index, agreed: Agreeable) -> str:
    """Return "The supervision session of 3 Feb 2026", "Item 2 of the supervision session of 3 Feb 2026"."""
    session = agreed if isinstance(agreed, Session) else index.find(Session, agreed.session)
    day = f" of {show_day(session.date, dt.date.min)}" if session else ""
    if isinstance(agreed, Session):
        return f"The {agreed.kind.label} session{day}"
    kind = f"{session.kind.label} session" if session else "session"
    return f"Item {agreed.order} of the {kind}{day}"


def _words(agreed: Agreeable, names: Iterable[str]) -> str:
    """Return what was agreed in those of these fields that hold words: ": working point “Wait.”"."""
    texts = [each.name for each in fields(type(agreed)).values() if each.sort is Sort.TEXT]
    said = [
        f"{label_of(type(agreed), name)} “{shortened(getattr(agreed, name))}”"
        for name in names
        if name in texts
    ]
    return f": {and_list(said)}" if said else ""
