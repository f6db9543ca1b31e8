"""A paper as a page of HTML in one file, to be printed on A4. It fetches nothing and runs nothing."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from vigtui.reports.charts import svg
from vigtui.reports.charts.chart import Charts
from vigtui.reports.formats.parsing import chart_of, parser

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_STYLE = """
@page { size: A4; margin: 20mm 22mm }
body { font: 11.5pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff;
       max-width: 44em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 1.4em } h3 { font-size: 1em }
h1, h2, h3 { line-height: 1.25; break-after: avoid }
li, tr, blockquote { break-inside: avoid }
table { border-collapse: collapse; width: 99.5% }
th, td { border: 1px solid #777; padding: .3em .5em; text-align: left; vertical-align: top }
body > p:last-child { break-before: avoid }
pre { font: 9.5pt/1.3 "DejaVu Sans Mono", Consolas, monospace; white-space: pre-wrap }
hr { border: 0; border-top: 1px solid #777; margin: 2em 0 }
@media print {
  body { margin: 0; padding: 0; max-width: none }
  hr { break-after: page; border: 0; margin: 0 }
}
"""


_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))


def html(text: str, title: str, language: str = "en", charts: Charts | None = None) -> str:
    """Return a whole page of HTML. `language` is the paper's, as in a folder of templates ("en-easy")."""
    markdown = parser()
    markdown.add_render_rule("fence", _fence)
    body = markdown.render(text, {"charts": charts or {}})
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    spoken = language.partition("-")[0]
    direction = ' dir="rtl"' if spoken in _RIGHT_TO_LEFT else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(spoken)}"{direction}>\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}{svg.STYLE if charts else ''}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _fence(
    _renderer: "RendererHTML",
    tokens: "Sequence[Token]",
    place: int,
    _options: "OptionsDict",
    env: Mapping[str, Charts],
) -> str:
    """A chart, where the block names one of the paper's; else what the block says."""
    chart = chart_of(tokens[place].info, env["charts"])
    return svg.svg(chart) if chart else f"<pre>{escape(tokens[place].content)}</pre>\n"
