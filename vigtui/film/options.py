"""How film is drawn, and how every libmpv core is set up."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vigtui.film.kinds import DEMUXERS

Glyphs = Literal["auto", "half", "quadrant", "sextant", "octant", "console", "ascii"]
Colours = Literal["auto", "truecolor", "256", "16", "grey"]
LettersWay = Literal["auto", "all", "console", "ascii"]
PixelWay = Literal["auto", "kitty", "sixel", "off"]


@dataclass(frozen=True)
class FilmOptions:
    """What film is drawn with in the terminal, where the person says it.

    `pixels` is how a paused film is shown in pixels: "auto" asks the terminal, "kitty" and "sixel" are taken
    on trust. `letters` is what the terminal can show besides film: "auto" goes by its name, the locale and
    its answer. `quiet` says that the link to the terminal is slow: the cheapest glyphs that are good are
    chosen. `thrifty` says that it shall be taken for slow even where it is fast. `plain` draws no picture and
    no bars, for people who hear the screen or read it in braille.
    """

    glyphs: Glyphs = "auto"
    colours: Colours = "auto"
    pixels: PixelWay = "auto"
    letters: LettersWay = "auto"
    quiet: bool = False
    thrifty: bool = False
    plain: bool = False


MOST_THREADS = min(4, os.cpu_count() or 1)
_SMALL = 10_000_000
"""Pixels a second that one thread decodes many times as fast as they are played: 640x480 at 30 pictures."""

QUIET: dict[str, object] = {
    "config": False,
    "load_scripts": False,
    "ytdl": False,
    "terminal": False,
}
"""Options of every libmpv core: nothing of the user's own mpv, nothing from the network."""

ONLY_FILMS: dict[str, object] = QUIET | {
    "osc": False,
    "osd_level": 0,
    "input_default_bindings": False,
    "input_vo_keyboard": False,
    "hwdec": "no",
    "hr_seek": "yes",
    "keep_open": "yes",
    "idle": "yes",
    # What a film file itself says must not open anything else: no playlists, no references, no neighbours.
    "demuxer": "lavf",
    "demuxer_lavf_o": f"protocol_whitelist=file,format_whitelist=%{len(DEMUXERS)}%{DEMUXERS}",
    "access_references": False,
    "load_unsafe_playlists": False,
    "autoload_files": False,
    "ordered_chapters": False,
    "sid": "no",
    # The picture is stretched to the size asked for, which fits the film, and turned by `Surface`.
    "keepaspect": False,
    "video_rotate": "no",
    "audio_fallback_to_null": True,
    "vd_lavc_threads": MOST_THREADS,
    "demuxer_max_bytes": "8MiB",
    "demuxer_max_back_bytes": "4MiB",
}
"""Options of a core that looks at films: what a film says of itself opens nothing else."""

ORDINARY_LIGHT = "format=gamma=bt.1886"
"""A filter that has high dynamic range taken for ordinary film: libmpv's software renderer, which cannot map
its light, makes all of it white."""

FORWARD = "setpts='if(isnan(PREV_OUTPTS),PTS,max(PTS,PREV_OUTPTS+0.001/TB))'"
"""A filter for libmpv's encoder, which takes no two frames that are nearer together than a millisecond."""

SOUND_RATE = 48_000
LATER_THAN_PICTURE = "aresample={rate}:async=1:first_pts={first}"
"""A filter for sound that starts later than the picture, which the encoder would wait for in vain: silence
comes first, from the sample `first` on."""

_TURNED = {90: ("transpose=clock",), 180: ("hflip", "vflip"), 270: ("transpose=cclock",)}


def upright(rotation: int, *, mirrored: bool) -> tuple[str, ...]:
    """FFmpeg's filters that bring a stored picture upright, which is to be turned clockwise by this many
    degrees: by its matrix a mirrored one is turned upside down first."""
    return ("vflip",) * mirrored + _TURNED.get(rotation // 90 * 90, ())


def graph(*filters: str) -> str:
    """FFmpeg's filters as one of libmpv's; "" for none."""
    return f"lavfi=[{','.join(filters)}]" if filters else ""


def decoding_threads(pixels_a_second: float) -> int:
    """Return in how many threads to decode such film, 0 where that is not known: each takes memory, and wakes
    the others for every picture, which a small film does not gain back."""
    return 1 if 0 < pixels_a_second <= _SMALL else MOST_THREADS


def hardware_decoder() -> str:
    """Return libmpv's name for the way in which this machine's own decoder is used to play film, "no" where
    there is no sign of one: then nothing is even looked for, since its libraries write complaints over the
    screen.

    Pictures are copied back; what it cannot decode libmpv decodes by itself, as it does everything else."""
    if sys.platform == "darwin":
        return "auto-copy-safe"
    devices = Path("/dev")
    found = any(devices.glob("dri/renderD*")) or any(devices.glob("nvidia[0-9]*"))
    return "auto-copy-safe" if found else "no"


def sound_output() -> str:
    """libmpv's name for the sound system that runs here, "" to let it choose.

    On Linux, trying all of them makes their libraries write complaints over the screen.
    """
    if not sys.platform.startswith("linux"):
        return ""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    if "PULSE_SERVER" in os.environ or (runtime / "pulse" / "native").exists():
        return "pulse"
    if (runtime / "pipewire-0").exists():
        return "pipewire"
    return "alsa" if any(Path("/dev/snd").glob("pcm*p")) else "null"
