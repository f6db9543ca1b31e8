"""How long until the first useful screen, and what an idle screen costs, beside an empty Textual app; and
until the first picture of a film, beside mpv."""

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ptyprocess import PtyProcess

from tests.bench.caseload.big import copy_big
from tests.bench.figures.figure import Figure, against_itself, beside, middle
from tests.bench.film.footage import TALKING, film
from tests.bench.running.peers import MPV, Program, fresh_home, home, missing, vigtui
from tests.bench.running.process import processor_seconds
from tests.bench.running.terminal import terminal

_ROUNDS = {12: 9, 500: 9, 10_000: 5}
_GOALS = {12: 1.3, 500: 1.4, 10_000: 2.0}
_IDLE_AT, _SECONDS = 500, 5.0
_TYPED, _WORDS, _PATIENCE = 3, "zzq", 60.0
_PLAYS, _COLUMNS, _ROWS = 5, 80, 22
_COLOURS_OF_A_PICTURE = 200
EMPTY_APP = "an empty Textual app"
EMPTY = """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Empty(App):
    def compose(self):
        yield Header(); yield Static("families"); yield Footer()
Empty().run()
"""
OURS = "from vigtui.__main__ import main; main()"
# Every terminal answers where its cursor is: behind one letter of two bytes.
_LETTER_ASKED, _LETTER_ANSWERED = b"\x1b[2;28H\xc3\xa9\x1b[6n", b"\x1b[2;29R"


def bench_start() -> Iterator[Figure]:
    """Yield what the first paint takes for few families and many, and what the list takes idle; then what the
    first picture of a film does."""
    with home() as folder:
        for families in _ROUNDS:
            path = copy_big(folder / f"big-{families}.vig.json", families)
            yield from _first_paint(path, families)
            yield from _first_words(path, families)
            if families == _IDLE_AT:
                yield from _idle(path)
    yield from _first_picture()


@dataclass(frozen=True)
class _Paint:
    """Seconds from the start of the process to what is waited for: by the clock, and of the processor."""

    clock: float
    processor: float


def _first_paint(caseload: Path, families: int) -> Iterator[Figure]:
    ours, again, empty = [], [], []
    for _ in range(_ROUNDS[families]):
        ours.append(_painted(["-c", OURS, str(caseload)]))
        if families == _IDLE_AT:
            again.append(_painted(["-c", OURS, str(caseload)]))
        empty.append(_painted(["-c", EMPTY]))
    about = f"First useful paint, {families:,} families"
    clocks, goal = [each.clock for each in ours], _GOALS[families]
    yield beside(
        about, "start to the list", clocks, EMPTY_APP, [each.clock for each in empty], "s", goal=goal
    )
    processors = [each.processor for each in ours]
    peers = [each.processor for each in empty]
    yield beside(about, "of the processor", processors, EMPTY_APP, peers, "s", goal=goal)
    if again:
        yield against_itself(about, clocks, [each.clock for each in again], "s")


def _first_words(caseload: Path, families: int) -> Iterator[Figure]:
    """Yield when the words are there that somebody types as soon as they see the list."""
    seconds = []
    for _ in range(_TYPED):
        with terminal([sys.executable, "-c", OURS, str(caseload)], 80, 24) as window:
            window.run(_PATIENCE, lambda: "families" in window.screen.text)
            window.type(f"/{_WORDS}")
            window.run(_PATIENCE, lambda: _WORDS in window.screen.text)
            seconds.append(window.now)
    yield middle(f"First useful paint, {families:,} families", "start to words typed at once", seconds, "s")


def _idle(caseload: Path) -> Iterator[Figure]:
    """Yield what the open list sends and burns while nobody touches it."""
    process = spawn(["-c", OURS, str(caseload)])
    try:
        read_until(process, b"families")
        _drain(process, 2.0)
        before = processor_seconds(process.pid)
        sent = _drain(process, _SECONDS)
        burned = processor_seconds(process.pid) - before
        about = "Idle on the list of 500 families"
        yield Figure(about, "bytes sent", sent, "bytes", goal=0)
        # A tick of the system's clock is 10 ms.
        yield Figure(about, "processor", 100 * burned / _SECONDS, "% of a core", noise=0.2)
    finally:
        process.kill(signal.SIGKILL)
        process.wait()


def _first_picture() -> Iterator[Figure]:
    played = film(TALKING, _COLUMNS, _ROWS).path
    if not missing([MPV]):
        return
    ours, theirs = [], []
    for _ in range(_PLAYS):
        ours.append(_pictured(vigtui(), played))
        theirs.append(_pictured(MPV, played))
    clocks, peers = ([each.clock for each in some] for some in (ours, theirs))
    yield beside("vigtui play", "start to the first picture", clocks, MPV.name, peers, "s", goal=2.0)
    processors, peers = ([each.processor for each in some] for some in (ours, theirs))
    yield beside("vigtui play", "of the processor", processors, MPV.name, peers, "s")


def _pictured(program: Program, played: Path) -> _Paint:
    """Return what it took until there are as many colours on the screen as only a picture has."""
    with (
        fresh_home() as environment,
        terminal(program.playing(played), _COLUMNS, _ROWS + 2, environment) as window,
    ):
        window.run(20.0, lambda: len(np.unique(window.screen.grid.back)) > _COLOURS_OF_A_PICTURE)
        return _Paint(window.now, processor_seconds(window.pid))


def spawn(words: list[str]) -> PtyProcess:
    """Start Python with these words in a terminal of 80x24."""
    environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor")
    return PtyProcess.spawn([sys.executable, *words], dimensions=(24, 80), env=environment)


def _painted(words: list[str]) -> _Paint:
    start = time.perf_counter()
    process = spawn(words)
    try:
        read_until(process, b"families")
        return _Paint(time.perf_counter() - start, processor_seconds(process.pid))
    finally:
        process.kill(signal.SIGKILL)
        process.wait()


def read_until(process: PtyProcess, wanted: bytes) -> None:
    """Read what a program sends until this is in it, and answer as a terminal does."""
    seen = b""
    while wanted not in seen:
        came = process.read(65536)
        if _LETTER_ASKED in came:
            process.write(_LETTER_ANSWERED)
        seen = (seen + came)[-200_000:]


def _drain(process: PtyProcess, seconds: float) -> int:
    """Read for that long; return the number of bytes that came."""
    end, count = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([process.fd], [], [], left)[0]:
            count += len(process.read(65536))
    return count
