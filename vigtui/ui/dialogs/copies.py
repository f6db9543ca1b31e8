"""Entering copies in the register, ticking them when they are back, and telling what is out."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.copies import changed_together, is_out, out_of, same_thing
from vigtui.domain.records import Copy, Family, Share
from vigtui.domain.vocabulary import CopyKind
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import ask_record, save_asked
from vigtui.ui.widgets.case_screen import CaseScreen, RegisterAsked
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import and_list, one_line
from vigtui.wording.film.register import (
    entered,
    family_name,
    holder_words,
    not_entered,
    out_question,
    out_words,
)

_BACK, _DESTROYED = "given_back", "destroyed"
_KINDS = tuple((kind.value, kind.label) for kind in CopyKind)


async def add_copy(screen: CaseScreen, family: str = "") -> Copy | None:
    """Ask for a copy that somebody knows of, and enter it. Call it from a worker of `screen`."""
    blank = Copy(family=family, date=screen.workspace.today())
    families = sorted(screen.caseload.all(Family), key=lambda each: each.code)
    choices = tuple((each.id, family_name(each)) for each in families)
    whose = Field("family", "Family", "choice", family, choices, hint="empty: the whole caseload")
    intro = "A copy that is elsewhere: a stick, a disc, a print, the whole file on another machine."
    fields = [whose, *_fields(screen, blank)]
    title = "A copy that you know of"
    return await save_asked(
        screen, title, "Add a copy", fields, lambda values: _built(screen, blank, values), intro=intro
    )


async def edit_copy(screen: CaseScreen, copy: Copy) -> bool:
    """Change what is known of a copy, for every family that it concerns."""
    fields = [
        *_fields(screen, copy),
        Field("asked", "Asked for on", "date", copy.asked, past=True),
        Field(_BACK, "Came back on", "date", copy.given_back, past=True),
        Field(_DESTROYED, "Destroyed on", "date", copy.destroyed, past=True),
    ]
    changed = await ask_record(
        screen,
        "A copy",
        fields,
        lambda values: _built(screen, copy, values),
        intro=_also(screen, copy),
    )
    if changed is None:
        return False
    told = {name: getattr(changed, name) for name in (field.name for field in fields)}
    _save_together(screen, copy, f"Change {_name(screen, copy)}", told)
    return True


async def came_back(screen: CaseScreen, copy: Copy) -> bool:
    """Ask whether a copy came back or was destroyed, and on which day; and write that down for every family
    that it concerns."""
    fields = [
        Field(
            "what",
            "It",
            "choice",
            _BACK,
            ((_BACK, "came back"), (_DESTROYED, "was destroyed")),
            required=True,
        ),
        Field("on", "On", "date", screen.workspace.today(), required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> Copy:
        return replace(copy, **{values["what"]: values["on"]})

    name = _name(screen, copy)
    changed = await ask_record(screen, "Back or destroyed", fields, build, intro=_also(screen, copy) or name)
    if changed is None:
        return False
    told = {name: getattr(changed, name) for name in (_BACK, _DESTROYED)}
    _save_together(screen, copy, f"Record that {name} is back or destroyed", told)
    return True


def ask_for_copy(screen: CaseScreen, copy: Copy) -> None:
    """Write down that whoever has a copy was asked for it today, for every family that it concerns; or take
    that back."""
    if not is_out(copy):
        screen.tell("This copy is not out: nobody is to be asked for it.")
        return
    day = None if copy.asked else screen.workspace.today()
    name = _name(screen, copy)
    words = f"Record that {name} was asked for" if day else f"Take back that {name} was asked for"
    _save_together(screen, copy, words, {"asked": day})


async def remove_copy(screen: CaseScreen, copy: Copy) -> bool:
    """Ask whether a copy that was entered by mistake is removed, for every family that it concerns."""
    name = _name(screen, copy)
    question = (
        f"Remove {name} from the register? For one that came back or was destroyed, "
        f"{key_for(screen, 'register.back')} says so."
    )
    if not await screen.ask(ConfirmScreen(question, "Remove")):
        return False
    with screen.caseload.transaction(f"Remove {name}"):
        for each in same_thing(screen.caseload.where, copy):
            screen.caseload.delete(each)
    return True


def enter_copies(screen: CaseScreen, copies: Sequence[Copy]) -> str:
    """Enter a thing that was just made, and return the sentence that says so, or why it could not be."""
    try:
        with screen.caseload.transaction(f"Enter {_name(screen, copies[0])} in the register"):
            for each in copies:
                screen.caseload.save(each)
    except CaseloadError as error:
        return not_entered(str(error))
    return entered(copies)


async def offer_copies(
    screen: CaseScreen, family: Family, *, shown: Sequence[Share] = (), in_passing: bool = False
) -> None:
    """Say how many copies of a family are out, and with whom, and what was `shown` under a consent that was
    taken back; and offer the list of them; nothing where there is none. `in_passing` names the key of the
    list and asks nothing."""
    copies = out_of(screen.caseload.where, family.id)
    names = screen.workspace.names(screen.caseload.get)
    if not copies and not shown:
        return
    if in_passing:
        screen.tell(
            f"{out_words(names, family, copies)} {key_for(screen, 'caseload.register')} lists what is out.",
            problem=True,
        )
        return
    question = out_question(names, family, copies, shown)
    if await screen.ask(ConfirmScreen(question, "Show the list", "Not now")):
        screen.post_message(RegisterAsked(family.id))


def _fields(screen: CaseScreen, copy: Copy) -> list[Field]:
    holder = holder_words(screen.workspace.names(screen.caseload.get), copy)
    return [
        Field("kind", "What it is", "choice", copy.kind.value, _KINDS, required=True),
        Field("about", "What it holds", value=copy.about, hint="the film of C1, on a stick"),
        Field("holder", "Who has it", value=holder, hint="a name, or where it is"),
        Field("organisation", "Organisation", value=copy.organisation),
        Field("reason", "What for", value=copy.reason),
        Field("date", "Since", "date", copy.date, required=True, past=True),
        Field("until", "Until", "date", copy.until, hint="empty: no day was agreed"),
        Field("stays", "Theirs to keep", "yes_no", copy.stays, hint="a paper for the family"),
        Field("file", "Name of the file", value=copy.file),
    ]


def _built(screen: CaseScreen, copy: Copy, values: dict[str, Any]) -> Copy:
    """The copy with what a form says of it. Raises ValueError where that says nothing of what it is."""
    if not (values["about"] or values["file"]):
        raise ValueError("Say what it holds, or the name of the file.")
    names = screen.workspace.names(screen.caseload.get)
    holder = copy.holder if values["holder"] == holder_words(names, copy) else values["holder"]
    return replace(copy, **{**values, "kind": CopyKind(values["kind"]), "holder": holder})


def _save_together(screen: CaseScreen, copy: Copy, words: str, told: dict[str, Any]) -> None:
    with screen.caseload.transaction(words):
        for each in changed_together(same_thing(screen.caseload.where, copy), **told):
            screen.caseload.save(each)


def _name(screen: CaseScreen, copy: Copy) -> str:
    return one_line(screen.workspace.names(screen.caseload.get).name(copy))


def _also(screen: CaseScreen, copy: Copy) -> str:
    """Which families it concerns, where those are several."""
    several = same_thing(screen.caseload.where, copy)
    families = [screen.caseload.get(Family, each.family) for each in several]
    codes = sorted(one_line(each.code) for each in families if each)
    return f"{_name(screen, copy)} concerns {and_list(codes)}; this holds for all." if len(codes) > 1 else ""
