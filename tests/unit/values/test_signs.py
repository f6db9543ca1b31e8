"""What would be lost: what a screen says, on terminals that show a blank in place of a sign."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vigtui.values import signs
from vigtui.values.signs import Letters, in_letters

FEWER = [Letters.CONSOLE, Letters.ASCII]
DRAWN = {
    sign
    for name, value in vars(signs).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, str)
    for sign in value
}


@pytest.mark.parametrize("letters", FEWER)
def test_every_sign_has_something_to_stand_for_it(letters: Letters) -> None:
    assert len(DRAWN) > 20
    for sign in DRAWN:
        shown = in_letters(sign, letters)
        assert shown not in ("?", "", " "), sign
        assert shown.isascii() or letters is Letters.CONSOLE


@pytest.mark.parametrize("letters", FEWER)
def test_what_a_cycle_has_reached_and_what_is_agreed_stay_apart(letters: Letters) -> None:
    for kinds in ("●◐○", "◆▣▪", "✓×·", "▶‖↻"):
        assert len({in_letters(sign, letters) for sign in kinds}) == len(kinds)


@given(st.text(), st.sampled_from(FEWER))
def test_a_text_takes_as_many_cells_as_before(text: str, letters: Letters) -> None:
    text = "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Cc", "Cn", "Co", "Cs"))
    shown = in_letters(text, letters)
    if cell_len(text) == sum(cells_of(each) for each in text):
        assert cell_len(shown) == cell_len(text)
    assert shown.isascii() or letters is Letters.CONSOLE
    assert in_letters(shown, letters) == shown


def cells_of(character: str) -> int:
    """The cells that Unicode gives it."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def test_words_keep_their_letters_on_a_console_and_their_sense_in_ascii() -> None:
    words = "“Où est-elle…” – Zoë"
    assert in_letters(words, Letters.ALL) == words
    assert in_letters(words, Letters.CONSOLE) == '"Où est-elle~" - Zoë'
    assert in_letters(words, Letters.ASCII) == '"Ou est-elle~" - Zoe'
