"""Supervision records that were agreed: they stay as they were agreed, whoever writes what elsewhere.

The agreement stands in the session and in each item of its agenda. To agree is to set all they say: what
somebody changes without knowing of it is kept beside it, to be looked at, and the agreed words are seen.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vigtui.store.errors import RecordInvalidError

REFUSAL = "This record is agreed and stays as it was agreed. Add what is missing as an amendment."
_OPEN = frozenset({"amendments"})


def is_agreed(document: Mapping[str, Any]) -> bool:
    """Whether this version of a record belongs to an agreed supervision. A helping question, which the
    client agreed on a day, does not."""
    return isinstance(document.get("agreed"), Mapping)


def require_agreed(agreed: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> None:
    """Raise RecordInvalidError if one of these values is none that the `agreed` versions say. Amendments may
    be added; without an agreed version everything may be said."""
    for name, value in values.items():
        if agreed and name not in _OPEN and all(each.get(name) != value for each in agreed):
            raise RecordInvalidError(REFUSAL)


def with_agreement(
    setters: dict[str, tuple[int, str]], document: Mapping[str, Any]
) -> dict[str, tuple[int, str]]:
    """Return who set each field, where whoever agreed the record set them all."""
    if not is_agreed(document) or "agreed" not in setters:
        return setters
    agreement = setters["agreed"]
    return {name: max(setters.get(name, agreement), agreement) for name in (*document, *setters)}
