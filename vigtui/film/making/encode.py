"""Makes a film from pictures and sound: H.264 and AAC in an MP4 file, through libmpv's own encoder."""

import os
import tempfile
import threading
import wave
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from vigtui.film.errors import FilmError
from vigtui.film.libmpv import finish_core, libmpv, load_pipe, new_core
from vigtui.film.options import QUIET

SOUND_RATE = 48_000
"""Samples a second of the sound that `encode` takes."""


def encode(
    target: Path,
    *,
    width: int,
    height: int,
    frames_per_second: float,
    frames: Iterable[bytes],
    sound: bytes | None = None,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Make the film `target`, which appears only when it is complete.

    `frames` are pictures of `width` x `height` pixels (both even), 3 bytes a pixel (red, green, blue), row
    after row; they are taken one by one in the calling thread. `sound` is one channel of little-endian
    16-bit samples, `SOUND_RATE` a second. `progress` is called about once a second of film with the seconds
    made so far. Blocks until done: call it in a worker. Raises `FilmError` (`LibraryMissing` without
    libmpv), and whatever `frames` raises.
    """
    if width % 2 or height % 2:
        raise ValueError(f"a film's width and height must be even, not {width} x {height}")
    mpv = libmpv()
    with tempfile.TemporaryDirectory(prefix=".encoding-", dir=target.parent) as folder:
        unfinished = Path(folder) / "film.mp4"
        options = _options(unfinished, width, height, frames_per_second)
        if sound is not None:
            options["audio_files"] = str(_wav(Path(folder) / "sound.wav", sound))
        counted = _counted(frames, width * height * 3, frames_per_second, progress)
        trouble = _run(mpv, options, counted)
        if trouble or not unfinished.exists() or not unfinished.stat().st_size:
            raise FilmError(f"{target.name} could not be made: {trouble or 'libmpv wrote nothing'}.")
        unfinished.replace(target)


def _options(target: Path, width: int, height: int, frames_per_second: float) -> dict[str, object]:
    keyframe_interval = max(1, round(frames_per_second))
    return QUIET | {
        "o": str(target),
        "of": "mp4",
        "ovc": "libx264",
        "ovcopts": f"g={keyframe_interval},preset=veryfast,crf=21,threads=1",
        "oac": "aac",
        "oacopts": "b=96k,aac_coder=fast",
        "vf": "format=fmt=yuv420p",
        "demuxer": "rawvideo",
        "demuxer_rawvideo_w": width,
        "demuxer_rawvideo_h": height,
        "demuxer_rawvideo_fps": frames_per_second,
        "demuxer_rawvideo_mp_format": "rgb24",
    }


def _wav(path: Path, sound: bytes) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes(sound)
    return path


def _counted(
    frames: Iterable[bytes], size: int, frames_per_second: float, progress: Callable[[float], None] | None
) -> Iterable[bytes]:
    second = max(1, round(frames_per_second))
    frame = b""
    for number, frame in enumerate(frames, start=1):
        if len(frame) != size:
            raise ValueError(f"frame {number} has {len(frame)} bytes, not {size}")
        yield frame
        if progress and not number % second:
            progress(number / frames_per_second)
    # libmpv's encoder writes a picture when the next one comes, and so drops the last.
    yield frame


def _run(mpv: Any, options: dict[str, object], frames: Iterable[bytes]) -> str:
    """Feed `frames` to an encoding libmpv through a pipe; return what went wrong, or ""."""
    reading, writing = os.pipe()
    complaints: list[str] = []
    told = {"log_handler": lambda _level, _part, text: complaints.append(text.strip()), "loglevel": "error"}
    core = new_core(options | told)

    ended = threading.Event()

    def on_event(event: Any) -> None:
        if event.event_id.value == mpv.MpvEventID.END_FILE:
            # A writer blocked on a pipe that nobody reads any more gets an error instead of waiting for ever.
            os.close(reading)
            ended.set()

    core.register_event_callback(on_event)
    try:
        load_pipe(core, reading)
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            for frame in frames:
                pipe.write(frame)
        ended.wait()
    except BrokenPipeError:
        complaints.append("libmpv stopped reading the pictures")
    finally:
        finish_core(core)
    return complaints[0] if complaints else ""
