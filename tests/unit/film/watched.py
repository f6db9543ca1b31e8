"""A player, and waiting for what it does."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.unit.film import films
from vigtui.film.files import FileSource
from vigtui.film.playing.player import Player, PlayerState
from vigtui.film.source import FilmSource

PATIENCE = 60.0
_SECONDS_BETWEEN_LOOKS = 0.5


class Watched:
    """A player, and waiting for what it does."""

    def __init__(self, sounds: dict[Path, int] | None = None) -> None:
        self.player = Player(muted=True, sounds=sounds)
        self.changed = threading.Condition()
        self.player.on_state = self.note
        self.player.on_frame = self.note
        self.player.set_picture_size(32, 20)

    def note(self, _state: PlayerState | None = None) -> None:
        with self.changed:
            self.changed.notify_all()

    def until(self, condition: Callable[[PlayerState], object]) -> PlayerState:
        """Wait for a state in which the condition holds, and return that one."""
        seen = self.player.state

        def holds() -> object:
            nonlocal seen
            seen = self.player.state
            return condition(seen)

        deadline = time.monotonic() + PATIENCE
        with self.changed:
            # Not all that is waited for is told by the player.
            while not self.changed.wait_for(holds, _SECONDS_BETWEEN_LOOKS):
                assert time.monotonic() < deadline, self.player.state
        return seen

    def shade(self) -> int:
        picture = self.player.take_picture()
        return -100 if picture is None else int(picture.mean())

    def until_frame(self, number: int) -> None:
        """Wait until the picture is that of frame `number` of the film of shades."""
        self.until(lambda _: abs(self.shade() - films.shade(number)) <= films.GREY_STEP // 2 - 1)

    def at(self, ms: int) -> Callable[[PlayerState], bool]:
        return lambda state: abs(state.position_ms - ms) <= 5

    def open(self, film: Path | FilmSource, **where: object) -> None:
        source = FileSource(film) if isinstance(film, Path) else film
        self.player.load(source, **where)
        self.until(lambda state: state.frame_size != (0, 0))
