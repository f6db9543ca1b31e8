"""Somebody's own thread: clips of their own work in time order, each with its working points."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.cycles import guider_then
from vigtui.domain.film.clips import in_order
from vigtui.domain.lookup import Find, Where
from vigtui.domain.people import may_follow
from vigtui.domain.records import Clip, Person, Recording
from vigtui.domain.sessions.bringing import is_own_work
from vigtui.domain.sessions.working_points import Thread, may_read_points, threads
from vigtui.domain.vocabulary import RecordingKind, SessionKind


class OwnClip(Struct, frozen=True):
    """A clip of a shared review that somebody held, or of VERP film that they are in, and the day of that;
    the working points that were agreed on it, and those that show in it."""

    clip: Clip
    showing: Showing
    day: dt.date | None
    agreed: tuple[Thread, ...]
    practised: tuple[Thread, ...]


class OwnThread(Struct, frozen=True):
    """Somebody's working points, the newest first, and their clips, the oldest first."""

    points: list[Thread]
    clips: list[OwnClip]


def own_thread(find: Find, where: Where, person: str, reader: Person | None) -> OwnThread:
    """Return what the `reader` may read of somebody's own thread: all, or, who guides them in VERP, what is
    of that."""
    points = [each for each in threads(find, where, person) if may_read_points(reader, each.session, person)]
    all_of_it = may_follow(reader, person)
    guided = {reader.id} if reader else set()
    found = [
        clip
        for showing in _own_film(find, where, person)
        if all_of_it or guider_then(showing.cycle, showing.family) in guided
        for clip in _clips(where, showing, points)
    ]
    found.sort(key=lambda each: (each.day or dt.date.min, each.showing.recording.id))
    return OwnThread(points, found)


def _own_film(find: Find, where: Where, person: str) -> Iterator[Showing]:
    """Yield the shared reviews that somebody held, and the VERP film that they are in."""
    for recording in where(Recording):
        showing = find_recording(find, recording.id)
        if showing is None:
            continue
        if recording.kind is RecordingKind.SHARED_REVIEW:
            if guider_then(showing.cycle, showing.family) == person:
                yield showing
        elif is_own_work(showing, SessionKind.VERP, person):
            yield showing


def _clips(where: Where, showing: Showing, points: list[Thread]) -> list[OwnClip]:
    day = showing.recording.filmed or showing.cycle.reviewed
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
        for clip in in_order(where(Clip, recording=showing.recording.id))
    ]
