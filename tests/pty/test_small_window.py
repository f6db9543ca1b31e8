"""What would be lost: a screen cut to pieces in a small window, and what was being written there."""

from tests.pty.emulator import Emulator, emulator
from tests.pty.test_journey import leave, press, shows_film
from tests.ui.conftest import Heron

SIZE = 80, 24


def says(terminal: Emulator, words: str) -> bool:
    return words in " ".join(terminal.text.split())


def shrink(terminal: Emulator, columns: int, rows: int) -> None:
    terminal.resize(columns, rows)
    terminal.until(lambda _: says(terminal, f"too small: {columns} by {rows}. Make it at least 40 by 15."))


def enlarge(terminal: Emulator, *seen: str) -> None:
    terminal.resize(*SIZE)
    terminal.until(lambda text: all(words in text for words in seen))


def test_below_40_by_15_a_sentence_stands_there_and_one_goes_on_where_one_was(heron: Heron) -> None:
    with emulator(str(heron.path), columns=30, rows=10) as terminal:
        terminal.until(lambda _: says(terminal, "too small: 30 by 10"))
        enlarge(terminal, "People: who is here?", "Ros Tiverton")
        leave(terminal, "\r", "who is here")
        press(terminal, "s", "Plan a new session")
        shrink(terminal, 39, 24)
        enlarge(terminal, "Plan a new session")
        press(terminal, "\r", "▸1 SR2-1")
        terminal.until(lambda _: shows_film(terminal))
        press(terminal, "She wai", "] She wai")
        shrink(terminal, 80, 14)
        terminal.type("not seen")
        shrink(terminal, 20, 6)
        enlarge(terminal, "] She wai", "▸1 SR2-1")
        terminal.until(lambda _: shows_film(terminal))
        press(terminal, "ts.", "] She waits.")
        assert "not seen" not in terminal.text
        terminal.resize(40, 15)
        terminal.until(lambda text: "SR2-1" in text and "too small" not in text)


def test_film_pauses_behind_the_sentence_and_draws_nothing_over_it(heron: Heron) -> None:
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        terminal.until(lambda text: "People: who is here?" in text)
        leave(terminal, "\r", "who is here")
        press(terminal, "s", "Plan a new session")
        press(terminal, "\r", "▸1 SR2-1")
        terminal.until(lambda text: "▶" in text and shows_film(terminal))
        shrink(terminal, 38, 24)
        terminal.quiet()
        assert not shows_film(terminal)
        enlarge(terminal, "‖")
        terminal.until(lambda _: shows_film(terminal))
