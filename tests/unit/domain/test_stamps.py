"""When a text carries the film's time: once for each thought, and never in the middle of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.film.stamps import FilmPosition, begins_thought

HERE = FilmPosition(1_275_000)


@pytest.mark.parametrize(
    ("lines", "row", "letter", "begins"),
    [
        ([""], 0, "E", True),
        (["old words", "", ""], 2, "e", True),
        (["- "], 0, "e", True),
        (["[21:15] He waits.", "- "], 1, "s", True),
        (["[20:00] He waits.", ""], 1, "S", True),
        (["He waits", ""], 1, "D", True),
        (["[21:15] He waits.", ""], 1, "S", False),
        (["[21:15] He waits and", ""], 1, "s", False),
        (["[20:00] He waits,", ""], 1, "D", False),
        (["old words"], 0, "x", False),
        (["old words", " x"], 1, "x", False),
        ([""], 0, " ", False),
    ],
)
def test_only_a_new_thought_gets_the_time(lines: list[str], row: int, letter: str, begins: bool) -> None:
    """A time in the middle of a sentence would tear what was said apart."""
    assert begins_thought(lines, row, letter, HERE) is begins


@given(st.text(min_size=1).filter(lambda text: text.strip()), st.characters())
def test_a_line_with_words_is_never_stamped(words: str, letter: str) -> None:
    """Correcting old text must leave it as it was said."""
    line = "w" + words.replace("\n", " ")
    assert not begins_thought([line], 0, letter, HERE)
