"""The kinds of film of the film zoo, made by ffmpeg: each picture shows its own number in ten bars."""

import json
import shutil
import struct
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.bench.film.footage import NoFootage
from tests.unit.film.numbered import BARS, number
from vigtui.film.kinds import STREAMS
from vigtui.values.timecode import format_timecode

X264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")
AAC, MP2, NO_SOUND = ("-c:a", "aac"), ("-c:a", "mp2"), ("-an",)
_HEIGHT, _WIDTH, _FRAMES = 96, 160, 200


@dataclass(frozen=True)
class Kind:
    """A kind of film: its file's ending, how ffmpeg makes it, what is done to the file then, and what is to
    be told of it, in which "{ends}" is where its pictures end."""

    name: str
    ending: str
    options: tuple[str, ...]
    rate: str = "25"
    size: tuple[int, int] = (_WIDTH, _HEIGHT)
    frames: int = _FRAMES
    then: Callable[[bytes], bytes] | None = None
    before: tuple[str, ...] = ()
    tells: str = ""


def _half(data: bytes) -> bytes:
    return data[: len(data) * 6 // 10]


def _without_head(data: bytes) -> bytes:
    return data[100:]


def _mirrored(data: bytes) -> bytes:
    """Marked as a front camera marks its films; the pictures are stored as their own mirror images."""
    place = data.index(b"tkhd") + 44
    return data[:place] + struct.pack(">i", -1 << 16) + data[place + 4 :]


def _hdr(light: str) -> tuple[str, ...]:
    return (
        *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"),
        *("-color_primaries", "bt2020", "-color_trc", light, "-colorspace", "bt2020nc", *AAC),
    )


def _group(length: int, *more: str) -> tuple[str, ...]:
    return (*X264, "-g", str(length), "-keyint_min", str(length), "-sc_threshold", "0", *more)


KINDS = (
    Kind("H.264 in MP4", "mp4", (*X264, *AAC)),
    Kind("fast start", "mp4", (*X264, *AAC, "-movflags", "+faststart")),
    Kind("silent", "mp4", (*X264, *NO_SOUND)),
    Kind("fragments", "mp4", (*X264, *AAC, "-movflags", "frag_keyframe+empty_moov")),
    Kind("one keyframe", "mp4", _group(9999, *AAC)),
    Kind("every frame a keyframe", "mp4", _group(1, *AAC)),
    Kind("no B-frames", "mp4", (*X264, "-bf", "0", *AAC)),
    Kind("open groups", "mp4", (*X264, "-x264opts", "open-gop=1:keyint=24", *AAC)),
    Kind("24 a second", "mp4", (*X264, *AAC), "24"),
    Kind("29.97 a second", "mp4", (*X264, *AAC), "30000/1001"),
    Kind("59.94 a second", "mp4", (*X264, *AAC), "60000/1001"),
    Kind("240 a second", "mp4", (*X264, *AAC), "240", frames=900),
    Kind("10 a second", "mp4", (*X264, *AAC), "10", frames=90),
    Kind("1 a second", "mp4", (*X264, *AAC), "1", frames=20),
    Kind("changing rate", "mp4", (*X264, *AAC, "-vf", "setpts=PTS+mod(N\\,5)*0.004/TB", "-vsync", "vfr")),
    Kind("H.265", "mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *AAC)),
    Kind("HLG", "mov", _hdr("arib-std-b67")),
    Kind("PQ", "mp4", _hdr("smpte2084")),
    Kind("MPEG-4 part 2", "mp4", ("-c:v", "mpeg4", "-q:v", "3", *AAC)),
    Kind("PCM in MOV", "mov", (*X264, "-c:a", "pcm_s16le")),
    Kind("motion JPEG in MOV", "mov", ("-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le")),
    Kind("ProRes", "mov", ("-c:v", "prores_ks", "-c:a", "pcm_s16le")),
    Kind("3GP", "3gp", ("-c:v", "h263", *AAC, "-ar", "8000", "-ac", "1"), size=(176, 144)),
    Kind("Matroska", "mkv", (*X264, *AAC)),
    Kind("Matroska without index", "mkv", (*X264, *AAC, "-f", "matroska", "-live", "1")),
    Kind("VP8 WebM", "webm", ("-c:v", "libvpx", "-b:v", "1M", "-c:a", "libopus")),
    Kind("VP9 WebM", "webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-an")),
    Kind("WebM of a browser", "webm", ("-c:v", "libvpx", "-b:v", "1M", "-c:a", "libopus", "-live", "1")),
    Kind("AV1", "mkv", ("-c:v", "libsvtav1", "-preset", "12", "-c:a", "libopus")),
    Kind("FFV1", "mkv", ("-c:v", "ffv1", "-c:a", "flac")),
    Kind("Xvid in AVI", "avi", ("-c:v", "mpeg4", "-vtag", "XVID", "-q:v", "3", "-c:a", "mp3")),
    Kind("motion JPEG in AVI", "avi", ("-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le")),
    Kind("Theora", "ogv", ("-c:v", "libtheora", "-q:v", "8", "-c:a", "libvorbis")),
    Kind("Windows Media", "wmv", ("-c:v", "wmv2", "-q:v", "3", "-c:a", "wmav2")),
    Kind("Flash", "flv", ("-c:v", "flv", "-q:v", "3", "-c:a", "mp3", "-ar", "44100")),
    Kind("H.264 in Flash", "flv", (*X264, *AAC, "-ar", "44100")),
    Kind("transport stream", "ts", (*X264, *MP2)),
    Kind("groups of 0.5 s", "mts", _group(13, *MP2, "-f", "mpegts")),
    Kind("groups of 9.6 s", "mts", _group(240, *MP2, "-f", "mpegts"), frames=500),
    Kind("blu-ray packets", "m2ts", (*X264, *MP2, "-f", "mpegts", "-mpegts_m2ts_mode", "1")),
    Kind("H.265 stream", "ts", ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *MP2)),
    Kind("MPEG-2 stream", "ts", ("-c:v", "mpeg2video", "-q:v", "3", *MP2)),
    Kind("MPEG-2 program", "mpg", ("-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", *MP2, "-f", "vob")),
    Kind("MPEG-1", "mpg", ("-c:v", "mpeg1video", "-q:v", "3", *MP2)),
    Kind("interlaced", "mts", (*X264, "-flags", "+ilme+ildct", "-x264opts", "tff=1", *MP2, "-f", "mpegts")),
    Kind("DV in AVI", "avi", ("-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-s", "720x576", "-an"), frames=100),
    Kind("raw DV", "dv", ("-pix_fmt", "yuv420p", "-s", "720x576", "-ar", "48000", "-ac", "2"), frames=100),
    Kind("MPEG-2 alone", "m2v", ("-c:v", "mpeg2video", "-q:v", "3", "-an")),
    Kind("MPEG-4 alone", "m4v", ("-c:v", "mpeg4", "-q:v", "3", "-an", "-f", "m4v")),
    Kind("IVF", "ivf", ("-c:v", "libvpx", "-b:v", "1M", "-an")),
    Kind("MXF", "mxf", ("-c:v", "mpeg2video", "-q:v", "3", "-c:a", "pcm_s16le", "-ar", "48000")),
    Kind("starts at an hour", "mts", (*X264, *MP2, "-output_ts_offset", "3600", "-f", "mpegts")),
    Kind("late sound", "mp4", (*X264, *AAC), before=("-itsoffset", "3")),
    Kind("late picture", "ts", (*X264, *MP2, "-vf", "setpts=PTS+3/TB")),
    Kind(
        "copied by half",
        "mp4",
        (*X264, *AAC, "-movflags", "+faststart"),
        then=_half,
        tells="The film ends at {ends} of 00:08: the file is not whole.",
    ),
    Kind("half a stream", "ts", (*X264, *MP2), then=_half),
    Kind("mirrored", "mp4", (*X264, *AAC), then=_mirrored),
    Kind("cut in mid-packet", "ts", (*X264, *MP2), then=_without_head),
)


