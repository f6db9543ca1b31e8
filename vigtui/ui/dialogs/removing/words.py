"""What becomes of the words about a family: printed or exported, kept until another day, or erased."""

from typing import Any

from msgspec.structs import replace

from vigtui.domain.records import Family, WordsKept
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.removing.erasure import erase_family
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line

_WAYS = (
    ("print", "Print or export it: the whole written record, as a paper"),
    ("keep", "Keep it until another day, with a reason"),
    ("erase", "Erase it for good, with its film"),
)


async def look_through(screen: CaseScreen, family: Family) -> None:
    """Ask what becomes of all that is written of a family, and do that. Call it from a worker of `screen`."""
    way = await screen.ask(ChooseScreen(f"What is written of {family.code} {family.pseudonym}", _WAYS))
    if way == "print":
        from vigtui.ui.dialogs.papers.family_papers import show_written

        await show_written(screen, family)
    elif way == "keep":
        await _keep(screen, family)
    elif way == "erase":
        await erase_family(screen, family)


async def _keep(screen: CaseScreen, family: Family) -> None:
    """Ask until when the words are kept and why, and keep that with the family."""
    today, kept = screen.workspace.today(), family.kept

    def build(values: dict[str, Any]) -> Family:
        if values["until"] <= today:
            raise ValueError("Say a day to come.")
        return replace(family, kept=WordsKept(decided=today, **values))

    decided = f"Now: until {show_long_day(kept.until, today)}." if kept.until else ""
    fields = [
        Field("until", "Until", "date", kept.until, required=True, hint="a day to come, as 1 May 2035"),
        Field("reason", "Why", "words", kept.reason, required=True, hint="who asked for it, and what for"),
    ]
    title = f"Keep the words of {one_line(family.code)} until another day"
    saved = await save_asked(screen, title, title, fields, build, intro=decided)
    if saved is not None and saved.kept.until:
        day = show_long_day(saved.kept.until, today)
        screen.tell(f"What is written of {one_line(saved.code)} is kept until {day}.")
