"""What a film is: its length, shape and sound."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from vigtui.values.text import shortened
from vigtui.values.timecode import format_timecode

_LONGEST_NAME = 40
_USUAL_RATE = 25.0
_NO_LANGUAGE = "und"


@dataclass(frozen=True)
class FilmFacts:
    """What a film is. It lasts `duration_ms`; `claimed_ms` is what it says itself, more where its end is
    missing; `last_ms` is the moment of its last picture, None when nobody has looked; `joined` says that it
    is made of parts that each count from the start, of which one is played, `still` that it has a single
    picture. Width and height are of the upright picture in square pixels, 0 without one; `rotation` is how
    many degrees clockwise the stored picture is turned to be upright. `pictures` counts the video tracks: the
    facts are those of the one that is shown. `sounds` are what the sound tracks are called, "" where nobody
    says; `sound` is the one that is heard, counted from 1. `created` is when the film says it was made."""

    duration_ms: int
    width: int
    height: int
    rotation: int
    frames_per_second: float
    claimed_ms: int = 0
    last_ms: float | None = None
    joined: bool = False
    still: bool = False
    pictures: int = 1
    sounds: tuple[str, ...] = ()
    sound: int = 0
    created: dt.datetime | None = None

    @property
    def has_sound(self) -> bool:
        """Whether there is a sound track."""
        return bool(self.sounds)

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
        if self.claimed_ms > self.duration_ms:
            ends, claimed = format_timecode(self.duration_ms, 1), format_timecode(self.claimed_ms)
            return f"The film ends at {ends} of {claimed}: the file is not whole."
        if self.pictures > 1:
            return f"There are {self.pictures} video tracks in this film; only one of them is shown."
        return ""


NO_FACTS = FilmFacts(0, 0, 0, 0, 0.0)
"""Of a film that nobody has looked at yet."""


def facts_of(core: Any) -> FilmFacts:
    """Return what a libmpv core knows of the film it has open; 0 for what it does not know yet."""
    tracks = core.track_list or []
    videos = [track for track in tracks if track["type"] == "video"]
    sounds = [track for track in tracks if track["type"] == "audio" and not track.get("external")]
    video, shape = _played(videos), core.video_params or {}
    rotation = int(video.get("demux-rotation") or 0) % 360
    size = int(shape.get("dw") or 0), int(shape.get("dh") or 0)
    width, height = size[::-1] if rotation % 180 else size
    return FilmFacts(
        duration_ms=round((core.duration or 0) * 1000),
        width=width,
        height=height,
        rotation=rotation,
        frames_per_second=float(core.container_fps or 0),
        still=_is_still(video),
        pictures=sum(not _is_still(track) for track in videos),
        sounds=tuple(map(_name, sounds)),
        sound=int(_played(sounds).get("id", 0)),
        created=_created(core.metadata or {}),
    )


def pixels_a_second(core: Any) -> float:
    """Return how much there is to decode of a film that has just been opened; 0 where it does not say."""
    video = _played([track for track in core.track_list or [] if track["type"] == "video"])
    rate = video.get("demux-fps") or _USUAL_RATE
    return float(video.get("demux-w") or 0) * float(video.get("demux-h") or 0) * float(rate)


def _played(tracks: list[dict[str, Any]]) -> dict[str, Any]:
    """Of several tracks the one that is shown or heard; while none is, the one that libmpv would take."""
    selected = (track for track in tracks if track["selected"])
    usual = (track for track in tracks if track["default"])
    return next(iter((*selected, *usual, *tracks)), {})


def _created(tags: dict[str, str]) -> dt.datetime | None:
    """When the film says it was made: of several times the one that knows its time zone."""
    for name in ("com.apple.quicktime.creationdate", "creation_time"):
        try:
            moment = dt.datetime.fromisoformat(tags.get(name, ""))
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return None


def _is_still(video: dict[str, Any]) -> bool:
    return bool(video.get("albumart") or video.get("image"))


def _name(sound: dict[str, Any]) -> str:
    """What a sound track is called: its title and its language, as the film has them."""
    language = shortened(sound.get("lang") or "", _LONGEST_NAME)
    title = shortened(sound.get("title") or "", _LONGEST_NAME)
    language = "" if language == _NO_LANGUAGE else language
    return f"{title} ({language})" if title and language else title or language