@dataclass(frozen=True)
class Truth:
    """The pictures of a film as ffmpeg decodes them from its start: their moments in ms and their numbers. No
    two of a film without an index have the same moment: see `_rising`."""

    moments: list[float]
    numbers: list[int]

    def at(self, ms: float) -> int:
        """Which picture a player shows at a moment: the first one from there on, else the last."""
        return next((n for n, at in enumerate(self.moments) if at >= ms - 0.6), len(self.moments) - 1)


def told_of(kind: Kind, known: Truth) -> str:
    """What is to be told of a film of this kind."""
    return kind.tells.format(ends=format_timecode(round(known.moments[-1] + 1000 / _rate(kind.rate)), 1))


def make(kind: Kind, folder: Path) -> Path:
    """Make a film of this kind. Raises `NoFootage`."""
    path = folder / f"{kind.name.replace(' ', '-')}.{kind.ending}"
    width, height = kind.size
    columns = np.arange(width) * BARS // width
    rows = (((np.arange(kind.frames)[:, None] >> columns) & 1) * 214 + 20).astype(np.uint8)
    pictures = np.repeat(rows[:, None, :], height, axis=1).tobytes()
    sound = ("-f", "lavfi", "-t", str(kind.frames / _rate(kind.rate)), "-i", "sine=300:sample_rate=48000")
    raw = ("-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}", "-r", kind.rate, "-i", "-")
    _run(
        "ffmpeg",
        *raw,
        *kind.before,
        *sound,
        "-map",
        "0:v",
        "-map",
        "1:a",
        *kind.options,
        str(path),
        given=pictures,
    )
    if kind.then:
        path.write_bytes(kind.then(path.read_bytes()))
    return path


