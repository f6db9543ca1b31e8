"""Makes a smaller film to be seen in place of one that is heavy: the same pictures at the same times.

H.264 and AAC in an MP4 file through libmpv's own encoder: at most 960x540, upright, square pixels, ordinary
light, no interlacing, a whole picture each second, and an index. Nothing is cut from it, and no still is as
good as from the film itself.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigtui.film.errors import FilmError
from vigtui.film.facts import FilmFacts, facts_of
from vigtui.film.landing import Reach
from vigtui.film.making.encoder import encode_film
from vigtui.film.making.target import FilmTarget, Unfinished, begun_at, check_memory
from vigtui.film.mp4_index import is_mirrored, lengthen_last_frame
from vigtui.film.options import FORWARD, LATER_THAN_PICTURE, ONLY_FILMS, SOUND_RATE, graph, upright
from vigtui.film.probing import opened, probe
from vigtui.film.source import FilmSource

_LONG_SIDE, _SHORT_SIDE = 960, 540
_LARGE = 1920 * 1088  # pixels; what comes above this is not decoded in time on every machine
_SECONDS_TO_MEASURE = 2.0
_FAST_ENOUGH = 1.5  # seconds of film decoded in a second; drawing takes its part
_SECONDS_WITHOUT_A_FRAME = 120.0  # at the lowest priority, on a busy machine
_SECONDS_BETWEEN_TELLING = 0.5
_USUAL_RATE = 25.0
_MOST_BYTES_A_SECOND = 200_000  # of a copy: its pictures, its sound and its index
_SAME_MS = 0.6  # what a moment in whole milliseconds still finds
_PLACES = (0.21, 0.5, 0.83)  # of the film, where the times of pictures are compared
_HIGH_RANGE = ("pq", "hlg")
# From the light of a high dynamic range to that of an ordinary screen.
_MAPPED = (
    "zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=bt709,tonemap=hable:desat=0,"
    "zscale=transfer=bt709:matrix=bt709:range=tv"
)


@dataclass(frozen=True)
class Look:
    """What a film is, as far as it decides how its working copy is made. `why_heavy` is the end of a
    sentence; "" for a film that needs no copy. `why_none` says why one that is heavy can have none."""

    facts: FilmFacts
    reach: Reach
    high_range: bool
    why_heavy: str
    why_none: str = ""


def look(source: FilmSource) -> Look:
    """Find out whether a film is heavy: its pictures are large, of high dynamic range or interlaced, it has
    no index or no length, or this machine decodes it hardly faster than it plays. Blocks for some seconds.
    Raises FilmError, OSError."""
    with opened(source) as film:
        facts, core = facts_of(film.core), film.core
        gamma = (core.video_params or {}).get("gamma", "")
        frame: dict[str, Any] = core.video_frame_info or {}
        reasons = {
            "its pictures are large": facts.width * facts.height > _LARGE,
            "its light is of a high dynamic range": gamma in _HIGH_RANGE,
            "it is interlaced": bool(frame.get("interlaced")),
            "it has no index": not film.reach.has_index,
        }
        reach = film.reach
    seen = probe(source)
    reasons["it does not say how long it is"] = abs(facts.duration_ms - seen.duration_ms) > _USUAL_RATE * 100
    why = next((words for words, holds in reasons.items() if holds), "")
    if not why and facts.width and _speed(source) < _FAST_ENOUGH:
        why = "this machine decodes it hardly faster than it plays"
    return Look(seen, reach, gamma in _HIGH_RANGE, why if seen.width else "", _why_none(seen))


def _why_none(facts: FilmFacts) -> str:
    if facts.remark:
        return facts.remark
    if len(facts.sounds) > 1:
        return "There are several sound tracks in this film, and a copy would have only one of them."
    return ""


def _speed(source: FilmSource) -> float:
    """How many seconds of a film are decoded here in a second."""
    with opened(source) as film:
        core = film.core
        core["untimed"] = True
        begun = time.monotonic()
        core["pause"] = False
        while time.monotonic() - begun < _SECONDS_TO_MEASURE and not core.eof_reached:
            time.sleep(0.05)
        return float(core.time_pos or 0) / (time.monotonic() - begun)


def make_copy(
    source: FilmSource,
    looked: Look,
    target: FilmTarget,
    progress: Callable[[float], None],
    waits: Callable[[], bool],
) -> None:
    """Make the working copy `target` of a film: a file, synced to the disk, or else in memory alone, until
    the target takes it. `progress` is called twice a second with the part done, 0 to 1; while `waits` says
    so, nothing is done. Blocks. Raises FilmError, and leaves something at the file then."""
    progress(0.0)
    if not isinstance(target, Path):
        check_memory(round(looked.facts.duration_ms / 1000 * _MOST_BYTES_A_SECOND))
    with begun_at(target) as made:
        trouble = _encode(source, looked, made, progress, waits)
        if trouble and looked.high_range:  # libmpv may have been built without what maps light
            trouble = _encode(source, looked, made, progress, waits, mapped="setparams=color_trc=bt709")
        if trouble:
            raise FilmError(trouble)
        with made.open() as file:
            lengthen_last_frame(file, 1000 / (looked.facts.frames_per_second or _USUAL_RATE))
        if wrong := _trouble(source, looked, made.source):
            raise FilmError(wrong)


def _encode(
    source: FilmSource,
    looked: Look,
    made: Unfinished,
    progress: Callable[[float], None],
    waits: Callable[[], bool],
    *,
    mapped: str = _MAPPED,
) -> str:
    """Encode what is to be made; return what went wrong, or ""."""
    whole_ms = max(looked.facts.duration_ms, 1)
    return encode_film(
        source,
        _options(source, looked, made, mapped),
        lambda ms: progress(min(ms / whole_ms, 1.0)),
        waits,
        seconds_between_telling=_SECONDS_BETWEEN_TELLING,
        seconds_without_a_frame=_SECONDS_WITHOUT_A_FRAME,
    )


def copy_size(facts: FilmFacts) -> tuple[int, int]:
    """Return the width and height of an upright working copy: even, and no larger than the film."""
    long, short = max(facts.width, facts.height), min(facts.width, facts.height)
    part = min(1.0, _LONG_SIDE / long, _SHORT_SIDE / short)
    return max(2, round(facts.width * part / 2) * 2), max(2, round(facts.height * part / 2) * 2)


def _options(source: FilmSource, looked: Look, made: Unfinished, mapped: str) -> dict[str, object]:
    size = copy_size(looked.facts)
    width, height = size[::-1] if looked.facts.rotation % 180 else size  # it is turned afterwards
    pictures = (
        *looked.reach.filters,
        "yadif=deint=interlaced",
        FORWARD,
        f"scale={width}:{height}:flags=area,setsar=1",
        *upright(looked.facts.rotation, mirrored=is_mirrored(source)),
        *((mapped,) if looked.high_range else ()),
        "format=yuv420p",
    )
    second = max(1, round(looked.facts.frames_per_second or _USUAL_RATE))
    return (
        ONLY_FILMS
        | {"hr-seek-framedrop": False}
        | {
            "keep_open": "no",
            "of": "mp4",
            "ofopts": "movie_timescale=24000",  # else the first picture comes at a whole millisecond
            "orawts": True,  # else the first picture would come at 0
            "ovc": "libx264",
            "ovcopts": f"g={second},preset=veryfast,bf=0,crf=23,maxrate=1300k,bufsize=2600k",
            "oac": "aac",
            "oacopts": "b=96k",
            "ocopy_metadata": False,
            "vf": graph(*pictures),
            "af": graph(LATER_THAN_PICTURE.format(rate=SOUND_RATE, first=0)),
            "audio_fallback_to_null": False,
        }
        | made.begin()
    )


def _trouble(source: FilmSource, looked: Look, copy: FilmSource) -> str:
    """What is wrong with a copy, or "": each of some moments shall show the picture of the same time in the
    film and in the copy, from the first to the last."""
    last_ms = looked.facts.last_ms
    if last_ms is None:
        return "nobody knows where the film ends"
    with opened(source) as film, opened(copy) as made:
        for part in (0.0, *_PLACES, 1.0):
            ms = last_ms * part
            one, other = film.go_to(ms), made.go_to(ms)
            if one is None or other is None or abs(one - other) > _SAME_MS:
                return f"its pictures come at other times: {one} ms in the film, {other} ms in the copy"
    ends = probe(copy).last_ms
    return (
        "" if ends is not None and abs(ends - last_ms) <= _SAME_MS else f"it ends at {ends}, not {last_ms} ms"
    )
