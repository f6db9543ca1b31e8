"""Encrypting film, as it comes."""

import os
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import BinaryIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from vigtui.values.clocks import now
from vigtui.vault.data_key import DataKey
from vigtui.vault.film.chunks import ChunkCipher
from vigtui.vault.film.header import Contents, Ending, Header
from vigtui.vault.film.layout import CHUNK_BYTES, HEADER_BYTES, ID_BYTES, chunks_of
from vigtui.vault.headers import KEY_BYTES


class Summary(Struct, frozen=True):
    """By what an encrypted film is known: its id, its size in bytes, and the SHA-256 of what is in it."""

    film_id: str
    size: int
    sha256: str


def write(
    file: BinaryIO, content: Iterable[bytes], key: DataKey, ending: str, film_id: bytes = b""
) -> Summary:
    """Encrypt what comes, in pieces of any length, into a new file that can be sought in, and return what it
    was. `ending` is what the name of the clear film ends with (".mp4"), or "". It gets a new id unless one is
    given, which no other film may have.

    The header is written last: a file that was not written to its end opens for nobody. Bringing it to the
    disk is the caller's. Raises ValueError for an ending that no file has, WrongKeyError when the key was
    wiped, OSError, and whatever `content` raises.
    """
    msgspec.convert(ending, Ending).encode()  # Before an hour of film is.
    film_key, film_id = os.urandom(KEY_BYTES), film_id or os.urandom(ID_BYTES)
    cipher, film = ChunkCipher(film_key, film_id), _Film(content)
    file.seek(HEADER_BYTES)
    for number, (chunk, after) in enumerate(pairwise(chain(film.chunks(), [bytearray()]))):
        file.write(cipher.encrypt(number, chunk, last=not after))
    header = Header(film_id, cipher.commitment)
    inside = msgspec.json.encode(Contents(film_key, film.size, ending, now()))
    slots = (header.slot_for(0, inside, key), *header.slots[1:])
    file.flush()
    file.seek(0)
    file.write(replace(header, slots=slots).whole())
    file.flush()
    return Summary(film_id.hex(), film.size, film.digest.hexdigest())


class _Film:
    """A film as it comes; once its chunks are through, it is known how long it was."""

    def __init__(self, content: Iterable[bytes]) -> None:
        import hashlib  # Lazy: three megabytes, and not needed before the first film.

        self._content = content
        self.size = 0
        self.digest = hashlib.sha256()

    def chunks(self) -> Iterator[bytearray]:
        """Yield the film in chunks, filled up with zeros."""
        chunk = bytearray()
        for piece in self._content:
            self.size += len(piece)
            self.digest.update(piece)
            rest = memoryview(piece)
            while rest:
                missing = CHUNK_BYTES - len(chunk)
                chunk += rest[:missing]
                rest = rest[missing:]
                if len(chunk) == CHUNK_BYTES:
                    yield chunk
                    chunk = bytearray()
        for _ in range(chunks_of(self.size) - self.size // CHUNK_BYTES):
            yield chunk.ljust(CHUNK_BYTES, b"\0")
            chunk = bytearray()