def truth(path: Path) -> Truth:
    """What is in a film, frame by frame. Raises `NoFootage`."""
    wanted = (
        "-show_entries",
        "frame=best_effort_timestamp_time:format=start_time,format_name:stream=r_frame_rate",
    )
    told = json.loads(_run("ffprobe", "-select_streams", "v:0", *wanted, "-of", "json", str(path)))
    start = max(0.0, float(told["format"].get("start_time", 0)))
    times = [frame.get("best_effort_timestamp_time") for frame in told["frames"]]
    moments: list[float] = []
    for time in times:  # a stream's last picture may have none
        step = moments[-1] - moments[-2] if len(moments) > 1 else 0.0
        moments.append((float(time) - start) * 1000 if time is not None else moments[-1] + step)
    if told["format"]["format_name"] in STREAMS:
        moments = _rising(moments, 1000 / _rate(told["streams"][0]["r_frame_rate"]))
    scaled = ("-vf", f"scale={_WIDTH}:{_HEIGHT}:flags=area", "-f", "rawvideo", "-pix_fmt", "gray", "-")
    raw = _run("ffmpeg", "-i", str(path), "-map", "0:v:0", "-vsync", "passthrough", *scaled)
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, _HEIGHT, _WIDTH, 1)
    return Truth(moments, [int(number(picture) or 0) for picture in pictures][: len(moments)])


def _rising(moments: list[float], frame_ms: float) -> list[float]:
    """Moments that FFmpeg counted from the wrong picture, each a picture's length after the one before for at
    most 0.75 s; those of an overlap a millisecond later."""
    risen: list[float] = []
    counted_ms = 0.0
    for ms in moments:
        back_ms = risen[-1] - ms if risen else -1.0
        if back_ms < -0.5:
            counted_ms = 0.0
            risen.append(ms)
        elif back_ms < 3.5 * frame_ms and counted_ms < 750:
            counted_ms += frame_ms
            risen.append(risen[-1] + frame_ms)
        else:
            risen.append(risen[-1] + 1)
    return risen


def _rate(rate: str) -> float:
    above, _, below = rate.partition("/")
    return float(above) / float(below or 1)


def _run(program: str, *arguments: str, given: bytes | None = None) -> bytes:
    if shutil.which(program) is None:
        raise NoFootage("The films of the zoo are made by ffmpeg, which is not installed (Debian: ffmpeg).")
    quiet = ("-v", "error") if program == "ffprobe" else ("-v", "error", "-y")
    done = subprocess.run([program, *quiet, *arguments], input=given, capture_output=True, check=False)
    return done.stdout
