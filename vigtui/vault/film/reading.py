"""Reading encrypted film, from any place in it."""

import io
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from vigtui.foreign.files import open_file
from vigtui.vault.data_key import DataKey
from vigtui.vault.film import header
from vigtui.vault.film.chunks import ChunkCipher
from vigtui.vault.film.errors import FilmDamagedError, FilmLockedError
from vigtui.vault.film.header import Contents
from vigtui.vault.film.layout import CHUNK_BYTES, STORED_CHUNK_BYTES, chunks_of, place_of_chunk
from vigtui.vault.film.writing import Summary

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNKS_KEPT = 4
"""How many chunks are kept in clear: a player goes to and fro between pictures and sound."""


def open_encrypted(path: Path, key: DataKey, *, unchanged: bool = False) -> "EncryptedFilm":
    """Open an encrypted film to be read. Raises FilmLockedError when the key opens no such film,
    FilmDamagedError when this is none or not as long as it was, else OSError: all of them OSErrors. An
    `unchanged` film was never rewrapped: its file is no link, and all its bytes are those that were written
    first."""
    file = open_file(path, follow_links=not unchanged)
    try:
        found = header.read(file.fileno())
        if unchanged and any(slot != header.EMPTY_SLOT for slot in found.slots[1:]):
            raise FilmDamagedError(header.CHANGED)
        contents = found.contents(key)
        header.check_size(file.fileno(), contents)
        cipher = ChunkCipher(contents.key, found.film_id)
        if cipher.commitment != found.commitment:
            raise FilmDamagedError(header.CHANGED)
    except BaseException:
        file.close()
        raise
    return EncryptedFilm(file, found.film_id, contents, cipher, key)


def verify_film(path: Path, key: DataKey, advance: Callable[[int], None] = lambda _: None) -> Summary:
    """Read an encrypted film to its end, from the disk where the system can be asked to forget it, and return
    what it is: the same as `write` returned. `advance` is called with the number of bytes that were read
    since it was called last. Raises as `open_encrypted` and reading do."""
    with open_encrypted(path, key) as film:
        return film.read_whole(advance)


class EncryptedFilm(io.RawIOBase, BinaryIO):
    """The clear bytes of an encrypted film, to be read and sought in, by any thread. `size` is how many there
    are, `ending` what the name of the clear film ends with, `written` when it was encrypted. `film_id` is 32
    hexadecimal digits that no other film has: a caseload that knows it notices when films change places.

    Reading returns all that was asked for, up to the film's end. It raises FilmDamagedError where the file
    was changed, FilmLockedError once the key was wiped, else OSError: all of them OSErrors.
    """

    def __init__(
        self, file: BinaryIO, film_id: bytes, contents: Contents, cipher: ChunkCipher, key: DataKey
    ) -> None:
        """Use `open_encrypted`."""
        super().__init__()
        self.film_id = film_id.hex()
        self.size, self.ending, self.written = contents.size, contents.ending, contents.written
        self._file, self._key = file, key
        self._cipher: ChunkCipher | None = cipher
        self._chunks = chunks_of(self.size)
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._place = 0
        self._using = threading.RLock()
        key.forgotten_by(self)

    @property
    def name(self) -> str:
        """The path of the encrypted file."""
        return self._file.name

    @property
    def mode(self) -> str:
        """That it is open to be read."""
        return "rb"

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.seek(0, os.SEEK_CUR)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        with self._using:
            self._refuse_closed()
            start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self.size}[whence]
            if start + offset < 0:
                raise ValueError("there is nothing before the start of a film")
            self._place = start + offset
            return self._place

    def read(self, size: int | None = -1) -> bytes:
        with self._using:
            return b"".join(self._pieces(self.size if size is None or size < 0 else size))

    def readall(self) -> bytes:
        return self.read()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        with self._using, memoryview(buffer).cast("B") as room:
            done = 0
            for piece in self._pieces(len(room)):
                room[done : done + len(piece)] = piece
                done += len(piece)
            return done

    def read_whole(self, advance: Callable[[int], None]) -> Summary:
        """Read all chunks from the disk, those too in which the film is filled up; see `verify_film`."""
        import hashlib  # Lazy: three megabytes, and not needed before the first film.

        digest = hashlib.sha256()
        with self._using:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            for number in range(self._chunks):
                start = number * CHUNK_BYTES
                piece = memoryview(self._decrypted(number))[: max(0, self.size - start)]
                digest.update(piece)
                advance(len(piece))
        return Summary(self.film_id, self.size, digest.hexdigest())

    def forget(self) -> None:
        """Let go of the film's own key, and of what is kept in clear: nothing more can be read."""
        with self._using:
            self._kept.clear()
            self._cipher = None

    def close(self) -> None:
        with self._using:
            self.forget()
            self._file.close()
            super().close()

    def _pieces(self, most: int) -> Iterator[memoryview]:
        """Yield what is from here on in clear, and go on behind it once all of it is read."""
        self._refuse_closed()
        place, end = self._place, min(self._place + most, self.size)
        while place < end:
            number, start = divmod(place, CHUNK_BYTES)
            piece = memoryview(self._chunk(number))[start : start + end - place]
            yield piece
            place += len(piece)
        self._place = place

    def _chunk(self, number: int) -> bytes:
        if self._key.is_wiped:
            raise FilmLockedError
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        self._kept[number] = chunk = self._decrypted(number)
        if len(self._kept) > CHUNKS_KEPT:
            self._kept.popitem(last=False)
        return chunk

    def _decrypted(self, number: int) -> bytes:
        if self._key.is_wiped or self._cipher is None:
            raise FilmLockedError
        stored = os.pread(self._file.fileno(), STORED_CHUNK_BYTES, place_of_chunk(number))
        return self._cipher.decrypt(number, stored, self._chunks)

    def _refuse_closed(self) -> None:
        if self.closed:
            raise ValueError("the film is closed")
