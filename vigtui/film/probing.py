"""What a film is, before anybody plays it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

from vigtui.film.ending import last_picture
from vigtui.film.errors import FilmDamaged
from vigtui.film.facts import FilmFacts, facts_of
from vigtui.film.landing import Reach, not_there_yet, sought
from vigtui.film.libmpv import damaged, end_core, libmpv, load_film, new_core, trouble_of
from vigtui.film.options import ONLY_FILMS, graph
from vigtui.film.source import FilmSource

_SECONDS_TO_OPEN = 20.0
_SECONDS_TO_SEEK = 120.0  # a film without an index is read to its end
_SECONDS_TO_END = 5.0
_SECONDS_TO_DOUBT = 0.5
_SECONDS_AT_END = 0.05
_SHORT_MS = 1_000
_EARLY_MS = 0.6
_USUAL_RATE = 25.0
# Close together near the start: a part that goes on for longer than the one before hides where it begins.
_PERCENTS = (*(0.1 * 1.25**step for step in range(26)), *range(32, 97, 8))


class Still:
    """A film that is looked at, not played: paused, without a screen, and without its sound.

    `has_one_picture` is found out when libmpv is sent somewhere: it shows the picture, and goes on saying
    that it is where it was sent.
    """

    def __init__(self, core: Any, reach: Reach, arrived: threading.Event) -> None:
        self.core = core
        self.reach = reach
        self.has_one_picture = False
        self._first_ms = (core.time_pos or 0.0) * 1000
        self._arrived = arrived

    @property
    def ms(self) -> float | None:
        """The moment of the picture that it is at; None without one."""
        seconds = self.core.time_pos
        if self.has_one_picture:
            return self._first_ms
        return None if seconds is None else float(seconds) * 1000

    def go(self, ms: float, reach_ms: float, *, exact: bool = True) -> bool:
        """Seek, exactly or to the keyframe before, reading from `reach_ms` earlier; returns whether libmpv
        has arrived in time."""
        self._arrived.clear()
        for name, value in self.reach.options(reach_ms).items():
            self.core[name] = value
        self.core.command("seek", f"{sought(ms):.9f}", "absolute+exact" if exact else "absolute+keyframes")
        if not self._arrived.wait(_SECONDS_TO_SEEK):
            return False
        if self.core.eof_reached:
            # From an end without a picture libmpv goes on to the last one: that may have arrived, not this.
            time.sleep(_SECONDS_AT_END)
        # What is told at first may be the seek before this one, or the end before libmpv knows of it.
        begun = time.monotonic()
        while not self._is_there(ms):
            passed = time.monotonic() - begun
            if passed > _SECONDS_TO_DOUBT and not self.core.seeking and self.picture():
                self.has_one_picture = True
            elif passed > _SECONDS_TO_END:
                return False
            time.sleep(0.002)
        return True

    def _is_there(self, ms: float) -> bool:
        there = self.has_one_picture or not not_there_yet(ms, self.core.time_pos or 0)
        return there or bool(self.core.eof_reached)

    def go_along(self, percent: float) -> bool:
        """Seek to a part of the film's bytes, where it has no index."""
        self._arrived.clear()
        self.core.command("seek", percent, "absolute-percent+keyframes")
        return self._arrived.wait(_SECONDS_TO_SEEK)

    def go_to(self, ms: float) -> float | None:
        """Go to the frame at `ms`, and return its own moment; None when libmpv does not arrive."""
        rate = self.core.container_fps or 0
        while self.go(ms, self.reach.ms):
            here = self.ms
            if here is None:
                return None
            landed = self.reach.landed(ms, here, rate, at_end=self.core.eof_reached)
            if landed is None or self.reach.accepts(ms, landed, rate):
                return here
        return None

    def picture(self) -> bytes:
        """The pixels of the frame it is at, as libmpv filters it: 4 bytes each, row after row; none without
        a frame."""
        try:
            taken = self.core.command("screenshot-raw", "video")
        except SystemError:
            return b""
        return bytes(taken["data"])

    def go_before(self, ms: float) -> float | None:
        """Go to the last frame before `ms`, and return its moment; None when there is none."""
        while True:
            here = self.go_to(ms)
            if here is not None and self.core.eof_reached:
                # Nothing was decoded on the way, and libmpv says that it is where the film ends.
                here = last_picture(self.core, self.go, has_index=self.reach.has_index)
            if here is None or here < ms - _EARLY_MS:
                return here  # the film's last frame
            if here <= self._first_ms:
                return None  # libmpv would never arrive
            self._arrived.clear()
            self.core.command("frame-back-step")
            if not self._arrived.wait(_SECONDS_TO_SEEK):
                return None
            here = self.ms
            if here is not None and here < ms - _EARLY_MS and not self.core.eof_reached:
                return here
            if not self.reach.grows(ms):
                return None


