"""Erasing a family for good."""

import asyncio
from collections.abc import Mapping

from vigtui.casefilm.erasing import erase_family, missing_films, plan_erasure
from vigtui.domain.film.places import has_own_places
from vigtui.domain.records import Family
from vigtui.film.errors import FilmError
from vigtui.store.erasing import ErasedCopies
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import folded, one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.removing.erasure import (
    AGREED,
    REACH,
    erased_words,
    missing_words,
    what_goes,
    why_not_erased,
)


async def erase_for_good(screen: CaseScreen, family: Family) -> None:
    """Erase a family once its code has been typed; where something of it is agreed, ask again. Call it from a
    worker of `screen`."""
    caseload, name = screen.caseload, one_line(f"{family.code} {family.pseudonym}")
    screen.save_pending()
    erasure = await asyncio.to_thread(plan_erasure, caseload, family)
    if erasure.held:
        screen.tell(why_not_erased(name, erasure.held), problem=True)
        return
    missing = await asyncio.to_thread(missing_films, caseload, erasure)
    told = (
        what_goes(name, *erasure.numbers),
        REACH,
        missing_words(missing, own_places=has_own_places(caseload.get)),
        f"{key_for(screen, 'form.save')} erases it.",
    )
    if not await screen.ask(_form(family, " ".join(filter(None, told)))):
        return
    if erasure.agreed and not await screen.ask(ConfirmScreen(AGREED, "Erase it", "Leave it")):
        return
    done = await screen.ask(
        WorkingScreen(f"Erasing {name}", lambda _: erase_family(caseload, erasure, Keyring(caseload.key)))
    )
    if isinstance(done, ErasedCopies):
        left = [str(each) for each in done.left]
        screen.tell(erased_words(name, done.changed, left), problem=bool(left))
    elif isinstance(done, CaseloadError | FilmError):
        screen.tell(f"{name} is not erased. {done}", problem=True)
    elif done is not None:
        raise done


def _form(family: Family, words: str) -> FormScreen:
    def not_its_code(values: Mapping[str, object]) -> str:
        same = folded(str(values["code"])) == folded(family.code)
        return "" if same else f"Type {one_line(family.code)} to erase it, or leave with escape."

    return FormScreen(
        "Erase a family for good?",
        [Field("code", "Type its code")],
        intro=words,
        check=not_its_code,
        does="Erase",
    )
