"""libmpv as an encoder of a film: watched while it works, and ended where it does not go on."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from vigtui.film.libmpv import end_core, finish_core, libmpv, load_film, new_core, trouble_of
from vigtui.film.source import FilmSource


def encode_film(
    source: FilmSource,
    options: Mapping[str, object],
    tell: Callable[[float], None],
    waits: Callable[[], bool] = lambda: False,
    *,
    seconds_between_telling: float,
    seconds_without_a_frame: float,
) -> str:
    """Make of a film what libmpv's `options` say; return what went wrong, or "".

    `tell` is called now and then with the moment, in ms, that the work has come to; what it raises ends it.
    While `waits` says so, nothing is done. What takes longer without a frame is given up. Blocks. Raises
    FilmError where the film's bytes do not come."""
    complaints: list[str] = []
    told = {"log_handler": lambda _level, _part, text: complaints.append(text.strip()), "loglevel": "fatal"}
    core = new_core({**options, **told})
    ended = _end_of(core, complaints)
    try:
        load_film(core, source)
        moved, at = time.monotonic(), 0.0
        while not ended.wait(seconds_between_telling):
            core["pause"] = waiting = waits()
            ms, now = (core.time_pos or 0) * 1000, time.monotonic()
            moved = now if ms > at or waiting else moved
            at = max(at, ms)
            if now - moved > seconds_without_a_frame:
                end_core(core)
                return "libmpv does not go on"
            tell(at)
        finish_core(core)  # The film is whole when the core is gone.
    except BaseException:
        end_core(core)
        raise
    if trouble := trouble_of(core):
        raise trouble
    return complaints[0] if complaints else ""


def _end_of(core: Any, complaints: list[str]) -> threading.Event:
    """Return what is set when the core has come to the end of its film, or given it up, which is a complaint
    more."""
    ended, end = threading.Event(), libmpv().MpvEventID.END_FILE

    def on_event(event: Any) -> None:
        if event.event_id.value == end:
            if event.data.reason == event.data.ERROR:
                complaints.append("libmpv cannot play it")
            ended.set()

    core.register_event_callback(on_event)
    return ended
