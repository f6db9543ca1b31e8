"""Deleting film. The words about it stay, with who deleted it, when and why."""

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from vigtui.casefilm.deleting import delete_film as delete_file
from vigtui.casefilm.deleting import delete_left_over, delete_what_is_there
from vigtui.casefilm.opening import why_not_there
from vigtui.domain.consent.absence import is_in
from vigtui.domain.consent.access import holds, in_same_file, other_families
from vigtui.domain.consent.decisions import Asked
from vigtui.domain.film.clips import film_code
from vigtui.domain.film.moments import off_the_film
from vigtui.domain.records import Deletion, Moment, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.copies import offer_copies
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.removing.erasure import erase_for_good
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import and_list, capitalised, one_line, shown_path, shown_size
from vigtui.wording.family import cycle_name
from vigtui.wording.film.register import stay_words

_DAY_HAS_COME = "The day for deletion has come"
_ASKED_AGAIN = "The reason is kept. You are asked once more before anything is deleted."
"""Why film is deleted, unless something else is said."""


async def remove_recording(screen: CaseScreen, records: FamilyRecords, recording: Recording) -> bool:
    """Ask what goes: the film with its words kept, or a recording that should not be there at all."""
    name = film_name(records, recording)
    options = [
        ("film", "Delete the film for good; what was written about it stays"),
        ("record", "Remove it from the caseload, with its clips; the film file stays where it is"),
        ("erase", "Erase it for good: the film and every word about it, not to be undone"),
    ]
    if others := other_families(screen.caseload, recording.id):
        codes = one_line(and_list(others))
        options.insert(0, ("theirs", f"The film belongs to {codes}: keep this record, without film"))
    choice = await screen.ask(ChooseScreen(capitalised(name), options))
    if choice == "theirs":
        _give_up(screen, recording)
        return True
    if choice == "film":
        return await delete_film(screen, records, recording)
    if choice == "erase":
        return await _erase(screen, records, recording, name)
    staying = off_the_film(screen.caseload.where(Moment, recording=recording.id))
    return choice == "record" and await remove_record(screen, recording, name, staying=staying)


async def _erase(screen: CaseScreen, records: FamilyRecords, recording: Recording, name: str) -> bool:
    cycle = records.cycle(recording.cycle)
    code = f"{records.family.code} {film_code(recording, cycle) if cycle else ''}".strip()
    return await erase_for_good(screen, recording, f"{name} ({code})", code=code)


def _give_up(screen: CaseScreen, recording: Recording) -> None:
    """Let a recording name no film, since it is another family's. Its record stays."""
    with screen.caseload.transaction("Leave a film to another family"):
        screen.caseload.save(
            replace(recording, path="", size=0, fingerprint="", state=RecordingState.MISSING)
        )


async def delete_film(screen: CaseScreen, records: FamilyRecords, recording: Recording) -> bool:
    """Delete the film file of `recording` after a confirmation that names it, and keep a stub that says who,
    when and why. Refused while there is a hold."""
    if recording.state is RecordingState.DELETED:
        screen.tell("This film was deleted already.")
        return False
    if held := holds(screen.caseload, recording.id):
        reasons = and_list([one_line(each) for each in held])
        screen.tell(
            f"This film is held: {reasons}. {key_for(screen, 'family.edit')} takes the hold off first.",
            problem=True,
        )
        return False
    trouble = await asyncio.to_thread(why_not_there, screen.caseload, recording.path)
    why = await ask_why(screen, [recording])
    others = other_families(screen.caseload, recording.id)
    if why is None or not await screen.ask(_confirmation(records, recording, trouble, others)):
        return False
    if not await _delete(screen, recording, why, is_there=not trouble):
        return False
    left = [each for each in records.recordings if each.state is not RecordingState.DELETED]
    await offer_copies(screen, records.family, in_passing=left != [recording])
    return True


async def offer_deletion(screen: CaseScreen, records: FamilyRecords, who: Asked, said: str) -> None:
    """Offer to delete every film in which somebody is who no longer agrees to filming; `said` is told, and
    kept with each as the reason. Film that is held, is not here, or is another family's too, stays, and that
    is told."""
    now = [screen.caseload.get(Recording, each.id) for each in records.recordings]
    films = [
        each
        for each in now
        if each and each.state is not RecordingState.DELETED and is_in(who, each, records.family)
    ]
    reasons = {each.id: await asyncio.to_thread(why_it_stays, screen, each) for each in films}
    going = [each for each in films if not reasons[each.id]]
    stays = stay_words([why for why in reasons.values() if why])
    if not going:
        if stays:
            screen.tell(f"{said}. {stays}", problem=True)
        return
    if await screen.ask(_offer(records, who, going, said, stays)):
        for each in going:
            if not await _delete(screen, each, said, is_there=True):
                return


