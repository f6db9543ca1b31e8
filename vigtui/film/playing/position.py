"""Who tells where a film is."""

from collections.abc import Callable
from typing import Any

from vigtui.film.libmpv import seconds_of

POSITION = "time-pos"
"""libmpv's name for it."""


class Position:
    """Where the film of a core is, in seconds, told to `tell`, which leaves out what is None.

    While the film is paused libmpv tells each change. While it plays each picture does: the core's event
    thread would wake for nothing else. Where no picture comes, somebody has to `look`.
    """

    def __init__(self, core: Any, tell: Callable[[float | None], object]) -> None:
        self._core, self._tell = core, tell
        self._plays = False
        self._observes = True
        self._told = False
        core.observe_property(POSITION, self._changed)

    def play(self) -> None:
        """The film will play on, from when it is paused no more."""
        self._plays = True

    def step(self) -> None:
        """It will go on by a frame."""
        self._plays = False

    def pause(self, *, paused: bool) -> None:
        """It is paused now, or not any more; on the event thread."""
        observes = paused or not self._plays
        if observes is not self._observes:
            self._observes = observes
            change = self._core.observe_property if observes else self._core.unobserve_property
            change(POSITION, self._changed)

    def picture(self, seconds: float) -> None:
        """There is another picture, of this moment."""
        if self._plays:
            self._told = True
            self._tell(seconds)

    def look(self) -> None:
        """Tell, unless a picture has since this was called last. There may come none: the film is shown in a
        window of its own, has no picture, or its sound goes on behind the last one."""
        if not self._told:
            self._tell(seconds_of(self._core))
        self._told = False

    def _changed(self, _name: str, seconds: float | None) -> None:
        self._tell(seconds)
