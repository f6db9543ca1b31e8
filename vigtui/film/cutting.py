"""Cuts a moment out of a film: H.264 and AAC in an MP4 file, through libmpv's own encoder.

Only what lies in the moment goes along: no title, place or date that the film's file may tell of itself.
"""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigtui.film.errors import FilmError, NoRoom
from vigtui.film.facts import FilmFacts, facts_of
from vigtui.film.files import check_kind
from vigtui.film.libmpv import damaged, end_core, libmpv
from vigtui.film.options import ONLY_FILMS
from vigtui.film.probing import probe
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode

_SECONDS_TO_LOOK = 20.0
_SECONDS_BETWEEN_TELLING = 0.1
_SECONDS_WITHOUT_A_FRAME = 30.0
_USUAL_RATE = 25.0
_LEAST_ROOM = 256 * 1024  # bytes; libmpv writes in smaller parts, and does not say why it could not
_EVEN = 2  # pixels by which the picture may grow, for the encoder takes even sizes only
_SOUND_MS = 50  # sound is packed in parts of about 20 ms, and so ends a little before or after the picture


@dataclass(frozen=True)
class _Source:
    """A film, the in-point, and the moment of the first frame from there on, in ms."""

    path: Path
    facts: FilmFacts
    in_ms: int
    first_ms: float


def cut(
    source: Path,
    target: Path,
    in_ms: int,
    out_ms: int,
    progress: Callable[[float], None] | None = None,
) -> int:
    """Make the film `target` of what `source` shows from `in_ms` up to `out_ms`, and return the moment of
    `source`, in ms, that it begins with: that of its first frame, the one a player shows at `in_ms`.

    `target` appears only when it is complete, readable by its owner alone. Size, shape, frame rate and sound
    are the source's; a turned picture is upright. `progress` is called about ten times a second with the
    part done, 0 to 1; what it raises ends the cutting. Blocks: call it in a worker. Raises `FilmError`,
    `NoRoom` when the disk is full.
    """
    if in_ms >= out_ms:
        raise ValueError(f"a clip cannot end at {out_ms} ms and start at {in_ms} ms")
    check_kind(source)
    looked = _look(source, in_ms)
    if in_ms >= looked.facts.duration_ms or looked.first_ms >= out_ms:
        raise FilmError(f"{_name(source)} shows nothing between {_time(in_ms)} and {_time(out_ms)}.")
    with tempfile.TemporaryDirectory(prefix=".cutting-", dir=target.parent) as folder:
        unfinished = Path(folder) / "film.mp4"
        trouble = _encode(looked, unfinished, out_ms, progress)
        trouble = trouble or _trouble(looked, unfinished, out_ms)
        if trouble and shutil.disk_usage(folder).free < _LEAST_ROOM:
            raise NoRoom(f"{_name(target)} could not be made: the disk is full.")
        if trouble:
            raise FilmError(f"{_name(source)} could not be cut: {trouble}.")
        unfinished.chmod(0o600)
        unfinished.replace(target)
    return round(looked.first_ms)


def _look(path: Path, in_ms: int) -> _Source:
    """Find out what the film is, and which of its frames comes first."""
    mpv = libmpv()
    core = mpv.MPV(**_from(in_ms), vo="null", ao="null", pause=True)
    ready = _await_one_of(core, mpv.MpvEventID.PLAYBACK_RESTART, mpv.MpvEventID.END_FILE)
    try:
        core.command("loadfile", str(path.resolve()))
        ready.wait(_SECONDS_TO_LOOK)
        facts, seconds = facts_of(core), core.time_pos
        if not facts.duration_ms or seconds is None:
            raise damaged(path)
        return _Source(path, facts, in_ms, max(0.0, seconds * 1000))
    finally:
        end_core(core)


def _from(in_ms: int) -> dict[str, object]:
    # Some kinds of film cannot be searched exactly, and are decoded from a little earlier.
    return ONLY_FILMS | {"start": in_ms / 1000, "hr_seek_demuxer_offset": 2.0}


def _encode(source: _Source, target: Path, out_ms: int, progress: Callable[[float], None] | None) -> str:
    """Encode into `target`; return what went wrong, or ""."""
    mpv = libmpv()
    complaints: list[str] = []
    core = mpv.MPV(
        **_options(source, target, out_ms),
        log_handler=lambda _level, _part, text: complaints.append(text.strip()),
        loglevel="fatal",
    )
    ended = _await_one_of(core, mpv.MpvEventID.END_FILE)
    try:
        core.command("loadfile", str(source.path.resolve()))
        length, ms = out_ms - source.first_ms, source.first_ms
        moved = time.monotonic()
        while True:
            if progress:
                progress(min(max((ms - source.first_ms) / length, 0.0), 1.0))
            if ended.wait(_SECONDS_BETWEEN_TELLING):
                break
            now, before = time.monotonic(), ms
            ms = max(ms, (core.time_pos or 0) * 1000)
            moved = now if ms > before else moved
            if now - moved > _SECONDS_WITHOUT_A_FRAME:
                end_core(core)
                return "libmpv does not go on"
        core.terminate()  # The film is whole when the core is gone.
    except BaseException:
        end_core(core)
        raise
    return complaints[0] if complaints else ""


def _options(source: _Source, target: Path, out_ms: int) -> dict[str, object]:
    # In the film's own time a frame may lie half a millisecond off the whole one that the clip names.
    end = (min(out_ms, source.facts.duration_ms) - 0.5) / 1000
    even = "pad=ceil(iw/2)*2:ceil(ih/2)*2"
    # libmpv's encoder does not say how long the last frame lasts: it comes once more, at the very end.
    last = "tpad=stop=1:stop_mode=clone," if source.facts.frames_per_second else ""
    interval = round(source.facts.frames_per_second or _USUAL_RATE)
    return _from(source.in_ms) | {
        "keep_open": "no",
        "o": str(target),
        "of": "mp4",
        "ovc": "libx264",
        "ovcopts": f"g={interval},preset=veryfast,crf=20,maxrate=12M,bufsize=24M",
        "oac": "aac",
        "oacopts": "b=128k",
        "ocopy_metadata": False,
        "vf": f"lavfi=[trim=end={end},{last}{even},format=yuv420p]",
        "af": f"lavfi=[atrim=end={end}]",
        "video_rotate": 0,
        "audio_fallback_to_null": False,
    }


def _trouble(source: _Source, made: Path, out_ms: int) -> str:
    """Return what is wrong with the film that was made, or "": it shall be as long and as large as it
    should be."""
    try:
        facts = probe(made)
    except FilmError:
        return "libmpv wrote no film"
    frame_ms = 1000 / (source.facts.frames_per_second or _USUAL_RATE)
    wanted = min(out_ms, source.facts.duration_ms) - source.first_ms
    sizes = (facts.width, source.facts.width), (facts.height, source.facts.height)
    alike = all(abs(x - y) <= _EVEN for x, y in sizes)
    if alike and abs(facts.duration_ms - wanted) <= frame_ms + _SOUND_MS:
        return ""
    return "the film is damaged near this moment"


def _await_one_of(core: Any, *kinds: int) -> threading.Event:
    """Return what is set when the core tells of one of these events."""
    happened = threading.Event()

    def on_event(event: Any) -> None:
        if event.event_id.value in kinds:
            happened.set()

    core.register_event_callback(on_event)
    return happened


def _name(path: Path) -> str:
    return one_line(path.name)


def _time(ms: int) -> str:
    return format_timecode(ms, 3)
