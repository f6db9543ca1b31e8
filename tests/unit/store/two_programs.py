"""Two programs edit one file at random, are stopped, killed and started again; then every edit is accounted
for.

Run by test_two_programs.py and `python -m tests.bench two_programs`: `two_programs.py FILE EDITS [SEED]`
tells as JSON what was found. Each program writes down what it did: which texts somebody had before them, and
which they put in their place. An edit that was said to be on disk is accounted for when its text is in the
file at the end, is one side of a conflict, or was replaced by an edit that is itself accounted for and was
made by somebody who had seen it.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.unit.store.accounts import (
    FIELDS,
    GONE,
    KEPT,
    Account,
    edits_in,
    text_of,
    texts_of,
    tokens,
)
from vigtui.domain.conflicts import Conflict
from vigtui.domain.records import KINDS, Family, Note, Record, SessionItem
from vigtui.store.caseload import Caseload
from vigtui.store.disk import lock, saver
from vigtui.store.errors import RecordInvalidError
from vigtui.store.sharing import watcher

FEWEST, MOST = 15, 40
LONGEST_LIFE = 400


class Person:
    """Somebody who does one thing after another, with their program, and keeps a log of it."""

    def __init__(self, path: Path, name: str, log: Path, seed: str) -> None:
        self.luck = random.Random(seed)
        self.name, self.seed, self.count = name, seed, 0
        self.caseload = Caseload.open(path, by=name)
        self.held: dict[str, tuple[Record, bool]] = {}
        self.own: dict[tuple[str, str], str] = {}
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def work(self, edits: int) -> None:
        """Do so many things and leave."""
        watching = watcher.Watcher(self.caseload)
        watching.start()
        ways = [(self.change, 60), (self.create, 8), (self.remove, 5), (self.take_back, 10), (self.decide, 9)]
        while self.count < edits:
            self.luck.choices([way for way, _ in ways], [weight for _, weight in ways])[0]()
            if self.luck.random() < 0.1:
                self.acknowledge()
            time.sleep(self.luck.random() * 0.004)
        watching.stop()
        self.caseload.close()
        if self.caseload.status.state == "saved":
            self._write({"acknowledged": self.count})

    def acknowledge(self) -> None:
        count = self.count
        if self.caseload.flush().state == "saved":
            self._write({"acknowledged": count})

    def note(
        self, record: Record, sets: dict[str, str], saw: dict[str, list[str]], *, taken_back: bool = False
    ) -> None:
        """Write down an edit; nothing of it can be on disk before that, since the caseload is held. Whatever
        they go on from, people know what they did themselves."""
        if sets:
            self.count += 1
            for name, text in sets.items():
                if (record.id, name) in self.own:
                    saw.setdefault(name, []).append(self.own[record.id, name])
                self.own[record.id, name] = text
            found = {"record": record.id, "sets": sets, "saw": saw, "back": taken_back}
            self._write({"edit": self.count, **found, "at": time.monotonic_ns()})

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._log, json.dumps(line).encode() + b"\n")

    def text(self) -> str:
        self._texts = getattr(self, "_texts", 0) + 1
        return text_of(f"{self.seed}.{self._texts}")

    def records(self) -> list[Record]:
        return [record for kind in FIELDS for record in self.caseload.all(kind)]

    def seen(self) -> tuple[Record, bool] | None:
        """A record as it is, or as it was when a form was opened on it; and whether somebody removed it."""
        if self.held and self.luck.random() < 0.4:
            return self.held[self.luck.choice(sorted(self.held))]
        records = self.records()
        if not records:
            return None
        record = self.luck.choice(records)
        conflict = self.caseload.conflict(record)
        found = record, conflict is not None and conflict.removal is not None
        if self.luck.random() < 0.3:
            self.held[record.id] = found
        return found

    # What people do

    def change(self) -> None:
        with self.caseload._lock:
            found = self.seen()
            if found is not None:
                self._save(*found)

    def _save(self, record: Record, removed: bool) -> None:
        fields = FIELDS[type(record)]
        names = self.luck.sample(fields, min(len(fields), self.luck.choice((1, 1, 1, 2))))
        changed = replace(record, **{name: self.text() for name in names})
        before, after = tokens(record), tokens(changed)
        saved = self.caseload.save(changed)
        saw = {name: [before[name]] for name in names} | ({"": [GONE]} if removed else {})
        self.note(record, {name: after[name] for name in names}, saw)
        if self.held.pop(record.id, None) and self.luck.random() < 0.5:
            self.held[record.id] = saved, removed

    def create(self) -> None:
        with self.caseload._lock:
            if len(self.records()) < MOST:
                kind = self.luck.choice(list(FIELDS))
                about = self.luck.choice([*(each.id for each in self.caseload.all(Family)), "x"])
                others = {Family: {"code": "F"}, Note: {"about": about}, SessionItem: {"session": "x"}}[kind]
                record = kind(**others, **{name: self.text() for name in FIELDS[kind][:2]})
                self.note(self.caseload.save(record), {k: v for k, v in tokens(record).items() if v}, {})

    def remove(self) -> None:
        with self.caseload._lock:
            found = self.seen()
            if found is not None and len(self.records()) > FEWEST:
                going = [found[0], *self.caseload.where(Note, about=found[0].id)]
                conflicts = [self.caseload.conflict(record) for record in going]
                there = [self.caseload.get(type(record), record.id) is not None for record in going]
                self.caseload.delete(found[0])
                for record, conflict, was_there in zip(going, conflicts, there, strict=True):
                    if was_there and (record is found[0] or self.caseload.get(Note, record.id) is None):
                        self._note_removed(record, conflict)
                    if record is found[0]:
                        self.held.pop(record.id, None)

    def _note_removed(self, record: Record, conflict: Conflict | None) -> None:
        saw = {name: [token] for name, token in tokens(record).items()}
        for name, texts in texts_of(conflict).items():
            saw[name] += texts
        for name in saw:
            saw[name] += [self.own[record.id, name]] if (record.id, name) in self.own else []
        self.note(record, {"": GONE}, saw)
        self.held.pop(record.id, None)

    def take_back(self) -> None:
        with self.caseload._lock:
            before, hidden = self._whole()
            with contextlib.suppress(RecordInvalidError):
                (self.caseload.redo if self.luck.random() < 0.4 else self.caseload.undo)()
            after, still_hidden = self._whole()
            for identity in before.keys() | after.keys():
                one, other = before.get(identity), after.get(identity)
                if other is None:
                    self.held.pop(identity, None)
                old, new = tokens(one), tokens(other)
                sets = {name: token for name, token in new.items() if old.get(name) != token}
                names = sets if one and other else old
                saw = {name: [old[name]] for name in names if name in old} if one != other else {}
                for name, texts in hidden.get(identity, {}).items():
                    if other and texts - still_hidden.get(identity, {}).get(name, set()):
                        sets[name] = new[name]
                        saw[name] = [*texts, old[name]]
                self.note(one or other, sets, saw, taken_back=True)

    def _whole(self) -> tuple[dict[str, Record], dict[str, dict[str, set[str]]]]:
        """Every record as it is seen, and the texts that stand beside it in conflicts."""
        conflicts = {conflict.id: texts_of(conflict) for conflict in self.caseload.conflicts()}
        return {record.id: record for record in self.records()}, conflicts

    def decide(self) -> None:
        with self.caseload._lock:
            conflicts = self.caseload.conflicts()
            for conflict in self.luck.sample(conflicts, min(len(conflicts), 1 + len(conflicts) // 4)):
                self._decide(conflict)

    def _decide(self, conflict: Conflict) -> None:
        values = {}
        for name, said in conflict.fields.items():
            choice = self.luck.random()
            if choice < 0.4:
                values[name] = self.luck.choice(said).value or ""
            elif choice < 0.7:
                values[name] = self.text()
        kind = next(kind for kind in KINDS if kind.table == conflict.table)
        removed = {
            each.id: each for each in self.caseload.conflicts() if each.removal and each.id != conflict.id
        }
        self.caseload.resolve(conflict, values)
        for family in removed.keys() - {each.id for each in self.caseload.conflicts()}:
            kept = self.caseload.get(Family, family)
            if kept is not None:  # With what was written below it.
                self.note(kept, {"": KEPT}, {"": [GONE]})
        record = self.caseload.need(kind, conflict.id)
        after = tokens(record)
        saw = {name: [*texts] for name, texts in texts_of(conflict).items()}
        if conflict.removal:
            saw[""] = [GONE]
        self.note(record, {name: after[name] for name in conflict.fields} or {"": KEPT}, saw)


def start(path: Path, name: str, edits: int, log: Path, seed: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.unit.store.two_programs", path, name, str(edits), log, seed]
    return subprocess.Popen(command, cwd=Path(__file__).parents[3])


def stop_for_a_while(
    program: "subprocess.Popen[bytes]", luck: random.Random, told: Callable[[str], None]
) -> None:
    """A closed laptop: long enough that the other does not wait for a lock that this one holds."""
    for _ in range(luck.randrange(8)):
        try:
            program.wait(luck.random() * 0.2)
            return
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGSTOP)
            told("stopped")
            time.sleep(0.2)
            program.send_signal(signal.SIGCONT)


def person_at_work(path: Path, name: str, edits: int, seed: str, told: Callable[[str], None]) -> None:
    """Let one program after another do edits until there are as many as wanted; some are killed."""
    luck, done, run = random.Random(f"{seed} {name}"), 0, 0
    while done < edits:
        run += 1
        log = path.with_name(f"{name}-{run}.log")
        program = start(
            path, name, min(edits - done, luck.randrange(20, LONGEST_LIFE)), log, f"{seed}{name}{run}"
        )
        if luck.random() < 0.4:
            stop_for_a_while(program, luck, told)
            try:
                program.wait(luck.random() * 1.5)
            except subprocess.TimeoutExpired:
                program.send_signal(signal.SIGKILL)
                told("killed")
        code = program.wait()
        if code not in (0, -signal.SIGKILL):
            told(f"ended with {code}")
            return
        told("programs")
        done += sum(1 for _ in edits_in(log)) if log.exists() else 0


def prove(path: Path, edits: int, seed: str) -> dict[str, Any]:
    """Let two people work at the same time, and account for what they did."""
    Caseload.create(path).close()
    found: Counter[str] = Counter()

    def told(what: str) -> None:
        found[what] += 1

    people = [
        threading.Thread(target=person_at_work, args=(path, name, edits // 2, seed, told))
        for name in ("Ros", "Ellis")
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    caseload = Caseload.open(path)
    account = Account(caseload, [edit for log in path.parent.glob("*.log") for edit in edits_in(log)])
    lost = account.lost()
    found["edits"] = len(account.edits)
    found["acknowledged"] = sum(edit.acknowledged for edit in account.edits)
    found["conflicts at the end"] = len(account.conflicts)
    found["records at the end"] = len({identity for identity, name in account._present if name})
    found["files beside"] = len(list(path.parent.glob("*.json"))) - 1
    found["cannot be read"] = len(caseload.findings)
    families = {"x", *(family.id for family in caseload.all(Family))}
    found["loose"] = sum(note.about not in families for note in caseload.all(Note))
    caseload.close()
    return {"lost": len(lost), **found, "which": [f"{edit} {name!r}" for edit, name in lost[:5]]}


def main(arguments: list[str]) -> None:
    if len(arguments) < 4:
        print(json.dumps(prove(Path(arguments[0]), int(arguments[1]), *(arguments[2:] or ["17"]))))
        return
    path, name, edits, log, seed = arguments
    watcher.SECONDS = 0.01
    saver.SETTLE_SECONDS, saver.LONGEST_SECONDS = 0.01, 0.03
    lock.LOCK_SECONDS = 0.1
    Person(Path(path), name, Path(log), seed).work(int(edits))


if __name__ == "__main__":
    main(sys.argv[1:])
