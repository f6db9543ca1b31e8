"""Which version of a record came from which: the idea of CouchDB, with one entry for each run of the program.

A `rev` is "generation-hash-run". The generation counts a record's changes, the hash covers what the version
says, and the run names one program at work on the file. The versions that one run makes of a record follow
one another, so whoever knows a version knows the earlier ones of its run: `ancestors` needs one entry for
each run, however long somebody types. An entry says also when, by whom, and which fields the run changed:
the record's history, and what a merge field by field goes by. No clock decides anything.
"""

import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.domain.records import Ancestor
from vigtui.store.format.layout import Document

ANCESTORS = 50
BOOKKEEPING = frozenset({"rev", "ancestors", "changed", "created", "modified", "by"})
_LONGEST = 10


class Rev(Struct, frozen=True, order=True):
    """A revision taken apart. In the order of these, the higher of two versions wins a conflict."""

    generation: int = 0
    hash: str = ""
    run: str = ""

    def __str__(self) -> str:
        return f"{self.generation}-{self.hash}-{self.run}"


@functools.lru_cache(maxsize=4096)
def parse(rev: str) -> Rev:
    """Take a revision apart; `Rev()` for what this program has not written. A version of before there
    were runs counts as the only one of its run."""
    number, _, rest = rev.partition("-")
    digest, _, run = rest.partition("-")
    if not digest or len(number) >= _LONGEST or not (number.isascii() and number.isdigit()):
        return Rev()
    return Rev(int(number), digest, run or digest)


def rev_of(document: Mapping[str, Any]) -> Rev:
    """Return a document's revision, whatever a hand has written there."""
    rev = document.get("rev")
    return parse(rev) if isinstance(rev, str) else Rev()


def new_run() -> str:
    """Return a name for a run that no other has."""
    return os.urandom(4).hex()


def content(document: Mapping[str, Any]) -> Document:
    """Return what the document says, without the store's own fields."""
    return {key: value for key, value in document.items() if key not in BOOKKEEPING}


def hash_of(document: Mapping[str, Any]) -> str:
    """Return the hash of what the document says."""
    return digest(msgspec.json.encode(content(document), order="deterministic"), 10)


def digest(data: bytes, size: int) -> str:
    """Return a hash of `size` bytes in hexadecimal."""
    import hashlib  # Nobody waits for it before the first change.

    return hashlib.blake2b(data, digest_size=size).hexdigest()


def changed_fields(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the generation at which the run of this version last changed each field it changed."""
    return _generations(document.get("changed"))


def _generations(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        return {}
    return {key: at for key, at in value.items() if isinstance(at, int) and not isinstance(at, bool)}


def ancestors(document: Mapping[str, Any]) -> list[Ancestor]:
    """Return the runs this version came from, newest first, without what a hand has written wrongly."""
    entries = document.get("ancestors")
    found = map(_ancestor, entries) if isinstance(entries, list | tuple) else ()
    return [entry for entry in found if entry is not None]


def _ancestor(entry: object) -> Ancestor | None:
    if isinstance(entry, str):  # Of before there were runs.
        entry = [entry]
    try:
        found = msgspec.convert(entry, Ancestor)
    except (msgspec.ValidationError, RecursionError):
        return None
    return found if parse(found.rev).generation else None


def line(document: Mapping[str, Any]) -> list[Ancestor]:
    """Return the version's own entry and those of its ancestors, newest first."""
    own = rev_of(document)
    if not own.generation:
        return ancestors(document)
    entry = _ancestor([str(document["rev"]), document.get("modified"), document.get("by") or ""])
    entry = entry or Ancestor(str(document["rev"]))
    return [Ancestor(entry.rev, entry.at, entry.by, changed_fields(document)), *ancestors(document)]


def read_line(document: Mapping[str, Any]) -> Document:
    """Return the fields that tell of earlier versions, without what a hand has written wrongly there."""
    entries = [msgspec.to_builtins(entry) for entry in ancestors(document)]
    return {"ancestors": entries, "changed": changed_fields(document)}


def known(document: Mapping[str, Any]) -> dict[str, Rev]:
    """Return the newest version of each run that this version is or came from."""
    found: dict[str, Rev] = {}
    for entry in line(document):
        rev = parse(entry.rev)
        found[rev.run] = max(rev, found.get(rev.run, rev))
    return found


def is_among(rev: Rev, known: Mapping[str, Rev]) -> bool:
    """Whether who knows these versions knows `rev`, too."""
    newest = known.get(rev.run, Rev())
    return rev.generation > 0 and (rev.generation < newest.generation or rev == newest)


def descends(later: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    """Whether the document `later` is `earlier` or came from it."""
    return is_among(rev_of(earlier), known(later))


def setters(document: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    """Return for each field changed since the record was made the generation and the run that set it."""
    found: dict[str, tuple[int, str]] = {}
    for entry in line(document):
        run = parse(entry.rev).run
        for name, generation in entry.fields.items():
            found[name] = max((generation, run), found.get(name, (0, "")))
    return found


def united(lines: Iterable[Sequence[Ancestor]]) -> list[Ancestor]:
    """Return the entries of all lines, one for each run, newest first and at most 50.

    A record changed in more than fifty runs forgets the oldest: a version from before them would then be
    taken for somebody else's change and shown, never dropped.
    """
    newest: dict[str, Ancestor] = {}
    for entry in (entry for entries in lines for entry in entries):
        run = parse(entry.rev).run
        if run not in newest or _age(newest[run]) < _age(entry):
            newest[run] = entry
    return sorted(newest.values(), key=_age, reverse=True)[:ANCESTORS]


def _age(entry: Ancestor) -> tuple[Rev, int, str]:
    # Two files may tell of one revision differently; which of them stays must not hang on their order.
    return parse(entry.rev), len(entry.fields), msgspec.json.encode(entry, order="deterministic").decode()


def revised(
    document: Mapping[str, Any],
    parents: Sequence[Mapping[str, Any]],
    changed: Iterable[str],
    *,
    run: str,
    at: str,
    by: str,
) -> Document:
    """Return the document as the version that replaces its `parents`, having changed these fields.

    `run` must know no version of this record that the parents do not know.
    """
    generation = 1 + max((rev_of(parent).generation for parent in parents), default=0)
    entries = united(line(parent) for parent in parents)
    own = next((entry for entry in entries if parse(entry.rev).run == run), None)
    fields = dict(own.fields) if own else {}
    fields.update(dict.fromkeys(changed, generation))
    return dict(document) | {
        "rev": str(Rev(generation, hash_of(document), run)),
        "ancestors": [msgspec.to_builtins(entry) for entry in entries if entry is not own],
        "changed": fields,
        "created": document.get("created") or at,
        "modified": at,
        "by": by or document.get("by") or "",
    }
