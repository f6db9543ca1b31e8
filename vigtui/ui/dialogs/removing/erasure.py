"""Erasing for good: a family, a recording, a clip, a note. What goes is read first."""

import asyncio
from collections.abc import Mapping

from vigtui.casefilm.erasing import erase, missing_films, plan_erasure
from vigtui.domain.film.places import has_own_places
from vigtui.domain.records import Family, Record
from vigtui.film.errors import FilmError
from vigtui.store.erasing import ErasedCopies
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import capitalised, folded, one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.removing.erasure import (
    AGREED,
    erased_words,
    missing_words,
    reach,
    what_goes,
    why_not_erased,
)


async def erase_family(screen: CaseScreen, family: Family) -> None:
    """Erase a family once its code has been typed. Call it from a worker of `screen`."""
    await erase_for_good(screen, family, f"{family.code} {family.pseudonym}", code=family.code)


async def erase_for_good(screen: CaseScreen, record: Record, name: str, *, code: str = "") -> bool:
    """Erase a record, called `name`, once that was confirmed: by typing its `code`, if it has one. Where
    something of it is agreed, ask again. Call it from a worker of `screen`."""
    caseload, name = screen.caseload, capitalised(one_line(name))
    screen.save_pending()
    if caseload.read_only:
        screen.tell(caseload.read_only, problem=True)
        return False
    erasure = await asyncio.to_thread(plan_erasure, caseload, record)
    if erasure.held:
        screen.tell(why_not_erased(name, erasure.held), problem=True)
        return False
    missing = await asyncio.to_thread(missing_films, caseload, erasure)
    told = (
        what_goes(name, record, erasure.records, *erasure.numbers),
        reach(record),
        missing_words(missing, own_places=has_own_places(caseload.get)),
    )
    words = " ".join(filter(None, told))
    asked = _type_code(screen, record, code, words) if code else _confirm(screen, words)
    if not await asked:
        return False
    if erasure.agreed and not await screen.ask(ConfirmScreen(AGREED, "Erase it", "Leave it")):
        return False
    done = await screen.ask(
        WorkingScreen(f"Erasing {name}", lambda _: erase(caseload, erasure, Keyring(caseload.key)))
    )
    if isinstance(done, ErasedCopies):
        left = [str(each) for each in done.left]
        screen.tell(erased_words(name, done.changed, left), problem=bool(left))
    elif isinstance(done, CaseloadError | FilmError):
        screen.tell(f"{name} is not erased. {done}", problem=True)
    elif done is not None:
        raise done
    return isinstance(done, ErasedCopies)


async def _confirm(screen: CaseScreen, words: str) -> bool:
    return await screen.ask(ConfirmScreen(f"{words} This cannot be undone.", "Erase it", "Cancel")) is True


async def _type_code(screen: CaseScreen, record: Record, code: str, words: str) -> bool:
    code = one_line(code)

    def not_its_code(values: Mapping[str, object]) -> str:
        same = folded(str(values["code"])) == folded(code)
        return "" if same else f"Type {code} to erase it, or leave with escape."

    form = FormScreen(
        f"Erase a {record.singular} for good?",
        [Field("code", "Type its code")],
        intro=f"{words} {key_for(screen, 'form.save')} erases it.",
        check=not_its_code,
        does="Erase",
    )
    return await screen.ask(form) is not None
