"""Handing a family over to another caseload, taking one over, and erasing one that is complete elsewhere."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from vigtui.domain.records import Family
from vigtui.exchange.handing_over.content import FILE, HandOver, HandOverError, find, key_of, opened
from vigtui.exchange.handing_over.ending import accept, erase_handed_over, handed_over
from vigtui.exchange.handing_over.gathering import Goes, gather, why_not
from vigtui.exchange.handing_over.layout import ZIP
from vigtui.exchange.handing_over.making import Request, hand_over, refuse_place, saved
from vigtui.exchange.handing_over.taking import Incoming, Taken, clash, code_here, incoming, take_over
from vigtui.film.errors import FilmError
from vigtui.store.disk.other_files import is_in_space
from vigtui.store.erasing import ErasedCopies
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.exchange.preview import PreviewScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen, passphrase_fields, why_no_passphrase
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import counted, one_line
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring
from vigtui.vault.passphrase import A_GOOD_ONE
from vigtui.vault.unlocking import new_key
from vigtui.wording.removing.erasure import REACH, erased_words
from vigtui.wording.removing.handing_over import (
    ALOUD,
    DISCLOSED,
    KEPT,
    given,
    goes_with_it,
    stays_behind,
    taken,
)

_ENDINGS = frozenset((Path(FILE).suffix, ZIP))
_SIX_WORDS = "The receiver's vigtui tells six words once all of it is there. Without them nothing goes."
_TAKE = ("take", "Take over a family that somebody hands over")


async def hand_over_or_take(screen: CaseScreen, family: Family | None, *, take: bool = True) -> None:
    """Ask what is to be done with the family, or whether one is to `take` over, and do it. Call it from a
    worker of `screen`."""
    screen.save_pending()
    ways = []
    if family is not None:
        name = one_line(f"{family.code} {family.pseudonym}")
        if handed_over(screen.caseload, family):
            ways.append(("erase", f"Erase {name} here: the receiver has read the words of the receipt aloud"))
        ways.append(("give", f"Hand {name} over to another caseload, whole"))
    ways += [_TAKE] if take else []
    way = await screen.ask(ChooseScreen("From one caseload to another", ways))
    if way == "take":
        await _take(screen)
    elif family is not None and way == "give":
        await _give(screen, family)
    elif family is not None and way == "erase":
        await _erase(screen, family)


async def _give(screen: CaseScreen, family: Family) -> None:
    asked = await _ask_request(screen, family)
    if asked is None:
        return
    request, passphrase = asked

    def look() -> tuple[Goes, str]:
        source = saved(screen.caseload)
        goes = gather(source, family.id, request.author)
        return goes, why_not(source, goes)

    goes, problem = await asyncio.to_thread(look)
    if problem:
        screen.tell(problem, problem=True)
        return
    preview = PreviewScreen(
        f"Hand over {family.code}",
        ("This goes along", [*_what(goes)]),
        ("This stays", goes.stays),
        note=DISCLOSED,
    )
    if not await screen.ask(preview):
        return
    name = "hand-over-" + re.sub(r"[^\w-]+", "-", family.code)
    out = await screen.ask(
        FileScreen(
            "Into which new folder, or .zip?",
            Path.home(),
            endings=_ENDINGS,
            new=name,
            refuse=lambda path: refuse_place(path, screen.caseload.folder),
        )
    )
    if out is None:
        return

    def make(progress: Progress) -> Goes:
        key = new_key(passphrase)
        return hand_over(
            screen.caseload, family.id, request, out, key, lambda _, part: progress(min(part, 1.0))
        )

    done = await screen.ask(WorkingScreen(f"Handing over {family.code}", make))
    if isinstance(done, Goes):
        words = given(out.name, f"{family.code} {family.pseudonym}", len(done.records), len(done.films))
        screen.tell(words)
    else:
        _tell_trouble(screen, done, "Nothing was handed over.")


def _what(goes: Goes) -> Iterator[str]:
    number = len(goes.records) + 1  # The line of the register about the hand-over goes along, too.
    yield f"{counted(number, 'record')}, each with its history"
    yield f"{counted(len(goes.films), 'film')}, whole" if goes.films else "no film"


async def _ask_request(screen: CaseScreen, family: Family) -> tuple[Request, str] | None:
    def check(values: Mapping[str, str]) -> str:
        return why_no_passphrase(values) if values["passphrase"] else "A hand-over needs a passphrase."

    values = await screen.ask(
        FormScreen(
            f"Hand {one_line(family.code)} over",
            [
                Field("to", "To whom", required=True),
                Field("why", "Why", required=True),
                Field("own", "To myself", "yes_no", hint="then notes for yourself alone go along"),
                *passphrase_fields("opens the hand-over"),
            ],
            check=check,
            intro=f"{ALOUD} {A_GOOD_ONE} {KEPT}",
            does="Go on",
        )
    )
    if values is None:
        return None
    person = screen.workspace.person
    author = person.id if values["own"] and person else ""
    return Request(values["to"], values["why"], author), values["passphrase"]


async def _erase(screen: CaseScreen, family: Family) -> None:
    caseload, name = screen.caseload, one_line(f"{family.code} {family.pseudonym}")
    found = await _ask_receipt(screen, family, name)
    if found is None:
        return
    words, stays = found
    lines = [f"{name} is complete in the other caseload.", *goes_with_it(stays), REACH, "Erase it here?"]
    if not await screen.ask(ConfirmScreen("\n".join(lines), "Erase it")):
        return

    def erase(_: Progress) -> ErasedCopies:
        done = erase_handed_over(caseload, family, words, Keyring(caseload.key))
        if is_in_space(caseload.path):
            from vigtui.exchange.spaces.once import send_now  # Lazy: most caseloads are in no space.

            send_now(caseload, film_left_days=screen.workspace.settings.space_film_left_days)
        return done

    done = await screen.ask(WorkingScreen(f"Erasing {name}", erase))
    if isinstance(done, ErasedCopies):
        left = [str(each) for each in done.left]
        screen.tell(erased_words(name, done.changed, left), problem=bool(left))
    else:
        _tell_trouble(screen, done, f"{name} is not erased.")


async def _ask_receipt(screen: CaseScreen, family: Family, name: str) -> tuple[str, tuple[str, ...]] | None:
    """Ask for the words of the receipt until they are, or somebody leaves. Return them, and what would be
    lost with the family."""
    words, intro = "", _SIX_WORDS
    while True:
        field = Field("words", "The six words", value=words, required=True)
        values = await screen.ask(FormScreen(f"{name} was taken over", [field], intro=intro, does="Go on"))
        if values is None:
            return None
        words = values["words"]
        try:
            return words, await asyncio.to_thread(accept, screen.caseload, family, words)
        except HandOverError as error:
            intro = str(error)


class _Found(Struct, frozen=True):
    """A hand-over that was opened."""

    folder: Path
    content: HandOver
    key: Key


async def _take(screen: CaseScreen) -> None:
    title = "Which hand-over? It is a folder, or a zip"
    path = await screen.ask(FileScreen(title, Path.home(), endings=_ENDINGS, holding=FILE))
    if path is None:
        return
    other = await asyncio.to_thread(find, path)
    if not other.is_encrypted:
        opened(other, Keyring())  # Says why not.

    def unlock(words: str) -> _Found:
        keyring = Keyring()
        other.unlock(words, keyring)
        return _Found(path, opened(other, keyring), key_of(other, keyring))

    found = await screen.ask(PassphraseScreen("The hand-over", unlock))
    if isinstance(found, CaseloadError):
        raise found
    if found is None:
        return
    coming = await asyncio.to_thread(incoming, screen.caseload, found.content)
    code = await _ask_code(screen, coming)
    if code is None:
        return

    def take(progress: Progress) -> Taken:
        return take_over(
            screen.caseload, found.folder, found.key, coming, code, lambda _, part: progress(min(part, 1.0))
        )

    done = await screen.ask(WorkingScreen(f"Taking over {code}", take))
    if isinstance(done, Taken):
        name = f"{done.family.code} {done.family.pseudonym}"
        lines = [*taken(name, done.records, done.films, done.receipt)]
        lines += [*done.remarks, *stays_behind(found.content.stays)]
        await screen.ask(ConfirmScreen("\n".join(lines), "I have read them aloud", "Close"))
    else:
        _tell_trouble(screen, done, "Nothing was taken over.")


async def _ask_code(screen: CaseScreen, coming: Incoming) -> str | None:
    """Return the code that the family gets here; asked for where another family has its own."""
    code = code_here(screen.caseload, coming)
    if not clash(screen.caseload, coming, code):
        return code

    def check(values: Mapping[str, str]) -> str:
        taken_already = clash(screen.caseload, coming, values["code"])
        return f"Another family has the code {one_line(values['code'])}." if taken_already else ""

    intro = f"Another family has the code {one_line(code)} here. Which shall this one have?"
    form = FormScreen(
        "Another code", [Field("code", "Code", required=True)], intro=intro, check=check, does="Go on"
    )
    values = await screen.ask(form)
    return None if values is None else str(values["code"])


def _tell_trouble(screen: CaseScreen, done: object, nothing: str) -> None:
    if isinstance(done, CaseloadError | FilmError):
        screen.tell(f"{nothing} {done}", problem=True)
    elif isinstance(done, Left):
        screen.tell(f"Stopped. {nothing}")
    elif isinstance(done, Exception):
        raise done
