"""What the screens with a film share: which film is at hand, and closing each when it may not be shown."""

from collections.abc import Sequence

from textual import on
from textual.screen import ModalScreen
from textual.strip import Strip

from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.ui.screens.parts.case_film import Cue, Reel
from vigtui.ui.widgets.case_screen import VigScreen


class FilmScreen(VigScreen):
    """A screen with a `VideoPane` called "film" and a `TimeAxis` called "axis", or with more `reels`.

    `reel` is the film at hand: what keys move, and whose time is written. `in_session` says whether film is
    seen for supervision, whoever looks.
    """

    in_session = False
    _covered = False

    def __init__(self) -> None:
        super().__init__()
        self.reel = Reel(self, "film", "axis", self.film_moved, in_session=self.in_session)

    @property
    def reels(self) -> Sequence[Reel]:
        """Every film of this screen. Override where there are more."""
        return (self.reel,)

    @property
    def shown_reels(self) -> Sequence[Reel]:
        """Those that are seen now."""
        return self.reels

    @property
    def pane(self) -> VideoPane:
        """The picture of the film at hand."""
        return self.reel.pane

    @property
    def axis(self) -> TimeAxis:
        """The time axis under it."""
        return self.reel.axis

    @property
    def closed(self) -> str:
        """The sentence that stands in its place, "" while it is shown."""
        return self.reel.closed

    @property
    def is_shown(self) -> bool:
        """Whether the screen has its parts: records may change just before and after."""
        return bool(self.query(VideoPane))

    def show_film(self, cue: Cue | None) -> None:
        """Show this film instead of the one at hand, or the sentence why it stays closed."""
        self.reel.show(cue)

    def refresh_records(self) -> None:
        """Close what may no longer be shown, mid-play too; open it once it may."""
        for reel in self.reels:
            reel.decide()

    @on(VideoPane.StateChanged)
    def _film_moved(self, event: VideoPane.StateChanged) -> None:
        event.stop()
        for reel in self.reels:
            if reel.pane is event.pane:
                reel.follow(event.state)

    def film_moved(self, reel: Reel) -> None:
        """This film moved, or closed. Override to show more than the axis does."""

    @on(TimeAxis.Picked)
    def _go_to_moment(self, event: TimeAxis.Picked) -> None:
        event.stop()
        for reel in self.reels:
            if reel.axis is event.control:
                reel.seek(event.ms)

    def pause_film(self) -> None:
        """Hold every picture still."""
        for reel in self.reels:
            reel.pause()

    def on_screen_suspend(self) -> None:
        """Something is in front: the film waits, and another screen may take the player."""
        self.save_pending()
        self.pause_film()
        self._covered = not isinstance(self.app.screen, ModalScreen)
        if self._covered:
            for reel in self.reels:
                reel.let_go()

    def on_screen_resume(self) -> None:
        """Take the player back, if another screen had it."""
        # A dialog is drawn over the film, whose colours Textual keeps by the thousand.
        Strip.render_ansi.cache_clear()
        if self._covered:
            self._covered = False
            for reel in self.reels:
                reel.take_back()
