"""What would be lost: the look of a screen, once another one had been opened."""

import re
from pathlib import Path

import pytest

import vigtui.ui

UI = Path(vigtui.ui.__file__).parent
SHARED = {"app.tcss", "forms.tcss"}
SHEETS = sorted(path for path in UI.rglob("*.tcss") if path.name not in SHARED)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INNER = re.compile(r"\{[^{}]*\}")


def selectors(sheet: str) -> list[str]:
    """What stands before the outermost braces."""
    left = _COMMENT.sub("", sheet)
    while _INNER.search(left):
        left = _INNER.sub(";", left)
    return [each.strip() for part in left.split(";") for each in part.split(",") if each.strip()]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_style_of_a_screen_is_for_that_screen_alone(path: Path) -> None:
    """Textual keeps a style sheet that was read once, and lets it count on every screen."""
    found = selectors(path.read_text(encoding="utf-8"))
    assert found
    assert [each for each in found if not re.match(r"(\.-[a-z-]+ )?[A-Z]\w*Screen\b", each)] == []
