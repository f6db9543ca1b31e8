"""A paper's Markdown, taken apart. Links, pictures and HTML are no markup in it: nothing is fetched."""

from typing import TYPE_CHECKING

from vigtui.reports.charts.chart import Chart, Charts

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def parser() -> "MarkdownIt":
    """Return what reads a paper's Markdown."""
    from markdown_it import MarkdownIt

    fetching = ["link", "image", "autolink", "html_inline", "html_block", "reference", "code"]
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(fetching)


def chart_of(info: str, charts: Charts) -> Chart | None:
    """Return the chart that a block of code is called after, if it is called after one of these."""
    kind, _, name = info.partition(" ")
    return charts.get(name.strip()) if kind == "chart" else None
