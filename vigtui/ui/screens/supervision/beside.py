"""Two films at once: the item's own clip and its companion, of which one is at hand and one is heard."""

from textual import on
from textual.events import DescendantFocus
from textual.screen import ModalScreen

from vigtui.film.pane.app import cell_height
from vigtui.ui.screens.parts.case_film import Reel
from vigtui.ui.screens.parts.writing_desk import WritingScreen
from vigtui.ui.screens.supervision.arrangement import ONE, Way, arrange
from vigtui.ui.screens.supervision.clip_reel import ClipReel
from vigtui.ui.screens.supervision.films import BESIDE, BESIDE_AXIS, OWN, OWN_AXIS, Films

_ROWS_AROUND = 3


class TwoFilms(WritingScreen):
    """A screen with `Films`. `own` shows the item's clip, or one that a link names; `beside` its companion.

    Where both fit both are shown, else the one at hand; the other then waits where it is. The companion's
    film is not opened before it is first seen.
    """

    in_session = True
    reel: ClipReel

    def __init__(self) -> None:
        super().__init__()
        own = ClipReel(self, OWN, OWN_AXIS, self.film_moved, in_session=True)
        beside = ClipReel(self, BESIDE, BESIDE_AXIS, self.film_moved, player=1, in_session=True)
        self.own, self.beside = own, beside
        self.reel = own
        self.clip = self.companion = ""
        self._way = Way.ONE
        self._heard: ClipReel | None = None
        self._to_hear: ClipReel | None = None
        self._plays_on = False

    @property
    def reels(self) -> tuple[ClipReel, ClipReel]:
        """Both films."""
        return (self.own, self.beside)

    @property
    def both_shown(self) -> bool:
        """Whether both films are on the screen."""
        return self._way is not Way.ONE

    @property
    def shown_reels(self) -> tuple[ClipReel, ...]:
        """The films that are on the screen."""
        return self.reels if self.both_shown else (self.reel,)

    def other(self, reel: Reel) -> ClipReel:
        """The film beside this one."""
        return self.beside if reel is self.own else self.own

    # Which films are shown

    def show_clips(self, clip: str, companion: str, *, playing: bool, at_ms: int | None = None) -> None:
        """Show this clip, at hand and heard, and beside it the companion, cued."""
        if self.focused is self.beside.pane:
            # At once: a part that is hidden while it has the focus takes it away.
            self.set_focus(self.own.pane)
        self._to_hear, self._plays_on = None, False
        if self._heard is self.beside:
            self.hear(self.own)
        self.reel, self.clip = self.own, clip
        self.own.show_clip(clip, playing=playing, at_ms=at_ms)
        self.show_companion(companion)

    def show_companion(self, clip: str) -> None:
        """Have this clip beside the own one, as soon as it is seen; "" for none."""
        self.companion = clip
        self.beside.show_clip("")
        if not clip:
            self.take(self.own)
        self.place_films()

    def place_films(self) -> None:
        """Share the screen between the films and the notes, and show what is seen of the films."""
        size = self.app.size
        wanted = arrange(size.width, size.height - _ROWS_AROUND, cell_height()) if self.companion else ONE
        both = wanted.way is not Way.ONE
        other = self.other(self.reel)
        if self.both_shown and not both:
            self._plays_on = other.playing
            other.pause()
            if _is_heard(other):
                self.hear(self.reel)
        elif both and not self.both_shown and self._plays_on and self.reel.playing:
            other.play()
        self._way = wanted.way
        shown = {name for reel, name in ((self.own, OWN), (self.beside, BESIDE)) if reel in self.shown_reels}
        self.query_one(Films).place(wanted, shown)
        if BESIDE in shown and self.beside.clip != self.companion:
            self.beside.show_clip(self.companion)
        self.show_headings()
        self.refresh_bindings()

    def take(self, reel: ClipReel) -> None:
        """Have this film at hand; where there is room for one, it takes the place of the other."""
        if reel is self.reel:
            return
        focused = self.focused is self.reel.pane
        if not self.both_shown:
            self._plays_on = False
            self.reel.pause()
        self.reel = reel
        self.place_films()
        if focused:
            self.set_focus(reel.pane)

    def show_headings(self) -> None:
        """Say over each film which it is, as soon as there could be a doubt."""
        films = self.query_one(Films)
        for reel, name in ((self.own, OWN), (self.beside, BESIDE)):
            heading = films.box(name).heading
            heading.display = bool(self.companion) or self.own.clip != self.clip
            heading.words, heading.at_hand = reel.name, reel is self.reel
            heading.sound = _sound_words(reel)

    @on(DescendantFocus)
    def _take_focused(self, event: DescendantFocus) -> None:
        for reel in self.shown_reels:
            if event.widget is reel.pane is self.focused:
                self.take(reel)

    def on_resize(self) -> None:
        """There is more room, or less."""
        if self.is_shown:
            self.place_films()

    def film_moved(self, reel: Reel) -> None:
        """Draw what the film does, and see that one alone is heard."""
        moved = self.own if reel is self.own else self.beside
        moved.draw()
        newly_heard = moved is not self._heard and not moved.state.muted
        if moved.is_open and (newly_heard or moved is self._to_hear):
            self.hear(moved)
        heading = self.query_one(Films).box(OWN if moved is self.own else BESIDE).heading
        heading.sound = _sound_words(moved)

    # Which one is heard

    def hear(self, reel: ClipReel) -> None:
        """Hear this film, as soon as there is one, and no other."""
        self._heard = reel
        self._to_hear = reel if reel.pane.player is None else None
        for each in self.reels:
            if each.pane.player is not None:
                each.pane.player.set_muted(each is not reel)

    def on_screen_suspend(self) -> None:
        """Another screen's film is heard as before."""
        if self._heard is self.beside and not isinstance(self.app.screen, ModalScreen):
            self.hear(self.own)

    # What can be done with two films

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where both films are shown, keys work on both; where one is, it can give way to the other."""
        if action in ("both", "sound", "other"):
            return self.both_shown
        if action == "beside":
            return not self.both_shown
        return super().check_action(action, parameters)

    def action_beside(self) -> None:
        """Show and play the other film instead. From a clip that a link named, back to the item's own."""
        if self.own.clip != self.clip:
            self.look_at(self.own, self.clip)
        elif self.companion:
            self.look_at(self.other(self.reel))
        else:
            self.tell("No clip is beside this one. F3 puts one there.")

    def action_other(self) -> None:
        """Have the other film at hand."""
        self.take(self.other(self.reel))

    def look_at(self, reel: ClipReel, clip: str = "", at_ms: int | None = None) -> None:
        """Play this film alone, and hear it if one was heard: a clip of it at a moment, or what is there."""
        heard = self._to_hear is not None or any(_is_on(reel) for reel in self.reels)
        self.other(reel).pause()
        self.take(reel)
        if clip and clip != reel.clip:
            reel.show_clip(clip, playing=True, at_ms=at_ms)
            self.show_headings()
        elif at_ms is not None:
            reel.seek(at_ms, playing=True)
        else:
            reel.play()
        if heard:
            self.hear(reel)

    def action_both(self) -> None:
        """Play both films; or pause them, when both play."""
        if all(reel.playing for reel in self.reels if reel.opening or not reel.closed):
            self.pause_film()
        else:
            for reel in self.reels:
                reel.play()

    def action_sound(self) -> None:
        """Hear the other film; or the one at hand, if none is heard."""
        heard = next((reel for reel in self.reels if _is_heard(reel)), None)
        reel = self.other(heard) if heard else self.reel
        if reel.is_open:
            self.hear(reel)
        else:
            self.tell(reel.closed, problem=True)


def _is_on(reel: Reel) -> bool:
    """Whether its sound is on, also of a film that is still being opened."""
    player = reel.pane.player
    return player is not None and not player.state.muted


def _is_heard(reel: Reel) -> bool:
    return reel.is_open and reel.state.has_sound and not reel.state.muted


def _sound_words(reel: Reel) -> str:
    return "♪ heard" if _is_heard(reel) else ""
