"""Where a film ends: what it says of its own length may be wrong, or missing."""

from typing import Any, Protocol

FAR_MS = 1e9
"""A moment that lies behind the end of every film."""
_CLOSE_MS = 2_000.0


class Go(Protocol):
    """Seeks to a moment in ms, exactly or to the keyframe before, reading from `reach_ms` earlier; returns
    whether libmpv has arrived."""

    def __call__(self, ms: float, reach_ms: float, *, exact: bool = True) -> bool: ...


def last_picture(core: Any, go: Go, *, has_index: bool) -> float | None:
    """Return the moment in ms of the last picture of the film that a core holds without its sound; None when
    none is found.

    A film with an index is searched behind every end: so libmpv reads one to its end that does not say how
    long it is. Of a film whose end is missing the last keyframe is looked for by halves.
    """
    length = (core.duration or 0) * 1000
    far, reach = (FAR_MS, 0.0) if has_index else (length, _CLOSE_MS)
    if (shown := _shown(core, go, far, reach)) is not None:
        return shown
    there, missing = 0.0, (core.duration or 0) * 1000
    while missing - there > _CLOSE_MS:
        middle = (there + missing) / 2
        decodes = _shown(core, go, middle, 0.0, exact=False) is not None
        there, missing = (middle, missing) if decodes else (there, middle)
    return _shown(core, go, length, length - there + _CLOSE_MS)


def _shown(core: Any, go: Go, ms: float, reach_ms: float, *, exact: bool = True) -> float | None:
    """Seek, and return the moment of the picture that is shown then; None where nothing was decoded up to the
    film's end: then libmpv is where it was sent, or at the end."""
    if not go(ms, reach_ms, exact=exact):
        return None
    seconds = core.time_pos
    found = seconds is not None and not core.eof_reached and seconds * 1000 < ms
    return seconds * 1000 if found else None
