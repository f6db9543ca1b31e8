"""All words of a caseload in memory, as they are compared: to be looked through while somebody types."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock

from msgspec import Struct

from vigtui.domain.belonging import family_of
from vigtui.domain.lookup import Find
from vigtui.domain.records import KIND_OF, Record
from vigtui.queries.search.parts import NAME, PARTS, RANKED, Key, parts_of
from vigtui.values.search import spread, wanted

MOST_HITS = 200
MOST_LETTERS = 64_000_000


class Hits(Struct, frozen=True):
    """What was found, the best first; `more` says that there is more than that."""

    keys: tuple[Key, ...] = ()
    more: bool = False


class Index:
    """The words of records, by where they stand. `find` looks a record up. Of a caseload that says more than
    `most_letters` the rest is not kept a second time: it is read when it is looked through, which takes
    longer. May be called from any thread."""

    def __init__(self, find: Find, *, most_letters: int = MOST_LETTERS) -> None:
        self._find = find
        self._room = most_letters
        self._texts: tuple[dict[Key, str], ...] = tuple({} for _ in RANKED)
        self._families: dict[Key, str] = {}
        self._lock = Lock()

    def put(self, records: Iterable[Record]) -> None:
        """Add records, in place of what they said before."""
        with self._lock:
            for record in records:
                family = family_of(self._find, record)
                for rank, part in parts_of(record.table):
                    key = (record.table, record.id, part.field)
                    self._keep(rank, key, part.words(record), family.id if family else "")

    def drop(self, table: str, record_id: str) -> None:
        """Forget what a record said that is no longer there."""
        with self._lock:
            for rank, part in parts_of(table):
                self._keep(rank, (table, record_id, part.field), "", "")

    def _keep(self, rank: int, key: Key, words: str, family: str) -> None:
        texts = self._texts[rank]
        self._room += len(texts.get(key, ""))
        if words.strip():
            text = spread(words)
            texts[key] = text if len(text) <= self._room else ""
            self._room -= len(texts[key])
            self._families[key] = family
        else:
            texts.pop(key, None)
            self._families.pop(key, None)

    def search(self, typed: str, may_read: Callable[[Key], bool], most: int = MOST_HITS) -> Hits:
        """Return where all words that were typed stand: at the start of a word before in the middle of one,
        then in the order of `RANKED`, what is newer before what is older. Of several words some may name the
        family. What `may_read` refuses is neither returned nor counted."""
        words = wanted(typed)
        with self._lock:
            found = list(islice(filter(may_read, self._ranked(words)), most + 1)) if words else []
        return Hits(tuple(found[:most]), more=len(found) > most)

    def _ranked(self, words: Sequence[str]) -> Iterator[Key]:
        """Where the words stand, each place once, the best first."""
        ways: list[Callable[[], Iterator[Key]]] = [
            lambda: self._with([f" {word}" for word in words]),
            lambda: self._with(words),
            lambda: self._of_families(words),
        ]
        if len(words) > 1:
            ways.insert(0, lambda: self._with([f" {' '.join(words)}"]))
        told: set[Key] = set()
        for way in ways:
            for key in way():
                if key not in told:
                    told.add(key)
                    yield key

    def _with(self, needles: Sequence[str]) -> Iterator[Key]:
        first, *others = needles
        for texts in self._texts:
            keys = [key for key, text in texts.items() if first in (text or self._read(key))]
            for needle in others:
                keys = [key for key in keys if needle in (texts[key] or self._read(key))]
            yield from reversed(keys)

    def _of_families(self, words: Sequence[str]) -> Iterator[Key]:
        """Where some of the words stand, in what is said of a family that goes by the others."""
        if len(words) < 2:
            return
        named = {word: self._named(f" {word}") for word in words}
        telling = [families for families in named.values() if families]
        rest = [word for word, families in named.items() if not families]
        if telling and rest:
            families = set.intersection(*telling)
            yield from (key for key in self._with(rest) if self._families[key] in families)

    def _named(self, needle: str) -> set[str]:
        names = self._texts[0].items()
        return {key[1] for key, text in names if key[2] == NAME and needle in (text or self._read(key))}

    def _read(self, key: Key) -> str:
        """What was not kept."""
        record = self._find(KIND_OF[key[0]], key[1])
        return spread(PARTS[key[0], key[2]].words(record)) if record is not None else ""
