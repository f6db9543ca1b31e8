"""What a player does, as it tells others."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PlayerState:
    """What the player does now. Times are milliseconds from the start of the film.

    `duration_ms` is 0 and `frame_size` (width, height of the upright picture in pixels) is (0, 0) until
    known. `window` says that the film is in a window of its own. `trouble` is a sentence when the film cannot
    be played, else "".
    """

    path: Path | None = None
    position_ms: int = 0
    duration_ms: int = 0
    playing: bool = False
    speed: float = 1.0
    muted: bool = False
    loop: tuple[int, int] | None = None
    trouble: str = ""
    frame_size: tuple[int, int] = (0, 0)
    has_sound: bool = False
    window: bool = False
