"""What a film shows, who is in it, and whether it may be seen here and now."""

from dataclasses import dataclass

from vigtui.domain.clips import clip_code, in_order
from vigtui.domain.consent import ConsentDecision, decide, purpose_for
from vigtui.domain.records import Clip, Consent, Cycle, Deletion, Family, Person, Recording
from vigtui.domain.vocabulary import Purpose, RecordingState
from vigtui.store.caseload import Caseload
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line
from vigtui.workspace.workspace import Workspace


@dataclass(frozen=True)
class Showing:
    """A recording and what it belongs to."""

    recording: Recording
    cycle: Cycle
    family: Family

    def code(self, clip: Clip) -> str:
        """The code of one of this recording's clips, as in "C2-1"."""
        return clip_code(clip, self.recording, self.cycle)

    def decide(self, workspace: Workspace, purpose: Purpose) -> ConsentDecision:
        """Whether everybody filmed has agreed to this purpose, today."""
        consents = workspace.caseload.where(Consent, family=self.family.id)
        return decide(self.family.members, consents, purpose, workspace.today())

    def people(self, caseload: Caseload) -> list[tuple[str, str]]:
        """Everybody who can be tagged: the id and the label of each member, and of the guider."""
        found = [(member.id, member.label) for member in self.family.members]
        guider = caseload.get(Person, self.family.guider)
        return [*found, (guider.id, guider.name)] if guider else found


def find_recording(caseload: Caseload, recording: str) -> Showing | None:
    """What the recording with this id shows; None when it, its cycle or its family is gone."""
    film = caseload.get(Recording, recording)
    cycle = caseload.get(Cycle, film.cycle) if film else None
    family = caseload.get(Family, cycle.family) if cycle else None
    return Showing(film, cycle, family) if film and cycle and family else None


def find_clip(caseload: Caseload, clip: str) -> tuple[Clip, Showing] | None:
    """The clip with this id and what it shows; None when any of it is gone."""
    found = caseload.get(Clip, clip)
    showing = find_recording(caseload, found.recording) if found else None
    return (found, showing) if found and showing else None


def clips_of_family(caseload: Caseload, family: str) -> list[tuple[Clip, Showing]]:
    """Every clip of a family, in the order of its cycles and recordings."""
    found = []
    for cycle in sorted(caseload.where(Cycle, family=family), key=lambda cycle: cycle.number):
        for recording in caseload.where(Recording, cycle=cycle.id):
            showing = find_recording(caseload, recording.id)
            clips = caseload.where(Clip, recording=recording.id)
            found += [(clip, showing) for clip in in_order(clips) if showing]
    return found


def why_closed(workspace: Workspace, showing: Showing, *, in_session: bool) -> str:
    """The sentence that says why this film is not shown here; "" when it may be."""
    if showing.recording.state is RecordingState.DELETED:
        return _deleted(workspace, showing.recording)
    purpose = purpose_for(workspace.person, showing.family, in_session=in_session)
    return showing.decide(workspace, purpose).sentence()


def _deleted(workspace: Workspace, recording: Recording) -> str:
    stubs = workspace.caseload.where(Deletion, recording=recording.id)
    if not stubs:
        return "This film was deleted. What was written about it stays."
    stub = stubs[-1]
    day = show_long_day(stub.date, workspace.today())
    by = f" by {one_line(stub.by)}" if stub.by else ""
    why = f": {one_line(stub.why).rstrip('.')}" if stub.why else ""
    return f"This film was deleted on {day}{by}{why}. What was written about it stays."


def describe_clip(clip: Clip, showing: Showing) -> str:
    """One line for lists: "C2-2  The knife drops"."""
    words = one_line(clip.title or clip.caption)
    return f"{showing.code(clip)}  {words}" if words else showing.code(clip)
