"""A version of a record: what it says, and which versions it came from. The idea is CouchDB's, with one entry
for each writer.

A `rev` is "generation-hash-writer". The generation counts a record's changes, the hash covers what the
version says, and the writer is one run of the program at work on the file. The versions that one writer makes
of a record follow one another, so whoever knows a version knows the earlier ones of its writer: an ancestry
needs one entry for each, however long somebody types. An entry says also when, by whom, and which fields the
writer changed: the record's history, and what a merge field by field goes by. No clock decides anything.
"""

import functools
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.domain.records import Ancestor
from vigtui.domain.records.schema import BOOKKEEPING
from vigtui.store.format.layout import Document

ENTRIES = 50
"""Of how many writers the authors, times and fields are kept; of the others, how far they came."""
STORES_OWN = BOOKKEEPING - {"id"}
_LONGEST = 10
_JOINED, _KEPT = "j", "k"


class Rev(Struct, frozen=True, order=True):
    """A revision taken apart. In the order of these, the higher of two versions is shown first."""

    generation: int = 0
    hash: str = ""
    writer: str = ""

    def __str__(self) -> str:
        return f"{self.generation}-{self.hash}-{self.writer}"

    @property
    def is_joined(self) -> bool:
        """Whether nobody wrote this version: it is what several say together."""
        return self.writer.startswith(_JOINED)

    @property
    def is_kept(self) -> bool:
        """Whether it stands against a removal only for what was written below the record."""
        return self.writer.startswith(_KEPT)


@functools.lru_cache(maxsize=4096)
def parse(rev: str) -> Rev:
    """Take a revision apart; `Rev()` for what this program has not written. A version from before there
    were writers counts as the only one of its writer."""
    number, _, rest = rev.partition("-")
    digest_, _, writer = rest.partition("-")
    if not digest_ or len(number) >= _LONGEST or not (number.isascii() and number.isdigit()):
        return Rev()
    return Rev(int(number), digest_, writer or digest_)


class Ancestry(Struct, frozen=True):
    """The writers a version came from: `entries`, newest first, and of those before them the generation that
    each had reached."""

    entries: tuple[Ancestor, ...] = ()
    earlier: Mapping[str, int] = {}


class Version(Struct, frozen=True, dict=True):
    """A version of a record and its ancestry, parsed once. One that is `removed` is the document, without a
    word, that says who removed the record, and when."""

    document: Document
    removed: bool = False

    @cached_property
    def rev(self) -> Rev:
        return rev_of(self.document)

    @property
    def erased(self) -> bool:
        """Whether the record was erased: unlike another removal, this overrides every version, known to it or
        not."""
        return self.removed and self.document.get("erased") is True

    @cached_property
    def ancestry(self) -> Ancestry:
        """Its own entry, which a joined version does not have, and those of its ancestors."""
        return ancestry(self.document)

    @cached_property
    def known(self) -> Mapping[str, Rev]:
        """The newest version of each writer that this version is or came from. Of an early one the hash is
        not known."""
        found = {writer: Rev(generation, "", writer) for writer, generation in self.ancestry.earlier.items()}
        for entry in self.ancestry.entries:
            rev = parse(entry.rev)
            found[rev.writer] = max(rev, found.get(rev.writer, rev))
        return found

    @cached_property
    def setters(self) -> Mapping[str, tuple[int, str]]:
        """For each field that was changed since the record was made, the generation and the writer that set
        it."""
        return setters_in(self.ancestry.entries)

    def settings(self, names: Collection[str]) -> frozenset[tuple[int, str]]:
        """Return the generations and writers that set one of these fields, each writer's last."""
        return frozenset(
            (entry.fields[name], parse(entry.rev).writer)
            for entry in self.ancestry.entries
            for name in names
            if name in entry.fields
        )

    @cached_property
    def content(self) -> Document:
        """What it says, without the store's own fields."""
        return content(self.document)

    @cached_property
    def is_as_saved(self) -> bool:
        """Whether it says what it said when it was saved: nobody has edited it by hand since."""
        return self.rev.hash == hash_of(self.document)

    def knows(self, rev: Rev) -> bool:
        """Whether this version is that revision, which somebody wrote, or came from it."""
        return is_among(rev, self.known)

    def descends_from(self, other: "Version") -> bool:
        """Whether this version is the other one or came from it. It came from what several say together when
        it came from all of those, and a change goes before what was only kept of the same, or of less."""
        if other.rev.is_joined and other.known:
            return all(map(self.knows, other.known.values()))
        if other.rev.is_kept and not self.removed:
            same = self.rev.is_kept and other._knew_no_more_than(self) and self._knew_no_more_than(other)
            return self.rev > other.rev if same else other._knew_no_more_than(self)
        return self.knows(other.rev)

    def _knew_no_more_than(self, other: "Version") -> bool:
        """Whether the other knows all that this one came from. That something was kept says nothing new."""
        return all(rev == self.rev or rev.is_kept or other.knows(rev) for rev in self.known.values())


