"""The pictures in the README and in docs/: which terminal, which keys, what is photographed."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.pictures.display import Terminal

VIGTUI = [sys.executable, "-m", "vigtui", "demo"]
HERON = ("Return",)  # The demo's first family, which has everything.
PICTURES_A_SECOND = 8


class Stage(NamedTuple):
    """Where a picture is made: the display, the environment of the program, the folder of the pictures."""

    screen: str
    environment: dict[str, str]
    target: Path


def caseload(stage: Stage) -> None:
    """The list of families."""
    with_kitty(stage, "caseload", (100, 26), lambda terminal: terminal.settle())


def family(stage: Stage) -> None:
    """A family's cycle timeline, on its last shared review."""

    def walk(terminal: Terminal) -> None:
        terminal.press(*HERON)
        terminal.settle()

    with_kitty(stage, "family", (80, 24), walk)


def clip(stage: Stage) -> None:
    """A recording playing in the clip screen, drawn in cells."""

    def walk(terminal: Terminal) -> None:
        open_recording(terminal)
        terminal.press("space")
        time.sleep(9)

    with_kitty(stage, "clip", (80, 24), walk)


def paused(stage: Stage) -> None:
    """The same recording, paused: in pixels."""

    def walk(terminal: Terminal) -> None:
        open_recording(terminal)
        terminal.press(*["shift+Right"] * 3)
        terminal.settle()

    with_kitty(stage, "paused", (80, 24), walk)


def colours_256(stage: Stage) -> None:
    """The same recording in a terminal with 256 colours."""
    environment = {name: value for name, value in stage.environment.items() if name != "COLORTERM"}
    terminal = Terminal.xterm(stage.screen, (80, 24), VIGTUI, environment)
    try:
        open_recording(terminal)
        terminal.press("space")
        time.sleep(9)
        terminal.photograph(stage.target / "colours_256.png")
    finally:
        terminal.close()


def review(stage: Stage) -> None:
    """A shared review as the family sees it: the end of a moment, with what is seen and heard."""

    def walk(terminal: Terminal) -> None:
        terminal.press("Down", "Return")
        terminal.settle()
        terminal.press("R")
        terminal.settle()
        terminal.press("Return")
        time.sleep(1)
        terminal.type("Ewa")
        terminal.press("Tab")
        terminal.type("Lena")
        terminal.press("ctrl+s")
        time.sleep(4)
        terminal.press("c", "space")
        time.sleep(9)
        terminal.settle()

    with_kitty(stage, "review", (80, 24), walk)


def supervision(stage: Stage) -> None:
    """The walk: a shared review playing beside its client clip, notes below."""

    def walk(terminal: Terminal) -> None:
        open_walk(terminal)
        terminal.press("F6")
        time.sleep(2)

    with_kitty(stage, "supervision", (100, 30), walk)


def walk_moving(stage: Stage) -> None:
    """The walk with film playing, as a picture that moves: both films, a note, and film again."""
    terminal = Terminal.kitty(stage.screen, (100, 30), VIGTUI, stage.environment)
    raw = stage.target / "walk.raw.mkv"
    try:
        open_walk(terminal)
        terminal.press("F9")
        recording = terminal.record(raw, 15, PICTURES_A_SECOND)
        time.sleep(4)
        terminal.type("She waits. Dana's longest turn follows.", 0.09)
        time.sleep(1.5)
        terminal.press("F5")
        time.sleep(2.5)
        terminal.press("ctrl+n")
        recording.wait()
    finally:
        terminal.close()
    animate(raw, stage.target / "walk.gif")
    raw.unlink()


SCENES: dict[str, Callable[[Stage], None]] = {
    "caseload": caseload,
    "family": family,
    "clip": clip,
    "paused": paused,
    "colours_256": colours_256,
    "review": review,
    "supervision": supervision,
    "walk": walk_moving,
}


def with_kitty(stage: Stage, name: str, size: tuple[int, int], walk: Callable[[Terminal], None]) -> None:
    """Photograph what is seen in kitty after `walk`."""
    terminal = Terminal.kitty(stage.screen, size, VIGTUI, stage.environment)
    try:
        terminal.settle()
        walk(terminal)
        terminal.photograph(stage.target / f"{name}.png")
    finally:
        terminal.close()


def open_recording(terminal: Terminal) -> None:
    """From the list of families to the first recording of the first family."""
    terminal.settle()
    terminal.press(*HERON)
    terminal.settle()
    terminal.press("Up", "Home", "Return")
    terminal.settle()


def open_walk(terminal: Terminal) -> None:
    """From the list of families into the next supervision session."""
    terminal.settle()
    terminal.press("s")
    terminal.settle()
    terminal.press("Return")
    time.sleep(4)


def animate(film: Path, target: Path) -> None:
    """Make an animated GIF of a film: one palette for all, and of each picture only what changes."""
    palette = "split[a][b];[a]palettegen=max_colors=96:stats_mode=full[p];[b][p]paletteuse=dither=none"
    words = ["ffmpeg", "-loglevel", "error", "-y", "-i", str(film), "-vf", palette, str(target)]
    subprocess.run(words, check=True)
    small = target.with_suffix(".small.gif")
    subprocess.run(["gifsicle", "-O3", "--lossy=30", "-o", small, target], check=True)
    shutil.move(small, target)
