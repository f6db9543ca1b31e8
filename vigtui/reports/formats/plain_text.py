"""A paper's Markdown as plain text, to be read anywhere."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from vigtui.reports.charts.chart import Charts
from vigtui.reports.charts.in_characters import in_characters
from vigtui.reports.formats.parsing import chart_of, parser

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

WIDTH = 78
"""Of plain text, in characters."""

_NARROWEST = 8
"""No column of a table becomes narrower than this."""


def plain_text(text: str, width: int = WIDTH, charts: Charts | None = None) -> str:
    """Return plain text of this many characters a line; a chart is never wrapped."""
    from markdown_it.tree import SyntaxTreeNode

    blocks = SyntaxTreeNode(parser().parse(text)).children
    drawn = (
        _drawn(block, width, charts or {}) if block.type == "fence" else "\n".join(_lines(block, "", width))
        for block in blocks
    )
    return "\n\n".join(drawn) + "\n"


def _drawn(block: "SyntaxTreeNode", width: int, charts: Charts) -> str:
    """A chart, where the block names one of the paper's; else what the block says."""
    chart = chart_of(block.info, charts)
    return in_characters(chart, width) if chart else block.content.rstrip("\n")


def _lines(node: "SyntaxTreeNode", start: str, width: int) -> Iterator[str]:
    """Yield the lines of a block. `start` comes before the first of them, as many blanks before the rest."""
    rest = " " * len(start)
    if node.type in ("heading", "paragraph"):
        words = _inline(node.children[0])
        yield from _wrapped(words, start, width)
        if node.type == "heading":
            yield ("=" if node.tag == "h1" else "-") * min(len(words), width)
    elif node.type == "table":
        rows = [row for part in node.children for row in part.children]
        yield from _table([[_inline(cell.children[0]) for cell in row.children] for row in rows], width)
    elif node.type == "hr":
        yield "-" * width
    elif node.type in ("bullet_list", "ordered_list"):
        for number, item in enumerate(node.children, start=1):
            mark = "- " if node.type == "bullet_list" else f"{number}. "
            yield from _lines(item, (start if number == 1 else rest) + mark, width)
    else:
        more = "  " if node.type == "blockquote" else ""
        for child in node.children:
            yield from _lines(child, start + more, width)
            start = rest


def _inline(node: "SyntaxTreeNode") -> str:
    words = {"softbreak": " ", "hardbreak": "\n"}
    parts = (each for each in node.walk() if not each.children)
    return "".join(words.get(each.type, each.content) for each in parts)


def _wrapped(words: str, start: str, width: int) -> Iterator[str]:
    for line in words.split("\n"):
        yield from textwrap.wrap(line, width, initial_indent=start, subsequent_indent=" " * len(start)) or [
            start
        ]
        start = " " * len(start)


def _table(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield the rows with their columns under one another, each cell within its column: where they need more
    than this width together, the widest columns become narrower."""
    if not rows:
        return
    columns = [max(len(row[place]) for row in rows if place < len(row)) for place in range(len(rows[0]))]
    room = width - 2 * (len(columns) - 1)
    while sum(columns) > room and max(columns) > _NARROWEST:
        columns[columns.index(max(columns))] -= 1
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(cell, max(size, 1)) for cell, size in zip(row, columns, strict=False)]
        for parts in zip_longest(*cells, fillvalue=""):
            line = (part.ljust(size) for part, size in zip(parts, columns, strict=False))
            yield "  ".join(line).rstrip()
        if number == 0:
            yield "-" * min(width, sum(columns) + 2 * (len(columns) - 1))
