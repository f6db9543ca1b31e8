"""What would be lost: the film in a real terminal, exactly as it is, and a clean terminal afterwards."""

import os
import signal
from pathlib import Path

import pytest

from tests.pty.emulator import Emulator, emulator
from tests.unit.film import films

COLOURS = {"red": (220, 20, 20), "green": (20, 200, 20), "blue": (20, 20, 220), "white": (240, 240, 240)}
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
BRIGHT = {"red", "brightred", "green", "brightgreen", "blue", "brightblue", "white", "brightwhite"}


def showing(text: str) -> bool:
    return any(glyph in text for glyph in "▀▄▌▐█")


def paused(text: str) -> bool:
    return "‖" in text


def ground(terminal: Emulator, column: int, row: int) -> tuple[int, ...]:
    """The colour of a cell's lower left quarter."""
    return tuple(bytes.fromhex(pixels(terminal.screen.buffer[row][column])[2]))


def assert_corners(terminal: Emulator, columns: int, rows: int) -> None:
    """Each quarter of the picture has its colour in every cell, away from the edges."""
    middle, half = columns // 2, rows // 2
    quarters = {
        "red": (range(2, half - 2), range(middle - 8, middle - 2)),
        "green": (range(2, half - 2), range(middle + 2, middle + 8)),
        "blue": (range(half + 2, rows - 2), range(middle - 8, middle - 2)),
        "white": (range(half + 2, rows - 2), range(middle + 2, middle + 8)),
    }
    for name, (lines, places) in quarters.items():
        for row in lines:
            for column in places:
                assert ground(terminal, column, row) == pytest.approx(COLOURS[name], abs=40), (
                    name,
                    column,
                    row,
                )


def has_corners(terminal: Emulator, columns: int, rows: int) -> bool:
    try:
        assert_corners(terminal, columns, rows)
    except (AssertionError, ValueError):
        return False
    return True


@pytest.mark.parametrize("colorterm", ["truecolor", ""])
def test_the_picture_on_the_terminal_is_the_film_s(corners: Path, colorterm: str) -> None:
    with emulator("play", str(corners), COLORTERM=colorterm) as terminal:
        terminal.until(paused)
        terminal.quiet()
        assert_corners(terminal, 60, 16)
        terminal.type("q")
        assert terminal.wait() == 0


def test_in_16_colours_the_picture_uses_the_terminal_s_own(corners: Path) -> None:
    with emulator("play", str(corners), COLORTERM="", TERM="xterm") as terminal:
        terminal.until(paused)
        terminal.quiet()
        places = [(row, column) for row in (3, 12) for column in (20, 40)]
        seen = {pixels(terminal.screen.buffer[row][column])[2] for row, column in places}
        assert len(seen) == 4
        assert seen <= BRIGHT


def test_the_picture_is_whole_after_resizing_while_it_plays(moving: Path, corners: Path) -> None:
    with emulator("play", str(corners)) as terminal:
        terminal.until(showing)
        for columns, rows in ((90, 30), (40, 12), (60, 18)):
            terminal.resize(columns, rows)
            terminal.until(lambda text, rows=rows: "Leave" in text.splitlines()[rows - 1])
        terminal.until(paused)
        terminal.until(lambda _: has_corners(terminal, 60, 16))
        terminal.quiet()
        assert_corners(terminal, 60, 16)


def test_dragging_the_window_s_edge_leaves_a_whole_screen(corners: Path) -> None:
    """Sizes come faster than they are drawn and end as they began: what the terminal cut is back."""
    with emulator("play", str(corners)) as terminal:

        def whole(text: str) -> bool:
            line, keys = text.splitlines()[16:]
            return "corners" in line and "Leave" in keys and has_corners(terminal, 60, 16)

        terminal.until(whole)
        for moves in range(100, 110):
            for move in range(moves):
                terminal.resize(40 + move % 30, 12 + move % 9)
            terminal.resize(60, 18)
            terminal.until(whole)


def test_what_is_drawn_for_the_old_size_leaves_nothing_in_a_window_of_the_new(moving: Path) -> None:
    """Textual goes on drawing for that for a moment, and the terminal cuts it at its edge."""
    with emulator(str(moving), module="tests.pty.covered_film") as terminal:
        terminal.until(lambda text: "nothing yet" in text and showing(text))
        for columns in (50, 46, 60, 47):
            terminal.resize(columns, 18)
            terminal.quiet()
            assert terminal.text.splitlines()[0][42:] == "nothing yet".ljust(18)[: columns - 42]


def test_after_playing_and_pausing_no_trace_of_earlier_pictures_is_left(moving: Path) -> None:
    """Only changes are sent: what is there at the end must be what a fresh terminal would be sent."""
    with emulator("play", str(moving)) as terminal:
        terminal.until(lambda _: terminal.asked >= 15)
        terminal.until(lambda text: "00:00 /" not in text)  # told though only the picture changes before
        terminal.type(",")  # which at the end of the film does not play it anew
        terminal.until(paused)
        terminal.quiet()
        played = [[terminal.screen.buffer[row][column] for column in range(60)] for row in range(16)]
        terminal.screen.reset()
        terminal.resize(61, 18)
        terminal.until(paused)
        terminal.resize(60, 18)
        terminal.quiet()
        for row in range(16):
            for column in range(60):
                fresh = terminal.screen.buffer[row][column]
                assert pixels(played[row][column]) == pixels(fresh), (column, row)


