"""A paper as Markdown: its template, filled in. Whatever a value says is text in it, never markup.

Jinja's immutable sandbox fills it in: a template reaches the values it is given, and nothing else.
"""

import re
from dataclasses import dataclass

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vigtui.reports.charts.chart import Charts
from vigtui.reports.charts.in_characters import in_characters
from vigtui.reports.paper import Paper, PaperError
from vigtui.reports.spoken import printed
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import clean, one_line

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~]")
_BLOCK = re.compile(r"^([0-9]{0,9})([#+=.)-])")
_CHART = re.compile(r"^```chart (\S+)\n```$", re.MULTILINE)
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Where a template puts a chart: each format draws it there."""

    name: str


def markdown(paper: Paper, template: str) -> str:
    """Return the paper in this template; a chart is a block of code without words, called "chart" and its
    name. Raises PaperError with a sentence for a template that cannot be used."""
    charts = {name: ChartPlace(name) for name in paper.charts}
    try:
        filled = _ENVIRONMENT.from_string(template).render({**paper.values, "charts": charts})
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if hasattr(error, "lineno") and error.lineno else ""
        why = one_line(str(error)) or type(error).__name__
        raise PaperError(f"The template for {paper.kind} cannot be used{line}: {why[:200]}") from None
    if len(filled) > _LONGEST:
        raise PaperError(f"The template for {paper.kind} makes more than a megabyte of words.")
    return re.sub(r"\n{3,}", "\n\n", filled).strip("\n") + "\n"


def with_names(text: str, names: SpokenNames) -> str:
    """Return a paper's Markdown as it is printed for the family, by these names (see `spoken.printed`)."""
    escaped = {as_text(label): as_text(name) for label, name in names.names.items()}
    return printed(SpokenNames(escaped))(text)


def with_charts(text: str, charts: Charts) -> str:
    """Return a paper's Markdown with its charts drawn in characters."""

    def drawn(found: re.Match[str]) -> str:
        lines = in_characters(charts[found[1]]).replace("`", "'") if found[1] in charts else ""
        return f"```\n{lines}\n```" if lines else ""

    return _CHART.sub(drawn, text)


def as_text(value: object) -> str:
    """Return a value so that Markdown shows just these words, in these lines; an empty line is left out."""
    if isinstance(value, ChartPlace):
        return f"```chart {value.name}\n```"
    lines = (line.strip() for line in clean(str(value)).split("\n"))
    return "\\\n".join(_escaped(line) for line in lines if line)


def _escaped(line: str) -> str:
    return _BLOCK.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", line))


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=as_text
)
_ENVIRONMENT.filters["line"] = lambda value: one_line(str(value))
