"""What would be lost: half a date or half a status, which reads like a whole one in a small window."""

import re
from pathlib import Path

import pytest

from tests.ui.snapshot import FOLDER
from vigtui.values.days import MONTHS

SMALL = sorted(FOLDER.glob("*-60x20.txt"))
SHORT_NAMES = {"Quest.", "Refer.", "more", *(month[:3] for month in MONTHS)}
_RATING = re.compile(r"[A-Z]\d{1,2}")
"""A rating in a small chart: the letter of its rater, and its value. In a larger one its row tells."""
_NO_LETTERS = re.compile(r"[^\w.,:;!?()“”'…/+-]+")


def words(path: Path) -> set[str]:
    """The words on a screen, without lines, bars and signs."""
    return set(_NO_LETTERS.sub(" ", path.read_text(encoding="utf-8")).split())


@pytest.mark.parametrize("small", SMALL, ids=lambda path: path.stem)
def test_each_word_at_60x20_stands_whole_on_a_larger_screen_or_has_a_sign(small: Path) -> None:
    name = small.stem.removesuffix("60x20")
    larger = [path for path in FOLDER.glob(f"{name}*.txt") if path != small]
    assert larger
    cut = words(small) - set[str]().union(*map(words, larger)) - SHORT_NAMES
    assert {word for word in cut if "…" not in word and not _RATING.fullmatch(word)} == set()
