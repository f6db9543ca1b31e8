"""Encrypted films that somebody has changed, and whether that was noticed."""

import random
from collections.abc import Callable
from pathlib import Path

from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost
from vigtui.vault.envelope import DamagedError
from vigtui.vault.film.layout import (
    BLOCK_BYTES,
    CHUNK_BYTES,
    HEADER_BYTES,
    PADDED_TO,
    STORED_CHUNK_BYTES,
    place_of_chunk,
    place_of_slot,
)
from vigtui.vault.film.reading import open_encrypted, verify_film
from vigtui.vault.film.rewrapping import rewrap
from vigtui.vault.film.writing import write
from vigtui.vault.key import WrongKeyError
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)
KEY = new_key("heron toast marsh", CHEAP)
OTHER_KEY = new_key("owl noise story", CHEAP)
_SIZE = PADDED_TO + PADDED_TO // 2
_CHUNKS = 2 * PADDED_TO // CHUNK_BYTES


def encrypted(path: Path, clear: bytes, key: DataKey = KEY) -> Path:
    """Return the path, once it has this film encrypted."""
    with path.open("wb") as file:
        write(file, [clear], key, ".mp4")
    return path


class Tamperer:
    """Changes a film that two keys open, by chance; another that the same two open is at hand."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._clear = self._random.randbytes(_SIZE)
        self._path = folder / "film.vigfilm"
        self._film = self._made(self._clear)
        self._other = self._made(self._random.randbytes(_SIZE))
        self._kinds: dict[str, Callable[[bytearray], None]] = {
            "a bit flipped": self._flip,
            "a bit of the header flipped": self._flip_in_header,
            "two chunks exchanged": self._exchange,
            "a chunk a second time in place of another": self._repeat,
            "a chunk a second time before another": self._insert,
            "a chunk left out": self._leave_out,
            "a chunk of another film": self._take_chunk,
            "cut off": self._cut_off,
            "cut off after a chunk": self._cut_off_after_chunk,
            "zeros from somewhere on": self._zeros,
            "something added": self._add,
            "the beginning of another film": self._take_beginning,
            "a slot of another film": self._take_slot,
            "the slots exchanged": self._exchange_slots,
            "the header of another film": self._take_header,
        }

    def unnoticed(self, number: int) -> str:
        """Change the film, and return what was done to it if that was not noticed. What cannot be read is
        never read wrong."""
        kind = list(self._kinds)[number % len(self._kinds)]
        data = bytearray(self._film)
        self._kinds[kind](data)
        self._path.write_bytes(data)
        changed = data != self._film
        return kind if changed and (self._shown_wrong() or self._verified()) else ""

    def _made(self, clear: bytes) -> bytes:
        rewrap(encrypted(self._path, clear), KEY, OTHER_KEY)
        return self._path.read_bytes()

    def _verified(self) -> bool:
        try:
            verify_film(self._path, KEY)
        except (DamagedError, WrongKeyError):
            return False
        return True

    def _shown_wrong(self) -> bool:
        try:
            film = open_encrypted(self._path, KEY)
        except (DamagedError, WrongKeyError):
            return False
        with film:
            for start in range(0, _SIZE, CHUNK_BYTES):
                film.seek(start)
                try:
                    if film.read(CHUNK_BYTES) != self._clear[start : start + CHUNK_BYTES]:
                        return True
                except DamagedError:
                    continue
        return False

    def _flip(self, data: bytearray) -> None:
        self._flip_at(data, self._random.randrange(HEADER_BYTES, len(data)))

    def _flip_in_header(self, data: bytearray) -> None:
        self._flip_at(data, self._random.randrange(place_of_slot(1)))  # The other slot is another key's.

    def _flip_at(self, data: bytearray, place: int) -> None:
        data[place] ^= 1 << self._random.randrange(8)

    def _exchange(self, data: bytearray) -> None:
        one, two = map(_chunk, self._random.sample(range(_CHUNKS), 2))
        data[one], data[two] = data[two], data[one]

    def _repeat(self, data: bytearray) -> None:
        one, two = map(_chunk, self._random.sample(range(_CHUNKS), 2))
        data[one] = data[two]

    def _insert(self, data: bytearray) -> None:
        one, two = map(_chunk, self._random.choices(range(_CHUNKS), k=2))
        data[one.start : one.start] = data[two]

    def _leave_out(self, data: bytearray) -> None:
        del data[_chunk(self._random.randrange(_CHUNKS))]

    def _take_chunk(self, data: bytearray) -> None:
        chunk = _chunk(self._random.randrange(_CHUNKS))
        data[chunk] = self._other[chunk]

    def _cut_off(self, data: bytearray) -> None:
        del data[self._random.randrange(len(data)) :]

    def _cut_off_after_chunk(self, data: bytearray) -> None:
        del data[place_of_chunk(self._random.randrange(_CHUNKS)) :]

    def _zeros(self, data: bytearray) -> None:
        place = self._random.randrange(len(data))
        data[place:] = bytes(len(data) - place)

    def _add(self, data: bytearray) -> None:
        data += self._random.randbytes(self._random.choice([1, STORED_CHUNK_BYTES, PADDED_TO]))

    def _take_beginning(self, data: bytearray) -> None:
        data[:BLOCK_BYTES] = self._other[:BLOCK_BYTES]

    def _take_slot(self, data: bytearray) -> None:
        data[_slot(0)] = self._other[_slot(0)]

    def _exchange_slots(self, data: bytearray) -> None:
        data[_slot(0)], data[_slot(1)] = data[_slot(1)], data[_slot(0)]

    def _take_header(self, data: bytearray) -> None:
        data[:HEADER_BYTES] = self._other[:HEADER_BYTES]


def _chunk(number: int) -> slice:
    return slice(place_of_chunk(number), place_of_chunk(number + 1))


def _slot(number: int) -> slice:
    return slice(place_of_slot(number), place_of_slot(number + 1))
