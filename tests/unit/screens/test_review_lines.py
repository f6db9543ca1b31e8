"""What would be lost: words under a picture that are read at a glance."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from vigtui.ui.screens.review.lines import balanced

CONSOLE = Console(width=80)


def test_no_word_stands_alone_in_the_last_line() -> None:
    words = Text("Mira leans in and waits. Tali looks at the tower. The last block goes on top.")
    assert balanced(words, 72, CONSOLE).plain.split("\n") == [
        "Mira leans in and waits. Tali looks at",
        "the tower. The last block goes on top.",
    ]


@given(st.text(alphabet="ab é日 ", max_size=60), st.integers(min_value=4, max_value=40))
def test_every_line_fits_and_no_word_is_lost(words: str, width: int) -> None:
    shown = balanced(Text(words), width, CONSOLE)
    lines = shown.plain.split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(shown.plain.split()) == "".join(words.split())
    assert len(lines) <= max(1, len(Text(words).wrap(CONSOLE, width)))
