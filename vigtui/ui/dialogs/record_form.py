"""A form whose answers make one record, kept to the rules of the field."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from vigtui.domain.records import Record
from vigtui.domain.rules import problems
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import after_today

R = TypeVar("R", bound=Record)


async def ask_record(
    screen: CaseScreen,
    title: str,
    fields: Sequence[Field],
    build: Callable[[dict[str, Any]], R],
    *,
    check: Callable[[dict[str, Any]], str] | None = None,
    intro: str = "",
    does: str = "Save",
) -> R | None:
    """Ask until the answers make a record that keeps the rules of `vigtui.domain.rules`; None when left.

    `build` makes the record from the answers and may raise ValueError with a sentence; nothing is saved.
    `check` is asked before it. `does` is the footer's word for what the answers are for.
    """

    def first_problem(values: dict[str, Any]) -> str:
        sentence = to_come(fields, values, screen.workspace.today()) or (check(values) if check else "")
        try:
            return sentence or next(iter(problems(build(values), screen.caseload.get)), "")
        except ValueError as error:
            return str(error)

    values = await screen.ask(FormScreen(title, fields, check=first_problem, intro=intro, does=does))
    return None if values is None else build(values)


def to_come(fields: Sequence[Field], values: dict[str, Any], today: dt.date) -> str:
    """What is said of the first day after today where only past days are accepted; "" for none."""
    days = ((values[field.name], field.label) for field in fields if field.past)
    told = (f"“{label}”: {after_today(day, today)}" for day, label in days if day and day > today)
    return next(told, "")


async def save_asked(
    screen: CaseScreen,
    title: str,
    words: str,
    fields: Sequence[Field],
    build: Callable[[dict[str, Any]], R],
    *,
    intro: str = "",
) -> R | None:
    """`ask_record`, then save it as the one step `words`. Returns the record as saved."""
    record = await ask_record(screen, title, fields, build, intro=intro)
    if record is None:
        return None
    with screen.caseload.transaction(words):
        return screen.caseload.save(record)