def is_among(rev: Rev, known: Mapping[str, Rev]) -> bool:
    """Whether who knows these versions knows `rev`, too."""
    newest = known.get(rev.writer, Rev())
    return 0 < rev.generation < newest.generation or (
        rev.generation > 0 and rev.generation == newest.generation and newest.hash in ("", rev.hash)
    )


def rev_of(document: Mapping[str, Any]) -> Rev:
    """Return a document's revision, whatever somebody has written there by hand."""
    rev = document.get("rev")
    return parse(rev) if isinstance(rev, str) else Rev()


def new_writer() -> str:
    """Return a name for a writer that no other has."""
    return os.urandom(4).hex()


def content(document: Mapping[str, Any]) -> Document:
    """Return what the document says, without the store's own fields."""
    return {key: value for key, value in document.items() if key not in STORES_OWN}


def hash_of(document: Mapping[str, Any]) -> str:
    """Return the hash of what the document says."""
    return digest(canonical(content(document)), 10)


def canonical(value: Any) -> bytes:
    """Return a JSON value as bytes that depend on nothing but what it says."""
    return msgspec.json.encode(value, order="deterministic")


def digest(data: bytes, size: int) -> str:
    """Return a hash of `size` bytes in hexadecimal."""
    import hashlib  # Lazy: not needed before the first change.

    return hashlib.blake2b(data, digest_size=size).hexdigest()


def differing(one: Version, other: Version) -> set[str]:
    """Return the fields of which two versions say different things."""
    first, second = one.content, other.content
    return {
        name
        for name in first.keys() | second.keys()
        if first.get(name, msgspec.UNSET) != second.get(name, msgspec.UNSET)
    }


# Reading an ancestry


def ancestry(document: Mapping[str, Any]) -> Ancestry:
    """Return the ancestry of a document, its own entry first, without what is malformed."""
    before, own = _before(document), rev_of(document)
    if not own.generation or own.is_joined:
        return before
    entry = _entry([str(document["rev"]), document.get("modified"), document.get("by") or ""])
    entry = entry or Ancestor(str(document["rev"]))
    entry = Ancestor(entry.rev, entry.at, entry.by, changed_fields(document))
    return Ancestry((entry, *before.entries), before.earlier)


def _before(document: Mapping[str, Any]) -> Ancestry:
    written = document.get("ancestors")
    found = [_entry(each) for each in written] if isinstance(written, list | tuple) else []
    earlier: dict[str, int] = {}
    for entry in found:
        if entry is not None and not entry.rev:
            for writer, generation in entry.fields.items():
                if 0 < generation < 10 ** (_LONGEST - 1):
                    earlier[writer] = max(generation, earlier.get(writer, 0))
    return Ancestry(tuple(entry for entry in found if entry is not None and entry.rev), earlier)


def _entry(written: object) -> Ancestor | None:
    if isinstance(written, str):  # From before there were writers.
        written = [written]
    try:
        found = msgspec.convert(written, Ancestor)
    except (msgspec.ValidationError, RecursionError):
        return None
    return found if not found.rev or parse(found.rev).generation else None


