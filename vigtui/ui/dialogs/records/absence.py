"""Asking whether somebody who is taken out of films is in none of them. The answer is kept with the films."""

from collections.abc import Sequence

from vigtui.domain.consent.absence import films_to_ask_about, last_said, without
from vigtui.domain.consent.decisions import Asked
from vigtui.domain.consent.filmed import recordings_of
from vigtui.domain.film.clips import film_code
from vigtui.domain.records import Consent, Cycle, Family, Member, Recording
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.access import whether_in_films


async def films_without_member(screen: CaseScreen, family: Family, member: Member) -> list[Recording]:
    """Ask whether a member is in none of their family's films, if they are recorded as being in one, or have
    ever decided about film. Return the films without them, to be saved; else none."""
    where, who = screen.caseload.where, Asked(member.id, member.label)
    films = films_to_ask_about(who, family, recordings_of(where, family), where(Consent, family=family.id))
    return await films_without(screen, who, family, films) if films else []


async def films_without(
    screen: CaseScreen, who: Asked, family: Family, films: Sequence[Recording]
) -> list[Recording]:
    """Ask whether somebody is in none of these films. Return the films without them, to be saved, where the
    person says so; else none. Call it from a worker of `screen`."""
    workspace = screen.workspace
    said = last_said(who, screen.caseload.where(Consent, family=family.id))
    codes = [film_code(each, screen.caseload.need(Cycle, each.cycle)) for each in films]
    question = whether_in_films(who, said, codes, workspace.today())
    yes, no = ("In none of them", "They may be") if len(films) > 1 else ("Not in it", "They may be")
    if not await screen.ask(ConfirmScreen(question, yes, no)):
        return []
    by = workspace.person.id if workspace.person else screen.caseload.by
    return [without(film, family, who, by, workspace.today()) for film in films]
