"""Minutes of looping playback with random keys, resizes and dialogs: memory, exceptions, the last screen."""

import random
import statistics

import numpy as np

from tests.bench.running.demo_screens import Wrong, at_the_clip, demo, open_clip
from tests.bench.running.dots import pixels
from tests.bench.running.process import memory
from tests.bench.running.screen import Grid
from tests.bench.running.terminal import Ended, Terminal

_ESCAPE, _REPAINT = "\x1b", "\x0c"
_TRANSPORT = (
    *(" ", " ", ",", ".", "l", "+", "-", "\x7f", "m", "0", "v", _REPAINT),
    *("\x1b[C", "\x1b[D", "\x1b[1;2C", "\x1b[1;2D", "\x1b[6~", "\x1b[5~"),
)
_DIALOGS = ("t", "c", "x", "\x1bOP", "\x1bOQ")
_SIZES = ((60, 120), (20, 40))
_PATIENCE = 20.0
_LONGEST_ACT = 10.0
_WARM, _MINUTES = 0.4, 5
"""What part of a soak is left out of its growth, until all there is has been seen once; and the fewest
minutes that say anything."""
_SECONDS_BETWEEN_CHECKS, _SECONDS_OF_A_NOTICE, _SECONDS_OF_A_KEY = 25.0, 8.0, 1.5


def bench_soak(minutes: float, seed: int) -> int:
    """Print what became of memory and screen; return 1 where the program ended or a screen was wrong."""
    print(f"Soak: {minutes:g} minutes of looping film, keys, resizes and dialogs (seed {seed})")
    with demo() as window:
        try:
            _soak(window, minutes * 60, random.Random(seed))
        except Ended as end:
            print(f"  THE PROGRAM ENDED. Its last screen:\n{end}\n")
            return 1
        except Wrong as wrong:
            print(f"  WRONG: {wrong}\n")
            return 1
    return 0


def _soak(window: Terminal, seconds: float, chance: random.Random) -> None:
    open_clip(window)
    end, next_check = window.now + seconds, window.now + _SECONDS_BETWEEN_CHECKS
    sizes: list[tuple[float, float]] = []
    acts = checks = 0
    asked = window.screen.asked
    while window.now < end:
        _act(window, chance)
        acts += 1
        sizes.append((window.now, memory(window.pid).resident))
        if window.now > next_check or window.now > end:
            _check_screen(window)
            checks += 1
            next_check = window.now + _SECONDS_BETWEEN_CHECKS
    _tell(sizes, acts, window.screen.asked - asked, checks)
    _leave(window)


def _act(window: Terminal, chance: random.Random) -> None:
    """Do one thing that somebody might do."""
    kind = chance.random()
    if kind < 0.1:
        window.resize(*(chance.randint(*span) for span in _SIZES))
        window.run(chance.uniform(0.1, 1.0))
    elif kind < 0.3:
        # Of another size it may not be drawn yet, which would pass for the dialog.
        if not at_the_clip(window):
            window.run(_LONGEST_ACT, lambda: at_the_clip(window))
        window.type(chance.choice(_DIALOGS))
        window.run(5.0, lambda: not at_the_clip(window))
        window.run(chance.uniform(0.2, 1.5))
        _back_to_the_clip(window)
    else:
        window.type(chance.choice(_TRANSPORT))
        window.run(chance.expovariate(2.0))


def _back_to_the_clip(window: Terminal) -> None:
    """Close what is open. On a busy machine something may be about to close already, and a key too many
    would leave the clip."""
    window.run(_SECONDS_OF_A_KEY, lambda: at_the_clip(window))
    for _ in range(4):
        if at_the_clip(window):
            return
        window.type(_ESCAPE)
        window.run(8.0, lambda: at_the_clip(window))
    raise Wrong(f"there is no way back to the clip from here:\n{window.screen.text}")


def _check_screen(window: Terminal) -> None:
    """Hold the film still, and compare the screen with what an empty terminal gets."""
    _back_to_the_clip(window)
    window.run(_SECONDS_OF_A_KEY)
    _pause(window)
    _quiet(window, _SECONDS_OF_A_NOTICE)
    before, text = window.screen.grid, window.screen.text
    window.screen.reset()
    window.type(_REPAINT)
    window.run(5.0, lambda: at_the_clip(window))
    _quiet(window, 1.5)
    wrong = _differing(before, window.screen.grid)
    if wrong.any():
        rows, columns = np.nonzero(wrong)
        raise Wrong(
            f"{wrong.sum()} cells of {wrong.shape[1]}x{wrong.shape[0]} are not as in a fresh paint, "
            f"the first at row {rows[0]}, column {columns[0]}. Before:\n{text}\nAfter:\n{window.screen.text}"
        )
    window.type(" ")


