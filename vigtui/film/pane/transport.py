"""The keys that move a film."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from vigtui.film.pane.app import FilmApp
from vigtui.film.pane.keys import TRANSPORT, WINDOW_KEYS
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.playing.player import FASTEST, SLOWEST, Player
from vigtui.film.playing.window import why_no_window
from vigtui.film.sound.speech import next_speech
from vigtui.film.sound.waveform import Loudness

IN_WINDOW = "The film is in a window of its own. Close it, or press {key}, to have it here again."
_MOVES = frozenset(key.action.partition("(")[0] for key in TRANSPORT)
SPEEDS = (SLOWEST, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, FASTEST)


class Transport(Widget):
    """A widget whose keys play, pause, seek, step, loop and mute `player`, when it has one.

    `span` is the selected part of the film, (from, to) in ms: what `l` loops and where `home` goes.
    Keys may come before there is a film to move, for it takes a moment to open: `asked_to_play`, `asked_ms`
    and `asked_steps` say what they asked for: to play, to go on by so much, by so many frames.
    `is_closed` says that there is no film, and none is to come: then none of these keys works.
    `several_sounds` says that the film has more than one sound track.

    A window of its own is `full_screen` or not; meanwhile `in_window_words` stand here, `key_to_window`
    in the place of {key}. `own_window_keys` work there instead of the usual ones: libmpv's name for each, and
    its action.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*TRANSPORT]

    @dataclass
    class _Typed(Message, bubble=False):
        """A key was typed in the film's own window."""

        key: str

    is_closed: var[bool] = var(default=False, bindings=True)
    player: Player | None = None
    span: tuple[int, int] | None = None
    asked_to_play = False
    asked_ms = 0
    asked_steps = 0
    several_sounds = False
    full_screen = False
    in_window_words = IN_WINDOW
    own_window_keys: Mapping[str, str] | None = None

    @property
    def key_to_window(self) -> str:
        """The key that shows the film in a window of its own, and here again, as it is written."""
        own = self.app.own_keys if isinstance(self.app, FilmApp) else {}
        key, _, _ = own.get("film.window", "w").partition(",")
        return self.app.get_key_display(Binding(key, ""))

    def action_toggle(self) -> None:  # type: ignore[override]  # Textual's own takes an attribute's name
        if self.player:
            self.player.toggle()
        else:
            self.asked_to_play = not self.asked_to_play

    def action_seek_by(self, ms: int) -> None:
        if self.player and self.player.state.source:
            self.player.seek_by(ms)
        else:
            self.asked_ms += ms

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no line of sound, nothing is known of who speaks when. The footer tells the key for
        sound tracks where there are several."""
        if self.is_closed and action in _MOVES:
            return False
        if action == "speech":
            return bool(self.screen.query(TimeAxis))
        if action == "next_sound":
            return self.several_sounds
        return super().check_action(action, parameters)

    def action_speech(self, way: int) -> None:
        """Go to where the next turn to speak begins; with a `way` below 0, back to the one before."""
        player = self.player
        if player is None or player.state.path is None:
            return
        sound = self._sound(player.state.path)
        player.seek_from(lambda here_ms: next_speech(sound, here_ms, way))
        if next_speech(sound, player.state.position_ms, way) is None:
            self.app.notify(_nobody_speaks(sound, way), markup=False)

    def _sound(self, film: Path) -> Loudness:
        """What is known of a film's sound, from the axis that shows it."""
        axes = (axis for axis in self.screen.query(TimeAxis) if axis.source and axis.source.path == film)
        return next((axis.sound for axis in axes), Loudness(b""))

    def action_step(self, frames: int) -> None:
        if self.player and self.player.state.source:
            self.player.step(frames)
        else:
            self.asked_steps += frames

    def action_to_start(self) -> None:
        if self.player:
            self.player.seek(self.span[0] if self.span else 0)

    def action_loop(self) -> None:
        """Loop the span, or the whole film without one; or stop looping."""
        if self.player is None:
            return
        state = self.player.state
        span = self.span or (0, state.duration_ms)
        if state.loop:
            self.player.set_loop(None)
        else:
            self.player.set_loop(span)
            if not span[0] <= state.position_ms < span[1]:
                self.player.seek(span[0])

    def action_subtitles(self) -> None:
        for subtitles in self.screen.query(Subtitles):
            subtitles.wanted = not subtitles.wanted

    def action_window(self) -> None:
        """Show the film in a window of its own, or here again."""
        player = self.player
        if player is None or player.state.path is None:
            return
        if player.state.window:
            player.close_window()
        elif why := why_no_window():
            self.app.notify(why, markup=False)
        else:
            player.open_window(
                self._window_keys,
                lambda key: self.post_message(self._Typed(key)),
                full_screen=self.full_screen,
            )

    @property
    def _window_keys(self) -> Mapping[str, str]:
        if self.own_window_keys is not None:
            return self.own_window_keys
        return WINDOW_KEYS | dict(self.app.window_keys if isinstance(self.app, FilmApp) else {})

    @on(_Typed)
    async def _obey_window(self, event: _Typed) -> None:
        """A key typed in the window does what it does here; the screen's own are told by what it can do."""
        action = self._window_keys.get(event.key, "")
        if not action:
            self.app.notify("No window could be opened. The film stays in the terminal.", markup=False)
        elif not action.startswith("screen.") or hasattr(self.screen, f"action_{action[7:]}"):
            await self.run_action(action)

    def action_slower(self) -> None:
        self._set_speed(max((speed for speed in SPEEDS if speed < self._speed), default=SLOWEST))

    def action_faster(self) -> None:
        self._set_speed(min((speed for speed in SPEEDS if speed > self._speed), default=FASTEST))

    def action_normal_speed(self) -> None:
        self._set_speed(1.0)

    def action_mute(self) -> None:
        if self.player:
            self.player.set_muted(not self.player.state.muted)

    def action_next_sound(self) -> None:
        self.action_hear_next()

    def action_hear_next(self) -> None:
        """Hear the next sound track, and say which."""
        if self.player is None:
            return
        self.player.hear_next()
        if words := self.player.state.sound_words:
            self.app.clear_notifications()
            self.app.notify(words, markup=False)

    def action_glyphs(self) -> None:
        if isinstance(self.app, FilmApp):
            self.app.next_glyphs()

    @property
    def _speed(self) -> float:
        return self.player.state.speed if self.player else 1.0

    def _set_speed(self, speed: float) -> None:
        if self.player:
            self.player.set_speed(speed)


def _nobody_speaks(sound: Loudness, way: int) -> str:
    """Why there is nowhere to go."""
    if way < 0 and sound.decibels:
        return "Nobody speaks before this moment."
    if not sound.complete:
        return "The film is still being listened to: so far, nobody speaks after this moment."
    return "Nobody speaks after this moment." if sound.decibels else "Who speaks when is not known here."
