"""How far long work is, on the command line."""

import contextlib
import sys
from collections.abc import Callable, Iterator

import click


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Callable[[str, float], None]]:
    """Show what is done, and the part of it (0 to 1), where somebody watches, apart from what is printed."""
    if not sys.stderr.isatty():
        yield lambda _words, _part: None
        return
    with click.progressbar(length=100, label=label, show_eta=False, file=sys.stderr) as bar:

        def progress(words: str, part: float) -> None:
            bar.label = words
            bar.update(max(int(part * 100) - bar.pos, 0))

        yield progress
