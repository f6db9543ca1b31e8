"""What a film is: its length, shape and sound."""

from dataclasses import dataclass
from typing import Any

from vigtui.values.timecode import format_timecode


@dataclass(frozen=True)
class FilmFacts:
    """What a film is. It lasts `duration_ms`; `claimed_ms` is what it says itself, more where its end is
    missing; `last_ms` is the moment of its last picture, None when nobody has looked; `joined` says that it
    is made of parts that each count from the start, of which one is played, `still` that it has a single
    picture. Width and height are of the upright picture in square pixels, 0 without one; `rotation` is how
    many degrees clockwise the stored picture is turned to be upright."""

    duration_ms: int
    width: int
    height: int
    rotation: int
    has_sound: bool
    frames_per_second: float
    claimed_ms: int = 0
    last_ms: float | None = None
    joined: bool = False
    still: bool = False

    @property
    def remark(self) -> str:
        """What is not as it should be, as a sentence; "" where nothing is."""
        if self.joined:
            played = format_timecode(self.duration_ms)
            return f"The film is joined of parts that each count from 0; only {played} of it can be played."
        if self.still:
            return "The picture of this film stands still; only its sound goes on."
        if not self.width and self.has_sound:
            return "There is no picture in this film, only sound."
        if self.claimed_ms <= self.duration_ms:
            return ""
        ends, claimed = format_timecode(self.duration_ms, 1), format_timecode(self.claimed_ms)
        return f"The film ends at {ends} of {claimed}: the file is not whole."


NO_FACTS = FilmFacts(0, 0, 0, 0, has_sound=False, frames_per_second=0.0)
"""Of a film that nobody has looked at yet."""


def facts_of(core: Any) -> FilmFacts:
    """Return what a libmpv core knows of the film it has open; 0 for what it does not know yet."""
    tracks = core.track_list or []
    videos = [track for track in tracks if track["type"] == "video"]
    # Of several the one that is shown; a film that is looked at for its sound shows none.
    video: dict[str, Any] = next((track for track in videos if track["selected"]), {}) or next(
        iter(videos), {}
    )
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
        still=bool(video.get("albumart") or video.get("image")),
    )
