"""Three writers in one space edit at random, go offline and are killed, while the folder is damaged; then
every edit is accounted for.

See `killed_writers` for programs that are really killed. Run by test_proving.py and `python -m tests.bench
spaces`. The folder is a plain one, time is given, and a program that is killed goes on from what was on
its disk. See `tests/unit/store/accounts.py` for when an edit is accounted for. Besides: all say the same
at the end, twice; writing ends; no word that was replaced is left outside what is to be decided, no word
that was erased anywhere, and no word that somebody kept for themselves on another's machine; whoever was
taken out of the space, and was only away, is in the lists of all again.
"""

import contextlib
import errno
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import msgspec

from tests.unit.exchange.spaces.machines import FailingSystem, Folder, Machine, settle
from tests.unit.store.accounts import FIELDS, Account, Edit, edits_in, text_of, token_of
from tests.unit.store.two_programs import Person
from vigtui.domain.records import Family, Note, Record
from vigtui.domain.vocabulary import Visibility
from vigtui.exchange.spaces import writing
from vigtui.exchange.spaces.erased import erased_keys
from vigtui.exchange.spaces.joining import SpaceError
from vigtui.exchange.spaces.outgoing import shared_part
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format.entries import decode_all, document, name_in
from vigtui.store.format.layout import VERSIONS, Tables
from vigtui.store.merging.differences import TwoFiles
from vigtui.store.merging.record_versions import read_versions, record_key

NAMES = ("Ros", "Ellis", "Dana")
AWAY = "Dana"
PRIVATE = "private"
_TOKEN = re.compile(rb'"((?:' + "|".join(NAMES).encode() + rb"|private)[\w-]*\.\d+) ")


class At(NamedTuple):
    """Whose program it is that has the caseload open."""

    name: str
    caseload: Caseload


