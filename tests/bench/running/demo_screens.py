"""The demo, opened on screens where film plays."""

import datetime as dt
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

import vigtui.demo
from tests.bench.running.terminal import Terminal, terminal

_COLUMNS, _ROWS = 100, 30
_LIST = "to filter"
_TO_A_CLIP = ("\r", "5", "\x1b[B", "\r", "\x1b[6~")
_SECONDS_OF_A_KEY, _PATIENCE = 1.5, 30.0


class Wrong(Exception):
    """A screen is not what it should be; the sentence says how."""


@contextmanager
def demo(*before: str, **environment: str) -> Iterator[Terminal]:
    """Open a demo of our own, with its film. These words go before its command, and these variables are
    set."""
    with TemporaryDirectory() as home:
        folder = shutil.copytree(_made(), Path(home) / "demo")
        caseload = vigtui.demo.demo_file(folder)
        words = [*before, sys.executable, "-m", "vigtui", str(caseload)]
        own = {"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, **environment}
        with terminal(words, _COLUMNS, _ROWS, own) as window:
            until(window, lambda: _LIST in window.screen.text, "no list of families")
            yield window


def _made() -> Path:
    """The folder of a demo that nobody has changed, made once a day: its film takes a quarter of a minute,
    and its dates are told from today. The cache keeps it."""
    source = Path(next(iter(vigtui.demo.__path__)))
    files = sorted(path for path in source.rglob("*") if path.suffix in (".py", ".toml"))
    mark = zlib.crc32(b"".join(path.read_bytes() for path in files))
    cache, today = user_cache_path("vigtui") / "bench", f"demo-{dt.date.today()}"
    kept = cache / f"{today}-{mark:08x}"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob("demo-*"):
            if not old.name.startswith(today):
                shutil.rmtree(old, ignore_errors=True)
        with TemporaryDirectory(dir=cache) as folder:
            made = Path(folder) / "demo"
            vigtui.demo.make_demo(made, lambda _words, _done: None)
            made.replace(kept)
    return kept


def open_clip(window: Terminal) -> None:
    """Go from the list to a clip, and play it."""
    for key in _TO_A_CLIP:
        window.type(key)
        window.run(_SECONDS_OF_A_KEY)
    until(window, lambda: at_the_clip(window), "no clip on the screen")
    window.type(" ")


def open_walk(window: Terminal) -> None:
    """Go from the list to the walk of a supervision, where the first clip plays beside another."""
    window.type("s")
    until(window, lambda: "Which" in window.screen.text, "no list of supervisions")
    window.type("\r")
    until(window, lambda: "▸1" in window.screen.text, "no walk")


def at_the_clip(window: Terminal) -> bool:
    """Whether the clip is on the screen, and nothing over it."""
    text = window.screen.text
    return text.rstrip().rpartition("\n")[2].startswith(" space Play") and _EDGE not in text


_EDGE = "▔▔▔▔"
"""Of the list of commands, which leaves the last line in sight."""


def until(window: Terminal, seen: Callable[[], bool], otherwise: str) -> None:
    """Wait until the screen is as wanted. Raises `Wrong` with these words when it does not become so."""
    if not seen() and not window.run(_PATIENCE, seen):
        raise Wrong(f"{otherwise}:\n{window.screen.text}")
