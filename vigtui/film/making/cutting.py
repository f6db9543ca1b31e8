"""Cuts a moment out of a film: H.264 and AAC in an MP4 file, through libmpv's own encoder.

Only what lies in the moment goes along: no title, place or date that the film's file may tell of itself.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from vigtui.film.errors import FilmError
from vigtui.film.facts import FilmFacts, facts_of
from vigtui.film.landing import Reach, sought
from vigtui.film.making.encoder import encode_film
from vigtui.film.making.target import FilmTarget, Unfinished, begun_beside
from vigtui.film.mp4_index import is_mirrored, lengthen_last_frame
from vigtui.film.options import FORWARD, LATER_THAN_PICTURE, ONLY_FILMS, SOUND_RATE, graph, upright
from vigtui.film.probing import opened, probe
from vigtui.film.source import FilmSource
from vigtui.values.timecode import format_timecode

_SECONDS_BETWEEN_TELLING = 0.1
_SECONDS_WITHOUT_A_FRAME = 30.0
_USUAL_RATE = 25.0
_LATE_MS = 100
_EVEN = 2  # pixels by which the picture may grow, for the encoder takes even sizes only
_LEAST_FRAMES = 0.6  # of those that there are on average: a phone's film has fewer at times
_DEINTERLACED = "yadif=deint=interlaced"
_SMALL = "scale=32:32:flags=area,setsar=1"  # what pictures are compared by
_UNLIKE = 6.0  # shades of 255, on average: two pictures are not of the same frame
_LIGHT = {"hlg": "arib-std-b67", "pq": "smpte2084"}


@dataclass(frozen=True)
class _Looked:
    """A film, and whether it stores a mirror image; its colours as libmpv names them; how its first frame is
    found; the moments of the first and last frame to be cut, in ms, and these frames as they are stored. The
    sound may start later than the picture."""

    film: FilmSource
    facts: FilmFacts
    mirrored: bool
    colours: dict[str, Any]
    reach: Reach
    first_ms: float
    last_ms: float
    pictures: tuple[bytes, bytes]
    sounds_late: bool


def cut(
    source: FilmSource,
    target: FilmTarget,
    in_ms: int,
    out_ms: int,
    progress: Callable[[float], None] = lambda _: None,
) -> int:
    """Make the film `target` of what `source` shows from `in_ms` up to `out_ms`, and return the moment of
    `source`, in ms, that it begins with: that of its first frame, the one a player shows at `in_ms`.

    A file appears only when it is complete, readable by its owner alone; otherwise the film is in memory
    alone, until the target takes it. Size, shape, frame rate and sound are the source's; a turned picture is
    upright. `progress` is called about ten times a second with the part done, 0 to 1; what it raises ends the
    cutting, as does what a target raises that takes it. Blocks: call it in a worker. Raises `FilmError`,
    `NoRoom` when the disk is full.
    """
    if in_ms >= out_ms:
        raise ValueError(f"a clip cannot end at {out_ms} ms and start at {in_ms} ms")
    source.check()
    looked = _look(source, in_ms, out_ms)
    if looked is None:
        raise FilmError(f"{source.name} shows nothing between {_time(in_ms)} and {_time(out_ms)}.")
    with begun_beside(target) as made:
        trouble = _encode(looked, made, out_ms, progress)
        if not trouble:
            with contextlib.suppress(FileNotFoundError), made.open() as file:
                lengthen_last_frame(file, _last_frame_ms(looked, out_ms))
        if trouble := trouble or _trouble(looked, made.source):
            made.check_room()
            raise FilmError(f"{source.name} could not be cut: {trouble}.")
    return round(looked.first_ms)


def _look(source: FilmSource, in_ms: int, out_ms: int) -> _Looked | None:
    """Find out what the film is, and which of its frames come first and last; None when there is none."""
    with opened(source, _DEINTERLACED, _SMALL) as film:
        facts, colours = facts_of(film.core), dict(film.core.video_params or {})
        first = film.go_to(in_ms)
        if first is not None:
            # The encoder seeks but once, to the frame's own moment: from where that is found.
            first = film.go_to(first)
        begins, reach = film.picture(), replace(film.reach, ms=film.reach.found_ms)
        last = film.go_before(out_ms)
        if first is None or last is None or not in_ms - 1 <= first <= last + 1:
            return None
        pictures = begins, film.picture()
    late = facts.has_sound and _sounds_late(source, first)
    mirrored = is_mirrored(source)
    return _Looked(source, facts, mirrored, colours, reach, first, last, pictures, late)


def _sounds_late(source: FilmSource, ms: float) -> bool:
    """Whether a film has no sound yet at a moment, but later."""
    with opened(source, sound=True) as film:
        there = film.go(ms, film.reach.ms)
        return there and not film.core.eof_reached and film.core.time_pos * 1000 > ms + _LATE_MS


def _encode(source: _Looked, made: Unfinished, out_ms: int, progress: Callable[[float], None]) -> str:
    """Encode what is to be made; return what went wrong, or ""."""
    length = out_ms - source.first_ms
    progress(0.0)
    return encode_film(
        source.film,
        _options(source, made, out_ms),
        lambda ms: progress(min(max((ms - source.first_ms) / length, 0.0), 1.0)),
        seconds_between_telling=_SECONDS_BETWEEN_TELLING,
        seconds_without_a_frame=_SECONDS_WITHOUT_A_FRAME,
    )


def _options(source: _Looked, made: Unfinished, out_ms: int) -> dict[str, object]:
    # In the film's own time a frame may lie half a millisecond off the whole one that the clip names.
    end = (out_ms - 0.6) / 1000
    first = round(source.first_ms * SOUND_RATE / 1000)
    # Sound that starts later than the picture would be waited for in vain.
    silence = f"{LATER_THAN_PICTURE.format(rate=SOUND_RATE, first=first)}," if source.sounds_late else ""
    even = "pad=ceil(iw/2)*2:ceil(ih/2)*2"
    turned = upright(source.facts.rotation, mirrored=source.mirrored)
    pictures = (
        *source.reach.filters,
        _DEINTERLACED,
        FORWARD,
        *turned,
        f"trim=end={end}",
        even,
        "format=yuv420p",
    )
    interval = round(source.facts.frames_per_second or _USUAL_RATE)
    return (
        ONLY_FILMS
        | source.reach.options()
        | {
            "start": sought(source.first_ms),
            "keep_open": "no",
            "of": "mp4",
            "ovc": "libx264",
            "ovcopts": f"g={interval},preset=veryfast,crf=20,maxrate=12M,bufsize=24M{_light(source)}",
            "oac": "aac",
            "oacopts": "b=128k",
            "ocopy_metadata": False,
            "vf": graph(*pictures),
            "af": graph(f"{silence}atrim=end={end}"),
            "audio_fallback_to_null": False,
        }
        | made.begin()
    )


def _light(source: _Looked) -> str:
    """The encoder's options that keep high dynamic range what it is; "" for ordinary film."""
    light = _LIGHT.get(source.colours.get("gamma", ""))
    return f",color_trc={light},color_primaries=bt2020,colorspace=bt2020nc" if light else ""


