"""Encrypted film: how fast it is written and read beside clear film, and whether any change of it goes
unnoticed."""

import collections
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from tests.bench.figures.figure import Better, Figure
from tests.unit.vault.film.tampering import KEY, OTHER_KEY, Tamperer
from vigtui.vault.film.reading import open_encrypted, verify_film
from vigtui.vault.film.rewrapping import rewrap, settle
from vigtui.vault.film.writing import write

_MEGABYTES = 256
_PIECE = 1 << 20
_PLACES = 2000
_AT_ONCE = 100


def bench_encrypting() -> Iterator[Figure]:
    """Yield how fast film is encrypted and read, beside clear film. Times are the processor's: how fast a
    disk is, is its own affair."""
    with tempfile.TemporaryDirectory() as folder:
        clear, film = Path(folder) / "clear.mp4", Path(folder) / "a1.vigfilm"
        with clear.open("wb") as file:
            file.writelines(os.urandom(_PIECE) for _ in range(_MEGABYTES))
        about = f"An encrypted film of {_MEGABYTES} MiB, on one core"
        copying = _rate(lambda: _copy(clear, film))
        writing = _rate(lambda: _encrypt(clear, film))
        reading_clear = _rate(lambda: _read(clear.open("rb")))
        reading = _rate(lambda: _read(open_encrypted(film, KEY)))
        verifying = _rate(lambda: verify_film(film, KEY))
        yield _rated(about, "writing, with its SHA-256", writing)
        yield _rated(about, "reading", reading)
        yield _rated(about, "reading back what was written", verifying)
        yield _rated(about, "clear: copying", copying, "neither")
        yield _rated(about, "clear: reading", reading_clear, "neither")
        jumps = (_jumping(open_encrypted(film, KEY)), _jumping(clear.open("rb")))
        yield Figure(about, "4 KiB at a random place", jumps[0], "µs", noise=0.1 * jumps[0])
        yield Figure(about, "clear: 4 KiB at a random place", jumps[1], "µs", better="neither")
        opening = _opening(film)
        yield Figure(about, "opening", opening, "µs", noise=0.1 * opening)
        rewrapping = _rewrapping(film)
        yield Figure(about, "another data key, synced twice", rewrapping, "ms", noise=0.3 * rewrapping)


def _rated(about: str, name: str, rate: float, better: Better = "more") -> Figure:
    goal = None if better == "neither" else 200.0
    return Figure(about, name, rate, "MB/s", goal=goal, better=better, noise=0.1 * rate)


def bench_tampered(count: int, seed: int) -> int:
    """Change an encrypted film `count` times by chance, and print what went unnoticed."""
    print(f"{count} changes of an encrypted film (seed {seed})")
    unnoticed: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, count, _AT_ONCE):
            tamperer = Tamperer(Path(folder), seed + start)
            unnoticed.update(map(tamperer.unnoticed, range(start, min(start + _AT_ONCE, count))))
    del unnoticed[""]
    print("".join(f"  UNNOTICED, {number} times: {done}\n" for done, number in unnoticed.items()), end="")
    print(f"  unnoticed, or read wrong: {unnoticed.total()}\n")
    return unnoticed.total()


def _rate(act: Callable[[], object]) -> float:
    """Return how many megabytes a second of the processor go through it, at best."""
    return _MEGABYTES * _PIECE / 1e6 / min(_seconds(act) for _ in range(3))


def _seconds(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            yield piece


def _copy(clear: Path, copy: Path) -> None:
    with copy.open("wb") as file:
        file.writelines(_pieces(clear))


def _encrypt(clear: Path, film: Path) -> None:
    with film.open("wb") as file:
        write(file, _pieces(clear), KEY, ".mp4")


def _read(film: BinaryIO) -> None:
    room = memoryview(bytearray(_PIECE))
    with film:
        while film.readinto(room):
            pass


def _jumping(film: BinaryIO) -> float:
    places = random.Random(1)

    def jump() -> None:
        for _ in range(_PLACES):
            film.seek(places.randrange(_MEGABYTES * _PIECE))
            film.read(4096)

    with film:
        return _seconds(jump) / _PLACES * 1e6


def _opening(film: Path) -> float:
    return _seconds(lambda: [open_encrypted(film, KEY).close() for _ in range(_PLACES)]) / _PLACES * 1e6


def _rewrapping(film: Path) -> float:
    started = time.monotonic()
    rewrap(film, KEY, OTHER_KEY)
    settle(film, OTHER_KEY)
    return (time.monotonic() - started) * 1e3
