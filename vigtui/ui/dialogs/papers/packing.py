"""Making a pack: what goes in and what stays behind is read first, then a place is chosen and film is cut."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Label, Static

from vigtui.exchange.packs.contents import Choose, Contents
from vigtui.exchange.packs.entering import entries
from vigtui.exchange.packs.packing import ZIP, Packed, pack, refuse_place
from vigtui.film.errors import FilmError
from vigtui.store.errors import CaseloadError
from vigtui.store.snapshot import read_snapshot
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.copies import enter_copies
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.passphrase import passphrase_fields, why_no_passphrase
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import one_line
from vigtui.vault.passphrase import A_GOOD_ONE
from vigtui.vault.unlocking import new_key
from vigtui.wording.film.packs import ENCRYPTED_NEXT, IS_CLEAR, SAY_IT, goes_in, made, stays_behind, told

_PATIENCE = 10.0


class PackScreen(ModalScreen[bool]):
    """Shows what a pack would hold, and answers whether to make it."""

    CSS_PATH: ClassVar[CSSPathType] = ["../forms.tcss", "packing.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("pack", "dialog")
    HELP: ClassVar[str] = (
        "A pack is for the other person of a supervision: what is listed first goes in, what is listed below "
        "stays behind. A clip goes only while everybody filmed agrees to it being seen there. Nothing is "
        "written before you go on and choose a place. `vigtui merge` takes back what is written in a pack."
    )

    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self._contents = contents

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(f"A pack: {self._contents.about}", id="dialog-title", markup=False)
            with VerticalScroll(id="lists"):
                yield from _listed("This goes in", goes_in(self._contents))
                yield from _listed("This stays behind", stays_behind(self._contents))
            yield Static(ENCRYPTED_NEXT, id="limits", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#lists").focus()

    def action_make(self) -> None:
        """Go on."""
        self.dismiss(result=True)

    def action_cancel(self) -> None:
        """Leave without a pack."""
        self.dismiss(result=False)


def _listed(heading: str, lines: Sequence[str]) -> ComposeResult:
    yield Label(heading, classes="heading", markup=False)
    for line in lines or ("Nothing",):
        yield Static(line, classes="line", markup=False)


async def make_pack(screen: CaseScreen, choose: Choose, name: str) -> None:
    """Ask what a pack needs to be asked, and make it; `name` is offered for its zip. Call it from a worker of
    `screen`."""
    caseload = screen.caseload
    screen.save_pending()
    status = await asyncio.to_thread(caseload.flush, _PATIENCE)
    if status.state == "not_saved":
        screen.tell(f"A pack is made from what is saved. {status.why}", problem=True)
        return
    try:
        source = await asyncio.to_thread(read_snapshot, caseload.path, caseload.key)
        contents = await asyncio.to_thread(choose, source, screen.workspace.today())
    except CaseloadError as error:
        screen.tell(str(error), problem=True)
        return
    if not await screen.ask(PackScreen(contents)):
        return
    passphrase = await _ask_passphrase(screen)
    if passphrase is None:
        return
    title = f"Where shall the pack go? Without {ZIP} at its end it is a folder."
    out = await screen.ask(
        FileScreen(
            title,
            Path.home(),
            endings=frozenset((ZIP,)),
            new=f"{name}{ZIP}",
            refuse=lambda path: refuse_place(path, caseload.folder),
        )
    )
    if out is None:
        return

    def make(progress: Progress) -> Packed:
        key = new_key(passphrase) if passphrase else None
        return pack(source, choose, contents, out, key, lambda _, part: progress(part))

    done = await screen.ask(WorkingScreen(f"Making {one_line(out.name)}", make))
    _tell(screen, done, contents)


async def _ask_passphrase(screen: CaseScreen) -> str | None:
    """Ask for the pack's passphrase; "" for a pack in clear, which is asked for twice; None where the person
    left."""
    values = await screen.ask(
        FormScreen(
            "The passphrase of the pack",
            passphrase_fields("opens the pack; empty for one in clear"),
            check=why_no_passphrase,
            intro=f"{SAY_IT} {A_GOOD_ONE}",
            does="Go on",
        )
    )
    if values is None:
        return None
    passphrase: str = values["passphrase"]
    clear = ConfirmScreen(f"{IS_CLEAR} Make it all the same?", "Leave it", "Make it in clear")
    return passphrase if passphrase or await screen.ask(clear) is False else None


def _tell(screen: CaseScreen, done: Packed | Exception | None, contents: Contents) -> None:
    if isinstance(done, Packed):
        caseload = screen.caseload
        copies = entries(caseload.get, contents, done.path, screen.workspace.today(), caseload.by)
        said = (*told(done.left_out), made(done.path.name, done.clips), enter_copies(screen, copies))
        screen.tell(" ".join(said), problem=bool(done.left_out))
    elif isinstance(done, CaseloadError | FilmError):
        screen.tell(str(done), problem=True)
    elif isinstance(done, Left):
        screen.tell("Stopped. Nothing was made.")
    elif done is not None:
        raise done