def _trouble(source: _Looked, made: FilmSource) -> str:
    """Return what is wrong with the film that was made, or "": it shall be as large as the source, and have
    its frames from the first to the last, and show what they show. They were looked for by another way than
    they were cut."""
    try:
        facts = probe(made)
    except FilmError:
        return "libmpv wrote no film"
    frame_ms = _frame_ms(source)
    spans = source.last_ms - source.first_ms
    lasts = -1.0 if facts.last_ms is None else facts.last_ms
    count = facts.frames_per_second * facts.duration_ms / 1000
    if not (source.facts.frames_per_second and facts.frames_per_second):  # nobody says how many there are
        count = spans
    sizes = (facts.width, source.facts.width), (facts.height, source.facts.height)
    alike = all(abs(x - y) <= _EVEN for x, y in sizes)
    whole = abs(lasts - spans) < frame_ms / 2 + 1 and count > _LEAST_FRAMES * spans / frame_ms
    if alike and whole and _shows_the_same(source, made, lasts):
        return ""
    return "the film is damaged near this moment"


def _shows_the_same(source: _Looked, made: FilmSource, last_ms: float) -> bool:
    """Whether the film that was made begins and ends with the frames that it should."""
    turned_back = upright(-source.facts.rotation % 360, mirrored=False)
    as_stored = (*turned_back, *upright(0, mirrored=source.mirrored), _SMALL)
    with opened(made, *as_stored) as film:
        return all(
            film.go_to(ms) is not None and _unlikeness(film.picture(), picture) < _UNLIKE
            for ms, picture in zip((0.0, last_ms), source.pictures, strict=True)
        )


def _unlikeness(one: bytes, other: bytes) -> float:
    """How far the shades of two pictures are apart, on average; 255 for those that cannot be compared."""
    if len(one) != len(other) or not one:
        return 255.0
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def _frame_ms(source: _Looked) -> float:
    return 1000 / (source.facts.frames_per_second or _USUAL_RATE)


def _last_frame_ms(source: _Looked, out_ms: int) -> float:
    """How long the last frame lasts: up to the end of the moment, where the film goes on to there."""
    left = out_ms - source.last_ms
    return left if left < 1.5 * _frame_ms(source) else _frame_ms(source)


def _time(ms: int) -> str:
    return format_timecode(ms, 3)
