"""Two films at once: the item's own clip and its companion, of which one is at hand and one is heard."""

from collections.abc import Callable

from textual.screen import ModalScreen

from vigtui.film.pane.app import is_plain
from vigtui.film.terminal.cell_shape import cell_height
from vigtui.ui.screens.parts.case_film import CaseFilm
from vigtui.ui.screens.parts.film_desk import FilmDesk
from vigtui.ui.screens.supervision.arrangement import ONE, Way, arrange
from vigtui.ui.screens.supervision.clip_film import ClipFilm
from vigtui.ui.screens.supervision.films import BESIDE, BESIDE_AXIS, OWN, OWN_AXIS, Films
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.signs import HEARD

_ROWS_AROUND = 3


class TwoFilms(FilmDesk[ClipFilm]):
    """The films of a screen that has `Films`. `own` shows the item's clip, or one that a link names; `beside`
    its companion, both for the purpose of the `session` with this id. `moved` is called when a film moved or
    closed.

    Where both fit both are shown, else the one at hand; the other then waits where it is. The companion's
    film is not opened before it is first seen.
    """

    def __init__(self, screen: CaseScreen, moved: Callable[[CaseFilm], None], session: str) -> None:
        self.own = ClipFilm(screen, OWN, OWN_AXIS, self._draw, session=session)
        self.beside = ClipFilm(screen, BESIDE, BESIDE_AXIS, self._draw, player=1, session=session)
        super().__init__(screen, self.own, self.beside)
        self.clip = self.companion = ""
        self._moved = moved
        self._way = Way.ONE
        self._heard: ClipFilm | None = None
        self._to_hear: ClipFilm | None = None
        self._plays_on = False

    @property
    def both_shown(self) -> bool:
        """Whether both films are on the screen."""
        return self._way is not Way.ONE

    @property
    def has_another(self) -> bool:
        """Whether a film can be shown in place of this one: the clip beside it, or the own one again."""
        return bool(self.companion) or self.own.clip != self.clip

    def other(self, film: CaseFilm) -> ClipFilm:
        """The film beside this one."""
        return self.beside if film is self.own else self.own

    # Which films are shown

    def show_clips(self, clip: str, companion: str, *, playing: bool, at_ms: int | None = None) -> None:
        """Show this clip, at hand and heard, and beside it the companion, cued."""
        if self._screen.focused is self.beside.pane:
            # At once: a part that is hidden while it has the focus takes it away.
            self._screen.set_focus(self.own.pane)
        self._to_hear, self._plays_on = None, False
        if self._heard is self.beside:
            self.hear(self.own)
        self.at_hand, self.clip = self.own, clip
        self.own.show_clip(clip, playing=playing, at_ms=at_ms)
        self.show_companion(companion)

    def show_companion(self, clip: str) -> None:
        """Have this clip beside the own one, as soon as it is seen; "" for none."""
        self.companion = clip
        self.beside.show_clip("")
        if not clip:
            self.take(self.own)
        self.place()

    def place(self) -> None:
        """Share the screen between the films and the notes, and show what is seen of the films."""
        size, two = self._screen.app.size, self.companion and not is_plain(self._screen.app)
        wanted = arrange(size.width, size.height - _ROWS_AROUND, cell_height()) if two else ONE
        both = wanted.way is not Way.ONE
        other = self.other(self.at_hand)
        if self.both_shown and not both:
            self._plays_on = other.playing
            other.pause()
            if _is_heard(other):
                self.hear(self.at_hand)
        elif both and not self.both_shown and self._plays_on and self.at_hand.playing:
            other.play()
        self._way = wanted.way
        self.shown = self.all if both else (self.at_hand,)
        shown = {name for film, name in ((self.own, OWN), (self.beside, BESIDE)) if film in self.shown}
        self._films.place(wanted, shown)
        if BESIDE in shown and self.beside.clip != self.companion:
            self.beside.show_clip(self.companion)
        self.show_headings()
        self._screen.refresh_bindings()

    def take(self, film: ClipFilm) -> None:
        """Have this film at hand; where there is room for one, it takes the place of the other."""
        if film is self.at_hand:
            return
        focused = self._screen.focused is self.at_hand.pane
        if not self.both_shown:
            self._plays_on = False
            self.at_hand.pause()
        self.at_hand = film
        self.place()
        if focused:
            self._screen.set_focus(film.pane)

    def take_focused(self) -> None:
        """Have the film at hand whose picture has the focus, if one has."""
        for film in self.shown:
            if film.pane is self._screen.focused:
                self.take(film)

    def show_headings(self) -> None:
        """Say over each film which it is, as soon as there could be a doubt."""
        for film, name in ((self.own, OWN), (self.beside, BESIDE)):
            heading = self._films.box(name).heading
            heading.display = bool(self.companion) or self.own.clip != self.clip
            heading.words, heading.at_hand = film.name, film is self.at_hand
            heading.sound = _sound_words(film, plain=is_plain(self._screen.app))

    @property
    def _films(self) -> Films:
        return self._screen.query_one(Films)

    def _draw(self, film: CaseFilm) -> None:
        """Draw what the film does, and see that one alone is heard."""
        moved = self.own if film is self.own else self.beside
        moved.draw()
        newly_heard = moved is not self._heard and not moved.state.muted
        if moved.is_open and (newly_heard or moved is self._to_hear):
            self.hear(moved)
        heading = self._films.box(OWN if moved is self.own else BESIDE).heading
        heading.sound = _sound_words(moved, plain=is_plain(self._screen.app))
        self._moved(moved)

    # Which one is heard

    def hear(self, film: ClipFilm) -> None:
        """Hear this film, as soon as there is one, and no other."""
        self._heard = film
        self._to_hear = film if film.pane.player is None else None
        for each in self.all:
            if each.pane.player is not None:
                each.pane.player.set_muted(each is not film)

    def pass_sound(self) -> None:
        """Hear the other film; or the one at hand, if none is heard."""
        heard = next((film for film in self.all if _is_heard(film)), None)
        film = self.other(heard) if heard else self.at_hand
        if film.is_open:
            self.hear(film)
        else:
            self._screen.tell(film.closed, problem=True)

    def cover(self) -> None:
        """Something is in front. Another screen's film is heard as before."""
        if self._heard is self.beside and not isinstance(self._screen.app.screen, ModalScreen):
            self.hear(self.own)
        super().cover()

    # Playing

    def play_alone(self, film: ClipFilm, clip: str = "", at_ms: int | None = None) -> None:
        """Play this film alone, and hear it if one was heard: a clip of it at a moment, or what is there."""
        heard = self._to_hear is not None or any(_is_on(film) for film in self.all)
        self.other(film).pause()
        self.take(film)
        if clip and clip != film.clip:
            film.show_clip(clip, playing=True, at_ms=at_ms)
            self.show_headings()
            self._screen.refresh_bindings()
        elif at_ms is not None:
            film.seek(at_ms, playing=True)
        else:
            film.play()
        if heard:
            self.hear(film)

    def play_other_alone(self) -> None:
        """Play the other film alone; from a clip that a link named, back to the item's own."""
        if self.own.clip != self.clip:
            self.play_alone(self.own, self.clip)
        elif self.companion:
            self.play_alone(self.other(self.at_hand))

    def play_both(self) -> None:
        """Play both films; or pause them, when both play."""
        if all(film.playing for film in self.all if film.opening or not film.closed):
            self.pause()
        else:
            for film in self.all:
                film.play()


def _is_on(film: CaseFilm) -> bool:
    """Whether its sound is on, also of a film that is still being opened."""
    player = film.pane.player
    return player is not None and not player.state.muted


def _is_heard(film: CaseFilm) -> bool:
    return film.is_open and film.state.has_sound and not film.state.muted


def _sound_words(film: CaseFilm, *, plain: bool) -> str:
    return ("heard" if plain else f"{HEARD} heard") if _is_heard(film) else ""
