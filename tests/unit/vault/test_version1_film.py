"""Encrypted film of the first version goes on opening, and is what docs/file-format.md says: here it is read
and put together again by nothing but that.

`version1/film_header` is the header of a film that was encrypted by the program as it was when it learnt
that, and rewrapped for a second data key. The chunks are made again, and are to be those that were written.
"""

import datetime as dt
import hmac
import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from vigtui.vault.data_key import DataKey
from vigtui.vault.film.reading import open_encrypted, verify_film

HEADER = (Path(__file__).parent / "version1" / "film_header").read_bytes()
DATA_KEYS = bytes(range(32)), bytes(range(32, 64))
CLEAR = b"".join(f"Jory looked up, {number}. ".encode() for number in range(9000))
WRITTEN = dt.datetime(2026, 11, 30, 8, 30, tzinfo=dt.UTC)
SHA256 = "dc04f8984edbe8954a3f83e207e2fd58c4ac5eff3a862d3b0f1a79d1c0843fc4"


def part_of(secret: bytes, use: bytes) -> bytes:
    return hmac.digest(secret, b"vigtui vault 2: " + use, "sha256")


def sealed(slot: int) -> dict[str, Any]:
    """Return what is in a slot of the header."""
    beginning, film_id = HEADER[:4096], HEADER[16:32]
    block = HEADER[4096 * (slot + 1) :][:4096]
    assert block[:32] == part_of(DATA_KEYS[slot], b"tag of film " + film_id)
    cipher = ChaCha20Poly1305(part_of(DATA_KEYS[slot], b"seal of film"))
    inside: dict[str, Any] = json.loads(cipher.decrypt(block[32:44], block[44:], beginning + bytes([slot])))
    return inside


def chunks(film_key: bytes) -> bytes:
    """Return all chunks of CLEAR."""
    assert HEADER[32:64] == part_of(film_key, b"film commitment " + HEADER[16:32])
    cipher = ChaCha20Poly1305(part_of(film_key, b"film chunks " + HEADER[16:32]))
    padded = CLEAR.ljust(2**20, b"\0")
    pieces = [padded[place : place + 2**16] for place in range(0, 2**20, 2**16)]
    nonces = [number.to_bytes(11, "big") + bytes([number == 15]) for number in range(16)]
    return b"".join(map(cipher.encrypt, nonces, pieces, [None] * 16))


def test_film_of_version_1_opens_with_both_of_its_keys(tmp_path: Path) -> None:
    inside = sealed(0)
    assert inside == sealed(1)
    assert HEADER[:16] == b"vigtui film\0\0\0\0\1"
    assert not any(HEADER[64:4096])
    film = HEADER + chunks(b64decode(inside["key"]))
    assert sha256(film).hexdigest() == SHA256, "these are not the bytes that were written"
    path = tmp_path / "a1.vigfilm"
    path.write_bytes(film)
    for data_key in DATA_KEYS:
        key = DataKey(bytearray(data_key))
        assert verify_film(path, key).sha256 == sha256(CLEAR).hexdigest()
        with open_encrypted(path, key) as opened:
            assert opened.ending == ".mp4" == inside["ending"]
            assert opened.size == len(CLEAR) == inside["size"]
            assert opened.written == WRITTEN == dt.datetime.fromisoformat(inside["written"])
