"""A film of the walk: one clip of the caseload, cued and looping."""

from vigtui.domain.consent.showing import Showing, find_clip
from vigtui.domain.film.stamps import FilmPosition
from vigtui.domain.records import Clip
from vigtui.domain.vocabulary import RecordingKind
from vigtui.film.pane.axis_drawing import Stretch
from vigtui.ui.screens.parts.case_film import CaseFilm, Cue
from vigtui.values.signs import LOOP, PAUSED, PLAYING

_KINDS = {RecordingKind.SHARED_REVIEW: "shared review", RecordingKind.INTERACTION: "client film"}


class ClipFilm(CaseFilm):
    """A film that shows the clip with the id `clip`; "" while it shows none."""

    clip = ""

    @property
    def found(self) -> tuple[Clip, Showing] | None:
        """The clip and what it shows; None when there is none or it is gone."""
        return find_clip(self._screen.caseload.get, self.clip)

    @property
    def name(self) -> str:
        """`SR2-1  shared review`: which clip it is, and of what kind of film."""
        found = self.found
        return f"{found[1].code(found[0])}  {_KINDS[found[1].recording.kind]}" if found else ""

    @property
    def moment(self) -> FilmPosition | None:
        """Where the film is, with the clip's code; None without film."""
        found, ms = self.found, self.written_ms
        return None if found is None or ms is None else FilmPosition(ms, found[1].code(found[0]))

    def show_clip(self, clip: str, *, playing: bool = False, at_ms: int | None = None) -> None:
        """Show this clip: from its start, looping; or at a moment of its film, looping if that is in it."""
        self.clip = clip
        found = self.found
        if found is None:
            self.show(None)
        else:
            seen = found[0]
            start = seen.in_ms if at_ms is None else at_ms
            loop = (seen.in_ms, seen.out_ms) if seen.in_ms <= start < seen.out_ms else None
            self.show(Cue(seen.recording, start, loop, playing, seen.id))
        self.draw()

    def draw(self) -> None:
        """Draw the clip on the axis, and what the film does."""
        found, state = self.found, self.state
        self.axis.stretch = Stretch(
            duration=self.duration_ms,
            clip=(found[0].in_ms, found[0].out_ms) if found else None,
            signs=" ".join(filter(None, (PLAYING if state.playing else PAUSED, LOOP if state.loop else ""))),
        )
        self.axis.display = found is not None
