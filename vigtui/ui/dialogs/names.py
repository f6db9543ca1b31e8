"""Asking for the names by which people are called at home, for one sitting or one print."""

from collections.abc import Mapping

from vigtui.domain.records import Family
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.spoken_names import SpokenNames, with_names
from vigtui.values.text import one_line

_INTRO = (
    "How are they called at home? These names are shown in place of the labels, kept nowhere, and forgotten "
    "afterwards. Words that name somebody without a name here are not shown."
)


async def ask_names(
    screen: CaseScreen,
    family: Family,
    before: SpokenNames | None,
    *,
    title: str = "Names for this sitting",
    intro: str = _INTRO,
) -> SpokenNames | None:
    """Ask what each member of a family is called; None when the form was left. Call it from a worker of
    `screen`."""
    fields = name_fields(family, before)
    if not fields:
        return SpokenNames()
    values = await screen.ask(FormScreen(title, fields, intro=intro, does="Go on"))
    return None if values is None else names_typed(family, values)


def name_fields(family: Family, before: SpokenNames | None = None) -> list[Field]:
    """A field for the name of each member."""
    known = before.names if before else {}
    return [
        Field(f"name{number}", label, value=known.get(label, ""))
        for number, label in enumerate(_labels(family))
    ]


def names_typed(family: Family, values: Mapping[str, str]) -> SpokenNames:
    """What was typed in these fields."""
    return with_names({label: values[f"name{number}"] for number, label in enumerate(_labels(family))})


def _labels(family: Family) -> list[str]:
    return [one_line(member.label) for member in family.members]
