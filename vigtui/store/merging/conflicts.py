"""What more than one person has changed to different values, for a person to decide."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigtui.store.format.documents import cleaned
from vigtui.store.format.layout import Document
from vigtui.store.merging import record_versions as merge
from vigtui.store.merging.kept import Key
from vigtui.store.merging.record_versions import Heads, Version

if TYPE_CHECKING:
    from vigtui.store.merging.ledger import Ledger


class Said(Struct, frozen=True):
    """What one version says of a field, by whom, and when (ISO 8601, as in the file)."""

    value: Any
    by: str
    at: str


class Conflict(Struct, frozen=True):
    """A record that people changed without knowing of each other.

    `seen` is its document as it is shown everywhere. `fields` has, for each field that was changed to
    different values, what is seen first, then the others. `removal` tells who removed a record that
    somebody else changed; its value is None.
    """

    table: str
    id: str
    seen: Document
    fields: dict[str, tuple[Said, ...]]
    removal: Said | None

    @property
    def number(self) -> int:
        """How many things there are to decide."""
        return len(self.fields) + (self.removal is not None)

    @property
    def words(self) -> str:
        """What deciding it is called, for undo."""
        return "Decide what both had changed"


def conflicts_in(ledger: "Ledger") -> list[Conflict]:
    """Return what more than one person has changed, and nobody has decided yet."""
    found = (conflict_of(key, ledger.heads(key)) for key in ledger.several())
    return [conflict for conflict in found if conflict is not None]


def conflict_of(key: Key, heads: Heads) -> Conflict | None:
    """Return what there is to decide about a record; None when there is nothing."""
    seen = merge.view(heads)
    if seen.document is None or seen.is_clear:
        return None
    fields = {name: _said(name, seen.document, heads, others) for name, others in seen.others.items()}
    removal = _by(seen.removal, None) if seen.removal else None
    return Conflict(*key, cleaned(seen.document), fields, removal)


def _said(name: str, seen: Document, heads: Heads, others: Heads) -> tuple[Said, ...]:
    """Return each value of a field once, what is seen first."""
    said: list[Said] = []
    shown = [head for head in heads if not head.gone and head.document.get(name) == seen.get(name)]
    for version in (*shown[:1], *others):
        value = version.document.get(name)
        if all(value != other.value for other in said):
            said.append(_by(version, value))
    return tuple(said)


def _by(version: Version, value: Any) -> Said:
    document = cleaned(version.document)
    return Said(cleaned(value), str(document.get("by") or ""), str(document.get("modified") or ""))
