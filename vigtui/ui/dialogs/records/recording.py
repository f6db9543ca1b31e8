"""Adding and changing recordings."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from vigtui.casefilm.adding import FilmFile, leave_unnamed
from vigtui.casefilm.home import encrypts
from vigtui.casefilm.opening import why_not_there
from vigtui.domain.consent.absence import back_in, last_said, taken_out
from vigtui.domain.consent.decisions import is_no
from vigtui.domain.consent.filmed import VISITOR, people_in, proposed
from vigtui.domain.consent.retention import last_day
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.cycles import with_step_of
from vigtui.domain.records import Clip, Copy, Cycle, Deletion, Recording
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import FamilyState, RecordingKind, RecordingState
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.film_file import take_film, take_found_film
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import ask_record
from vigtui.ui.dialogs.records.absence import films_without
from vigtui.ui.dialogs.records.cycle import add_cycle
from vigtui.ui.dialogs.records.family import describe, word_choices
from vigtui.ui.dialogs.records.moments import lay_moments
from vigtui.ui.dialogs.removing.clear_film import offer_clear
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_long_day
from vigtui.values.text import capitalised, folded, one_line
from vigtui.wording.family import cycle_name

_NEW_CYCLE = "new"


async def add_recording(
    screen: CaseScreen, records: FamilyRecords, cycle: Cycle | None = None, *, path: str = ""
) -> Recording | None:
    """Ask for a film and what it is, and save it as a recording of `cycle`; without one, ask for that too.
    The film is not asked for when its `path` in the caseload's folder is given."""
    cycle = cycle or await _choose_cycle(screen, records)
    if cycle is None:
        return None
    copy_name = f"{records.family.code}-C{cycle.number}"
    film = await (take_found_film(screen, path) if path else take_film(screen, copy_name))
    if film is None:
        return None
    if not await _is_new(screen, film):
        await asyncio.to_thread(leave_unnamed, screen.caseload, film)
        return None
    blank = _first_guess(screen, records, cycle, film)
    recording = await ask_record(
        screen,
        f"A recording of {cycle_name(cycle)}",
        _fields(records, blank),
        lambda values: _with(records, blank, values),
    )
    if recording is None:
        await asyncio.to_thread(leave_unnamed, screen.caseload, film)
        return None
    recording = await _with_absences(screen, records, blank, recording)
    with screen.caseload.transaction(f"Add the {recording.kind.label} of cycle {cycle.number}"):
        reached = with_step_of(cycle, recording)
        if reached != cycle and not problems(reached):
            screen.caseload.save(reached)
        original = (
            screen.caseload.save(_original(screen, records, cycle, recording)) if film.original else None
        )
        recording = screen.caseload.save(recording)
    if film.original and original and encrypts(screen.caseload):
        gone = await offer_clear(screen, [recording], [film.original])
        if gone:
            screen.caseload.enter(replace(original, destroyed=records.today))
    await lay_moments(screen, recording, film.created)
    return recording


def _original(screen: CaseScreen, records: FamilyRecords, cycle: Cycle, recording: Recording) -> Copy:
    """What the register says of the film that was copied in: not its name or place, which may name people."""
    person = screen.workspace.person
    return Copy(
        family=records.family.id,
        about=f"the {recording.kind.label} of cycle {cycle.number}, in the folder that it was copied from",
        holder=person.id if person else "",
        date=records.today,
        until=recording.delete_by,
    )


async def edit_recording(
    screen: CaseScreen, records: FamilyRecords, recording: Recording
) -> Recording | None:
    """Change what a recording is and who is in it, when its film is to be deleted, and whether it is held."""
    cycle = records.cycle(recording.cycle)
    title = f"The {recording.kind.label} of {cycle_name(cycle)}" if cycle else "A recording"

    def build(values: dict[str, Any]) -> Recording:
        changed = _with(records, recording, values)
        if changed.kind is RecordingKind.SHARED_REVIEW and (clip := _discussed(screen, recording)):
            raise ValueError(
                f"{records.code(clip)} is discussed by a clip of a shared review, so this film is none. "
                "Choose another companion clip there first."
            )
        return changed

    changed = await ask_record(screen, title, _fields(records, recording), build)
    if changed is None:
        return None
    changed = await _with_absences(screen, records, recording, changed)
    with screen.caseload.transaction("Change a recording"):
        return screen.caseload.save(changed)


async def _with_absences(
    screen: CaseScreen, records: FamilyRecords, before: Recording, after: Recording
) -> Recording:
    """Ask about each person who was taken out of a recording, whether they are not in it: their consent would
    no longer count. Of a film that is new here, about those who said no. Whoever may be in it stays."""
    if after.state is RecordingState.DELETED:
        return after
    after = back_in(after, records.family, records.asked)
    for who in taken_out(before, after, records.family, records.asked):
        said = last_said(who, records.consents)
        if not before.rev and not (said and is_no(said)):
            continue
        found = await films_without(screen, who, records.family, [after])
        after = found[0] if found else replace(after, people=(*(after.people or ()), who.id))
    return after


