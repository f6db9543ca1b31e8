"""What is shown of agreed records: the words that were agreed, whatever was done to the records since."""

from vigtui.domain.records import AgreedWords, Record, Session, SessionItem
from vigtui.domain.records.schema import label_of
from vigtui.domain.sessions.agreement import as_agreed, differing, kept_id
from vigtui.store.index import Index
from vigtui.values.text import and_list


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
    """Show what was agreed in place of what a record says now. Return the sentence that tells of it, "" where
    the record says that."""
    kind: type[Session] | type[SessionItem] = Session if kept.session else SessionItem
    there = index.find(kind, kept.session or kept.item)
    agreed = as_agreed(kept, there)
    if agreed is None:
        return ""
    index.put(agreed)
    what = f"The {kind.singular} {kept.session or kept.item} was agreed"
    if there is None:
        return f"{what}, and is not in the file any more. What was agreed is shown."
    fields = and_list([label_of(kind, name) for name in differing(kept, there)])
    return f"{what}, and was changed since ({fields}). What was agreed is shown."
