"""Who watched which film: kept when a film begins to play, and not when it is only listed."""

from vigtui.domain.consent.access import Permission
from vigtui.domain.records import Person, Viewing
from vigtui.store.caseload import Caseload
from vigtui.values.identity import id_of


def note_viewing(caseload: Caseload, permission: Permission, person: Person | None) -> None:
    """Keep that `person`, or whoever is at the keyboard, watches this film today, unless that is kept
    already, or the service does not keep it."""
    who = person.id if person else caseload.by
    if not caseload.meta.note_viewings or caseload.read_only or not who:
        return
    recording, day, purpose = permission.recording.id, permission.on, permission.purpose
    identity = id_of("viewing", recording, who, day.isoformat(), purpose.value)
    if caseload.get(Viewing, identity) is None:
        caseload.enter(Viewing(id=identity, recording=recording, who=who, date=day, purpose=purpose))
