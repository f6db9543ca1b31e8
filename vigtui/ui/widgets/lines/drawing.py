"""Lines that widgets draw, and that are drawn before Textual is there: nothing here needs it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.text import Text

from vigtui.values.signs import RULE
from vigtui.wording.legend import Sign, fitting

if TYPE_CHECKING:
    from rich.console import Console


def rule(words: str, width: int, right: str = "", *, plain: bool) -> Text:
    """A heading among lines, with a rule after it and words at its end; if `plain`, the words alone."""
    if plain:
        line = Text(", ".join(filter(None, (words, right))), style="dim")
        line.truncate(width, overflow="ellipsis")
        return line
    right = f" {right} {RULE}" if right else ""
    left = Text(f"{RULE} {words} ", style="dim")
    left.truncate(max(0, width - cell_len(right)), overflow="ellipsis")
    return Text.assemble(left, (RULE * max(0, width - left.cell_len - cell_len(right)) + right, "dim"))


def title_line(left: Text, middle: Text, last: str, status: Text, width: int) -> Text:
    """The parts of a title: the `status` at its right end, and where there is no room the middle is cut."""
    room = max(width - status.cell_len - (2 if status else 0), 0)
    end = Text(last)
    end.truncate(room - min(left.cell_len, room // 2), overflow="ellipsis")
    line = Text.assemble(left, "   ", middle) if middle else left.copy()
    line.no_wrap = True
    line.truncate(room - end.cell_len, overflow="ellipsis")
    line.append_text(end)
    line.truncate(room, pad=True)
    return Text.assemble(line, "  " if status else "", status)


def signs_line(signs: Sequence[Sign], width: int) -> Text:
    """As many signs as have room, each with its meaning."""
    line = Text(no_wrap=True)
    for sign, meaning in fitting(signs, width):
        line.append("  " if line else "").append(sign, style="bold").append(f" {meaning}")
    return line


def wrapped(words: Text, width: int) -> list[Text]:
    """The rows that words take in so many cells."""
    if not words:
        return []
    # Of a console it would ask something for text that is justified at both sides.
    return list(words.wrap(cast("Console", None), max(1, width)))


def excerpt(words: Text, width: int, rows: int) -> list[Text]:
    """The first rows of words, and "…" at the end where there are more of them."""
    lines = wrapped(words, width)
    if len(lines) > rows:
        lines = lines[:rows]
        lines[-1].rstrip()
        lines[-1].append("…")
        lines[-1].truncate(width, overflow="ellipsis")
    return lines
