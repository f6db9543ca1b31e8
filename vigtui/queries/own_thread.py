"""A guider's own thread: the clips of their shared reviews in time order, each with its working points."""

import datetime as dt

from msgspec import Struct

from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.cycles import guider_then
from vigtui.domain.film.clips import in_order
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Clip, Cycle, Family, Recording
from vigtui.domain.sessions.working_points import Thread, threads
from vigtui.domain.vocabulary import RecordingKind


class OwnClip(Struct, frozen=True):
    """A clip of a shared review that the guider held, and the day of that; the working points that were
    agreed on it, and those that show in it."""

    clip: Clip
    showing: Showing
    day: dt.date | None
    agreed: tuple[Thread, ...]
    practised: tuple[Thread, ...]


def own_clips(find: Find, where: Where, guider: str) -> list[OwnClip]:
    """Return a guider's clips of the shared reviews of cycles that they guided, the oldest first."""
    points = threads(find, where, guider)
    found = []
    for cycle in where(Cycle):
        if guider_then(cycle, find(Family, cycle.family)) == guider:
            for recording in where(Recording, cycle=cycle.id):
                if recording.kind is RecordingKind.SHARED_REVIEW:
                    found += _clips(find, where, recording, points)
    return sorted(found, key=lambda each: (each.day or dt.date.min, each.showing.recording.id))


def _clips(find: Find, where: Where, recording: Recording, points: list[Thread]) -> list[OwnClip]:
    showing = find_recording(find, recording.id)
    if showing is None:
        return []
    day = recording.filmed or showing.cycle.reviewed
    return [
        OwnClip(
            clip,
            showing,
            day,
            tuple(each for each in points if each.item.clip == clip.id),
            tuple(
                each
                for each in points
                if each.item.clip != clip.id and clip.id in {step.clip for step in each.steps}
            ),
        )
        for clip in in_order(where(Clip, recording=recording.id))
    ]