def changed_fields(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the generation at which the writer of this version last changed each field it changed."""
    value = document.get("changed")
    if not isinstance(value, dict):
        return {}
    return {key: at for key, at in value.items() if isinstance(at, int) and not isinstance(at, bool)}


def readable_ancestry(document: Mapping[str, Any]) -> Document:
    """Return the fields that describe earlier versions, without what is malformed."""
    return {"ancestors": written(_before(document)), "changed": changed_fields(document)}


def setters_in(entries: Iterable[Ancestor]) -> dict[str, tuple[int, str]]:
    """Return for each field the highest generation at which one of these set it, and the writer."""
    found: dict[str, tuple[int, str]] = {}
    for entry in entries:
        writer = parse(entry.rev).writer
        for name, generation in entry.fields.items():
            found[name] = max((generation, writer), found.get(name, (0, "")))
    return found


# Uniting ancestries


def united(ancestries: Iterable[Ancestry]) -> Ancestry:
    """Return the ancestry of what came from all of these: an entry for each of the newest fifty writers and
    for whoever set a field last, and of all the others how far they came."""
    newest: dict[str, Ancestor] = {}
    earlier: dict[str, int] = {}
    for each in ancestries:
        for writer, generation in each.earlier.items():
            earlier[writer] = max(generation, earlier.get(writer, 0))
        for entry in each.entries:
            writer = parse(entry.rev).writer
            if writer not in newest or _age(newest[writer]) < _age(entry):
                newest[writer] = entry
    found = [
        entry for writer, entry in newest.items() if earlier.get(writer, 0) <= parse(entry.rev).generation
    ]
    return _bounded(sorted(found, key=_age, reverse=True), earlier)


def without(known: Ancestry, writer: str) -> Ancestry:
    """Return an ancestry less one writer."""
    entries = tuple(entry for entry in known.entries if parse(entry.rev).writer != writer)
    return Ancestry(entries, {name: at for name, at in known.earlier.items() if name != writer})


def _bounded(entries: Sequence[Ancestor], earlier: dict[str, int]) -> Ancestry:
    kept: list[Ancestor] = []
    setting = {writer for _, writer in setters_in(entries).values()} if len(entries) > ENTRIES else set()
    for at, entry in enumerate(entries):
        rev = parse(entry.rev)
        if at < ENTRIES or rev.writer in setting:
            kept.append(entry)
            earlier.pop(rev.writer, None)
        else:
            earlier[rev.writer] = rev.generation
    return Ancestry(tuple(kept), earlier)


def _age(entry: Ancestor) -> tuple[Rev, int, bytes]:
    # Two files may describe one revision differently; which description stays must not depend on their order.
    return parse(entry.rev), len(entry.fields), canonical(entry)


def written(found: Ancestry) -> list[Any]:
    """Return an ancestry as it is in a document: the early writers share one entry without a revision."""
    entries = [msgspec.to_builtins(entry) for entry in found.entries]
    early = dict(sorted(found.earlier.items()))
    return [*entries, ["", None, "", early]] if early else entries


# New versions


def revised(
    document: Mapping[str, Any],
    parents: Sequence[Version],
    changed: Iterable[str],
    *,
    writer: str,
    at: str,
    by: str,
) -> Document:
    """Return the document as the version that replaces its `parents`, having changed these fields.

    `writer` must have made no version of this record that the parents do not know.
    """
    generation = 1 + max((parent.rev.generation for parent in parents), default=0)
    before = united(parent.ancestry for parent in parents)
    own = next((entry for entry in before.entries if parse(entry.rev).writer == writer), None)
    fields = dict(own.fields) if own else {}
    fields.update(dict.fromkeys(changed, generation))
    return dict(document) | {
        "rev": str(Rev(generation, hash_of(document), writer)),
        "ancestors": written(without(before, writer)),
        "changed": fields,
        "created": document.get("created") or at or None,
        "modified": at or None,
        "by": by or document.get("by") or "",
    }


def joined(values: Document, versions: Sequence[Version]) -> Document:
    """Return the version that stands for several together. It came from all of them, and is the same however
    they came together: its writer is named after all that it came from."""
    known = united(version.ancestry for version in versions)
    newest = max(known.entries, key=lambda entry: parse(entry.rev), default=Ancestor(""))
    reached = sorted({**known.earlier, **{r.writer: r.generation for r in _revs(known)}}.items())
    created = [made for version in versions if isinstance(made := version.document.get("created"), str)]
    generation = 1 + max(reached_ for _, reached_ in reached) if reached else 1
    at = msgspec.to_builtins(newest.at)
    return values | {
        "rev": str(Rev(generation, hash_of(values), _JOINED + digest(canonical(reached), 4))),
        "ancestors": written(known),
        "changed": {},
        "created": min(created, default=at),
        "modified": at,
        "by": newest.by,
    }


def _revs(known: Ancestry) -> Iterable[Rev]:
    return (parse(entry.rev) for entry in known.entries)


def kept_against(removal: Version, version: Version) -> Version:
    """Return a version that was removed, as one that the removal did not know. It is the same on every
    machine."""
    writer = _KEPT + digest(f"{version.rev} {removal.rev}".encode(), 4)
    document = version.document
    at, by = document.get("modified") or "", document.get("by") or ""
    return Version(revised(document, [version], (), writer=writer, at=at, by=by))


def erasure(table: str, record_id: str, *, at: str = "", by: str = "") -> Document:
    """Return the mark, without content, of a record that was erased at a time by somebody. That of a record
    which was erased with what it belonged to is the same on every machine, whoever erased that."""
    said = {"id": record_id, "table": table, "erased": True}
    writer = digest(canonical([table, record_id, at, by]), 4)
    rev = Rev(2 if at or by else 1, hash_of(said), writer)
    bookkeeping = {"rev": str(rev), "ancestors": [], "changed": {}}
    return {**said, **bookkeeping, "created": at or None, "modified": at or None, "by": by}
