"""Choosing what somebody does in a clip: who, and which principle of attuned interaction."""

from collections.abc import Sequence

from vigtui.domain.principles import Principles
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.widgets.case_screen import CaseScreen


async def pick_tag(
    screen: CaseScreen, people: Sequence[tuple[str, str]], principles: Principles
) -> tuple[str, str, str] | None:
    """Ask who (ids and labels in `people`), then what they do.

    Answers the ids of person, principle and item, the item "" for the principle as a whole; None when a
    question was left. Call it from a worker of `screen`.
    """
    empty = "This family has no members yet. Add them on the family's screen."
    who = await screen.ask(ChooseScreen("Who?", people, empty=empty))
    if who is None:
        return None
    options = []
    for principle in principles.principles:
        options.append((f"{principle.id}\n", principle.name))
        options += [
            (f"{principle.id}\n{item.id}", f"{principle.short}: {item.name}") for item in principle.items
        ]
    label = dict(people)[who]
    chosen = await screen.ask(ChooseScreen(f"What does {label} do?", options))
    if chosen is None:
        return None
    principle_id, _, item_id = chosen.partition("\n")
    return who, principle_id, item_id
