"""Five people with copies of one caseload erase, change, add below, remove and undo while they are apart;
then their files are merged in every order.

Run by test_erased_in_all_orders.py and `python -m tests.bench erased_in_all_orders`. Every text names the
record in which it stands. Whatever the order: the same is seen at the end; nothing stands in what was erased,
or in what belongs to it or is about it; nothing else has gone; and once all have met, each has the same on
the disk, and no word of what was erased in any file.
"""

import contextlib
import datetime as dt
import itertools
import random
import re
import shutil
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from tests.unit.store.in_memory import META, Copy, shown
from vigtui.domain.records import (
    CaseloadMeta,
    Clip,
    Cycle,
    Family,
    Note,
    Record,
    Recording,
    Session,
    SessionItem,
)
from vigtui.store.caseload import Caseload
from vigtui.store.erasing import erase_from_copies
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format.layout import Tables, encode
from vigtui.store.merging.differences import TwoFiles
from vigtui.store.merging.record_versions import RecordKey
from vigtui.vault.keyring import Keyring

PEOPLE = ("Ros", "Ellis", "Noor", "Dana", "Jo")
WORDS = {
    Family: "reasons",
    Cycle: "activity",
    Recording: "hold_reason",
    Clip: "caption",
    Note: "body",
    SessionItem: "trainee_question",
}
_WRITTEN = re.compile(rb"<(\w+)/([\w-]+) \d+>")
_FAMILIES = ("heron", "wren")
_ACTS = 30
_DAY = dt.date(2026, 5, 3)


class Wrong(NamedTuple):
    """What was found that must not be: how often the order mattered, words that were erased, records that are
    there and should not be, or the other way round, and files with erased words once all had met."""

    orders: int = 0
    words: int = 0
    back: int = 0
    gone: int = 0
    files: int = 0


def prove(folder: Path, seed: str) -> tuple[Wrong, Counter[str]]:
    """Let one story happen in a new folder, and merge in all orders. Return what was wrong, and how much was
    done."""
    story = _Story(folder, seed)
    try:
        story.happen()
        files = [each.snapshot() for each in story.caseloads]
        copies = _merged_in_all_orders(files, story.caseloads[0].meta, story.luck)
        seen = [shown(copy) for copy in copies]
        wrong = Wrong(
            orders=sum(each != seen[0] for each in seen),
            words=sum(story.words_in(b"".join(encode(copy.ledger.snapshot()))) for copy in copies),
            back=sum(copy.find(key) is not None for copy in copies for key in story.erased),
            gone=sum(copy.find(key) is None for copy in copies for key in story.staying),
            files=story.meet(),
        )
        return wrong, story.done + Counter(orders=len(copies), erased=len(story.erased))
    finally:
        for each in story.caseloads:
            each.close()