def why_it_stays(screen: CaseScreen, recording: Recording) -> str:
    """Return why a film is not deleted without a question of its own; "" where nothing is in the way."""
    if holds(screen.caseload, recording.id):
        return "held: not deleted"
    if other_families(screen.caseload, recording.id):
        return "another family's too: delete it under 5"
    missing = why_not_there(screen.caseload, recording.path)
    return "not here: delete it where it is" if missing else ""


async def _delete(screen: CaseScreen, recording: Recording, why: str, *, is_there: bool) -> bool:
    """Delete the file, and write down that it was; False, with a sentence told, where it cannot be."""
    delete = delete_file if is_there else delete_what_is_there
    try:
        await asyncio.to_thread(delete, screen.caseload, recording.path)
    except FilmError as error:
        screen.tell(str(error), problem=True)
        return False
    except OSError as error:
        screen.tell(f"{one_line(recording.path)} could not be deleted: {error.strerror}.", problem=True)
        return False
    keep_stubs(screen, recording, why)
    return True


def _offer(
    records: FamilyRecords, who: Asked, films: Sequence[Recording], said: str, stays: str
) -> ConfirmScreen:
    names = and_list([film_name(records, each) for each in films])
    them = "it" if len(films) == 1 else "them"
    question = (
        f"{said}. {one_line(who.label)} is in {names}. Delete {them} now, for good? "
        f"What was written stays. {stays}"
    )
    return ConfirmScreen(question.strip(), "Delete now", f"Keep {them}, closed")


def film_name(records: FamilyRecords, recording: Recording) -> str:
    """Return "the shared review of cycle 2"."""
    cycle = records.cycle(recording.cycle)
    return f"the {recording.kind.label} of {cycle_name(cycle)}" if cycle else "this recording"


async def delete_again(screen: CaseScreen, recording: Recording, path: str) -> bool:
    """Ask whether the film at `path` goes, which `recording` says was deleted, and delete it."""
    name = shown_path(path)
    question = (
        f"{name} is the film of a recording that was deleted. Delete this file too, for good? "
        "It cannot be brought back by undo."
    )
    if not await screen.ask(ConfirmScreen(question, "Delete the film", "Leave it")):
        return False

    try:
        await asyncio.to_thread(delete_left_over, screen.caseload, path, recording)
    except FilmError as error:
        screen.tell(str(error), problem=True)
    except OSError as error:
        screen.tell(f"{name} could not be deleted: {error.strerror}.", problem=True)
    return True


async def ask_why(screen: CaseScreen, films: Sequence[Recording]) -> str | None:
    """Ask for one reason why these films are deleted; None when the form was left."""
    today = screen.workspace.today()
    due = all(each.delete_by is not None and each.delete_by <= today for each in films)
    fields = [Field("why", "Why", value=_DAY_HAS_COME if due else "", required=True)]
    form = FormScreen("Why is this film deleted?", fields, intro=_ASKED_AGAIN, does="Go on")
    values = await screen.ask(form)
    return None if values is None else str(values["why"])


def _confirmation(
    records: FamilyRecords, recording: Recording, trouble: str, others: Sequence[str]
) -> ConfirmScreen:
    codes = [records.code(clip) for clip in records.clips_of(recording)]
    kept = f" The words of {and_list(codes)} stay." if codes else ""
    if others:
        kept += f" It is also the film of {one_line(and_list(others))}: they lose it too."
    if trouble:
        return ConfirmScreen(
            f"{trouble} Record that this film is deleted? No file is touched.{kept}", "Record it"
        )
    name, size = one_line(recording.path), shown_size(recording.size)
    question = (
        f"Delete the film {name} ({size}) for good?{kept} The film itself cannot be brought back by undo."
    )
    return ConfirmScreen(question, "Delete the film", "Keep it")


def keep_stubs(screen: CaseScreen, recording: Recording, why: str) -> None:
    """Write down the deletion, for every recording that names the same file."""
    caseload = screen.caseload
    with caseload.transaction("Record that film was deleted"):
        for film in in_same_file(caseload, recording.id) or [recording]:
            if film.state is not RecordingState.DELETED:
                caseload.save(Deletion(recording=film.id, date=screen.workspace.today(), why=why))
                caseload.save(replace(film, state=RecordingState.DELETED))
    caseload.flush(0)
