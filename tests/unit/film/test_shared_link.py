"""What would be lost: pictures that are seen whole on a slow line."""

from dataclasses import dataclass

from vigtui.film.pane.shared_link import AT_ONE_GLANCE, FRAME_BEGINS, FRAME_ENDS, FilmLine

PICTURE = "a picture " * AT_ONE_GLANCE


@dataclass
class Terminal:
    """Keeps what it is sent."""

    text: str = ""

    @property
    def written(self) -> int:
        return len(self.text)

    def write(self, data: str) -> None:
        self.text += data

    def claim(self, data: bytes) -> bool:
        self.text += data.decode()
        return False

    def write_claimed(self) -> None:
        raise AssertionError("nothing was left to write")


def sent(picture: str, *, shows_frames: bool, fast: bool = False) -> str:
    line = FilmLine(lambda: 0.0)
    line.terminal = terminal = Terminal()
    line.shows_frames = shows_frames
    if fast:
        while not line.link.is_fast:  # Answers that come at once.
            for _ in range(2):
                line.send(PICTURE)
            for number in range(24):
                line.answered(1 + number, 1)
        terminal.text = ""
    line.send(picture)
    return terminal.text


def test_a_picture_is_seen_whole_on_a_slow_line() -> None:
    assert f"{FRAME_BEGINS}{PICTURE}{FRAME_ENDS}" in sent(PICTURE, shows_frames=True)


def test_what_needs_no_frame_has_none() -> None:
    assert FRAME_BEGINS not in sent(PICTURE, shows_frames=False)
    assert FRAME_BEGINS not in sent("a cell", shows_frames=True)
    assert FRAME_BEGINS not in sent(PICTURE, shows_frames=True, fast=True)
