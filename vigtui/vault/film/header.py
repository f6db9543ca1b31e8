"""The header of an encrypted film: what it is, and two slots, in each of which a data key seals the film's
own key. With two of them a film goes over to another data key, and at each moment one opens it."""

import datetime as dt
import os
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vigtui.vault.data_key import SEAL_BYTES, DataKey
from vigtui.vault.film.errors import FilmDamagedError, FilmLockedError
from vigtui.vault.film.layout import (
    BLOCK_BYTES,
    HEADER_BYTES,
    ID_BYTES,
    ID_PLACE,
    MAGIC,
    MOST_BYTES,
    SLOTS,
    VERSION_BYTES,
    is_encrypted_film,
    place_of_slot,
    stored_bytes,
)
from vigtui.vault.headers import KEY_BYTES
from vigtui.vault.key import WrongKeyError

EMPTY_SLOT = bytes(BLOCK_BYTES)
_VERSION = 1
_TAG_BYTES = 32
_SEALED_BYTES = BLOCK_BYTES - _TAG_BYTES - SEAL_BYTES
_USE = b"film"
CHANGED = "was changed or cut off after it was encrypted"
_NEWER = "was encrypted by a newer vigtui; update vigtui to open it"

Ending = Annotated[str, Meta(max_length=255, pattern=r"\A(\.[^\x00-\x1f\x7f/\\]*)?\Z")]


class Contents(Struct, frozen=True):
    """What a data key seals of a film: the film's own key, its true size in bytes, what the name of the clear
    film ends with (".mp4"), and when it was encrypted."""

    key: Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
    size: Annotated[int, Meta(ge=0, le=MOST_BYTES)]
    ending: Ending
    written: dt.datetime


class Header(Struct, frozen=True):
    """The header of one film. `commitment` tells the film's own key from all others."""

    film_id: bytes
    commitment: bytes
    slots: tuple[bytes, ...] = (EMPTY_SLOT,) * SLOTS

    def beginning(self) -> bytes:
        """Return what is before the slots, and is never written again."""
        version = _VERSION.to_bytes(VERSION_BYTES)
        return (MAGIC + version + self.film_id + self.commitment).ljust(BLOCK_BYTES, b"\0")

    def whole(self) -> bytes:
        """Return the header as it is in the file."""
        return b"".join([self.beginning(), *self.slots])

    def slot_for(self, number: int, inside: bytes, key: DataKey) -> bytes:
        """Return this slot, sealed by `key`. Raises FilmLockedError when that was wiped."""
        return self._tag(key) + key.seal(_USE, inside.ljust(_SEALED_BYTES), self._beside(number))

    def opened_by(self, key: DataKey) -> dict[int, bytes]:
        """Return what is in the slots that this key opens, by their numbers. Raises FilmLockedError when
        none was sealed by it, FilmDamagedError when such a one was changed."""
        tag = self._tag(key)
        sealed = [number for number, slot in enumerate(self.slots) if slot.startswith(tag)]
        if not sealed:
            raise FilmLockedError
        found = {}
        for number in sealed:
            try:
                inside = key.unseal(_USE, self.slots[number][_TAG_BYTES:], self._beside(number))
            except WrongKeyError:
                continue  # A machine that stopped while it was written: the other slot counts.
            found[number] = inside
        if not found:
            raise FilmDamagedError(CHANGED)
        return found

    def contents(self, key: DataKey) -> Contents:
        """Return what the key seals. Raises as `opened_by`."""
        inside = next(iter(self.opened_by(key).values()))
        try:
            return msgspec.json.decode(inside, type=Contents)
        except ValueError:
            raise FilmDamagedError(_NEWER) from None

    def _tag(self, key: DataKey) -> bytes:
        try:  # Each film has another, so that none tells which films belong together.
            return key.tag(_USE + b" " + self.film_id)
        except WrongKeyError:
            raise FilmLockedError from None

    def _beside(self, number: int) -> bytes:
        return self.beginning() + bytes([number])


def read(descriptor: int) -> Header:
    """Return the header of an open file. Raises FilmDamagedError when it is none, or OSError."""
    data = os.pread(descriptor, HEADER_BYTES, 0)
    if not is_encrypted_film(data):
        raise FilmDamagedError("is no encrypted film, or was not encrypted to its end")
    version, rest = data[len(MAGIC) : ID_PLACE], data[ID_PLACE:]
    if int.from_bytes(version) > _VERSION:
        raise FilmDamagedError(_NEWER)
    slots = tuple(data[place_of_slot(number) :][:BLOCK_BYTES] for number in range(SLOTS))
    header = Header(rest[:ID_BYTES], rest[ID_BYTES:][:KEY_BYTES], slots)
    if len(data) < HEADER_BYTES or not data.startswith(header.beginning()):
        raise FilmDamagedError(CHANGED)
    return header


def check_size(descriptor: int, contents: Contents) -> None:
    """Raise FilmDamagedError when the file is longer or shorter than it was when it was encrypted."""
    found, right = os.fstat(descriptor).st_size, stored_bytes(contents.size)
    if found < right:
        raise FilmDamagedError(f"was cut off: {found / 1e6:.1f} of {right / 1e6:.1f} MB are there")
    if found > right:
        raise FilmDamagedError(f"was changed after it was encrypted: {found - right} bytes were added")
