"""What would be lost: words that cannot be read on their ground, above all those that are selected."""

from pathlib import Path

import pytest
from rich.color import ColorSystem

from tests.ui.contrast import DEPTHS, contrast, pairs
from tests.ui.driving import opened, until
from tests.ui.sample import make_sample
from tests.ui.snapshot import screen_text
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.app.theme import THEMES
from vigtui.workspace.settings import Settings

LEAST = 4.5
# Black, white and one grey between them: what is less important can be no darker on white.
LEAST_OF_SIXTEEN = 3.9


def hardly_read(app: VigtuiApp) -> set[tuple[str, str, float]]:
    """The words that cannot be read well enough, in which depth of colour, and their contrast."""
    selected = app.get_css_variables()["block-cursor-background"]
    hard = set()
    for words, front, back in pairs(app):
        for depth in DEPTHS:
            of_sixteen = depth is ColorSystem.STANDARD and back.name != selected.lower()
            ratio = contrast(front, back, depth)
            if ratio < (LEAST_OF_SIXTEEN if of_sixteen else LEAST):
                hard.add((words.strip(), depth.name, round(ratio, 1)))
    return hard


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_all_words_can_be_read_in_every_depth_of_colour(theme: str, tmp_path: Path) -> None:
    async with opened(make_sample(tmp_path), (100, 30), Settings(theme=theme)) as (app, pilot):
        for keys, words in (
            (["escape"], "F-021 Wren"),
            (["down"], "A first visit"),
            (["s"], "Plan a supervision session"),
            (["escape", "e"], "esc Cancel"),
            (["escape", "f1"], "Every family you work with"),
            (["escape", "enter"], "No cycle yet"),
            (["2"], "No helping question yet"),
            (["3", "down"], "Daily Life"),
            (["4"], "Nobody is in this family yet"),
            (["5"], "No cycle yet"),
            (["h"], "Read on"),
        ):
            await pilot.press(*keys)
            await until(pilot, lambda words=words: words in screen_text(app))
            assert hardly_read(app) == set(), keys
