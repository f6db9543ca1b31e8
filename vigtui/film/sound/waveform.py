"""How loud a film is from moment to moment: who speaks when."""

import atexit
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vigtui.film.errors import FilmError
from vigtui.film.libmpv import (
    close_number,
    end_core,
    libmpv,
    load_film,
    new_core,
    put_nothing_behind,
    trouble_of,
)
from vigtui.film.options import ONLY_FILMS
from vigtui.film.source import FilmSource
from vigtui.film.turns import SOUND_LINE, give_way

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

BUCKET_MS = 20
"""Milliseconds of sound behind one byte of `Loudness`."""
VERSION = 2
"""Of how a film is heard: a higher one, and what was kept of an earlier one is heard again. The first passed
over timestamps, and drew late sound and what follows a hole too early."""
_RATE = 8_000
_SAMPLES = _RATE * BUCKET_MS // 1000
_BLOCK = 2 * _SAMPLES * 1000
STEPS_PER_DECIBEL = 2.5
"""By so much a byte of `Loudness` grows with a decibel."""
_QUIETEST_DECIBELS = 40
_SECOND = 1000 // BUCKET_MS
_MOST = 24 * 3600 * _SECOND  # buckets: nobody films longer, and a film may claim to
_IN_ITS_PLACE = "lavfi=[aresample=async=1:min_hard_comp=0.05:first_pts=0]"
"""A filter that has sound stand where its timestamps say: what starts late or has a hole is filled with
silence."""


@dataclass(frozen=True)
class Loudness:
    """How loud each `BUCKET_MS` of a film is, from its start as far as it is known.

    A byte is 255 at full scale and 2.5 less for each decibel (of the root mean square) below it; 0 is
    silence. `complete` says that there is no more to come; a film without sound has no bytes then. Of a
    film that is a piece of a recording, `starts_ms` is the moment it begins with, and `level` counts from the
    start of the recording.
    """

    decibels: bytes
    complete: bool = True
    starts_ms: int = 0

    @property
    def known_ms(self) -> int:
        """How much of the film is heard."""
        return len(self.decibels) * BUCKET_MS

    def level(self, start_ms: int, end_ms: int) -> float | None:
        """How loud a stretch is: 1 is the film's loudest moment, 0 is 40 dB below that or less, as the ear
        hears it in between. Of a second it is the louder half that counts, since speech is full of gaps;
        of a longer stretch the mean of its seconds, so that turns stand out there too. None where nothing is
        known."""
        start_ms, end_ms = start_ms - self.starts_ms, end_ms - self.starts_ms
        if start_ms < 0:
            return None
        first, after = start_ms // BUCKET_MS, max(end_ms // BUCKET_MS, start_ms // BUCKET_MS + 1)
        if after - first >= 2 * _SECOND:
            seconds = self._seconds[first // _SECOND : after // _SECOND]
            return sum(seconds) / len(seconds) / 255 if seconds else None
        moments = self._levels[first:after]
        return _louder_half(moments) / 255 if moments else None

    @cached_property
    def _levels(self) -> bytes:
        lowest = max(self.decibels, default=0) - _QUIETEST_DECIBELS * STEPS_PER_DECIBEL
        if lowest <= -_QUIETEST_DECIBELS * STEPS_PER_DECIBEL:
            return self.decibels
        scale = 255 / (_QUIETEST_DECIBELS * STEPS_PER_DECIBEL)
        return self.decibels.translate(
            bytes(round(min(max((step - lowest) * scale, 0), 255)) for step in range(256))
        )

    @cached_property
    def _seconds(self) -> bytes:
        levels = self._levels
        return bytes(round(_louder_half(levels[at : at + _SECOND])) for at in range(0, len(levels), _SECOND))


def _louder_half(moments: bytes) -> float:
    """The mean of the louder half of some moments."""
    half = sorted(moments)[len(moments) // 2 :]
    return sum(half) / len(half)


def listen(source: FilmSource, heard: Callable[[Loudness], bool]) -> Loudness | None:
    """Hear a film through, and return how loud it is.

    `heard` is called again and again with what is known so far, and returns whether to go on; when it says
    no, the result is None. Nothing is written to disk. Blocks for about a second for each three minutes of
    film, at low priority: call it on a thread of its own. Raises `FilmError` where there is no film or no
    libmpv.
    """
    source.check()
    give_way(SOUND_LINE)
    known = bytearray()
    for block in _decoded(source):
        known += _decibels(block)
        if len(known) > _MOST:
            break
        if not heard(Loudness(bytes(known), complete=False)):
            return None
    return Loudness(bytes(known))


def _decoded(source: FilmSource) -> Iterator["NDArray[numpy.int16]"]:
    """A film's sound as it is decoded: one channel of 16-bit samples, `_RATE` a second, in whole buckets."""
    import numpy as np

    mpv = libmpv()
    reading, writing = os.pipe()
    core = new_core(
        ONLY_FILMS
        | {"keep_open": "no", "vid": "no", "ao": "pcm", "ao_pcm_waveheader": False}
        | {"ao_pcm_file": f"/dev/fd/{writing}", "audio_samplerate": _RATE}
        | {"audio_channels": "mono", "audio_format": "s16", "af": _IN_ITS_PLACE}
    )
    ended, left = threading.Event(), threading.Event()

    def on_event(event: Any) -> None:
        if event.event_id.value == mpv.MpvEventID.END_FILE:
            ended.set()

    def leave() -> None:
        # As the program ends, C writes what libmpv has in hand, and waits for a reader that there is no more.
        left.set()
        put_nothing_behind(reading)

    def close() -> None:
        ended.wait()
        end_core(core)
        close_number(writing)

    core.register_event_callback(on_event)
    closing = threading.Thread(target=close, name="sound end", daemon=True)
    closing.start()
    atexit.register(leave)
    try:
        load_film(core, source)
        with os.fdopen(reading, "rb") as pipe:
            while block := pipe.read(_BLOCK):
                whole = block + bytes(-len(block) % (2 * _SAMPLES))
                yield np.frombuffer(whole, "<i2")
        if left.is_set():
            raise FilmError("The program is being left.")
        if trouble := trouble_of(core):
            raise trouble
    finally:
        atexit.unregister(leave)
        # Nobody reads any more: a core that is still writing gets an error and ends.
        ended.set()
        closing.join()


def _decibels(samples: "NDArray[numpy.int16]") -> bytes:
    import numpy as np

    energy = (samples.reshape(-1, _SAMPLES).astype(np.float32) / 32768) ** 2
    decibels = 10 * np.log10(np.maximum(energy.mean(axis=1), 1e-12))
    steps: NDArray[np.uint8] = np.clip(np.rint(255 + decibels * STEPS_PER_DECIBEL), 0, 255).astype(np.uint8)
    return steps.tobytes()