def _pause(window: Terminal) -> None:
    """Hold the film still. On a busy machine it may be about to stop after a step already, and the key would
    let it go on."""
    for _ in range(4):
        if window.run(_SECONDS_OF_A_KEY, lambda: "paused" in window.screen.text):
            return
        window.type(" ")
        window.run(5.0, lambda: "paused" in window.screen.text)
    raise Wrong(f"the film does not pause:\n{window.screen.text}")


def _differing(some: Grid, other: Grid) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Where two screens do not look the same. A full block on red looks like a space on full red."""
    rows, columns = some.glyphs.shape
    shades = np.abs(pixels(some, 2, 12) - pixels(other, 2, 12)).reshape(rows, 12, columns, 2 * 3)
    letters = (some.glyphs != other.glyphs) & ((some.glyphs < 0x2500) | (other.glyphs < 0x2500))
    visible = (some.front != some.back) & (other.front != other.back)
    blank = np.isin(some.glyphs, _PLAIN) & np.isin(other.glyphs, _PLAIN)
    differing: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = (shades.max(axis=(1, 3)) > 0) | (
        letters & visible & ~blank
    )
    return differing


_PLAIN = np.array([0x20, 0xA0, *range(0x2580, 0x25A0), *range(0x1FB00, 0x1FBF0), *range(0x1CD00, 0x1CEB0)])


def _quiet(window: Terminal, seconds: float) -> None:
    """Wait until nothing has come for so long."""
    for _ in range(6):
        before = window.received
        window.run(seconds)
        if window.received == before:
            return


def _tell(sizes: list[tuple[float, float]], acts: int, pictures: int, checks: int) -> None:
    start, end = sizes[0][0], sizes[-1][0]

    def around(part: float) -> float:
        middle, reach = start + part * (end - start), max(_LONGEST_ACT, 0.05 * (end - start))
        return statistics.median(size for moment, size in sizes if abs(moment - middle) <= reach)

    fifths = [around(part) for part in (0.2, 0.4, 0.6, 0.8, 0.95)]
    course = ", ".join(f"{size:.0f}" for size in fifths)
    later = [(moment, size) for moment, size in sizes if moment > start + _WARM * (end - start)]
    print(
        f"  {acts} acts, {pictures} pictures asked for, {checks} times the screen was that of a fresh paint\n"
        f"  memory by fifths      {course} MB, most {max(size for _, size in sizes):.0f} MB\n"
        f"  growth since then     {fifths[-1] - fifths[2]:+.1f} MB in the last two fifths   (goal: none)\n"
        f"  {_growth_an_hour(later)}"
    )


def _growth_an_hour(sizes: list[tuple[float, float]]) -> str:
    """Say by how much memory grows, by the medians of each minute, and within which bounds that is likely."""
    minutes: dict[int, list[float]] = {}
    for moment, size in sizes:
        minutes.setdefault(int(moment // 60), []).append(size)
    if len(minutes) < _MINUTES:
        return "growth an hour        not known: too short"
    hours, medians = (
        np.array([*minutes]) / 60,
        np.array([statistics.median(each) for each in minutes.values()]),
    )
    slope, level = np.polyfit(hours, medians, 1)
    rest = medians - level - slope * hours
    error = np.sqrt(rest @ rest / (len(hours) - 2) / np.square(hours - hours.mean()).sum())
    # One minute is like the next: there is less to be learned from them than from as many by themselves.
    alike = max(0.0, (rest[1:] @ rest[:-1]) / (rest @ rest))
    error *= 2 * np.sqrt((1 + alike) / (1 - alike))
    return f"growth an hour        {slope:+.1f} MB, give or take {error:.1f}, after the first {_WARM:.0%}"


def _leave(window: Terminal) -> None:
    window.type("\x11")
    try:
        window.run(_PATIENCE)
    except Ended as end:
        status = window.status()
        fault = "Traceback" in str(end) or "Error" in str(end)
        print(f"  exit status           {status}{', WITH AN EXCEPTION' if fault else ''}   (goal 0)\n")
        return
    raise Wrong("it does not leave")
