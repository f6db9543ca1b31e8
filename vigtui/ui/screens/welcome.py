"""Where to begin: open a caseload, make one, see the demo, or put a backup back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from vigtui.domain.vocabulary import Role
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.file import unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.errors import CaseloadError, CaseloadExistsError, CaseloadLockedError
from vigtui.store.recovery import put_back, when_words
from vigtui.ui.dialogs.files import CASELOADS, FileScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen, passphrase_fields, why_no_passphrase
from vigtui.ui.dialogs.records.person import person_fields
from vigtui.ui.screens.navigation import CaseloadOpened, LookAtEarlier, NotAsSeen, OpenCollected
from vigtui.ui.widgets.case_screen import BetweenCaseloads
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import one_line, shown_path
from vigtui.vault.key import Key
from vigtui.vault.passphrase import ADVICE
from vigtui.vault.unlocking import new_key
from vigtui.workspace.counts.collected import collected_folder
from vigtui.workspace.last_seen import NotAsLastSeenError
from vigtui.workspace.places import Places
from vigtui.workspace.settings import demo_folder
from vigtui.workspace.workspace import make_caseload, open_caseload


class Ways(OptionList):
    """The ways to begin; the key that takes one is in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("ways")


class WelcomeScreen(BetweenCaseloads):
    """The first screen. `last` is the caseload used last, `problem` why the one `tried` was not opened; `new`
    is where the person has said that one shall be made."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("welcome")
    HELP: ClassVar[str] = (
        "A caseload is one file that holds everything but the film. Keep it in a folder of its own, "
        "with the film beside it or in a folder below it. The demo is invented from beginning to end."
    )

    def __init__(
        self,
        places: Places,
        problem: CaseloadError | None = None,
        tried: Path | None = None,
        new: Path | None = None,
    ) -> None:
        super().__init__()
        self._places, self._last, self._problem = places, places.last_caseload, problem
        self._tried, self._new = tried, new
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(id="welcome"):
            yield Label("vigtui", id="name", markup=False)
            yield Label("Walk through Video Interaction Guidance cases together.", markup=False)
            yield Static(str(self._problem or ""), id="problem", markup=False)
            yield Ways(*self._options(), id="ways", compact=True, markup=False)
            yield Static("", id="doing", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#ways").focus()
        if self._new is not None:
            self._make(self._new)

    def _options(self) -> list[Option]:
        ways: list[Option] = []
        backup = self._problem.backup if self._problem else None
        if backup is not None:
            when = when_words(backups.made_at(backup))
            ways.append(Option(f"Put its newest good version back, of {when}", id="restore"))
            ways.append(Option("Choose among all its earlier versions…", id="earlier"))
        if self._last is not None and self._problem is None:
            ways.append(Option(Content(f"Go on with {one_line(self._last.name)}"), id="last"))
        counts = collected_folder(self._places)
        if counts is not None and self._problem is None:
            ways.append(Option(Content(f"Audit: the counts in {shown_path(str(counts))}"), id="counts"))
        ways.append(Option("Open a caseload…", id="open"))
        ways.append(Option("Make a new caseload…", id="new"))
        ways.append(Option("Join a space: a caseload that somebody shares with you…", id="join"))
        ways.append(Option("Put a backup back, from a stick or a share…", id="backup"))
        if counts is None:
            ways.append(Option("Audit: add up the counts that a service collects…", id="counts"))
        ways.append(Option("See the demo: twelve invented families, with film", id="demo"))
        return ways

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        ways: dict[str | None, Callable[[], object]] = {
            "restore": self._restore,
            "earlier": self._look_at_earlier,
            "last": self._go_on,
            "counts": lambda: self.post_message(OpenCollected()),
            "open": self._choose,
            "new": self._make,
            "join": self._join,
            "backup": self._put_back,
            "demo": self._demo,
        }
        if not self._busy:
            ways[event.option.id]()

    def _go_on(self) -> None:
        if self._last is not None:
            self._open(self._last)

    @work
    async def _choose(self) -> None:
        start = self._last.parent if self._last else Path.home()
        screen = FileScreen("Open a caseload", start, endings=CASELOADS)
        path = await self.app.push_screen_wait(screen)
        if path is not None:
            self._open(path)

    def _open(self, path: Path) -> None:
        self._tried = path
        self._in_background(f"Opening {path.name}…", lambda: open_caseload(path, None, self._places))

    @work
    async def _open_encrypted(self, why: CaseloadLockedError) -> None:
        """Ask for the passphrase of what was tried."""
        path = self._tried
        if path is None:
            self._refuse(why)
            return
        asking = PassphraseScreen(path.name, lambda words: open_caseload(path, words, self._places))
        opened = await self.app.push_screen_wait(asking)
        if isinstance(opened, Caseload):
            self.app.post_message(CaseloadOpened(opened))
        elif isinstance(opened, NotAsLastSeenError):
            self.app.post_message(NotAsSeen(path, opened))
        else:
            self._refuse(opened or why)

    def _restore(self) -> None:
        path, backup = self._tried, self._problem.backup if self._problem else None
        if path is not None and backup is not None:
            self._in_background("Putting the version back…", lambda: restored(path, backup))

    @work
    async def _look_at_earlier(self) -> None:
        """Show the earlier versions of what was tried; what they hold, once their passphrase was typed."""
        path, backup = self._tried, self._problem.backup if self._problem else None
        if path is None or backup is None:
            return
        key: Key | CaseloadError | None = None
        if await asyncio.to_thread(is_encrypted, backup):
            asking = PassphraseScreen[Key | None](path.name, lambda words: unlock(backup, words, path.name))
            key = await self.app.push_screen_wait(asking)
        self.post_message(LookAtEarlier(path, None if isinstance(key, CaseloadError) else key))

    @work
    async def _make(self, path: Path | None = None) -> None:
        """Ask where a new caseload shall be, unless that is known, and what it needs; then make it."""
        if path is None:
            where = "Where shall the new caseload be?"
            asking = FileScreen(where, Path.home(), endings=CASELOADS, new="caseload.vig.json")
            path = await self.app.push_screen_wait(asking)
        if path is None:
            return
        if trouble := _why_not_there(path):  # Said before anything is typed.
            self._refuse(trouble)
            return
        values = await self.app.push_screen_wait(
            FormScreen(
                "A new caseload",
                [*person_fields(with_service=True), *passphrase_fields()],
                check=why_no_passphrase,
                intro=f"It will be {path}. {ADVICE}",
                does="Make it",
            )
        )
        if values is not None:
            self._in_background(f"Making {path.name}…", lambda: made(path, values))

    @work
    async def _join(self) -> None:
        """Make a caseload of what is in a space."""
        from vigtui.ui.dialogs.spaces.anew import join_without_copy

        await self._open_what_comes(join_without_copy(self.app))

    @work
    async def _put_back(self) -> None:
        """Put back what is in a backup."""
        from vigtui.ui.dialogs.exchange.restoring import put_back_backup

        await self._open_what_comes(put_back_backup(self.app, self._places))

    async def _open_what_comes(self, asking: Awaitable[Caseload | None]) -> None:
        """Open the caseload that comes of a question; None when that was left."""
        try:
            caseload = await asking
        except CaseloadError as error:
            self._refuse(error)
        else:
            if caseload is not None:
                self.app.post_message(CaseloadOpened(caseload))

    def _demo(self) -> None:
        from vigtui.demo import demo_file

        self._in_background("Making the demo…", lambda: Caseload.open(demo_file(demo_folder())))

    @work(thread=True)
    def _in_background(self, words: str, opening: Callable[[], Caseload]) -> None:
        self.app.call_from_thread(self._begin, words)
        try:
            caseload = opening()
        except CaseloadLockedError as error:
            self.app.call_from_thread(self._open_encrypted, error)
        except NotAsLastSeenError as error:
            if self._tried is not None:
                self.app.post_message(NotAsSeen(self._tried, error))
        except CaseloadError as error:
            self.app.call_from_thread(self._refuse, error)
        else:
            self.app.post_message(CaseloadOpened(caseload))

    def _begin(self, words: str) -> None:
        self._busy = True
        self.query_one("#problem", Static).update("")
        self.query_one("#doing", Static).update(one_line(words))

    def _refuse(self, error: CaseloadError) -> None:
        self._busy, self._problem = False, error
        self.query_one("#doing", Static).update("")
        self.query_one("#problem", Static).update(str(error))
        ways = self.query_one("#ways", OptionList)
        ways.clear_options()
        ways.add_options(self._options())
        ways.highlighted = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back where a caseload is open."""
        if action == "back":
            return len(self.app.screen_stack) > 2
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back to the caseload that is open."""
        if not self._busy:
            self.app.pop_screen()


def _why_not_there(path: Path) -> CaseloadError | None:
    """Why no caseload can be made at `path`."""
    if path.exists():
        return CaseloadExistsError(f"{path} exists already. Choose another name, or open it.")
    if not path.parent.is_dir():
        return CaseloadError(f"There is no folder {path.parent}. Make it first, or choose another place.")
    return None


def made(path: Path, values: dict[str, Any]) -> Caseload:
    """Make the caseload that the form describes. Raises CaseloadError."""
    words = values["passphrase"]
    key = new_key(words) if words else None
    return make_caseload(path, values["service"], values["name"], Role(values["role"]), key)


def restored(path: Path, backup: Path) -> Caseload:
    """Put the backup in the place of the caseload at `path` and open it. Raises CaseloadError."""
    put_back(path, backup)
    return Caseload.open(path)