@contextmanager
def opened(source: FilmSource, *filters: str, sound: bool = False) -> Iterator[Still]:
    """Open a film to look at through FFmpeg's `filters`, or only its sound. Blocks. Raises `FilmError`: no
    film, damaged, or libmpv missing."""
    source.check()
    mpv = libmpv()
    reach = Reach.of(source)
    part = {"vid": "no"} if sound else {"aid": "no", "vf": graph(*reach.filters, *filters)}
    core = new_core(ONLY_FILMS | part | {"vo": "null", "ao": "null", "pause": True})
    arrived = threading.Event()

    def on_event(event: Any) -> None:
        if event.event_id.value in (mpv.MpvEventID.PLAYBACK_RESTART, mpv.MpvEventID.END_FILE):
            arrived.set()

    core.register_event_callback(on_event)
    try:
        load_film(core, source)
        arrived.wait(_SECONDS_TO_OPEN)
        if not core.duration:
            raise trouble_of(core) or damaged(source.name)
        film = Still(core, reach, arrived)
        film.reach.decodes(core.file_format or "", core.video_format or "")
        yield film
        if trouble := trouble_of(core):
            raise trouble
    finally:
        end_core(core)


def probe(source: FilmSource) -> FilmFacts:
    """Open a film, look at its first frame and where it ends, and return what it is. Blocks: call it in a
    worker. Raises `FilmError`: no film, damaged, or libmpv missing."""
    try:
        return _seen(source)
    except FilmDamaged:
        with opened(source, sound=True) as film:
            facts = facts_of(film.core)
            return replace(facts, claimed_ms=facts.duration_ms)


def _seen(source: FilmSource) -> FilmFacts:
    """The same of a film that has a picture."""
    with opened(source) as film:
        facts = facts_of(film.core)
        told_ms = facts.duration_ms
        last_ms = _last_ms(film) if facts.width else None
        claimed_ms = round((film.core.duration or 0) * 1000)
        joined = not film.reach.has_index and _is_joined(source, film, has_sound=facts.has_sound)
        facts = replace(facts, duration_ms=claimed_ms, claimed_ms=claimed_ms, joined=joined)
        if last_ms is None:
            return facts
        ends_ms = round(last_ms + 1000 / (facts.frames_per_second or _USUAL_RATE))
        near_end_ms = claimed_ms - _SHORT_MS
        if ends_ms < near_end_ms and not (facts.has_sound and _sounds_at(source, near_end_ms)):
            # A stream's length is read at its end: what is there is of another part, with other tracks.
            joined = not film.reach.has_index
            return replace(facts, duration_ms=ends_ms, last_ms=last_ms, joined=joined)
        # A length that has grown is that of what libmpv has read, and leaves the last picture no time; one
        # that counts from the first picture, where that comes later than 0, does not reach the last one.
        short = claimed_ms > told_ms or claimed_ms <= last_ms
        return replace(facts, duration_ms=ends_ms if short else claimed_ms, last_ms=last_ms)


def _last_ms(film: Still) -> float | None:
    """The moment of a film's last picture; None when none is found."""
    found = last_picture(film.core, film.go, has_index=film.reach.has_index)
    if found is None or found < (film.core.duration or 0) * 1000:
        return found
    # No picture begins where the film ends: there may be one only, which the way to its start tells.
    film.go(0.0, film.reach.ms)
    return film.ms if film.has_one_picture else found


def _is_joined(source: FilmSource, film: Still, *, has_sound: bool) -> bool:
    """Whether a film is made of parts that each count from the start: by its sound, which takes less time."""
    if not has_sound:
        return _counts_anew(film)
    with opened(source, sound=True) as heard:
        return _counts_anew(heard)


def _counts_anew(film: Still) -> bool:
    """Whether time goes back somewhere along the bytes of a film. Asked twice, and once more where the
    answers differ: what is told on a busy machine may be left of the seek before."""
    one, other = _goes_back(film), _goes_back(film)
    return one if one is other else _goes_back(film)


def _goes_back(film: Still) -> bool:
    there = (film.core.time_pos for percent in _PERCENTS if film.go_along(percent))
    moments = [moment for moment in there if not film.core.eof_reached]
    return any(after < before - _SHORT_MS / 1000 for before, after in pairwise(filter(None, moments)))


def _sounds_at(source: FilmSource, ms: int) -> bool:
    """Whether a film has sound at a moment."""
    with opened(source, sound=True) as film:
        return film.go(ms, film.reach.ms) and not film.core.eof_reached
