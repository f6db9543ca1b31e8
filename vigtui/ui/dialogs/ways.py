"""What opens an encrypted caseload: its passphrases and recovery keys, shown, added and taken away."""

import asyncio

from vigtui.casefilm.encrypted.turning import clear_films
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.encrypting import EncryptionChanged
from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen, why_no_passphrase
from vigtui.ui.dialogs.removing.clear_film import encrypt_film_here
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey
from vigtui.vault.headers import MOST_WAYS
from vigtui.vault.keyring import Keyring
from vigtui.vault.passphrase import A_GOOD_ONE
from vigtui.vault.recovery_words import new_words
from vigtui.vault.unlocking import in_second_layout
from vigtui.vault.ways import LONGEST_NAME, WayIn
from vigtui.wording.ways import (
    CHANGES_LAYOUT,
    FIRST_LAYOUT,
    KEEP_THE_WORDS,
    NO_RECOVERY_KEY,
    NOT_ENCRYPTED,
    TAKEN_AWAY,
    TOO_MANY,
    way_words,
    why_it_stays,
    word_rows,
)

_ADD, _RECOVERY, _FILM = "add", "recovery", "film"


async def show_ways(screen: CaseScreen) -> None:
    """Show what opens the caseload until the person leaves. Call it from a worker of `screen`."""
    if screen.caseload.key is None:
        screen.tell(NOT_ENCRYPTED)
        return
    is_known = False
    while (chosen := await screen.ask(_list(screen.caseload))) is not None:
        is_known = is_known or await gives_passphrase(screen)
        if not is_known:
            return
        key = in_second_layout(screen.caseload.key)
        if key is not screen.caseload.key and not await screen.ask(
            ConfirmScreen(CHANGES_LAYOUT, "Go on", "Leave it")
        ):
            return
        if chosen == _FILM:
            await encrypt_film_here(screen)
        elif chosen not in (_ADD, _RECOVERY):
            await _take_away(screen, key, key.ways[int(chosen)])
        elif len(key.ways) >= MOST_WAYS:
            screen.tell(TOO_MANY)
        elif chosen == _ADD:
            await _add_passphrase(screen, key)
        else:
            await _make_recovery_key(screen, key)


def _list(caseload: Caseload) -> ChooseScreen:
    """The ways in, and what can be added. Enter takes away what is under the cursor, after a question."""
    key, about = caseload.key, FIRST_LAYOUT
    options: list[tuple[str, str]] = []
    if isinstance(key, DataKey):
        options = [(str(number), way_words(way, key.opened_by)) for number, way in enumerate(key.ways)]
        about = "" if any(way.kind == "recovery" for way in key.ways) else NO_RECOVERY_KEY
    options += [(_ADD, "Add a passphrase…"), (_RECOVERY, "Make a recovery key…")]
    if clear := len(clear_films(caseload)) if isinstance(key, DataKey) else 0:
        options.append((_FILM, f"Encrypt {'1 film' if clear == 1 else f'{clear} films'} in clear…"))
    return ChooseScreen(f"What opens {caseload.path.name}", options, intro=about)


async def gives_passphrase(screen: CaseScreen) -> bool:
    """Whether the person knows a passphrase: whoever passes an open laptop must not give themselves one."""
    caseload = screen.caseload

    def attempt(words: str) -> bool:
        if not caseload.opens_with(words):
            raise CaseloadLockedError("This is not the passphrase.", wrong=True)
        return True

    problem = "Whoever changes what opens it gives a passphrase first."
    return await screen.ask(PassphraseScreen(caseload.path.name, attempt, problem)) is True


async def _add_passphrase(screen: CaseScreen, key: DataKey) -> None:
    fields = [
        Field("name", "Whose", hint="as it is called in this list"),
        Field("passphrase", "Passphrase", "secret", required=True),
        Field("again", "The same again", "secret", required=True),
    ]
    values = await screen.ask(
        FormScreen("Add a passphrase", fields, check=why_no_passphrase, intro=A_GOOD_ONE)
    )
    if values is not None:
        name = one_line(values["name"])[:LONGEST_NAME]
        await asyncio.to_thread(key.add_way, "passphrase", values["passphrase"], name)
        await _go_on_with(screen, key, "The new passphrase opens it from now on.")


async def _make_recovery_key(screen: CaseScreen, key: DataKey) -> None:
    """Show the words, and make them open it once they are written down."""
    words = new_words()
    shown = "\n".join(["The recovery key:", "", *word_rows(words), "", KEEP_THE_WORDS])
    if await screen.ask(ConfirmScreen(shown, "They are written down", "Make none")):
        await asyncio.to_thread(key.add_way, "recovery", " ".join(words), "")
        await _go_on_with(screen, key, "The recovery key opens it from now on.")


async def _take_away(screen: CaseScreen, key: DataKey, way: WayIn) -> None:
    if why := why_it_stays(key.ways, way):
        screen.tell(why)
        return
    question = f"Take the {way_words(way, key.opened_by)} away? {TAKEN_AWAY}"
    if await screen.ask(ConfirmScreen(question, "Take it away", "Keep it")):
        await _go_on_with(screen, key.renewed([way]), "It is encrypted anew, for the ways in that are left.")


async def _go_on_with(screen: CaseScreen, key: DataKey, done: str) -> None:
    """Write the file and its earlier versions for this key, and tell what came of it."""
    caseload, turned = screen.caseload, list[EncryptionChanged]()
    screen.save_pending()

    def turn() -> DataKey:
        turned.append(encrypting.go_on_with(caseload.path, Keyring(caseload.key), key))
        return key

    answer = await screen.ask(WorkingScreen("Writing the file", lambda _: caseload.change_key(turn)))
    if isinstance(answer, CaseloadError):
        screen.tell(str(answer), problem=True)
    elif isinstance(answer, Exception):
        raise answer
    else:
        left = [one_line(path.name) for each in turned for path in each.left]
        more = f" Not opened, and as before: {', '.join(left)}." if left else ""
        screen.tell(f"{done}{more}")
