"""What becomes of one caseload file, whatever is in it: opened with findings or refused with a sentence."""

import contextlib
import datetime as dt
import re
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from vigtui.cli.check import check
from vigtui.domain.records import KIND_OF, KINDS, Family, Record
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import CaseloadError, RecordInvalidError
from vigtui.store.format import layout
from vigtui.store.format.entries import document, is_readable, name_in
from vigtui.store.format.layout import DELETED, VERSIONS, Tables
from vigtui.store.merging.record_versions import RecordVersions, read_versions

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no terminal may get to see."""


Records = dict[tuple[str, str], Record]


class Fault(Exception):
    """The program did something that it must not do with any file. The sentence says what."""


def examine(path: Path, good: bytes) -> str:
    """Open the caseload at `path`, check it, change it, open it again, and merge it into the `good` one that
    it was made from. Returns what became of it: "opened", "found fault with" or "refused". Raises Fault, or
    whatever the program raises that it should not."""
    data = path.read_bytes()
    try:
        caseload = Caseload.open(path, by="Ros")
    except CaseloadError as error:
        _say(str(error))
        _refused_again(path)
        return "refused"
    kept: Records = {}
    try:
        before = _records(caseload)
        for finding in caseload.findings:
            _say(str(finding))
        report = check(path, _quiet)
        for sentence in report.findings:
            _say(sentence)
        if not caseload.read_only:
            _change(caseload)
            _decide(caseload)
            kept = {key: record for key, record in _records(caseload).items() if before.get(key) == record}
    finally:
        caseload.close()
    if not caseload.read_only:
        _open_again(path, kept, _unreadable(caseload))
    check(path, _quiet, relinking=True)
    _merge(path.with_name("good.vig.json"), good, path.with_name("other.vig.json"), data)
    return "found fault with" if report.findings else "opened"


def _quiet(_done: float) -> None:
    pass


def _say(sentence: str) -> None:
    """A sentence is one line of plain text."""
    if not sentence or STEERING.search(sentence) or "\n" in sentence:
        raise Fault(f"says {sentence[:300]!r}")


def _refused_again(path: Path) -> None:
    try:
        check(path, _quiet)
    except CaseloadError:
        return
    raise Fault("is refused, and the check finds nothing wrong with it")


def _records(caseload: Caseload) -> Records:
    """Every record, its texts plain."""
    found = {(kind.table, record.id): record for kind in KINDS for record in caseload.all(kind)}
    for record in found.values():
        _all_plain(msgspec.to_builtins(record))
    for conflict in caseload.conflicts():
        _all_plain(msgspec.to_builtins(conflict))
    return found


def _all_plain(value: Any) -> None:
    if isinstance(value, str):
        if STEERING.search(value):
            raise Fault(f"hands out {value[:100]!r}")
    elif isinstance(value, dict):
        for key, item in value.items():
            _all_plain(key)
            _all_plain(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _all_plain(item)


def _change(caseload: Caseload) -> None:
    """Change a record of each kind, remove one, undo, add one; all of it can be saved, but what is agreed."""
    for kind in KINDS:
        records = caseload.all(kind)
        if records:
            with contextlib.suppress(RecordInvalidError):
                caseload.save(replace(records[0], by="", **_words(records[0])))
                caseload.delete(records[-1])
                caseload.undo()
                caseload.redo()
                caseload.undo()
    caseload.save(Family(code="F-999", referred=dt.date(2025, 1, 1)))
    caseload.save_meta(replace(caseload.meta, service="Fenland VIG"))
    _saved(caseload)


def _decide(caseload: Caseload) -> None:
    """Decide every conflict, once as it is seen and once otherwise where that can be kept."""
    for number, conflict in enumerate(caseload.conflicts()):
        values = {name: said[-1].value for name, said in conflict.fields.items()} if number % 2 else {}
        with contextlib.suppress(RecordInvalidError):
            caseload.resolve(conflict, values)


def _merge(ours: Path, good: bytes, theirs: Path, spoiled: bytes) -> None:
    """Merge a spoiled file into a good one, once by hand and once because it lies there at the next save."""
    theirs.write_bytes(spoiled)
    for by_hand in (True, False):
        ours.write_bytes(good)
        before = CaseloadFile(ours).read()[0]
        caseload = Caseload.open(ours, by="Ros")
        try:
            if by_hand:
                with contextlib.suppress(CaseloadError):
                    caseload.merge(CaseloadFile(theirs).read()[0], "Merge")
            else:
                ours.write_bytes(spoiled)
                caseload.look()
            caseload.save(Family(code="F-999"))
            _saved(caseload)
            _records(caseload)
        finally:
            caseload.close()
        _all_there(before, [path for path in ours.parent.glob("*.json") if path != theirs])
        for path in ours.parent.glob("good (*.json"):
            path.unlink()


def _all_there(before: Tables, files: list[Path]) -> None:
    """Whatever was in the good file is in one of the files, or a version that says it came from it."""
    after: list[Tables] = []
    for path in files:
        with contextlib.suppress(CaseloadError):
            Caseload.open(path).close()
            after.append(CaseloadFile(path).read()[0])
    named_before, named_after = _by_ids(before), [_by_ids(tables) for tables in after]
    for kind in KINDS:
        known = [_versions(named, kind.table) for named in named_after]
        for record_id, there in _versions(named_before, kind.table).items():
            now = [each for found in known if record_id in found for each in found[record_id].versions]
            for each in there.versions:
                if not any(later.descends_from(each) for later in now):
                    raise Fault(f"makes the good file lose {kind.table} {record_id}")


Named = dict[str, dict[str, layout.Document]]


def _by_ids(tables: Tables) -> Named:
    """Return the documents of each table by what they are called: the first of each."""
    named: Named = {}
    for name, table in tables.items():
        found = named[name] = {}
        for entry in table.values():
            called = name_in(name, entry)
            with contextlib.suppress(layout.LayoutError):
                if called is not None and (name not in KIND_OF or is_readable(name, document(entry))):
                    found.setdefault(called, document(entry))
    return named


def _versions(named: Named, table: str) -> dict[str, RecordVersions]:
    """Return the versions of each record of a table."""
    own, gone, several = (named.get(name, {}) for name in (table, DELETED, VERSIONS))
    removed = {each["id"]: each for each in gone.values() if each["table"] == table}
    return {
        each: read_versions((table, each), own.get(each), removed.get(each), several.get(f"{table}/{each}"))
        for each in {*own, *removed}
    }


def _saved(caseload: Caseload) -> None:
    status = caseload.flush()
    _say(status.words())
    if status.state != "saved" and not status.elsewhere:
        raise Fault(f"cannot be saved: {status.why}")


def _words(record: Record) -> dict[str, str]:
    names = ("pseudonym", "words", "body", "caption", "next_step", "why", "activity", "working_point")
    return dict.fromkeys([name for name in names if hasattr(record, name)][:1], "New words.")


def _unreadable(caseload: Caseload) -> int:
    """How many entries cannot be read. The second of two with one id may be the only one later: then the
    first was removed. What was agreed is shown whatever is in the file, and put back into it by the next
    save or undo of its record; that it is shown as before is looked at with every other record."""
    passing = ("has the id of an entry before it", "What was agreed is shown")
    return sum(not any(words in str(each) for words in passing) for each in caseload.findings)


def _open_again(path: Path, kept: Records, findings: int) -> None:
    again = Caseload.open(path)
    try:
        records = _records(again)
        lost = [key for key, record in kept.items() if records.get(key) != record]
        if lost:
            raise Fault(
                f"has lost, once saved, {lost[0]}: {kept[lost[0]]!r} is {records.get(lost[0])!r}"[:600]
            )
        if len(again.findings) < findings:  # A version that was kept may be told in another way.
            raise Fault(f"had {findings} findings and has {len(again.findings)}, once saved")
        if not any(family.code == "F-999" for family in again.all(Family)):
            raise Fault("has lost a family that was added")
    finally:
        again.close()
