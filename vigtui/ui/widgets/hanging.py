"""A line of a list that goes on, indented, where there is no room for all of it."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Spacing
from textual.strip import Strip
from textual.style import Style
from textual.visual import Padding, RenderOptions, Visual

_INDENT = 2


class Hanging(Visual):
    """Words whose second and further lines are indented: where the next line of the list begins is seen."""

    def __init__(self, words: str) -> None:
        self._words = Content(words)
        self._further = Padding(self._words, Spacing(left=_INDENT))

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._words.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._fitting(width).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        strips = self._fitting(width).render_strips(width, height, style, options)
        if len(strips) < 2:
            return strips
        first = strips[0].crop(_INDENT).extend_cell_length(width, style.rich_style)
        return [first, *strips[1:]]

    def _fitting(self, width: int) -> Content | Padding:
        return self._words if self._words.cell_length <= width or width <= _INDENT else self._further
