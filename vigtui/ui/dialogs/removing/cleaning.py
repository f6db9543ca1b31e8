"""A clean-up day: film of any number of families is deleted for one reason, and a paper tells what went."""

import asyncio
from collections.abc import Sequence

from vigtui.casefilm.deleting import delete_film
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.queries.register import out_about, register
from vigtui.reports.service.deletion import Deleted, deletion_paper
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.dialogs.removing.delete_film import ask_why, keep_stubs, why_it_stays
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.film.register import deletion_question, stay_words


async def clean_up(screen: CaseScreen, films: Sequence[Recording]) -> bool:
    """Ask for one reason, confirm once, and delete these films, with a paper of what went and what stays.
    Film that is held, is not here, or is another family's too, stays. Call it from a worker of `screen`."""
    reasons = await asyncio.to_thread(lambda: [why_it_stays(screen, each) for each in films])
    going = [film for film, why in zip(films, reasons, strict=True) if not why]
    stays = stay_words([why for why in reasons if why])
    if not going:
        screen.tell(stays, problem=True)
        return False
    why = await ask_why(screen, going)
    names = screen.workspace.names(screen.caseload.get)
    question = deletion_question(names, going, stays)
    if why is None or not await screen.ask(ConfirmScreen(question, "Delete the film", "Keep it")):
        return False
    found = [Deleted(film, why) for film, why in zip(films, reasons, strict=True) if why]

    def delete_all(progress: Progress) -> None:
        for number, film in enumerate(going):
            progress(number / len(going))
            found.append(Deleted(film, _delete(screen, film, why)))

    answer = await screen.ask(WorkingScreen("Deleting film", delete_all))
    if isinstance(answer, Exception) and not isinstance(answer, Left):
        raise answer
    left = {film.id for film in going} - {each.film.id for each in found}
    found += [Deleted(film, "stopped before it was deleted") for film in going if film.id in left]
    await _show_what_went(screen, found, why)
    return True


def _delete(screen: CaseScreen, film: Recording, why: str) -> str:
    """Delete one film and write that down at once. Returns why it stays, "" where it went."""
    now = screen.caseload.get(Recording, film.id)
    if now is None or now.state is RecordingState.DELETED:  # Another one that was chosen is the same file.
        return ""
    if stays := why_it_stays(screen, now):
        return stays
    try:
        delete_film(screen.caseload, now.path)
    except FilmError as error:
        return str(error)
    except OSError as error:
        return f"could not be deleted: {error.strerror}"
    keep_stubs(screen, now, why)
    return ""


async def _show_what_went(screen: CaseScreen, found: Sequence[Deleted], why: str) -> None:
    caseload, today = screen.caseload, screen.workspace.today()
    names = screen.workspace.names(caseload.get)
    families = {family.id for each in found if (family := names.family(each.film))}
    entries = register(caseload.get, caseload.where, today)
    out = out_about(entries, families, {each.film.id for each in found})
    await show_paper(
        screen, "Film that was deleted", lambda: deletion_paper(names, found, out, why, caseload.by)
    )
