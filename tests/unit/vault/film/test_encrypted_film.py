"""Encrypted film: what was written is read, from any place; every change of it is noticed."""

import hashlib
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost
from vigtui.vault.film.layout import (
    CHUNK_BYTES,
    PADDED_TO,
    is_encrypted_film,
    stored_bytes,
)
from vigtui.vault.film.reading import open_film, verify
from vigtui.vault.film.rewrapping import rewrap, settle
from vigtui.vault.film.writing import Summary, write
from vigtui.vault.key import WrongKeyError
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)
KEY = new_key("heron toast marsh", CHEAP)
OTHER = new_key("owl noise story", CHEAP)


def encrypted(path: Path, content: Iterable[bytes], key: DataKey = KEY) -> Summary:
    with path.open("wb") as file:
        return write(file, content, key, ".mp4")


def film_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.vigfilm"
    for size in (0, 1, CHUNK_BYTES, PADDED_TO - 1, PADDED_TO, PADDED_TO + 1):
        clear = film_of(size)
        summary = encrypted(path, [clear])
        assert summary == Summary(size, hashlib.sha256(clear).hexdigest())
        assert path.stat().st_size == stored_bytes(size)
        assert is_encrypted_film(path.read_bytes()[:12])
        assert verify(path, KEY) == summary
        with open_film(path, KEY) as film:
            assert (film.size, film.ending, film.read()) == (size, ".mp4", clear)
        with pytest.raises(WrongKeyError):
            open_film(path, OTHER)
        rewrap(path, KEY, OTHER)
        assert verify(path, KEY) == verify(path, OTHER) == summary
        settle(path, OTHER)
        assert verify(path, OTHER) == summary
        with pytest.raises(WrongKeyError):
            open_film(path, KEY)
