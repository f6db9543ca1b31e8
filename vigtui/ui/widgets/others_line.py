"""A text of a record that is written in: as it stands now, and what others made of it at the same time."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.text import Text
from textual.widgets import Static

from vigtui.domain.consent import and_list
from vigtui.domain.records import Record
from vigtui.store.caseload import Caseload
from vigtui.values.text import clean, one_line


@dataclass(frozen=True)
class Written:
    """One text, the function that keeps what is written from here on, and whether the text is locked.

    `keep` goes on from the version whose text this is: what others write meanwhile is not written over.
    `versions` is empty unless several people changed the text at the same time; then it has what each of
    them wrote, and who they are.
    """

    text: str
    keep: Callable[[str], None]
    locked: bool = False
    versions: tuple[tuple[str, str], ...] = ()

    def has_version(self, text: str) -> bool:
        """Whether one of several people wrote this."""
        return any(version == text for version, _ in self.versions)

    def others_words(self, text: str) -> str:
        """Say who wrote something else than `text` at the same time; "" when nobody did."""
        words = and_list(list(dict.fromkeys(who for version, who in self.versions if version != text)))
        return f"{words[:1].upper()}{words[1:]} changed this too. F10 shows both." if words else ""


def versions_of(caseload: Caseload, record: Record, field: str) -> tuple[tuple[str, str], ...]:
    """What several people made of a text at the same time; nothing when there is nothing to decide."""
    conflict = caseload.conflict(record)
    said = conflict.fields.get(field, ()) if conflict else ()
    return tuple((clean(str(each.value or "")), _name(each.by, caseload.by)) for each in said)


def _name(name: str, own: str) -> str:
    return (one_line(name) if name != own else "somebody in your name") or "somebody"


class OthersLine(Static):
    """A line below a text, there only while others have changed the text too."""

    DEFAULT_CSS = """
    OthersLine { display: none; height: auto; padding: 0 0 0 1; color: $warning; }
    """

    def tell(self, written: Written | None, text: str) -> None:
        """Say who wrote something else than `text`, which is shown; show nothing when nobody did."""
        words = written.others_words(text) if written else ""
        self.update(Text(words))
        self.display = bool(words)
