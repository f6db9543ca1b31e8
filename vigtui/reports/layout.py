"""A paper's Markdown laid out to be printed, as HTML in one file, or to be read anywhere, as plain text; its
table as CSV, for a spreadsheet.

The HTML fetches nothing and runs nothing: links and pictures are no markup here, and what looks like HTML is
text.
"""

import csv
import io
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from vigtui.reports.paper import Table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

WIDTH = 78
"""Of plain text, in characters."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_STYLE = """
@page { size: A4; margin: 20mm 22mm }
body { font: 11.5pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff;
       max-width: 44em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 1.4em } h3 { font-size: 1em }
h1, h2, h3 { line-height: 1.25; break-after: avoid }
li, tr, blockquote { break-inside: avoid }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #777; padding: .3em .5em; text-align: left; vertical-align: top }
hr { border: 0; border-top: 1px solid #777; margin: 2em 0 }
@media print {
  body { margin: 0; padding: 0; max-width: none }
  hr { break-after: page; border: 0; margin: 0 }
}
"""


def html(text: str, title: str, language: str = "en") -> str:
    """Return a whole page of HTML. `language` is the paper's, as in a folder of templates ("en-easy")."""
    body = _parser().render(text)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language.partition("-")[0])}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def plain_text(text: str, width: int = WIDTH) -> str:
    """Return plain text of this many characters a line."""
    from markdown_it.tree import SyntaxTreeNode

    blocks = SyntaxTreeNode(_parser().parse(text)).children
    return "\n\n".join("\n".join(_lines(block, "", width)) for block in blocks) + "\n"


def comma_separated(table: Table) -> str:
    """Return the table as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8. A cell that one of
    them would take for a formula begins with an apostrophe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.headings)
    writer.writerows([_no_formula(cell) for cell in row] for row in table.rows)
    return "\ufeff" + written.getvalue()


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    fetching = ["link", "image", "autolink", "html_inline", "html_block", "reference", "code"]
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(fetching)


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
    """Yield the rows with their columns under one another; the last column takes what is left of a line."""
    if not rows:
        return
    columns = [max(len(row[place]) for row in rows if place < len(row)) for place in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [cell.ljust(size) for cell, size in zip(row[:-1], columns, strict=False)]
        start = "  ".join([*cells, ""])
        yield from _wrapped(row[-1], start, max(width, len(start) + 20))
        if number == 0:
            yield "-" * min(width, sum(columns) + 2 * (len(columns) - 1))
