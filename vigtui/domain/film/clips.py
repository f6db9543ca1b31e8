"""Clips: the codes people know them by, and what setting their in- and out-points does."""

from collections.abc import Iterable

from msgspec.structs import replace

from vigtui.domain.records import Clip, Cycle, Recording, Still, Tag
from vigtui.domain.vocabulary import RecordingKind
from vigtui.values.timecode import format_timecode


def clip_code(clip: Clip, recording: Recording, cycle: Cycle) -> str:
    """Return "C2-3", the third client clip of cycle 2, or "SR1-2", from the shared review of cycle 1."""
    return f"{film_code(recording, cycle)}-{clip.order}"


def film_code(recording: Recording, cycle: Cycle) -> str:
    """Return "C2", film of cycle 2, or "SR1", that of the shared review of cycle 1."""
    kind = "SR" if recording.kind is RecordingKind.SHARED_REVIEW else "C"
    return f"{kind}{cycle.number}"


def in_order(clips: Iterable[Clip]) -> list[Clip]:
    """Return clips as they are walked through: by number, then by where they start."""
    return sorted(clips, key=lambda clip: (clip.order, clip.in_ms, clip.id))


def check_range(in_ms: int, out_ms: int, duration_ms: int) -> None:
    """Raise ValueError with a sentence unless 0 <= in < out <= duration. A duration of 0 is not known yet."""
    if in_ms < 0:
        raise ValueError("A clip cannot start before the film.")
    if in_ms >= out_ms:
        raise ValueError(
            f"The clip would end at {format_timecode(out_ms, 1)} and start at {format_timecode(in_ms, 1)}. "
            "Go to a later moment for the out-point, or set the in-point earlier."
        )
    if duration_ms and out_ms > duration_ms:
        raise ValueError(
            f"The film ends at {format_timecode(duration_ms, 1)}; the clip cannot go on after it."
        )


def with_in(clip: Clip, ms: int, duration_ms: int) -> Clip:
    """Return the clip starting at `ms`. Raises ValueError with a sentence."""
    check_range(ms, clip.out_ms, duration_ms)
    return replace(clip, in_ms=ms)


def with_out(clip: Clip, ms: int, duration_ms: int) -> Clip:
    """Return the clip ending at `ms`. Raises ValueError with a sentence."""
    check_range(clip.in_ms, ms, duration_ms)
    return replace(clip, out_ms=ms)


def check_stills(clip: Clip, stills: Iterable[Still]) -> None:
    """Raise ValueError with a sentence if one of its stills would be outside the clip."""
    for still in stills:
        if not clip.in_ms <= still.at_ms <= clip.out_ms:
            raise ValueError(
                f"The still at {format_timecode(still.at_ms, 1)} would be outside the clip. Remove it first."
            )


def tags_within(clip: Clip, tags: Iterable[Tag]) -> list[Tag]:
    """Return those tags that are outside the clip, each moved to the nearer end, so that none is lost."""
    moved = (replace(tag, at_ms=min(max(tag.at_ms, clip.in_ms), clip.out_ms)) for tag in tags)
    return [each for each, tag in zip(moved, tags, strict=True) if each != tag]


def with_length(recording: Recording, clip: Clip, duration_ms: int) -> Recording:
    """Return the recording with the length that its film was seen to have, where the clip goes on after the
    one that was first read."""
    too_short = 0 < recording.duration_ms < clip.out_ms <= duration_ms
    return replace(recording, duration_ms=duration_ms) if too_short else recording
