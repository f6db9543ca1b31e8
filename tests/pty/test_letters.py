"""What would be lost: a screen that can be read, on a Linux console and where letters are not UTF-8."""

from pathlib import Path

import pyte

from tests.pty.emulator import Emulator, emulator
from tests.pty.test_journey import leave, press
from tests.ui.conftest import Heron

# What Debian's console fonts (Lat15, Uni1 to Uni3, eurlatgr) and the kernel's own have in common.
CONSOLE_FONT = frozenset(
    "¡¢£¥§ª«¬°±²µ¶·º»¼½¿ÄÅÆÇÉÑÖÜßàáâäåæçèéêëìíîïñòóôö÷ùúûüÿƒπ•‼←↑→↓≈≤≥"
    "─│┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬█░▒■▲▼♦"
)
KEY = "\x1b"


class Recorded(Emulator):
    """Keeps all that was sent."""

    sent = b""

    def show(self, data: bytes) -> None:
        self.sent += data
        super().show(data)


class EightBit(Recorded):
    """A terminal that takes each byte for a letter."""

    def __init__(self, pid: int, master: int, columns: int, rows: int, *, answers: bool) -> None:
        super().__init__(pid, master, columns, rows, answers=answers)
        self._stream = pyte.ByteStream(self.screen)
        self._stream.select_other_charset("@")


def visit_the_screens(terminal: Emulator) -> None:
    """From the list through a family, a clip, a form and a picker to a supervision session."""
    terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
    leave(terminal, "\r", "who is here")
    press(terminal, "n", "Pseudonym")
    leave(terminal, KEY, "Pseudonym")
    press(terminal, "s", "Plan a new session")
    leave(terminal, KEY, "Plan a new session")
    press(terminal, "\r", "1 Timeline", "supervision")
    press(terminal, "a", "A line of the traject")
    leave(terminal, KEY, "type to narrow")
    press(terminal, "2", "helping question")
    press(terminal, "3", "Basic Communication")
    press(terminal, "4", "training event")
    press(terminal, "5", "interaction   0:20")
    press(terminal, "\x1b[B\r", "00:00", "Play")
    press(terminal, "\x1b[6~", "Jam or honey", "paused")
    press(terminal, "\x1bOP", "Help")
    press(terminal, KEY, "Jam or honey", "paused")
    press(terminal, KEY, "5 Film")
    press(terminal, KEY, " Caseload")
    press(terminal, "C", "Film and copies")
    press(terminal, KEY, " Caseload")
    press(terminal, "m", "Merge")
    press(terminal, KEY, " Caseload")
    press(terminal, "s", "Plan a new session")
    press(terminal, "\r", "SR2-1", "Ellis asks")
    press(terminal, "\x0e", ">2 of 2 SR2-2")


def test_on_a_console_only_what_its_font_has_is_drawn(heron: Heron) -> None:
    with emulator(
        str(heron.path), columns=80, rows=24, kind=Recorded, TERM="linux", COLORTERM="", TMUX=""
    ) as terminal:
        visit_the_screens(terminal)
        terminal.type("\x11")
        assert terminal.wait() == 0
    drawn = {character for character in terminal.sent.decode() if not character.isascii()}
    assert {"▒", "─", "│"} <= drawn
    assert drawn <= CONSOLE_FONT, drawn - CONSOLE_FONT


def test_the_first_keys_are_written_in_what_the_font_has(tmp_path: Path) -> None:
    """They are drawn before it is known which terminal this is."""
    where = str(tmp_path / "nowhere" / "new.vig.json")
    with emulator("new", where, columns=80, rows=24, TERM="linux", COLORTERM="", TMUX="") as terminal:
        terminal.until(lambda text: "There is no folder" in text and "enter Choose" in text)
        terminal.type("\x11")
        assert terminal.wait() == 0


def test_where_letters_are_not_utf8_nothing_but_ascii_is_sent_whatever_the_locale_says(heron: Heron) -> None:
    with emulator(
        str(heron.path), columns=80, rows=24, kind=EightBit, TERM="xterm-256color", PYTHONUTF8="1"
    ) as terminal:
        visit_the_screens(terminal)
        terminal.type("\x11")
        assert terminal.wait() == 0
    asked, rest = terminal.sent.split(b"\x1b[6n", 1)
    assert asked.decode().endswith("é")
    assert asked[:-2].isascii()
    assert rest.isascii()


def test_letters_that_the_settings_name_are_taken_and_nothing_is_asked(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "vigtui").mkdir()
    (tmp_path / "vigtui" / "settings.toml").write_text('letters = "ascii"\n', encoding="utf-8")
    with emulator(
        str(heron.path),
        columns=80,
        rows=24,
        kind=Recorded,
        TERM="xterm-256color",
        XDG_CONFIG_HOME=str(tmp_path),
    ) as terminal:
        terminal.until(lambda text: "People: who is here?" in text)
        leave(terminal, "\r", "who is here")
        assert ". . ." in terminal.text
    assert terminal.sent.isascii()


def test_a_terminal_that_answers_nothing_is_drawn_on_after_a_moment(heron: Heron, tmp_path: Path) -> None:
    with emulator(
        str(heron.path), columns=80, rows=24, answers=False, XDG_STATE_HOME=str(tmp_path)
    ) as terminal:
        terminal.until(lambda text: "People: who is here?" in text)
        leave(terminal, "\r", "who is here")
        assert "○ ○ ○" in terminal.text
