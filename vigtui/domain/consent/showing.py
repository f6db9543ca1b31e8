"""What a film shows: the recording with its cycle and family, and what its clips are called."""

from dataclasses import dataclass

from vigtui.domain.cycles import guider_then
from vigtui.domain.film.clips import clip_code, in_order
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Clip, Cycle, Family, Person, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.values.text import one_line


@dataclass(frozen=True)
class Showing:
    """A recording and what it belongs to."""

    recording: Recording
    cycle: Cycle
    family: Family

    def code(self, clip: Clip) -> str:
        """The code of one of this recording's clips, as in "C2-1"."""
        return clip_code(clip, self.recording, self.cycle)

    def people(self, find: Find) -> list[tuple[str, str]]:
        """Everybody who can be tagged: the id and the label of each member, and of the guider then."""
        found = [(member.id, member.label) for member in self.family.members]
        guider = find(Person, guider_then(self.cycle, self.family))
        return [*found, (guider.id, guider.name)] if guider else found


def find_recording(find: Find, recording: str) -> Showing | None:
    """What the recording with this id shows; None when it, its cycle or its family is gone."""
    film = find(Recording, recording)
    cycle = find(Cycle, film.cycle) if film else None
    family = find(Family, cycle.family) if cycle else None
    return Showing(film, cycle, family) if film and cycle and family else None


def find_clip(find: Find, clip: str) -> tuple[Clip, Showing] | None:
    """The clip with this id and what it shows; None when any of it is gone."""
    found = find(Clip, clip)
    showing = find_recording(find, found.recording) if found else None
    return (found, showing) if found and showing else None


def clips_of_family(find: Find, where: Where, family: str) -> list[tuple[Clip, Showing]]:
    """Every clip of a family, in the order of its cycles and recordings."""
    found = []
    for cycle in sorted(where(Cycle, family=family), key=lambda cycle: cycle.number):
        for recording in where(Recording, cycle=cycle.id):
            showing = find_recording(find, recording.id)
            clips = where(Clip, recording=recording.id)
            found += [(clip, showing) for clip in in_order(clips) if showing]
    return found


def films_of_family(find: Find, where: Where, family: str) -> list[Showing]:
    """What each recording of a family shows whose film is there, in the order of its cycles."""
    cycles = sorted(where(Cycle, family=family), key=lambda cycle: cycle.number)
    found = [find_recording(find, each.id) for cycle in cycles for each in where(Recording, cycle=cycle.id)]
    return [each for each in found if each and each.recording.state is RecordingState.PRESENT]


def describe_clip(clip: Clip, showing: Showing) -> str:
    """One line for lists: "C2-2  The knife drops"."""
    words = one_line(clip.title or clip.caption)
    return f"{showing.code(clip)}  {words}" if words else showing.code(clip)
