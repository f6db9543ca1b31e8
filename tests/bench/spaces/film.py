"""Film for an agenda: no changed, cut or exchanged file is ever shown, and none is there after its day."""

import contextlib
import datetime as dt
import itertools
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.unit.exchange.agenda_films.two_homes import DAY, LAST, Homes, two_homes
from vigtui.casefilm.encrypted.agenda_films import film_in_space, place_of
from vigtui.domain.consent.agenda_film import seen_for
from vigtui.film.errors import FilmError
from vigtui.vault.data_key import DataKey
from vigtui.vault.film import header
from vigtui.vault.film.chunks import ChunkCipher
from vigtui.vault.film.layout import HEADER_BYTES, STORED_CHUNK_BYTES, chunks_of, place_of_chunk

_DAYS_MORE = 10


def bench_space_film(seed: int) -> int:
    """Print what was found, and return how much of it is wrong."""
    luck = random.Random(seed)
    print(f"Film for an agenda: each bit, cut and exchange; and gone on its day (seed {seed})")
    with tempfile.TemporaryDirectory() as root, two_homes(Path(root) / "world", real=True) as homes:
        homes.send()
        path, other = (place_of(homes.folder.path, homes.film(clip)) for clip in ("toast", "jam"))
        wrong = _tell("each bit of the header changed", _shown(homes, _header_bits(path)))
        wrong += _tell("a bit of each byte of its pieces changed", _bytes(homes, path, luck))
        wrong += _tell("cut off, or longer", _shown(homes, _cuts(path, luck)))
        exchanged = _shown(homes, _pieces(path, other))
        wrong += _tell("pieces exchanged, with one another and with another film's", exchanged)
        shown = _is_shown(homes)
        print(f"  as it was written: {'shown' if shown else 'REFUSED'}")
        wrong += _tell("days on which one was seen or lay there for too long", _days(homes, luck))
    print()
    return wrong + (not shown)


def _tell(what: str, tried: tuple[int, int]) -> int:
    number, wrong = tried
    print(f"  {what}: {number:,} tried, {wrong} wrong   (goal: none)")
    return wrong


def _is_shown(homes: Homes) -> bool:
    caseload = homes.ellis.caseload
    try:
        film_in_space(caseload, homes.ellis.link, homes.film())
    except FilmError:
        return False
    return True


def _shown(homes: Homes, changes: Iterator[None]) -> tuple[int, int]:
    """Return how many changes were made, and after how many of them the film was shown all the same."""
    number = wrong = 0
    for _ in changes:
        number += 1
        wrong += _is_shown(homes)
    return number, wrong


def _header_bits(path: Path) -> Iterator[None]:
    with path.open("r+b", buffering=0) as file:
        for place, bit in itertools.product(range(HEADER_BYTES), range(8)):
            (was,) = os.pread(file.fileno(), 1, place)
            os.pwrite(file.fileno(), bytes([was ^ 1 << bit]), place)
            yield
            os.pwrite(file.fileno(), bytes([was]), place)


def _bytes(homes: Homes, path: Path, luck: random.Random) -> tuple[int, int]:
    """Decrypt each piece after each of its bytes was changed."""
    wrong, data, film = 0, path.read_bytes(), homes.film()
    with path.open("rb") as file:
        found = header.read(file.fileno())
    cipher = ChunkCipher(found.contents(DataKey.received(film.key)).key, found.film_id)
    number_of_pieces = chunks_of(film.size)
    for number in range(number_of_pieces):
        piece = bytearray(data[place_of_chunk(number) :][:STORED_CHUNK_BYTES])
        for place in range(len(piece)):
            was = piece[place]
            piece[place] ^= 1 << luck.randrange(8)
            with contextlib.suppress(OSError):
                cipher.decrypt(number, bytes(piece), number_of_pieces)
                wrong += 1
            piece[place] = was
    return number_of_pieces * STORED_CHUNK_BYTES, wrong


def _cuts(path: Path, luck: random.Random) -> Iterator[None]:
    whole = path.read_bytes()
    edges = [HEADER_BYTES + number * STORED_CHUNK_BYTES for number in range(17)]
    lengths = {0, 1, 4096, *(edge + more for edge in edges for more in (-1, 0, 1))}
    lengths |= {luck.randrange(len(whole)) for _ in range(1000)}
    for length in sorted(lengths - {len(whole)}):
        path.write_bytes(whole[:length].ljust(length, b"\0"))
        yield
    path.write_bytes(whole)


def _pieces(path: Path, other: Path) -> Iterator[None]:
    whole, another = path.read_bytes(), other.read_bytes()

    def piece(data: bytes, number: int) -> bytes:
        return data[HEADER_BYTES + number * STORED_CHUNK_BYTES :][:STORED_CHUNK_BYTES]

    def with_pieces(pieces: dict[int, bytes]) -> bytes:
        numbers = range((len(whole) - HEADER_BYTES) // STORED_CHUNK_BYTES)
        return whole[:HEADER_BYTES] + b"".join(pieces.get(each, piece(whole, each)) for each in numbers)

    numbers = range((len(whole) - HEADER_BYTES) // STORED_CHUNK_BYTES)
    for one, two in itertools.combinations(numbers, 2):
        path.write_bytes(with_pieces({one: piece(whole, two), two: piece(whole, one)}))
        yield
    for one in numbers:
        path.write_bytes(with_pieces({one: piece(another, one)}))
        yield
    path.write_bytes(another)
    yield
    path.write_bytes(whole[:HEADER_BYTES] + another[HEADER_BYTES:])
    yield
    path.write_bytes(whole)


def _days(homes: Homes, luck: random.Random) -> tuple[int, int]:
    """Let each day come on both machines; the one that made the film may be away."""
    wrong, away = 0, luck.random() < 0.5
    days = (LAST - DAY).days + _DAYS_MORE
    for number in range(days):
        day = DAY + dt.timedelta(days=number)
        homes.keep(day, *((homes.ellis,) if away else (homes.ros, homes.ellis)))
        late = (day - LAST).days
        wrong += bool(seen_for(homes.ellis.caseload, "toast", "session", day, None)) is not (late <= 0)
        wrong += bool(homes.files()) and late > (7 if away else 0)
    return days, wrong
