"""What libmpv leaves out of a film that the machine is too slow for, and how fast it plays where that is not
enough."""

import contextlib
import time
from typing import Any

from vigtui.film.libmpv import add_silence, late_by
from vigtui.film.options import sound_output
from vigtui.film.playing.pace import SoundPace

_UNDRAWN, _UNDECODED, _BOTH = "vo", "decoder", "decoder+vo"
_BESIDE_SOUND, _BESIDE_SILENCE = (0.15, 0.08), (0.5, 0.25)
"""How many seconds late the picture must be for pictures to be dropped that have been decoded, and until when
they are: beside silence nobody sees it, but the film would go too slowly."""
_TOO_LATE = 1.0
_LEAVES_OUT = 0.01
"""From so many seconds on libmpv decodes less."""
_LONGER_THAN_SILENCE = 0.5
_SECONDS_BETWEEN_LOOKS = 1.0
"""How often to ask by how much a film is late that seems to keep its time; each wakes libmpv."""


class Timekeeping:
    """Sees that the film of a core keeps its time, or else that picture and sound stay together.

    Beside sound libmpv does not decode frames that nothing refers to while the picture is late. A film
    without sound, or whose sound is not to be heard, gets silence for that, which is played into nothing.
    Pictures that have been decoded have cost most of what they cost: they are dropped only where it is seen
    that they are late.

    Where each frame refers to the one before nothing can be left out. There sound is slowed down for the
    picture to follow: all of the film is seen and heard, the two together, in more time.
    """

    def __init__(self, core: Any) -> None:
        self._core = core
        self._silence: int | None = None
        self._dropped = ""
        self._wanted = self._speed = 1.0
        self._pace = SoundPace(time.monotonic)
        self._next_look = 0.0
        self.set_output()

    def set_output(self) -> None:
        """Have sound played by what this machine has for it."""
        with contextlib.suppress(Exception):  # a libmpv built without it chooses by itself
            self._core["ao"] = sound_output()

    def play_at(self, speed: float) -> None:
        """Play at this speed, or as fast as the picture follows its sound."""
        self._wanted = speed
        self._keep_pace()

    def begin(self) -> None:
        """Another film is to be played, of which nothing is known."""
        self.end_silence()
        self._pace = SoundPace(time.monotonic)
        self._keep_pace()

    def go_on_from(self, other: "Timekeeping") -> None:
        """Play as another deck has played the same film."""
        self._pace.most = other._pace.most
        self.play_at(other._wanted)

    def end_silence(self) -> None:
        """The film, or another one, is to be heard; which of its tracks is to be said after this."""
        if self._silence is not None:
            self._core["aid"] = "no"
            with contextlib.suppress(SystemError):  # it went with its film
                self._core.command("audio-remove", self._silence)
            self._silence = None
            self.set_output()

    def step(self) -> None:
        """Leave no frame out from now on: one after the other is shown."""
        self.rest()
        self._drop(_UNDRAWN)

    def rest(self) -> None:
        """The film rests, or goes elsewhere: it does not wait for silence, which `look` has begin again."""
        self._pace.rest()
        if self._silence is not None:
            self._core["aid"] = "no"

    def look(self, *, late: bool, silence: float) -> None:
        """See to it; to be called now and then while the film plays. `late` says that pictures of it are left
        out, or come late; `silence` is for how many seconds to play it beside the film, 0 for not."""
        if silence and self._silence is None:
            try:
                self._silence = add_silence(self._core, silence - _LONGER_THAN_SILENCE)
            except SystemError:  # The film has just gone; the next one may be heard.
                self.set_output()
                raise
        keeps_up = not late and self._silence is None and self._speed == self._wanted
        if keeps_up:
            self._drop(_BOTH)
            if time.monotonic() < self._next_look:
                return
        self._next_look = time.monotonic() + _SECONDS_BETWEEN_LOOKS
        late_seconds = late_by(self._core)
        if self._silence is not None:
            self._begin_anew(late_seconds)
        elif late_seconds:
            self._follow(late_seconds)
        else:  # Sound has not begun yet, or is over before the picture is.
            self._pace.rest()
        if self._speed < self._wanted:
            self._drop(_UNDECODED)
        elif not keeps_up:
            begins, ends = _BESIDE_SOUND if self._silence is None else _BESIDE_SILENCE
            least = ends if self._dropped == _BOTH else begins
            # Where it is later than that, to drop them would not bring it back.
            self._drop(_BOTH if least < (late_seconds or 0.0) < _TOO_LATE else _UNDECODED)

    def _begin_anew(self, late: float | None) -> None:
        """Silence goes on from the picture where that is late: what nobody hears need not be caught up with,
        which would be too fast."""
        if late is not None and late > _TOO_LATE:
            self._core["aid"] = "no"
        if late is None or late > _TOO_LATE:
            self._core["aid"] = self._silence

    def _follow(self, late: float) -> None:
        """Sound goes only as fast as the picture does where that stays behind."""
        if self._pace.is_lost(late, self._wanted):
            track = self._core.aid
            self._core["aid"] = "no"
            self._core["aid"] = track
        self._keep_pace()

    def _keep_pace(self) -> None:
        speed = min(self._wanted, self._pace.most)
        if speed != self._speed:
            self._speed = speed
            self._core["speed"] = speed

    def _drop(self, dropped: str) -> None:
        if dropped != self._dropped:
            self._dropped = dropped
            self._core["framedrop"] = dropped

    @property
    def leaves_out(self) -> bool:
        """Whether frames have been left undecoded since the last jump, or the next ones may be: a step on
        finds them after a jump to where the film is."""
        return bool(self._core.decoder_frame_drop_count) or (late_by(self._core) or 0.0) > _LEAVES_OUT
