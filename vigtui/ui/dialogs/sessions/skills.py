"""A skill scale for a session: filled in by each apart, then read side by side."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from vigtui.domain.records import Instrument, Session, SkillRating
from vigtui.domain.sessions.skills import Sheet, rating_id, sheet, step_words
from vigtui.exchange.skill_scales import ENDING, read_skill_scale
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import and_list, one_line
from vigtui.wording.supervision import first_name, signature

_NOT_RATED, _BRING_IN = "-", "file"


class SkillsScreen(ModalScreen[bool]):
    """Shows what was said on a scale, item by item, side by side. Answers True to fill it in."""

    CSS_PATH = "../forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("skills", "dialog")
    HELP: ClassVar[str] = (
        "The service's own skill scale. Each fills it in apart; what others say is shown once you have been "
        "through every item, or the record is agreed. Items stand by themselves: nothing is added up."
    )

    def __init__(self, title: str, words: Text) -> None:
        super().__init__()
        self._title, self._words = one_line(title), words

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(self._title, id="dialog-title", markup=False)
            with VerticalScroll(id="sheet"):
                yield Static(self._words, markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#sheet").focus()

    def action_fill_in(self) -> None:
        """Go through the items."""
        self.dismiss(result=True)

    def action_close(self) -> None:
        """Back to the walk."""
        self.dismiss(result=False)


async def skill_scale(screen: CaseScreen, session: Session, person: str) -> None:
    """Show a skill scale about a trainee in a session, and fill it in. `person` is the trainee at hand, ""
    where that is nobody in particular. Call it from a worker of `screen`."""
    reader = screen.workspace.person
    trainee = person or await _choose_trainee(screen, session)
    scale = await _choose_scale(screen) if trainee else None
    if reader is None:
        screen.tell(
            f"Who is here? {key_for(screen, 'caseload.person')} on the caseload says it.", problem=True
        )
    if scale is None or reader is None or not trainee:
        return
    find, where = screen.caseload.get, screen.caseload.where
    while True:
        found = sheet(find, where, session.id, scale, trainee, reader.id)
        title = f"{scale.name}: {signature(find, trainee)}"
        if not await screen.ask(SkillsScreen(title, _sheet_text(screen, found))):
            return
        await _fill_in(screen, session, found, reader.id)


async def _choose_trainee(screen: CaseScreen, session: Session) -> str | None:
    options = [(each, signature(screen.caseload.get, each)) for each in session.trainees]
    if len(options) == 1:
        return options[0][0]
    return await screen.ask(ChooseScreen("About whom?", options))


async def _choose_scale(screen: CaseScreen) -> Instrument | None:
    scales = screen.caseload.all(Instrument)
    options = [(each.id, each.name) for each in scales]
    options.append((_BRING_IN, "Bring in a skill scale from a file…"))
    chosen = await screen.ask(ChooseScreen("Which skill scale?", options))
    if chosen == _BRING_IN:
        return await bring_in_scale(screen)
    return screen.caseload.get(Instrument, chosen) if chosen else None


async def bring_in_scale(screen: CaseScreen) -> Instrument | None:
    """Ask for a skill scale's file, and take it in. Call it from a worker of `screen`."""
    asking = FileScreen("Which file is the skill scale?", Path.home(), endings=frozenset((ENDING,)))
    path = await screen.ask(asking)
    if path is None:
        return None
    try:
        scale = await asyncio.to_thread(read_skill_scale, path)
        with screen.caseload.transaction("Bring in a skill scale"):
            return screen.caseload.save(scale)
    except CaseloadError as error:
        screen.tell(str(error), problem=True)
        return None


async def _fill_in(screen: CaseScreen, session: Session, found: Sheet, rater: str) -> None:
    """Ask item by item; what was answered before the person left is kept."""
    scale, caseload = found.scale, screen.caseload
    steps = [(str(value), step_words(scale, value)) for value in range(scale.lowest, scale.highest + 1)]
    answered: list[SkillRating] = []
    for number, item in enumerate(scale.items, start=1):
        title = f"{number} of {len(scale.items)}: {item}"
        chosen = await screen.ask(ChooseScreen(title, [*steps, (_NOT_RATED, step_words(scale, None))]))
        if chosen is None:
            break
        value = None if chosen == _NOT_RATED else int(chosen)
        identity = rating_id(session.id, scale.id, found.person, rater, item)
        made = SkillRating(
            id=identity,
            instrument=scale.id,
            person=found.person,
            rater=rater,
            session=session.id,
            item=item,
        )
        answered.append(replace(caseload.get(SkillRating, identity) or made, value=value))
    if answered:
        with caseload.transaction(f"Fill in “{one_line(scale.name)}”"):
            for each in answered:
                caseload.save(each)


def _sheet_text(screen: CaseScreen, found: Sheet) -> Text:
    find, text = screen.caseload.get, Text()
    shown: Sequence[str] = [each for each in found.raters if each not in found.waiting]
    for item in found.scale.items:
        text.append(f"{item}\n")
        for rater in shown:
            rating = found.values.get((item, rater))
            words = step_words(found.scale, rating.value) if rating else "not yet"
            text.append(f"   {first_name(find, rater):<12} {words}\n", style="" if rating else "dim")
        text.append("\n")
    if found.waiting:
        who = and_list([first_name(find, each) for each in found.waiting])
        verb = "has" if len(found.waiting) == 1 else "have"
        text.append(f"{who} {verb} filled it in. It is shown once you have been through every item.\n")
    elif not shown:
        text.append("Nobody has filled it in yet.\n", style="dim")
    if found.scale.source:
        text.append(f"\n{one_line(found.scale.source)}", style="dim")
    return text
