"""Importing a file of another tool: what it does not say is asked, what would be made is shown, and it is
made as one step."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from vigtui.domain.consent.showing import find_recording
from vigtui.domain.records import CodeMeaning, Family
from vigtui.exchange.formats.caseload_list import CaseloadList, DayOrder
from vigtui.exchange.formats.coded import Coded
from vigtui.exchange.importing.family_plan import DaysInDoubtError, plan_families
from vigtui.exchange.importing.film_plan import plan_films
from vigtui.exchange.importing.meanings import choice_of, choices, said, usual
from vigtui.exchange.importing.plan import ImportRefusedError, Plan, carry_out
from vigtui.exchange.importing.questions import (
    MOST_CODES,
    Answers,
    answered,
    codes,
    likely_recordings,
    people_of,
    recordings_to_choose,
    refuse_unmarked,
    unknown_codes,
    unknown_films,
    unknown_people,
)
from vigtui.exchange.importing.reading import ENDINGS, read_source
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.exchange.preview import PreviewScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.working import Left, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import counted, one_line, shortened

T = TypeVar("T")

_TITLE = "Import a list of families, or what is marked in film"
_CODES = "What do these codes mean here? It is kept for the whole service. Empty: left out this time."
_PEOPLE = "Who are they? Empty: what is said of them is left out."
_NONE, _LEAVE_IT_OUT = "none", "leave it out"
_UNNAMED = "nobody by name"
_LONGEST_LABEL = 20
_CHANGED = "The caseload changed meanwhile. Look again at what would be made."


async def import_file(screen: CaseScreen, family: str = "", recording: str = "") -> None:
    """Ask for a file, and for what it does not say, show what would be made of it, and make it. Its film is
    likely to be `recording`, of this family. Call it from a worker of `screen`."""
    screen.save_pending()
    path = await screen.ask(FileScreen(_TITLE, Path.home(), endings=frozenset(ENDINGS)))
    if path is None:
        return
    found = await _in_thread(screen, f"Reading {path.name}", lambda: read_source(path))
    if isinstance(found, CaseloadList):
        await _import_list(screen, found, path.name)
    elif isinstance(found, Coded):
        await _import_films(screen, found, path.name, family, recording)


async def _in_thread(screen: CaseScreen, title: str, task: Callable[[], T]) -> T | None:
    """Do slow work behind a dialog; None when it was left, or could not be done, which is told."""
    done = await screen.ask(WorkingScreen(title, lambda _: task()))
    if isinstance(done, CaseloadError):
        screen.tell(str(done), problem=True)
        return None
    if isinstance(done, Exception) and not isinstance(done, Left):
        raise done
    return None if isinstance(done, Left) else done


# A list of families


async def _import_list(screen: CaseScreen, found: CaseloadList, name: str) -> None:
    order: DayOrder | None = None
    while True:
        try:
            planned = partial(
                plan_families, screen.caseload.where, found, name, screen.workspace.today(), order
            )
            plan = await asyncio.to_thread(planned)
        except DaysInDoubtError as doubt:
            options = [(way.value, f"{words}: {way.value.replace('-', ' ')}") for way, words in doubt.ways]
            choice = await screen.ask(ChooseScreen(f"Which day is {doubt.cell} in this list?", options))
            if choice is None:
                return
            order = DayOrder(choice)
        else:
            break
    if await screen.ask(_preview(plan, name)):
        await _make(screen, plan, name, planned)


# Films


async def _import_films(screen: CaseScreen, coded: Coded, name: str, family: str, recording: str) -> None:
    caseload, principles = screen.caseload, screen.workspace.principles
    refuse_unmarked(coded, name)
    answers = await asyncio.to_thread(answered, caseload.get, caseload.where, principles, coded, family)
    with_films = await _ask_films(screen, coded, answers, family, recording)
    if with_films is None:
        return
    asked = unknown_codes(coded, with_films)
    current = await _ask_all(screen, coded, with_films, asked)
    while current is not None:
        planned = partial(plan_films, caseload.get, caseload.where, principles, coded, current, name, asked)
        plan = await asyncio.to_thread(planned)
        wanted = await screen.ask(_preview(plan, name, answers=True))
        if wanted == "go_on":
            await _make(screen, plan, name, planned)
        if wanted != "answers":
            return
        before, several = current, list(codes(coded))[:MOST_CODES]
        current = await _ask_all(screen, coded, before, several, again=True) or before
        asked += [each for each in several if current.meanings.get(each) != before.meanings.get(each)]


async def _ask_films(
    screen: CaseScreen, coded: Coded, answers: Answers, family: str, recording: str
) -> Answers | None:
    """Ask which recording each film is that is not known by its name; None when that was left."""
    caseload = screen.caseload
    known = recordings_to_choose(caseload.get, caseload.where, family)
    recordings = dict(answers.recordings)
    for place in unknown_films(coded, answers):
        film = coded.films[place]
        called = f"“{shortened(film.name, 40)}”" if film.name else "it"
        title = f"Which recording is {called} ({counted(len(film.marks), 'mark')})?"
        likely = [recording, *likely_recordings(caseload.get, caseload.where, film, family)]
        first = sorted((each for each in known if each[0] in likely), key=lambda each: likely.index(each[0]))
        rest = [each for each in known if each not in first]
        choice = await screen.ask(ChooseScreen(title, [*first, (_NONE, _LEAVE_IT_OUT), *rest]))
        if choice is None:
            return None
        if choice != _NONE:
            recordings[place] = choice
    people = {**answers.people, **people_of(caseload.get, caseload.where, coded, recordings)}
    return replace(answers, recordings=recordings, people=people)


async def _ask_all(
    screen: CaseScreen, coded: Coded, answers: Answers, asked: Sequence[str], *, again: bool = False
) -> Answers | None:
    """Ask what these codes mean, and who the names are to whom tags belong; None when that was left."""
    meanings = await _ask_codes(screen, coded, answers, asked)
    if meanings is None:
        return None
    answers = replace(answers, meanings=meanings)
    unknown = unknown_people(screen.caseload.get, coded, answers)
    people = await _ask_people(screen, answers, unknown) if unknown else answers.people
    if people is None:
        return answers if again else None
    return replace(answers, people=people)


async def _ask_codes(
    screen: CaseScreen, coded: Coded, answers: Answers, asked: Sequence[str]
) -> Mapping[str, CodeMeaning] | None:
    if not asked:
        return answers.meanings
    find, principles = screen.caseload.get, screen.workspace.principles
    options, numbers = tuple(choices(principles)), codes(coded)
    fields = [
        Field(
            f"code{place}",
            shortened(code, _LONGEST_LABEL),
            "choice",
            choice_of(answers.meanings.get(code)) or _offered(code),
            options,
            hint=f"{counted(numbers[code], 'mark')}",
        )
        for place, code in enumerate(asked)
    ]
    values = await screen.ask(FormScreen("Codes", fields, intro=_CODES, does="Go on"))
    if values is None:
        return None
    chosen = {code: values[f"code{place}"] for place, code in enumerate(asked)}
    kept = {code: each for code, each in answers.meanings.items() if code not in chosen}
    return kept | {code: said(find, principles, code, each) for code, each in chosen.items() if each}


def _offered(code: str) -> str:
    """What is offered for a code of which nobody has said anything: nothing, but for captions."""
    return "" if usual(code) == "nothing" else usual(code)


async def _ask_people(
    screen: CaseScreen, answers: Answers, unknown: Sequence[tuple[Family, str]]
) -> dict[tuple[str, str], str] | None:
    several = len({family.id for family, _ in unknown}) > 1
    fields = []
    for place, (family, name) in enumerate(unknown):
        label = shortened(name or _UNNAMED, _LONGEST_LABEL)
        of = f"{one_line(family.code)} " if several else ""
        fields.append(Field(f"who{place}", f"{of}{label}", "choice", "", _people(screen, answers, family)))
    values = await screen.ask(FormScreen("Names", fields, intro=_PEOPLE, does="Go on"))
    if values is None:
        return None
    found = {
        (family.id, name): values[f"who{place}"]
        for place, (family, name) in enumerate(unknown)
        if values[f"who{place}"]
    }
    return {**answers.people, **found}


def _people(screen: CaseScreen, answers: Answers, family: Family) -> tuple[tuple[str, str], ...]:
    """Everybody in the family who can be tagged, by id and name."""
    find = screen.caseload.get
    showings = (find_recording(find, each) for each in answers.recordings.values())
    showing = next((each for each in showings if each and each.family.id == family.id), None)
    return tuple(showing.people(find)) if showing else ()


# What comes of it


def _preview(plan: Plan, name: str, *, answers: bool = False) -> PreviewScreen:
    left_out = [str(each) for each in plan.left_out]
    return PreviewScreen(
        f"Import {name}", ("This will be made", plan.made), ("This is left out", left_out), answers=answers
    )


async def _make(screen: CaseScreen, plan: Plan, name: str, planned: Callable[[], Plan]) -> None:
    """Make what was looked at, as long as it would still be `planned` so: others write meanwhile."""
    if not plan.records:
        screen.tell("There is nothing in it that is not here already.")
        return
    caseload = screen.caseload

    def make() -> bool:
        now = planned()
        if (now.made, now.left_out) != (plan.made, plan.left_out):
            raise ImportRefusedError(_CHANGED)
        carry_out(caseload, now)
        return True

    if await _in_thread(screen, f"Importing {name}", make):
        screen.tell(
            f"{one_line(name)} is imported: {counted(len(plan.records), 'record')}. "
            f"{key_for(screen, 'app.undo')} undoes it."
        )
