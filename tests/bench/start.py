"""How long until the first useful screen, and what an idle screen costs, beside an empty Textual app."""

import os
import select
import statistics
import sys
import time
from pathlib import Path

from ptyprocess import PtyProcess

from tests.bench.process import memory, processor_seconds

ROUNDS = 9
_EMPTY = """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Empty(App):
    def compose(self):
        yield Header(); yield Static("families"); yield Footer()
Empty().run()
"""
# Every terminal answers where its cursor is: behind one letter of two bytes.
_LETTER_ASKED, _LETTER_ANSWERED = b"\x1b[2;28H\xc3\xa9\x1b[6n", b"\x1b[2;29R"
_OURS = "from vigtui.__main__ import main; main()"


def bench_start(caseload: Path) -> None:
    """Print seconds from the start of the process to the first list of families, and the peer's."""
    ours, empty = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds_to_paint(["-c", _OURS, str(caseload)]))
        empty.append(_seconds_to_paint(["-c", _EMPTY]))
    ratios = [one / other for one, other in zip(ours, empty, strict=True)]
    print("First useful paint (process start to the list), median of", ROUNDS)
    print(f"  vigtui                {statistics.median(ours):.3f} s")
    print(f"  empty Textual app     {statistics.median(empty):.3f} s")
    print(f"  ratio                 {statistics.median(ratios):.2f}   (goal 1.30)\n")


def bench_idle(caseload: Path) -> None:
    """Print what the open list sends and burns while nobody touches it, and the memory it holds."""
    process = _spawn(["-c", _OURS, str(caseload)])
    try:
        _read_until(process, b"families")
        _drain(process, 2.0)
        before = processor_seconds(process.pid)
        sent = _drain(process, 5.0)
        burned = processor_seconds(process.pid) - before
        print("Idle for 5 s on the list of families")
        print(f"  bytes sent            {sent}   (goal 0)")
        print(f"  processor             {burned / 5:.1%}   (goal 0 %)")
        resident, _ = memory(process.pid)
        print(f"  memory                {resident:.0f} MB   (goal 60 MB before the first film)\n")
    finally:
        process.terminate(force=True)


def _spawn(words: list[str]) -> PtyProcess:
    environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor")
    return PtyProcess.spawn([sys.executable, *words], dimensions=(24, 80), env=environment)


def _seconds_to_paint(words: list[str]) -> float:
    start = time.perf_counter()
    process = _spawn(words)
    try:
        _read_until(process, b"families")
        return time.perf_counter() - start
    finally:
        process.terminate(force=True)


def _read_until(process: PtyProcess, wanted: bytes) -> None:
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
