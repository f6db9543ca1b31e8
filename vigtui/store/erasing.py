"""What was erased from a caseload, erased from its earlier versions and the other files beside it as well.

The marks of erasing are taken into each of them, as any other copy takes them in: nothing else in it changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from vigtui.domain.records import Record
from vigtui.store.caseload import Caseload
from vigtui.store.disk import atomic, backups
from vigtui.store.disk.other_files import earlier, identity, is_sign, kept, names_beside, read
from vigtui.store.disk.temporary import remove_unfinished, still_there
from vigtui.store.errors import CannotSaveError, CaseloadError
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, META, Entry, LayoutError, Tables, decode, encode
from vigtui.store.format.opening import load
from vigtui.store.merging.changes import Changes
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.record_versions import RecordKey
from vigtui.store.merging.steps import Step
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

_WORDS = "Erase"


class ErasedCopies(Struct, frozen=True):
    """How many other files words were erased from, and those that could not be looked into or written."""

    changed: int
    left: tuple[Path, ...]


def erase_everywhere(caseload: Caseload, records: Iterable[Record], keyring: Keyring) -> ErasedCopies:
    """Erase records with all that belongs to them from the caseload, and then from what `keyring` opens of
    its earlier versions, and of the other files of the same caseload in its folder. Blocks while all of them
    are read. Raises CaseloadError, and then they are still in the others."""
    for record in records:
        caseload.erase(record)
    status = caseload.flush()
    if status.state == "not_saved":
        raise CannotSaveError(f"It is erased here and not yet in the file. {status.why}")
    try:
        return erase_from_copies(caseload, keyring)
    except OSError as error:
        why = error.strerror or error
        raise CannotSaveError(
            f"It is erased in the file; its folder cannot be looked through ({why})."
        ) from None


def erase_from_copies(caseload: Caseload, keyring: Keyring) -> ErasedCopies:
    """Bring what was ever erased from a caseload into its earlier versions and the other files of it in its
    folder."""
    tables = caseload.snapshot()
    marks = {
        number: entry
        for number, entry in tables.get(DELETED, {}).items()
        if document(entry).get("erased") is True
    }
    target, own_id = caseload.path.resolve(), str(document(tables[META]["1"]).get("id"))
    changed, left = 0, list[Path]()
    for path in _beside(target, own_id, keyring):
        try:
            _merge_marks(path, marks, keyring)
            changed += 1
        except (OSError, CaseloadError):
            left.append(path)
    for path in _earlier(target, own_id, keyring):
        try:
            changed += _rewrite(path, marks, keyring)
        except (OSError, LayoutError, CaseloadError, WrongKeyError, DamagedError):
            left.append(path)
    left += _half_written(target, own_id, keyring)
    return ErasedCopies(changed, tuple(left))


def _merge_marks(path: Path, marks: Mapping[str, Entry], keyring: Keyring) -> None:
    """Take the marks into a file that somebody may have open."""
    caseload = Caseload.open(path, key=keyring.key_to(read(path) or b""))
    try:
        caseload.merge({META: dict(caseload.snapshot()[META]), DELETED: dict(marks)}, _WORDS)
    finally:
        caseload.close()


def _rewrite(path: Path, marks: Mapping[str, Entry], keyring: Keyring) -> bool:
    """Write an earlier version again without what was erased. Returns whether there was any of it."""
    data = read(path) or b""
    key, tables = keyring.key_to(data), decode(keyring.open(data))
    cleaned = _without_erased(path, tables, marks)
    if cleaned is not None:
        content = list(encode(cleaned))
        atomic.replace(path, content if key is None else key.encrypt(content))
    return cleaned is not None


def _without_erased(path: Path, tables: Tables, marks: Mapping[str, Entry]) -> Tables | None:
    """Return the tables without what was erased; None where they hold nothing of it."""
    before = {name: dict(table) for name, table in tables.items()}
    loaded = load(path, tables, lambda: None)
    ledger = Ledger(tables, loaded, lambda: None)
    ledger.refresh()
    changes, step = Changes(ledger, ""), Step(_WORDS)
    changes.merge_tables(loaded.meta, {META: dict(tables[META]), DELETED: dict(marks)}, step)
    keys: set[RecordKey] = {
        (str(found.get("table")), str(found.get("id"))) for found in map(document, marks.values())
    }
    keys |= {change.key for change in step.changes if change.after.erased}
    ledger.drop_doubles(keys)
    changes.written()
    after = ledger.snapshot()
    return after if after != before else None


def _beside(target: Path, caseload: str, keyring: Keyring) -> Iterator[Path]:
    """Yield the other files of the caseload in its folder: copies that a sync service or a person made."""
    for name in sorted(names_beside(target)):
        if identity(target.with_name(name), keyring) == caseload:
            yield target.with_name(name)


def _half_written(target: Path, caseload: str, keyring: Keyring) -> Iterator[Path]:
    """Remove what programs that were killed left half written, and yield what is still there: another machine
    may be writing it. What is known to be of another caseload is not looked at."""
    beside = (target.name, *names_beside(target))
    folders = [target.parent, *(backups.folder_of(target.with_name(name)) for name in beside)]
    for folder in dict.fromkeys(folders):
        remove_unfinished(folder / target.name)
        yield from (path for path in still_there(folder) if identity(path, keyring) in ("", caseload))


def _earlier(target: Path, caseload: str, keyring: Keyring) -> Iterator[Path]:
    """Yield the earlier versions of the caseload, under whatever name it had."""
    yield from (path for path in earlier(target) if not is_sign(path))
    for name in sorted(names_beside(target)):
        for path in kept(target.with_name(name)):
            if not is_sign(path) and identity(path, keyring) == caseload:
                yield path
