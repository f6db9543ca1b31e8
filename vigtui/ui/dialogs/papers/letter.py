"""The traject letter: to whom, by which names, with which words of one's own. Then it is read."""

import asyncio
from functools import partial

from vigtui.domain.people import is_child
from vigtui.domain.records import Member
from vigtui.queries.family import FamilyRecords
from vigtui.reports.families.letter import letter
from vigtui.reports.templates import languages
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.names import name_fields, names_typed
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import one_line
from vigtui.workspace.settings import papers_folder

_INTRO = (
    "How are they called at home? These names stand in the letter, are kept nowhere, and are forgotten "
    "afterwards. For a name that is left empty the letter has a blank to write it in."
)


async def show_letter(screen: CaseScreen, records: FamilyRecords) -> None:
    """Ask what the letter needs, and show it. Call it from a worker of `screen`."""
    client = await _client(screen, records)
    if client is None:
        return
    spoken = await asyncio.to_thread(languages, "letter", papers_folder())
    usual = screen.workspace.settings.papers
    fields = [
        *name_fields(records.family),
        Field("language", "Language", "choice", usual, tuple({usual: usual, **spoken}.items())),
        Field("own_words", "In your own words", "words", hint="may be empty"),
    ]
    title = f"A letter to {one_line(client.label)}"
    values = await screen.ask(FormScreen(title, fields, intro=_INTRO, does="Show"))
    if values is None:
        return
    names = names_typed(records.family, values)
    own_words = values["own_words"]
    make = partial(letter, records, client, names, own_words)
    await show_paper(screen, "Traject letter", make, has_names=True, language=values["language"])


async def _client(screen: CaseScreen, records: FamilyRecords) -> Member | None:
    """To whom the letter goes: a grown-up member, chosen where there are several."""
    members = records.family.members
    grown_up = [each for each in members if not is_child(each)] or list(members)
    if not grown_up:
        screen.tell(f"Nobody is in this family yet. {key_for(screen, 'family.details')} adds its members.")
        return None
    if len(grown_up) == 1:
        return grown_up[0]
    options = [(each.id, one_line(each.label)) for each in grown_up]
    chosen = await screen.ask(ChooseScreen("To whom does the letter go?", options))
    return next((each for each in grown_up if each.id == chosen), None)
