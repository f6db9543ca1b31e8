"""What would be lost: what a screen says, on terminals that show a blank in place of a sign."""

import ast
import unicodedata
from pathlib import Path
from typing import TypeGuard

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


def signs_in(source: Path) -> set[str]:
    """The signs beyond ASCII that a module's texts hold."""
    texts = [each.value for each in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if is_text(each)]
    return {sign for text in texts for sign in text if not (sign.isascii() or sign.isalpha())}


def is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("letters", FEWER)
def test_whatever_sign_a_screen_may_draw_has_something_to_stand_for_it(letters: Letters) -> None:
    package = Path(signs.__file__).parents[1]
    rooms = [package / name for name in ("ui", "wording", "queries", "domain", "film/pane")]
    drawn = set().union(*(signs_in(source) for room in rooms for source in room.rglob("*.py")))
    assert "├" in drawn
    assert not [sign for sign in drawn if in_letters(sign, letters) == "?"]


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