class Hand(Person):
    """Somebody at a machine, whatever program of theirs runs there."""

    def __init__(self, machine: "Machine | At", root: Path, seed: str, life: int = 0) -> None:
        self.luck = random.Random(f"{seed} {machine.name} {life}")
        self.name, self.machine, self.secrets = machine.name, machine, 0
        self.logs: list[Path] = []
        self._root, self._of_all, self._life = root, seed, life
        self.begin_again()

    def begin_again(self) -> None:
        """Sit down at a new program: what was open in forms is gone with the one before."""
        self.held, self.count, self._texts = {}, 0, 0
        self.own: dict[tuple[str, str], str] = {}
        if self.logs:
            os.close(self._log)
        self.seed = f"{self.name}{self._of_all}-{self._life + len(self.logs)}"
        self.logs.append(self._root / f"{self.seed}.log")
        self._log = os.open(self.logs[-1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    @property
    def caseload(self) -> Caseload:
        return self.machine.caseload

    def act(self) -> None:
        """Do one thing that somebody might do."""
        ways = [
            (self.change, 60),
            (self.create, 8),
            (self.remove, 5),
            (self.take_back, 8),
            (self.decide, 9),
            (self.keep_secret, 4),
            (self.erase, 2),
        ]
        chosen = self.luck.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
        with contextlib.suppress(RecordInvalidError):  # It was erased, or removed, since they saw it.
            chosen()
        if self.luck.random() < 0.2:
            self.acknowledge()

    def records(self) -> list[Record]:
        return [each for each in super().records() if not (isinstance(each, Note) and each.author)]

    def keep_secret(self) -> None:
        """Write a note that is only for them."""
        families = self.caseload.all(Family)
        if families:
            self.secrets += 1
            about = self.luck.choice(families).id
            body = text_of(f"{PRIVATE}-{self.seed}.{self.secrets}")
            note = Note(about=about, author=self.name, visibility=Visibility.AUTHOR, body=body)
            self.caseload.save(note)

    def erase(self) -> None:
        families = self.caseload.all(Family)
        if len(families) > 3:
            self.caseload.erase(self.luck.choice(families))


class World:
    """Three machines in a space, their people, and what becomes of the folder."""

    def __init__(self, root: Path, seed: int) -> None:
        self.luck = random.Random(seed)
        self.folder = Folder(root)
        self.machines = [Machine(self.folder, name) for name in NAMES]
        self.hands = [Hand(each, root, str(seed)) for each in self.machines]
        self.found: Counter[str] = Counter()
        self._past: dict[str, list[bytes]] = {}

    def go_on(self, edits: int, faults: int) -> None:
        """Let people do so many things, with about so many faults of the folder in between."""
        away = (edits // 3, 2 * edits // 3)
        for number in range(edits):
            if number in away:
                machine = self.machines[NAMES.index(AWAY)]
                machine.go_offline() if number == away[0] else machine.come_back()
            self.keep_past()
            if self.luck.random() < faults / edits:
                self.damage()
            at = self.luck.randrange(len(self.machines))
            self._let(self.machines[at], self.hands[at])
            self.folder.clock.pass_by(self.luck.choice((0.3, 1.0, 4.0, 20.0)))

    def _let(self, machine: Machine, hand: Hand) -> None:
        away = machine.name == AWAY and not machine.online
        if not away and self.luck.random() < 0.05:
            machine.go_offline() if machine.online else machine.come_back()
        if self.luck.random() < 0.7:
            with self._failing_system() if self.luck.random() < 0.02 else contextlib.nullcontext():
                machine.space.work()
        hand.act()
        chance = self.luck.random()
        if chance < 0.01:
            self.found["killed"] += 1
            machine.die()
            hand.begin_again()
        elif chance < 0.02:
            hand.acknowledge()
            machine.leave()
            hand.begin_again()
            self.found["left"] += 1
        elif chance < 0.03:
            self._take_out(machine)

    def _take_out(self, machine: Machine) -> None:
        """Take another's file out, once all of it is taken in, for somebody who is only away."""
        other = self.luck.choice([each for each in self.machines if each is not machine])
        with contextlib.suppress(SpaceError):
            machine.take_out(other)
            self.found["taken out"] += 1

    @contextlib.contextmanager
    def _failing_system(self) -> Iterator[None]:
        """Let the folder be full, or not be written to."""
        self.found["full, read-only, refused"] += 1
        place = self.luck.choice(("open", "write", "fsync", "replace"))
        number = self.luck.choice((errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO))
        with mock.patch.object(writing, "os", FailingSystem(place, number)):
            yield

    def keep_past(self) -> None:
        """Remember the files as they are: an engine may put one back."""
        for path in self.folder.files():
            past, data = self._past.setdefault(path.name, []), path.read_bytes()
            if not past or past[-1] != data:
                past.append(data)
                del past[:-20]

    def damage(self) -> None:
        """Do what a sync engine, a disk or a person may do to the folder."""
        files, luck = self.folder.files(), self.luck
        fault = luck.choice(("old", "half", "gone", "copy", "dates", "foreign", "emptied", "swapped"))
        self.found[fault] += 1
        if fault == "emptied":
            for path in files:
                path.unlink()
        elif fault == "foreign":
            name = (
                f"{luck.randbytes(8).hex()}.vigspace"
                if luck.random() < 0.7 or not files
                else luck.choice(files).name
            )
            (self.folder.path / name).write_bytes(
                luck.choice((b"", b"{}", b"vigspace1", luck.randbytes(20_000)))
            )
        elif files:
            self._damage_file(fault, luck.choice(files))

    def _damage_file(self, fault: str, path: Path) -> None:
        luck = self.luck
        past = self._past.get(path.name) or [b""]
        match fault:
            case "old":
                path.write_bytes(luck.choice(past))
            case "half":
                path.write_bytes(path.read_bytes()[: luck.randrange(path.stat().st_size + 1)])
            case "gone":
                path.unlink()
            case "copy":
                path.with_name(f"{path.stem}.sync-conflict-{luck.randrange(999)}.vigspace").write_bytes(
                    luck.choice([path.read_bytes(), *past])
                )
            case "dates":
                os.utime(path, (luck.randrange(2**31),) * 2)
            case "swapped":
                path.write_bytes(luck.choice(self.folder.files()).read_bytes())

    def take_out_at_rest(self) -> None:
        """Let all of them meet, and one take out another, who has nothing to send then. The file itself is
        put back: a file that is missing is written anew, whoever was taken out."""
        for machine in self.machines:
            machine.come_back()
        settle(self.folder, self.machines)
        machine, other = self.luck.sample(self.machines, 2)
        there = other.own.read_bytes()
        machine.take_out(other)
        other.own.write_bytes(there)
        self.found["taken out"] += 1

    # The account

    def account(self) -> dict[str, Any]:
        """Let all of them meet, and find out what is not as it should be."""
        for machine, hand in zip(self.machines, self.hands, strict=True):
            hand.acknowledge()
            machine.come_back()
        rounds = settle(self.folder, self.machines)
        again = settle(self.folder, self.machines)
        tables = [self._on_disk(machine) for machine in self.machines]
        shared = [shared_part({name: dict(table) for name, table in each.items()}) for each in tables]
        held = [each.tables for each in self.folder.opened().values()]
        first = self.machines[0].caseload
        erased = erased_keys(tables[0])
        edits = [edit for hand in self.hands for log in hand.logs for edit in edits_in(log)]
        account = Account(first, [each for each in edits if not _is_of(each, erased)])
        lost = account.lost()
        return {
            "lost": len(lost),
            "different": sum(_differ(first, shared[0], each) for each in (*shared[1:], *held)),
            "erased words": len(self._erased_words(edits, erased)),
            "replaced words": sum(len(_replaced_words(first, each)) for each in (*shared, *held)),
            "private words": self._private_words(tables, held),
            "unsettled": sum(_unsettled(each) for each in held),
            "written again": again,
            "not listed": self._not_listed(),
            "edits": len(edits),
            "acknowledged": sum(edit.acknowledged for edit in edits),
            "erased": len(erased),
            "conflicts at the end": len(account.conflicts),
            "records at the end": sum(len(first.all(kind)) for kind in FIELDS),
            "rounds": rounds,
            **self.found,
            "which": [f"{edit} {name!r}" for edit, name in lost[:5]],
        }

    def _not_listed(self) -> int:
        """How many that are in the space are not in somebody's list of it."""
        writers = {each.space.membership.writer for each in self.machines}
        spaces = [each.space for each in self.machines]
        return sum(
            len(writers - {each.membership.writer} - {other.writer for other in each.standing.writers})
            for each in spaces
        )

    def _on_disk(self, machine: Machine) -> Tables:
        machine.caseload.flush()
        return dict(decode_all(self.folder.key.decrypt(machine.path.read_bytes())))

    def _erased_words(self, edits: list[Edit], erased: frozenset[tuple[str, str]]) -> set[str]:
        """The words of erased records that are still in a file of a home, an earlier version, or the
        space."""
        words = {
            word
            for edit in edits
            if _is_of(edit, erased)
            for name, word in edit.sets.items()
            if name and word
        }
        known = {word for edit in edits if not _is_of(edit, erased) for word in edit.sets.values()}
        left: set[str] = set()
        for machine in self.machines:
            for path in machine.home.rglob("*.json"):
                if path.is_file():
                    left |= _tokens_in(self.folder.key.decrypt(path.read_bytes()))
        for each in self.folder.opened().values():
            left |= _words(each.tables)
        return left & (words - known)

    def _private_words(self, tables: list[Tables], held: list[Tables]) -> int:
        """How many words that somebody keeps for themselves are anywhere else."""
        found = 0
        for hand, each in zip(self.hands, tables, strict=True):
            strange = {
                word for word in _words(each, private=True) if not word.startswith(f"{PRIVATE}-{hand.name}")
            }
            found += len(strange)
        return found + sum(len(_words(each, private=True)) for each in held)

    def close(self) -> None:
        for machine in self.machines:
            machine.close()


def _is_of(edit: Edit, erased: frozenset[tuple[str, str]]) -> bool:
    return any((kind.table, edit.record) in erased for kind in FIELDS)


def _differ(caseload: Caseload, one: Tables, other: Tables) -> bool:
    files = TwoFiles(caseload.meta, one, other)
    return bool(files.others) or next(files.differences(), None) is not None


def _tokens_in(data: bytes) -> set[str]:
    return {found.decode() for found in _TOKEN.findall(data)}


def _words(tables: Tables, *, private: bool = False) -> set[str]:
    """The words of edits in these tables."""
    found = set()
    for entries in tables.values():
        for entry in entries.values():
            found |= _tokens_in(msgspec.json.encode(entry))
    return {each for each in found if each.startswith(PRIVATE) is private}


def _replaced_words(caseload: Caseload, tables: Tables) -> set[str]:
    """The words in these tables that are neither seen nor in what is to be decided."""
    asked = {f"{each.table}/{each.id}" for each in caseload.conflicts()}
    versions = {
        n: each for n, each in tables.get(VERSIONS, {}).items() if name_in(VERSIONS, each) not in asked
    }
    return _words({**tables, VERSIONS: versions}) - _present(caseload)


def _unsettled(tables: Tables) -> int:
    """Of how many records there are several versions in these tables, with nothing to decide."""
    several = [
        (record_key(str(each["id"])), each) for each in map(document, tables.get(VERSIONS, {}).values())
    ]
    return sum(read_versions(key, None, None, each).view.is_clear for key, each in several)


def _present(caseload: Caseload) -> set[str]:
    """The words that are seen, or stand in a conflict."""
    found = set()
    for kind, names in FIELDS.items():
        for record in caseload.all(kind):
            if not getattr(record, "author", ""):
                found |= {token_of(getattr(record, name)) for name in names}
    for conflict in caseload.conflicts():
        for said in conflict.fields.values():
            found |= {token_of(each.value) for each in said if isinstance(each.value, str)}
    return found


def prove(root: Path, edits: int, seed: int, faults: int | None = None) -> dict[str, Any]:
    """Let three writers do so many things, and account for what they did."""
    world = World(root, seed)
    try:
        world.go_on(edits, edits // 25 if faults is None else faults)
        world.take_out_at_rest()
        return world.account()
    finally:
        world.close()


WRONG = (
    "lost",
    "different",
    "erased words",
    "replaced words",
    "private words",
    "unsettled",
    "written again",
    "not listed",
)
"""What must be none."""
