"""All words of a caseload in memory, as they are compared: to be looked through while somebody types."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock

from msgspec import Struct

from vigtui.domain.belonging import family_of
from vigtui.domain.lookup import Find
from vigtui.domain.records import KIND_OF, Record
from vigtui.queries.search.audience import kept_by
from vigtui.queries.search.parts import NAME, PARTS, RANKED, Key, parts_of
from vigtui.values.search import spread, wanted

MOST_HITS = 200
MOST_LETTERS = 64_000_000


class Hits(Struct, frozen=True):
    """What was found, the best first; `more` says that there is more than that."""

    keys: tuple[Key, ...] = ()
    more: bool = False


class _Words(Struct, frozen=True, gc=False):
    """What a place says, as it is compared; no text where it is not kept. `family` is whose work it is,
    `only` who alone may read it."""

    key: Key
    family: str
    text: str
    only: str = ""


_Places = tuple[list[_Words], ...]
"""Places, in the order of `RANKED`."""


class Index:
    """The words of records, by where they stand. `find` looks a record up. Of a caseload that says more than
    `most_letters` the rest is not kept a second time: it is read when it is looked through, which takes
    longer. May be called from any thread."""

    def __init__(self, find: Find, *, most_letters: int = MOST_LETTERS) -> None:
        self._find = find
        self._room = most_letters
        self._all: tuple[dict[Key, _Words], ...] = tuple({} for _ in RANKED)
        self._found: dict[str, _Places] = {}
        """Where each word of the last search stands: with one more letter it stands in some of these."""
        self._lock = Lock()

    def put(self, records: Iterable[Record]) -> None:
        """Add records, in place of what they said before."""
        with self._lock:
            for record in records:
                family = family_of(self._find, record)
                for rank, part in parts_of(record.table):
                    key = (record.table, record.id, part.field)
                    self._keep(rank, key, part.words(record), family.id if family else "", kept_by(record))

    def drop(self, table: str, record_id: str) -> None:
        """Forget what a record said that is no longer there."""
        with self._lock:
            for rank, part in parts_of(table):
                self._keep(rank, (table, record_id, part.field), "", "")

    def _keep(self, rank: int, key: Key, words: str, family: str, only: str = "") -> None:
        self._found.clear()
        places = self._all[rank]
        before = places.get(key)
        self._room += len(before.text) if before else 0
        if words.strip():
            text = spread(words)
            places[key] = _Words(key, family, text if len(text) <= self._room else "", only)
            self._room -= len(places[key].text)
        else:
            places.pop(key, None)

    def search(
        self, typed: str, may_read: Callable[[Key], bool], most: int = MOST_HITS, *, reader: str = ""
    ) -> Hits:
        """Return where all words that were typed stand: at the start of a word before in the middle of one,
        then in the order of `RANKED`, what is newer before what is older. Of several words some may name the
        family. What `may_read` refuses is neither returned nor counted, nor what somebody alone may read who
        is not the `reader`, by id: of that it is not even asked."""
        words = wanted(typed)
        with self._lock:
            found = list(islice(filter(may_read, self._ranked(words, reader)), most + 1)) if words else []
            self._found = {word: places for word, places in self._found.items() if word in words}
        return Hits(tuple(found[:most]), more=len(found) > most)

    def _ranked(self, words: Sequence[str], reader: str) -> Iterator[Key]:
        """Where the words stand, each place once, the best first, without what others alone may read."""
        places = self._with_all(words)
        ways: list[Callable[[], Iterator[_Words]]] = [
            lambda: self._with(places, [f" {word}" for word in words]),
            lambda: self._with(places),
            lambda: self._of_families(words),
        ]
        if len(words) > 1:
            ways.insert(0, lambda: self._with(places, [f" {' '.join(words)}"]))
        told: set[Key] = set()
        for way in ways:
            for each in way():
                if each.only in ("", reader) and each.key not in told:
                    told.add(each.key)
                    yield each.key

    def _with_all(self, words: Sequence[str]) -> _Places:
        """Where every one of the words stands, begun with one of which that is known, or with the longest."""
        first = next((word for word in words if word in self._found), max(words, key=len))
        places = self._with_word(first)
        for word in words:
            if word != first:
                places = tuple(self._narrowed(several, word) for several in places)
        return places

    def _with_word(self, word: str) -> _Places:
        """Where a word stands, kept for the next letter."""
        if word not in self._found:
            known = max((each for each in self._found if each in word), key=len, default=None)
            among = self._found[known] if known else (each.values() for each in self._all)
            self._found[word] = tuple(self._narrowed(several, word) for several in among)
        return self._found[word]

    def _narrowed(self, places: Iterable[_Words], needle: str) -> list[_Words]:
        return [each for each in places if needle in (each.text or self._read(each.key))]

    def _with(self, places: _Places, needles: Sequence[str] = ()) -> Iterator[_Words]:
        for several in places:
            for needle in needles:
                several = self._narrowed(several, needle)
            yield from reversed(several)

    def _of_families(self, words: Sequence[str]) -> Iterator[_Words]:
        """Where some of the words stand, in what is said of a family that goes by the others."""
        if len(words) < 2:
            return
        named = {word: self._named(f" {word}") for word in words}
        telling = [families for families in named.values() if families]
        rest = [word for word, families in named.items() if not families]
        if telling and rest:
            families = set.intersection(*telling)
            for several in self._with_all(rest):
                yield from (each for each in reversed(several) if each.family in families)

    def _named(self, needle: str) -> set[str]:
        names = self._narrowed(self._all[0].values(), needle)
        return {each.key[1] for each in names if each.key[2] == NAME}

    def _read(self, key: Key) -> str:
        """What was not kept."""
        record = self._find(KIND_OF[key[0]], key[1])
        return spread(PARTS[key[0], key[2]].words(record)) if record is not None else ""
