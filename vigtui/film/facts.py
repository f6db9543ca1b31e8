"""What a film is: its length, shape and sound."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FilmFacts:
    """What a film says of itself. Width and height are of the upright picture in square pixels, 0 without
    one; `rotation` is how many degrees clockwise the stored picture is turned to be upright."""

    duration_ms: int
    width: int
    height: int
    rotation: int
    has_sound: bool
    frames_per_second: float


NO_FACTS = FilmFacts(0, 0, 0, 0, has_sound=False, frames_per_second=0.0)
"""Of a film that nobody has looked at yet."""


def facts_of(core: Any) -> FilmFacts:
    """Return what a libmpv core knows of the film it has open; 0 for what it does not know yet."""
    tracks = core.track_list or []
    video: dict[str, Any] = next((track for track in tracks if track["type"] == "video"), {})
    shape = core.video_params or {}
    rotation = int(video.get("demux-rotation") or 0) % 360
    size = int(shape.get("dw") or 0), int(shape.get("dh") or 0)
    width, height = size[::-1] if rotation % 180 else size
    return FilmFacts(
        duration_ms=round((core.duration or 0) * 1000),
        width=width,
        height=height,
        rotation=rotation,
        has_sound=any(track["type"] == "audio" for track in tracks),
        frames_per_second=float(core.container_fps or 0),
    )
