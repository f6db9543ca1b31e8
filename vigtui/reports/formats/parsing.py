"""A paper's Markdown, taken apart. Links, pictures and HTML are no markup in it: nothing is fetched."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def parser() -> "MarkdownIt":
    """Return what reads a paper's Markdown."""
    from markdown_it import MarkdownIt

    fetching = ["link", "image", "autolink", "html_inline", "html_block", "reference", "code"]
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(fetching)
