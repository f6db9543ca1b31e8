"""What would be lost: the place, for somebody whose reader or braille line follows the terminal's cursor."""

from tests.pty.emulator import Emulator, emulator
from tests.pty.test_journey import leave, press
from tests.ui.conftest import Heron


def at(terminal: Emulator, words: str) -> None:
    """Wait until the cursor is seen where these words begin."""
    terminal.until(lambda _: not terminal.screen.cursor.hidden and under_cursor(terminal).startswith(words))


def behind(terminal: Emulator, words: str) -> None:
    """Wait until the cursor is seen right behind these words."""
    terminal.until(lambda _: not terminal.screen.cursor.hidden and before_cursor(terminal).endswith(words))


def under_cursor(terminal: Emulator) -> str:
    cursor = terminal.screen.cursor
    return terminal.screen.display[cursor.y][cursor.x :]


def before_cursor(terminal: Emulator) -> str:
    cursor = terminal.screen.cursor
    return terminal.screen.display[cursor.y][: cursor.x]


def test_the_cursor_goes_to_the_line_event_or_cell_in_hand(heron: Heron) -> None:
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
        behind(terminal, " ")
        terminal.type("\x1b[B\x1b[A")
        at(terminal, "Ros Tiverton")
        leave(terminal, "\r", "who is here")
        at(terminal, "F-017 Heron")
        press(terminal, "\r", "1 Timeline")
        at(terminal, "○1")
        press(terminal, "a", "A cycle")
        terminal.type("\x1b[B")
        at(terminal, "A recording")
        leave(terminal, "tra", "A recording")
        behind(terminal, " tra")
        leave(terminal, "\x1b", "A line of")
        press(terminal, "4", "training event")
        at(terminal, "✓ given")
        terminal.type("\x1b[B\x1b[C")
        terminal.until(lambda _: before_cursor(terminal).startswith(" supervision"))
        terminal.until(lambda _: terminal.screen.cursor.x > 45)
        at(terminal, "✓ given")
        press(terminal, "5", "interaction   0:20")
        terminal.type("\x1b[B")
        at(terminal, "    interaction")


def test_the_cursor_follows_film_that_is_held_and_words_that_are_written(heron: Heron) -> None:
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
        leave(terminal, "\r", "who is here")
        press(terminal, "e", "The family's details")
        press(terminal, "\r", "Pseudonym")
        behind(terminal, "F-017")
        terminal.type("\t")
        behind(terminal, "Heron")
        leave(terminal, "\x1b", "Pseudonym")
        press(terminal, "s", "Plan a new session")
        press(terminal, "\r", "SR2-1", "Ellis asks")
        press(terminal, "Dana waits", "] Dana waits", "‖")
        behind(terminal, "] Dana waits")
        terminal.type("\x00")  # ctrl+space: film plays, and the cursor stays with the words
        terminal.until(lambda text: "▶" in text)
        behind(terminal, "] Dana waits")
        terminal.type("\x00")
        terminal.until(lambda text: "‖" in text)
        press(terminal, "\x1b", " Caseload")
        press(terminal, "\r", "1 Timeline")
        press(terminal, "5", "interaction   0:20")
        press(terminal, "\x1b[B\r", "Play", "paused")
        at(terminal, "●")
        press(terminal, ".", "00:00.10")
        at(terminal, "●")
