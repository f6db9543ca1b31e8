"""A film in front of the family: nothing is said of it but itself."""

from collections.abc import Callable

from vigtui.domain.reviews import Shown
from vigtui.domain.vocabulary import Purpose
from vigtui.film.playing.player import PlayerState
from vigtui.ui.screens.parts.case_film import CaseFilm, Cue
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.film.reviews import LEFT


class ReviewFilm(CaseFilm):
    """The film of a planned moment, seen for the shared review. `changed` is called when it moved, or was
    closed. Why it is closed is for the guider alone, to whom it is `told`."""

    may_ask = False

    def __init__(
        self, screen: CaseScreen, changed: Callable[[CaseFilm], None], told: Callable[[str], None]
    ) -> None:
        super().__init__(screen, "film", "axis", changed, purpose=Purpose.FILM)
        self._told = told

    def show_moment(self, shown: Shown, *, playing: bool) -> None:
        """Show a clip from its start, or a still, which stands until somebody plays on."""
        start, end = shown.span
        playing = playing and shown.still is None
        self.show(Cue(shown.clip.recording, start, None, playing, shown.clip.id, once=(start, end)))

    def rest(self, sentence: str) -> None:
        """Show no film, but a sentence for everybody."""
        self.pause()
        self._stop_opening()
        self.cue = None
        super().close(sentence)

    def close(self, sentence: str) -> None:
        """Put the film away. The family reads that it is left, and not why."""
        self._told(sentence)
        super().close(LEFT)

    def follow(self, state: PlayerState) -> None:
        """The player says what the film does. A still that stands was watched as well."""
        super().follow(state)
        if state.trouble:
            self.close(state.trouble)
        elif self.is_open and state.frame_size != (0, 0):
            self._note_viewing()
