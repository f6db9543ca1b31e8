"""The films of a screen: which is at hand, and what happens to all of them."""

from typing import Generic, TypeVar

from textual.screen import ModalScreen
from textual.strip import Strip

from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.player import PlayerState
from vigtui.ui.screens.parts.case_film import CaseFilm
from vigtui.ui.widgets.case_screen import CaseScreen

R = TypeVar("R", bound=CaseFilm)


class FilmDesk(Generic[R]):
    """The films of a screen. One is `at_hand`: keys move it, and what is written takes its time. Those that
    are `shown` are seen now; the others wait. The screen tells when it is covered and when it is seen again.
    """

    def __init__(self, screen: CaseScreen, *films: R) -> None:
        self._screen = screen
        self.all = films
        self.at_hand = films[0]
        self.shown: tuple[R, ...] = films[:1]
        self._covered = False

    @property
    def is_there(self) -> bool:
        """Whether the screen has its parts: records may change just before and after."""
        return self._screen.is_whole and bool(self._screen.query(VideoPane))

    def decide(self) -> None:
        """Close what may no longer be shown, mid-play too; open it once it may."""
        for film in self.all:
            film.decide()

    def follow(self, pane: VideoPane, state: PlayerState) -> None:
        """The film in this pane moved, or something happened to it."""
        if not self.is_there:
            return
        for film in self.all:
            if film.pane is pane:
                film.follow(state)

    def seek(self, axis: TimeAxis, ms: int) -> None:
        """Go to the moment that was picked on this time axis."""
        for film in self.all:
            if film.axis is axis:
                film.seek(ms)

    def pause(self) -> None:
        """Hold every picture still."""
        for film in self.all:
            film.pause()

    def cover(self) -> None:
        """Something is in front: the films wait, and another screen may take the players."""
        self.pause()
        self._covered = not isinstance(self._screen.app.screen, ModalScreen)
        if self._covered:
            for film in self.all:
                film.let_go()

    def uncover(self) -> None:
        """Take the players back, if another screen had them."""
        # A dialog is drawn over the film, whose colours Textual keeps by the thousand.
        Strip.render_ansi.cache_clear()
        if self._covered:
            self._covered = False
            for film in self.all:
                film.take_back()