def pixels(cell: object) -> tuple[str, ...]:
    """The names of the colours of a cell's quarters."""
    glyph, fore, back = cell.data, cell.fg, cell.bg
    pattern = max(QUADRANTS.find(glyph), 0)
    return tuple(fore if pattern >> dot & 1 else back for dot in range(4))


def test_full_is_the_picture_alone(corners: Path) -> None:
    with emulator("play", "--full", str(corners)) as terminal:
        terminal.until(showing)
        terminal.quiet()
        assert "Leave" not in terminal.text
        assert "corners" not in terminal.text
        assert_corners(terminal, 60, 18)
        terminal.type("\x1b")
        assert terminal.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_dropped_line_ends_the_program(moving: Path, number: signal.Signals) -> None:
    with emulator("play", str(moving)) as terminal:
        terminal.until(showing)
        os.kill(terminal.pid, number)
        assert terminal.wait() in (0, 128 + number, -number)  # the last before its screen is there
        assert "Traceback" not in terminal.text


def test_a_damaged_film_is_one_sentence_and_a_status(corners: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(corners.read_bytes()[:2000])
    with emulator("play", str(torn)) as terminal:
        assert terminal.wait() == 1
        assert "torn.mp4 cannot be played" in " ".join(terminal.text.split())


@pytest.mark.parametrize("named", ["http://example.org/film.mp4", "gone.mp4", "-", "/dev/zero"])
def test_what_is_no_film_is_refused_before_the_screen_changes(named: str) -> None:
    with emulator("play", "--", named) as terminal:
        assert terminal.wait() == 1
        assert len(terminal.text.split()) > 3
        assert "Traceback" not in terminal.text


def test_the_film_plays_upright(corners: Path, tmp_path: Path) -> None:
    phone = films.held_upright(corners, tmp_path / "phone.mp4", films.TURNED[90])
    with emulator("play", "--full", str(phone)) as terminal:
        terminal.until(showing)
        terminal.quiet()
        assert ground(terminal, 28, 4) == pytest.approx(COLOURS["blue"], abs=40)
        assert ground(terminal, 32, 4) == pytest.approx(COLOURS["red"], abs=40)
        assert ground(terminal, 10, 12) == (0, 0, 0)


def test_a_paused_picture_is_exact_down_to_what_was_too_little_to_send(tmp_path: Path) -> None:
    frames = [bytes([100 if number < 6 else 106]) * (films.WIDTH * films.HEIGHT * 3) for number in range(10)]
    film = films.make(tmp_path / "greys.mp4", iter(frames))
    with emulator("play", "--full", str(film)) as terminal:
        terminal.until(lambda _: terminal.asked >= 3)
        terminal.quiet()
        shades = {ground(terminal, column, row)[1] for column in range(20, 40) for row in range(18)}
        assert {104 <= shade <= 108 for shade in shades} == {True}


@pytest.mark.parametrize("held", [False, True])
def test_nothing_of_what_covered_the_picture_stays_on_it(moving: Path, held: bool) -> None:
    """Whatever comes over the film and goes again, over one that plays or one that is held still."""
    with emulator(str(moving), module="tests.pty.covered_film") as terminal:
        terminal.until(lambda _: terminal.asked >= 4)
        if held:
            terminal.type(" ")
            terminal.until(lambda text: "held still" in text)
        for open_key, close_key, words in (
            ("d", "x", "a dialog"),
            ("c", "c", "a menu"),
            ("o", "x", "another screen"),
            ("s", "s", "a row"),
            ("n", "n", "a notice"),
        ):
            terminal.type(open_key)
            terminal.until(lambda text, words=words: words in text)
            terminal.type(close_key)
            terminal.until(lambda text, words=words: words not in text)
        if not held:
            terminal.type(" ")
            terminal.until(lambda text: "held still" in text)
        terminal.quiet()
        there = picture(terminal)
        terminal.resize(61, 18)
        terminal.quiet()
        assert picture(terminal) == there


def test_a_letter_written_beside_a_paused_picture_sends_nothing_of_it(moving: Path) -> None:
    """On a slow line every letter of a note would wait for the whole picture."""
    with emulator(str(moving), module="tests.pty.covered_film") as terminal:
        terminal.until(lambda _: terminal.asked >= 4)
        terminal.type(" ")
        terminal.until(lambda text: "held still" in text)
        terminal.quiet()
        before = terminal.received
        terminal.type("b")
        terminal.until(lambda text: "a letter" in text)
        terminal.quiet()
        assert terminal.received - before < 1000


def picture(terminal: Emulator) -> list[list[tuple[str, ...]]]:
    return [[pixels(terminal.screen.buffer[row][column]) for column in range(40)] for row in range(12)]


def test_where_all_is_said_in_words_no_picture_is_drawn(corners: Path, tmp_path: Path) -> None:
    (tmp_path / "vigtui").mkdir()
    (tmp_path / "vigtui" / "settings.toml").write_text("plain = true\n", encoding="utf-8")
    with emulator("play", str(corners), columns=80, XDG_CONFIG_HOME=str(tmp_path)) as terminal:
        terminal.until(lambda text: "not drawn here" in text and "paused   00:01 / 00:01" in text)
        terminal.quiet()
        assert terminal.text.isascii()
        terminal.type("q")
        assert terminal.wait() == 0