def _discussed(screen: CaseScreen, recording: Recording) -> Clip | None:
    """A clip of the recording that is the companion of another one."""
    clips = screen.caseload.where(Clip, recording=recording.id)
    return next((each for each in clips if screen.caseload.where(Clip, companion=each.id)), None)


async def _choose_cycle(screen: CaseScreen, records: FamilyRecords) -> Cycle | None:
    if not records.cycles:
        return await add_cycle(screen, records)
    options = [(cycle.id, capitalised(cycle_name(cycle))) for cycle in reversed(records.cycles)]
    choice = await screen.ask(ChooseScreen("Of which cycle?", [*options, (_NEW_CYCLE, "A new cycle")]))
    return await add_cycle(screen, records) if choice == _NEW_CYCLE else records.cycle(choice or "")


async def _is_new(screen: CaseScreen, film: FilmFile) -> bool:
    """Whether this film is to be a new recording. One that was missing is found again instead."""
    caseload = screen.caseload
    for recording in caseload.where(Recording, fingerprint=film.fingerprint):
        showing = find_recording(caseload.get, recording.id)
        if showing is None:
            continue
        name = f"the {recording.kind.label} of {showing.family.code}, {cycle_name(showing.cycle)}"
        if recording.state is RecordingState.DELETED:
            stub = next(iter(caseload.where(Deletion, recording=recording.id)), None)
            day = f" on {show_long_day(stub.date, screen.workspace.today())}" if stub else ""
            question = f"This film is {name}. It was deleted{day}. Take it in again all the same?"
            return await screen.ask(ConfirmScreen(question, "Take it in", "Leave it")) is True
        if not await asyncio.to_thread(why_not_there, caseload, recording.path):
            screen.tell(f"This film is there already: {name}.", problem=True)
        else:
            with caseload.transaction("Find a film again"):
                caseload.save(replace(recording, path=film.path, state=RecordingState.PRESENT))
            screen.tell(f"Found again: {name}.")
        return False
    return True


def _first_guess(screen: CaseScreen, records: FamilyRecords, cycle: Cycle, film: FilmFile) -> Recording:
    has_interaction = bool(records.recordings_of(cycle, RecordingKind.INTERACTION))
    kind = RecordingKind.SHARED_REVIEW if has_interaction else RecordingKind.INTERACTION
    ended = records.family.state is FamilyState.ENDED
    return Recording(
        cycle=cycle.id,
        kind=kind,
        path=film.path,
        duration_ms=film.duration_ms,
        size=film.size,
        fingerprint=film.fingerprint,
        people=proposed(records.family, kind),
        filmed=(cycle.reviewed if has_interaction else cycle.filmed) or records.today,
        delete_by=last_day(records.today, screen.caseload.meta.film_kept_days) if ended else None,
    )


def _fields(records: FamilyRecords, recording: Recording) -> list[Field]:
    people = people_in(recording, records.family)
    known = dict(_who_may_be_in_it(records, people))
    visitors = ", ".join(each for each in people if each not in known)
    return [
        Field("kind", "Shows", "choice", recording.kind.value, word_choices(RecordingKind), required=True),
        Field("people", "In it", "choices", people, tuple(known.items())),
        Field("visitors", "Visitors in it", value=visitors, hint="by a name used here: Gran, the neighbour"),
        Field("filmed", "Filmed", "date", recording.filmed, past=True),
        Field("delete_by", "Delete by", "date", recording.delete_by, hint="empty: asked when the work ends"),
        Field("hold_reason", "Kept longer because", value=recording.hold_reason, hint="empty: no hold"),
    ]


def _who_may_be_in_it(records: FamilyRecords, people: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The family's members, its guider and social worker, colleagues who are in it, and visitors who were in
    a film before."""
    for member in records.family.members:
        yield member.id, describe(member, filmed=False)
    for colleague in (records.family.guider, records.family.social_worker, *people):
        if colleague in records.people:
            yield colleague, one_line(records.people[colleague].name)
    yield from ((each.id, one_line(each.label)) for each in records.asked if each.aside == VISITOR)


def _with(records: FamilyRecords, recording: Recording, values: dict[str, Any]) -> Recording:
    values = dict(values)
    visitors = (one_line(each) for each in values.pop("visitors").split(","))
    before = {folded(each.label): each.id for each in records.asked}
    named = (before.get(folded(each)) or records.identity(each) for each in visitors if each)
    people = tuple(dict.fromkeys((*values["people"], *named)))
    if not people:
        raise ValueError("Say who is in the recording: their consents decide whether it may be shown.")
    return replace(recording, **{**values, "kind": RecordingKind(values["kind"]), "people": people})
