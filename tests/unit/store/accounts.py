"""Whether every edit of a record that was said to be on disk is there, or was replaced by who had seen it."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vigtui.domain.conflicts import Conflict
from vigtui.domain.records import Family, Note, Record, SessionItem
from vigtui.store.caseload import Caseload

FIELDS: dict[type[Record], tuple[str, ...]] = {
    Family: ("pseudonym", "whose_idea", "reasons"),
    Note: ("body",),
    SessionItem: ("seen_together", "working_point", "next_step"),
}
GONE, THERE, KEPT = "gone", "there", "kept"
"""What stands in the field "" of a record: removed, not removed, kept against a removal."""


def text_of(token: str) -> str:
    """The text that stands for an edit: sometimes a long one."""
    chance = random.Random(token)
    return f"{token} " + "She waits. " * (chance.randrange(300) if chance.random() < 0.1 else 0)


def token_of(text: str) -> str:
    """The edit whose text this is. Fails when it is not exactly that."""
    token = text.split(" ", 1)[0]
    assert not text or text == text_of(token), f"torn: {text[:80]!r}"
    return token


def tokens(record: Record | None) -> dict[str, str]:
    """What stands in the fields of a record."""
    if record is None:
        return {"": GONE}
    return {name: token_of(getattr(record, name)) for name in FIELDS[type(record)]}


def texts_of(conflict: Conflict | None) -> dict[str, set[str]]:
    """What several people put into each field."""
    fields = conflict.fields if conflict else {}
    return {name: {token_of(each.value or "") for each in said} for name, said in fields.items()}


class Edit(NamedTuple):
    """What somebody did to a record at a time, and whether it was said to be on disk."""

    record: str
    sets: dict[str, str]
    saw: dict[str, list[str]]
    at: int
    acknowledged: bool
    taken_back: bool


def edits_in(log: Path) -> Iterator[Edit]:
    lines = [json.loads(line) for line in log.read_bytes().splitlines()]
    certain = max((line["acknowledged"] for line in lines if "acknowledged" in line), default=0)
    for line in lines:
        if "edit" in line:
            said = line["edit"] <= certain
            yield Edit(line["record"], line["sets"], line["saw"], line["at"], said, line["back"])


class Account:
    """All edits, and what stands in the file at the end."""

    def __init__(self, caseload: Caseload, edits: list[Edit]) -> None:
        self.edits = edits
        self.conflicts = caseload.conflicts()
        self._present: dict[tuple[str, str], set[str]] = defaultdict(set)
        for kind in FIELDS:
            for record in caseload.all(kind):
                for name, text in {**tokens(record), "": THERE}.items():
                    self._present[record.id, name].add(text)
        for conflict in self.conflicts:
            for name, texts in texts_of(conflict).items():
                self._present[conflict.id, name] |= texts
            if conflict.removal:
                self._present[conflict.id, ""].add(GONE)

    def lost(self) -> list[tuple[Edit, str]]:
        """The edits, each with the field, that were said to be on disk and are neither there, nor one side
        of a conflict, nor replaced by an edit that is accounted for and was made by who had seen them."""
        nodes = [(number, name) for number, edit in enumerate(self.edits) for name in edit.sets]
        spreading = [node for node in nodes if self._is_there(*node)]
        held, replaced_by = set(spreading), self._replaced_by(nodes)
        while spreading:
            new = [node for node in replaced_by[spreading.pop()] if node not in held]
            held.update(new)
            spreading += new
        return [
            (self.edits[number], name)
            for number, name in nodes
            if self.edits[number].acknowledged and (number, name) not in held
        ]

    def _is_there(self, number: int, name: str) -> bool:
        edit = self.edits[number]
        text, present = edit.sets[name], self._present[edit.record, name]
        return text == KEPT or text in present or (text == GONE and THERE not in present)

    def _replaced_by(self, nodes: list[tuple[int, str]]) -> dict[tuple[int, str], list[tuple[int, str]]]:
        """What each edit of a field replaced: the edits that whoever made it had seen there."""
        seers: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, edit in enumerate(self.edits):
            for name, texts in edit.saw.items():
                for text in texts:
                    seers[edit.record, name, text].append(number)
        found: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
        for number, name in nodes:
            edit = self.edits[number]
            text = edit.sets[name]
            for later in seers[edit.record, name, text]:
                after = self.edits[later]
                # What was brought back may have been seen, and replaced, before it was ever taken away.
                if after.at > edit.at or edit.taken_back:
                    whole = [each for each, put in after.sets.items() if GONE in (text, put)]
                    for each in [name] if name in after.sets else whole:
                        found[later, each].append((number, name))
        return found
