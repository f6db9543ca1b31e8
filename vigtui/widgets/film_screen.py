"""What the screens with a film share: showing it if it may be shown, and closing it when that changes."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from textual import on, work
from textual.screen import ModalScreen

from vigtui.video.errors import FilmError
from vigtui.video.media import resolve
from vigtui.widgets.base import VigScreen
from vigtui.widgets.showing import Showing, find_recording, why_closed
from vigtui.widgets.time_axis import TimeAxis
from vigtui.widgets.video_pane import VideoPane

_OPENING = "The film is being opened."


@dataclass(frozen=True)
class Cue:
    """A film to show, from where, and the part to loop, in ms."""

    recording: str
    start_ms: int
    loop: tuple[int, int] | None = None
    playing: bool = False


class FilmScreen(VigScreen):
    """A screen that has a `VideoPane` and a `TimeAxis`, and at most one film in them at a time.

    `in_session` says whether film is seen for supervision, whoever looks. `closed` is the sentence that
    stands in place of the picture, "" while there is one. Consent is decided before anything plays, and
    again after every change of the records.
    """

    in_session = False
    cue: Cue | None = None
    closed = ""
    refused = ""
    _covered = False

    @property
    def pane(self) -> VideoPane:
        """The picture."""
        return self.query_one(VideoPane)

    @property
    def axis(self) -> TimeAxis:
        """The time axis under it."""
        return self.query_one(TimeAxis)

    @property
    def showing(self) -> Showing | None:
        """What the present film shows, as the records say now."""
        return find_recording(self.caseload, self.cue.recording) if self.cue else None

    @property
    def film_ms(self) -> int | None:
        """Where the film is; None while none is shown."""
        return None if self.closed or not self.is_shown else self.pane.state.position_ms

    @property
    def written_ms(self) -> int | None:
        """The moment that what is written now is about. While the film is being opened: where it will be."""
        return self.cue.start_ms if self.cue and self.closed == _OPENING else self.film_ms

    @property
    def is_shown(self) -> bool:
        """Whether the screen has its parts: records may change just before and after."""
        return bool(self.query(VideoPane))

    def show_film(self, cue: Cue | None) -> None:
        """Show this film instead of the present one, or the sentence why it stays closed."""
        self.pause_film()
        self.cue = cue
        self.refused = ""
        self.pane.asked_to_play = False
        # Until it is there, nothing may be moved in the film before.
        self.closed = _OPENING
        if cue is None:
            self.workers.cancel_group(self, "film")
            self.close_film("No film here yet.")
        else:
            self.axis.position = cue.start_ms
            self._open_film(cue)

    @work(exclusive=True, group="film")
    async def _open_film(self, cue: Cue) -> None:
        if self._refuse():
            return
        try:
            path = await asyncio.to_thread(self._path, cue)
            player = await asyncio.to_thread(self.workspace.film)
        except FilmError as error:
            self.close_film(str(error))
            return
        if self._refuse():
            return
        self.closed = ""
        playing = ((self.cue or cue).playing or self.pane.asked_to_play) and self.is_current
        self.pane.asked_to_play = False
        self.pane.show(player, path, start_ms=cue.start_ms, loop=cue.loop, playing=playing)

    def _refuse(self) -> bool:
        """Close the film if it may not be shown."""
        self.refused = self._why_closed()
        if self.refused:
            self.close_film(self.refused)
        return bool(self.refused)

    def _path(self, cue: Cue) -> Path:
        showing = find_recording(self.caseload, cue.recording)
        return resolve(self.caseload.folder, showing.recording.path if showing else "")

    def _why_closed(self) -> str:
        showing = self.showing
        if showing is None:
            return "This recording is no longer in the caseload."
        return why_closed(self.workspace, showing, in_session=self.in_session)

    def close_film(self, sentence: str) -> None:
        """Put the film away and say why."""
        self.closed = sentence
        self.pane.say(sentence)

    def refresh_records(self) -> None:
        """Close the film when it may no longer be shown, mid-play too; open it once it may."""
        if self.cue is None:
            return
        before = self.refused
        if self._why_closed() == before:
            return
        self.workers.cancel_group(self, "film")
        if not self._refuse():
            self.cue = replace(self.cue, playing=False)
            self._open_film(self.cue)

    @on(VideoPane.StateChanged)
    def _film_moved(self, event: VideoPane.StateChanged) -> None:
        event.stop()
        if not self.closed:
            self.closed = event.state.trouble
            self.film_moved()

    def film_moved(self) -> None:
        """Show where the film is. Override to show more."""
        state = self.pane.state
        self.axis.position = state.position_ms
        if state.path and state.duration_ms and state.has_sound:
            self.axis.listen(state.path, state.duration_ms)

    @on(TimeAxis.Picked)
    def _go_to_moment(self, event: TimeAxis.Picked) -> None:
        event.stop()
        self.seek(event.ms)

    def seek(self, ms: int, *, playing: bool = False) -> None:
        """Go to a moment of the present film; a loop that does not hold it ends."""
        player = self.pane.player
        if player is None or self.closed:
            return
        loop = player.state.loop
        if loop is not None and not loop[0] <= ms < loop[1]:
            player.set_loop(None)
        player.seek(ms)
        if playing:
            player.play()

    def pause_film(self) -> None:
        """Hold the picture still, also one that is still to come."""
        if self.cue and self.closed == _OPENING:
            self.cue = replace(self.cue, playing=False)
            self.pane.asked_to_play = False
        player = self.pane.player
        if player is not None and not self.closed:
            player.pause()

    def on_screen_suspend(self) -> None:
        """Something is in front: the film waits, and another screen may take the player."""
        self.save_pending()
        self.pause_film()
        self._covered = not isinstance(self.app.screen, ModalScreen)
        if self._covered and self.cue is not None and not self.closed:
            self.cue = replace(self.cue, start_ms=self.pane.state.position_ms, playing=False)

    def on_screen_resume(self) -> None:
        """Take the player back, if another screen had it."""
        if self._covered and self.cue is not None:
            self._covered = False
            self._open_film(self.cue)
