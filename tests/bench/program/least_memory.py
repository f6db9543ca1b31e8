"""The least memory of a machine on which vigtui goes on: a control group kills what takes more."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.bench.caseload.big import copy_big
from tests.bench.figures.figure import Figure
from tests.bench.running.demo_screens import Wrong, at_the_clip, demo, open_clip, until
from tests.bench.running.peers import home
from tests.bench.running.quota import at_most
from tests.bench.running.terminal import Ended, terminal

_ABOUT = "The least memory in which it goes on"
_FAMILIES = 500
_COLUMNS, _ROWS = 80, 24
_STEP, _TOO_LITTLE, _MOST = 4, 40, 120
_VISITS, _SECONDS = 5, 5.0


def bench_least_memory() -> Iterator[Figure]:
    """Yield it for a list with a family, and for a clip that plays. Raises `NotHere` where no control group
    can be made."""
    with home() as folder:
        path = copy_big(folder / "big.vig.json", _FAMILIES)
        yield _least(f"{_FAMILIES} families, one opened and closed", partial(_list, path))
    yield _least("a clip that plays on its screen", _clip)


def _least(name: str, goes_on: Callable[[list[str]], None]) -> Figure:
    """Look for it by halves."""
    too_little, enough = _TOO_LITTLE // _STEP, _MOST // _STEP
    while enough - too_little > 1:
        tried = (too_little + enough) // 2
        with at_most(tried * _STEP) as words:
            try:
                goes_on(words)
                enough = tried
            except (Ended, Wrong):
                too_little = tried
    return Figure(_ABOUT, name, enough * _STEP, "MB", noise=_STEP)


def _list(path: Path, words: list[str]) -> None:
    with terminal([*words, sys.executable, "-m", "vigtui", str(path)], _COLUMNS, _ROWS) as window:
        for _ in range(_VISITS):
            until(window, lambda: "to filter" in window.screen.text, "no list")
            window.type("\r")
            until(window, lambda: "Timeline" in window.screen.text, "no family")
            window.type("\x1b")
        until(window, lambda: "to filter" in window.screen.text, "no list")


def _clip(words: list[str]) -> None:
    with demo(*words) as window:
        open_clip(window)
        before = window.screen.asked
        window.run(_SECONDS)
        if not at_the_clip(window) or window.screen.asked == before:
            raise Wrong("no film plays")
