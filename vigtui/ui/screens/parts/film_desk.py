"""The films of a screen: which is at hand, and what happens to all of them."""

from typing import Generic, TypeVar

from textual.screen import ModalScreen
from textual.strip import Strip

from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.player import PlayerState
from vigtui.ui.screens.parts.case_film import Reel
from vigtui.ui.widgets.case_screen import VigScreen

R = TypeVar("R", bound=Reel)


class FilmDesk(Generic[R]):
    """The `reels` of a screen. One is `at_hand`: keys move it, and what is written takes its time. Those that
    are `shown` are seen now; the others wait. The screen tells when it is covered and when it is seen again.
    """

    def __init__(self, screen: VigScreen, *reels: R) -> None:
        self._screen = screen
        self.reels = reels
        self.at_hand = reels[0]
        self.shown: tuple[R, ...] = reels[:1]
        self._covered = False

    @property
    def is_there(self) -> bool:
        """Whether the screen has its parts: records may change just before and after."""
        return bool(self._screen.query(VideoPane))

    def decide(self) -> None:
        """Close what may no longer be shown, mid-play too; open it once it may."""
        for reel in self.reels:
            reel.decide()

    def follow(self, pane: VideoPane, state: PlayerState) -> None:
        """The film in this pane moved, or something happened to it."""
        for reel in self.reels:
            if reel.pane is pane:
                reel.follow(state)

    def seek(self, axis: TimeAxis, ms: int) -> None:
        """Go to the moment that was picked on this time axis."""
        for reel in self.reels:
            if reel.axis is axis:
                reel.seek(ms)

    def pause(self) -> None:
        """Hold every picture still."""
        for reel in self.reels:
            reel.pause()

    def cover(self) -> None:
        """Something is in front: the films wait, and another screen may take the players."""
        self.pause()
        self._covered = not isinstance(self._screen.app.screen, ModalScreen)
        if self._covered:
            for reel in self.reels:
                reel.let_go()

    def uncover(self) -> None:
        """Take the players back, if another screen had them."""
        # A dialog is drawn over the film, whose colours Textual keeps by the thousand.
        Strip.render_ansi.cache_clear()
        if self._covered:
            self._covered = False
            for reel in self.reels:
                reel.take_back()
