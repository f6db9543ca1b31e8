"""What libmpv leaves out of a film that the machine is too slow for, so that it keeps its time."""

import contextlib
from typing import Any

from vigtui.film.libmpv import add_silence, late_by
from vigtui.film.options import sound_output

_UNDRAWN, _UNDECODED, _BOTH = "vo", "decoder", "decoder+vo"
_LATE, _IN_TIME, _TOO_LATE = 0.15, 0.08, 1.0
_NEW_START = 1.0
_LEAVES_OUT = 0.01
"""From so many seconds on libmpv decodes less."""
_LONGER_THAN_SILENCE = 0.5


class Timekeeping:
    """Sees that the film of a core keeps its time.

    Beside sound libmpv does not decode frames that nothing refers to while the picture is late. A film
    without sound, or whose sound is not to be heard, gets silence for that, which is played into nothing.
    Pictures that have been decoded have cost most of what they cost: they are dropped only where it is seen
    that they are late.
    """

    def __init__(self, core: Any) -> None:
        self._core = core
        self._silence: int | None = None
        self._dropped = ""
        self.set_output()

    def set_output(self) -> None:
        """Have sound played by what this machine has for it."""
        with contextlib.suppress(Exception):  # a libmpv built without it chooses by itself
            self._core["ao"] = sound_output()

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
        self._drop(_UNDRAWN)

    def look(self, *, late: bool, silence: float) -> None:
        """See to it; to be called now and then while the film plays. `late` says that pictures of it are left
        out, or come late; `silence` is for how many seconds to play it beside the film, 0 for not."""
        if silence and self._silence is None:
            self._silence = add_silence(self._core, silence - _LONGER_THAN_SILENCE)
        if self._silence is not None:
            self._drop(_UNDECODED)
            self._begin_anew()
        elif not late:
            self._drop(_BOTH)
        else:
            self._drop(self._dropped_beside_sound(late_by(self._core) or 0.0))

    def _begin_anew(self) -> None:
        """Silence goes on from the picture where that is late: what nobody hears need not be caught up with,
        which would be too fast."""
        late = late_by(self._core)
        if late is not None and late > _NEW_START:
            self._core["aid"] = "no"
        if late is None or late > _NEW_START:
            self._core["aid"] = self._silence

    def _dropped_beside_sound(self, late: float) -> str:
        """What to drop where the picture is so many seconds behind its sound; nothing of what is decoded
        where that would not bring it back."""
        least = _IN_TIME if self._dropped == _BOTH else _LATE
        return _BOTH if least < late < _TOO_LATE else _UNDECODED

    def _drop(self, dropped: str) -> None:
        if dropped != self._dropped:
            self._dropped = dropped
            self._core["framedrop"] = dropped

    @property
    def leaves_out(self) -> bool:
        """Whether frames have been left undecoded since the last jump, or the next ones may be: a step on
        finds them after a jump to where the film is."""
        return bool(self._core.decoder_frame_drop_count) or (late_by(self._core) or 0.0) > _LEAVES_OUT