def prove_known(runs: int) -> dict[str, int]:
    """Let a family be changed by so many writers, one after another; five files are from a fifth of them, two
    fifths, and so on. Then it is changed once more, removed, or erased by who knows the fewest. Return for
    each in how many of all orders that does not hold, or somebody is asked about it."""
    first, files = Copy("first"), list[Tables]()
    for run in range(runs):
        first.changes.new_person(f"Somebody {run}")
        first.write(Family(id="heron", code="heron"), reasons=f"<families/heron {run}>")
        if (run + 1) % (runs // len(PEOPLE)) == 0:
            files.append(first.ledger.snapshot())
    wrong = {}
    for what, by in (("changed", -1), ("removed", -1), ("erased", 0)):
        last = Copy("last", files[by])
        if what == "changed":
            last.write(Family(id="heron", code="heron"), reasons=f"<families/heron {runs}>")
        else:
            {"removed": last.remove, "erased": last.erase}[what](("families", "heron"))
        ended = shown(last)
        with_it = [last.ledger.snapshot() if tables is files[by] else tables for tables in files]
        copies = _merged_in_all_orders(with_it, META, random.Random(runs))
        wrong[what] = sum(shown(copy) != ended for copy in copies)
    return wrong


def _merged_in_all_orders(files: list[Tables], meta: CaseloadMeta, luck: random.Random) -> list[Copy]:
    """Merge five files one after the other in each of the 120 orders, and two with three in each way."""
    merged = dict[tuple[int, ...], Copy]()

    def after(order: tuple[int, ...]) -> Copy:
        if order not in merged:
            before = after(order[:-1]).ledger.snapshot() if len(order) > 1 else files[order[-1]]
            merged[order] = Copy("x", before, meta)
            merged[order].merge(files[order[-1]])
        return merged[order]

    orders = [after(order) for order in itertools.permutations(range(len(files)))]
    grouped = []
    for two in itertools.combinations(range(len(files)), 2):
        three = tuple(luck.sample(sorted({*range(len(files))} - {*two}), 3))
        for one, other in ((two, three), (three, two)):
            both = Copy("x", after(one).ledger.snapshot(), meta)
            both.merge(after(other).ledger.snapshot())
            grouped.append(both)
    return [*orders, *grouped]


class _Story:
    """What five people did. `erased` are the records of which no word may be anywhere, `staying` those that
    nobody has touched with removing."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.done: Counter[str] = Counter()
        self.luck = random.Random(seed)
        self._folder, self._number = folder, 0
        self._belongs: dict[RecordKey, tuple[RecordKey, ...]] = {}
        self._erased: set[RecordKey] = set()
        self._removed: set[RecordKey] = set()
        first = Caseload.create(self._path("first"), by="Ros")
        for family in _FAMILIES:
            self._make_family(first, family)
        self._base = frozenset(self._belongs)
        first.close()
        self.caseloads = []
        for person in PEOPLE:
            path = self._path(person)
            shutil.copy(first.path, path)
            self.caseloads.append(Caseload.open(path, by=person))

    def _path(self, name: str) -> Path:
        home = self._folder / name
        home.mkdir(parents=True)
        return home / "fenland.vig.json"

    # What is there

    def _make_family(self, caseload: Caseload, family: str) -> None:
        cycle, film, clip = f"{family}-cycle", f"{family}-film", f"{family}-clip"
        session = Session(id=f"{family}-session", supervisor="", date=_DAY)
        for record, belongs in (
            (Family(id=family, code=family), ()),
            (Cycle(id=cycle, family=family, number=1), (("families", family),)),
            (Recording(id=film, cycle=cycle), (("cycles", cycle),)),
            (Clip(id=clip, recording=film, in_ms=0, out_ms=9), (("recordings", film),)),
            (session, ()),
        ):
            self._make(caseload, record, *belongs)

    def _make(self, caseload: Caseload, record: Record, *belongs: RecordKey) -> None:
        key = (record.table, record.id)
        field = WORDS.get(type(record))
        caseload.save(replace(record, **{field: self._text(key)}) if field else record)
        self._belongs[key] = belongs

    def _text(self, key: RecordKey) -> str:
        self._number += 1
        return f"<{key[0]}/{key[1]} {self._number}>"

    # What is done

    def happen(self) -> None:
        """Let all of them do one thing after another."""
        ways = {
            self._write: 9,
            self._add: 6,
            self._erase: 3,
            self._remove: 3,
            self._undo: 4,
            self._redo: 1,
            self._decide: 2,
            self._receive: 4,
            self._begin_again: 1,
        }
        for _ in range(_ACTS):
            way = self.luck.choices(list(ways), list(ways.values()))[0]
            with contextlib.suppress(RecordInvalidError):  # Erased, or removed, since.
                way(self.luck.choice(self.caseloads))
                self.done["acts"] += 1

    def _records(self, caseload: Caseload, *kinds: type[Record]) -> list[Record]:
        return [record for kind in kinds or WORDS for record in caseload.all(kind)]

    def _write(self, caseload: Caseload) -> None:
        records = self._records(caseload)
        if records:
            record = self.luck.choice(records)
            self._change(caseload, type(record), record.id)

    def _change(self, caseload: Caseload, kind: type[Record], identity: str) -> None:
        record = caseload.need(kind, identity)
        caseload.save(replace(record, **{WORDS[kind]: self._text((kind.table, identity))}))

    def _add(self, caseload: Caseload) -> None:
        """Add something below, or about, something that may have been erased elsewhere."""
        kinds: tuple[type[Record], ...] = (Family, Cycle, Recording, Clip, Clip, Clip)
        kind = self.luck.choice(kinds)
        there = caseload.all(kind)
        if not there:
            return
        above = self.luck.choice(there)
        self._number += 1
        key, name = (above.table, above.id), f"late-{self._number}"
        match above:
            case Family():
                self._make(caseload, Cycle(id=name, family=above.id, number=self._number), key)
            case Cycle():
                self._make(caseload, Recording(id=name, cycle=above.id), key)
            case Recording():
                self._make(caseload, Clip(id=name, recording=above.id, in_ms=0, out_ms=9), key)
            case Clip() if self.luck.random() < 0.5:
                session = ("sessions", f"{self.luck.choice(_FAMILIES)}-session")
                self._make(caseload, SessionItem(id=name, session=session[1], clip=above.id), key, session)
            case Clip():
                self._make(caseload, Note(id=name, about=above.id), key)

    def _erase(self, caseload: Caseload) -> None:
        records = self._records(caseload)
        if records and self.luck.random() < 0.7:
            record = self.luck.choice(records)
            caseload.erase(record)
            self._erased.add((record.table, record.id))

    def _remove(self, caseload: Caseload) -> None:
        records = self._records(caseload)
        if records:
            record = self.luck.choice(records)
            caseload.delete(record)
            self._removed.add((record.table, record.id))

    def _undo(self, caseload: Caseload) -> None:
        caseload.undo()

    def _redo(self, caseload: Caseload) -> None:
        caseload.redo()

    def _decide(self, caseload: Caseload) -> None:
        conflicts = caseload.conflicts()
        if conflicts:
            caseload.resolve(self.luck.choice(conflicts), {})

    def _receive(self, caseload: Caseload) -> None:
        caseload.receive(self.luck.choice(self.caseloads).snapshot())

    def _begin_again(self, caseload: Caseload) -> None:
        caseload.by = f"{caseload.by} again"

    # What is found

    @property
    def erased(self) -> set[RecordKey]:
        return {key for key in self._belongs if self._is_of(key, self._erased)}

    @property
    def staying(self) -> set[RecordKey]:
        """What was there before all, and neither it nor what it belongs to was removed by anybody."""
        return {key for key in self._base if not self._is_of(key, self._erased | self._removed)}

    def _is_of(self, key: RecordKey, those: Collection[RecordKey]) -> bool:
        return key in those or any(self._is_of(each, those) for each in self._belongs.get(key, ()))

    def words_in(self, data: bytes) -> int:
        """How many texts of erased records are in these bytes."""
        found = ((table.decode(), name.decode()) for table, name in _WRITTEN.findall(data))
        return sum(key in self.erased for key in found)

    def meet(self) -> int:
        """Let all take in what all have until nothing is new. Return how many files differ then or have an
        erased word in them."""
        for _ in range(3):
            for one, other in itertools.permutations(self.caseloads, 2):
                one.receive(other.snapshot())
        wrong = 0
        for each in self.caseloads:
            each.flush()
            erase_from_copies(each, Keyring())
            files = TwoFiles(each.meta, self.caseloads[0].snapshot(), each.snapshot())
            wrong += bool(files.others) or next(files.differences(), None) is not None
            there = filter(Path.is_file, each.path.parent.rglob("*"))
            wrong += sum(bool(self.words_in(path.read_bytes())) for path in there)
        return wrong
