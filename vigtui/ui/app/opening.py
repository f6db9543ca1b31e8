"""Opening a caseload, leaving it for another, and putting an earlier version back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App

from vigtui.foreign.in_time import begun
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.ui.app.lock import Lock
from vigtui.ui.app.saving import OPEN_SCREENS, Saving
from vigtui.ui.app.shelf.door import ShelfDoor
from vigtui.ui.screens import navigation as go
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import one_line
from vigtui.workspace.last_seen import NotAsLastSeenError, remember
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings, SettingsError, demo_folder
from vigtui.workspace.workspace import Opening, Workspace, load_principles, open_caseload

_SECONDS_TO_COPIES = 30.0  # the screens come first, and film that somebody opens at once
_ASKED_FOR_LAYOUT = "asked for the second layout"

if TYPE_CHECKING:
    from vigtui.ui.app.steps import Steps


class CaseloadDoor:
    """Goes from no caseload to an open one, and from one to another. `may_leave` saves the one that is open
    and says whether it may be closed; `entered` is called when the next one is there. `steps` lead through
    the demo, `shelf` shows the others."""

    def __init__(
        self,
        app: App[None],
        saving: Saving,
        lock: Lock,
        settings: Settings,
        places: Places,
        *,
        may_leave: Callable[[], Awaitable[bool]],
        entered: Callable[[], None],
    ) -> None:
        self._app, self._saving, self._lock = app, saving, lock
        self._settings, self._places = settings, places
        self._may_leave, self._entered = may_leave, entered
        self.steps: Steps | None = None
        self.shelf = ShelfDoor(app, saving, places, settings.space_silent_days)

    def begin(self, *, new: Path | None = None, collected: go.OpenCollected | None = None) -> None:
        """Show the counts that are asked for, or all caseloads of somebody who works with several, else let
        them choose or make one."""
        if collected is not None:
            self.show_collected(collected)
        elif new is None and self._places.has_several:
            self.show_shelf()
            self._lock.start()
        else:
            self.welcome(new=new)

    def show_collected(self, wanted: go.OpenCollected) -> None:
        """Show the sum of the counts that a service collects, over whatever is open."""
        from vigtui.ui.screens.audit.collected import CollectedScreen

        self._app.push_screen(CollectedScreen(self._places, self._settings, wanted))
        if not self._saving.is_open:
            self._lock.start()

    def show_shelf(self) -> None:
        """Show all caseloads of somebody who works with several, over the one that is open."""
        if self._places.has_several:
            self.shelf.show(self._go_on)

    def _go_on(self, address: str, then: str) -> None:
        """Go back from the shelf to the caseload that is open."""
        self._app.run_worker(self._back_to(go.CaseloadOpened(self._saving.workspace.caseload, address, then)))

    def welcome(
        self, problem: CaseloadError | None = None, tried: Path | None = None, *, new: Path | None = None
    ) -> None:
        """Let the person choose or make a caseload; `problem` says why the one `tried` is not open, `new` is
        where they want to make one."""
        from vigtui.ui.screens.welcome import WelcomeScreen

        self._app.push_screen(WelcomeScreen(self._places, problem, tried, new))

    async def open(self, opening: Opening) -> None:
        """Show the caseload that is being opened, ask for its passphrase, or say why it is not open."""
        try:
            caseload = await asyncio.wrap_future(opening.caseload)
        except CaseloadLockedError as error:
            await self._open_encrypted(opening.path, error)
        except NotAsLastSeenError as error:
            await self.open_all_the_same(opening.path, error)
        except CaseloadError as error:
            self.welcome(error, opening.path)
        else:
            await self._enter(caseload)

    async def _open_encrypted(self, path: Path, why: CaseloadLockedError) -> None:
        """Ask for the passphrase; whoever does not know it is sent away."""
        from vigtui.ui.dialogs.passphrase import PassphraseScreen

        asking = PassphraseScreen(
            path.name,
            lambda words: open_caseload(path, words, self._places),
            str(why) if why.wrong else "",
        )
        opened = await self._app.push_screen_wait(asking)
        if isinstance(opened, Caseload):
            await self._enter(opened)
        elif isinstance(opened, CaseloadLockedError):
            self._app.exit(return_code=1, message=Text(str(opened)))
        elif isinstance(opened, NotAsLastSeenError):
            await self.open_all_the_same(path, opened)
        else:
            self.welcome(opened, path)

    async def open_all_the_same(self, path: Path, why: NotAsLastSeenError) -> None:
        """Say how the file differs from what this person saw last, and open it if they want that."""
        from vigtui.ui.dialogs.choices import ConfirmScreen

        go_on, leave = "Go on with it", "Leave it closed"
        # What has an explanation goes on at enter; what has none stays closed at enter.
        yes, no = (leave, go_on) if why.is_explained else (go_on, leave)
        said_yes: bool | None = await self._app.push_screen_wait(ConfirmScreen(str(why), yes, no))
        if bool(said_yes) is why.is_explained:
            self.welcome(why, path)
            return
        try:
            await self.leave_for(await asyncio.to_thread(Caseload.open, path, key=why.key))
        except CaseloadError as error:
            self.welcome(error, path)

    async def leave_for(self, following: Caseload) -> None:
        """Close the present caseload for another; stay when its changes cannot be saved."""
        await self.go_to(go.CaseloadOpened(following))

    async def go_to(self, opened: go.CaseloadOpened) -> None:
        """Go to a caseload as `leave_for`, and there to what is named. One that is open already goes on as it
        is."""
        if await self._stays(opened.caseload):
            opened.caseload.close()
            await self._back_to(opened)
            return
        self._lock.locked = False
        await self._close()
        await self._enter(opened.caseload, opened)

    async def _back_to(self, wanted: go.CaseloadOpened) -> None:
        """Go back to the list of the caseload that is open, and to what is named if that is of it."""
        while len(self._app.screen_stack) > 2:
            await self._app.pop_screen()
        if self._saving.workspace.caseload.meta.id == wanted.caseload.meta.id:
            await self._go_to(wanted)

    async def _go_to(self, wanted: go.CaseloadOpened) -> None:
        """Show what is named of the caseload that is open."""
        workspace = self._saving.workspace
        if wanted.typed:
            workspace.last_search = wanted.typed
            await self._app.run_action("app.search")
        elif wanted.then:
            await self._app.screen.run_action(wanted.then)
        elif message := go.way_to(wanted.address, workspace.caseload):
            self._app.post_message(message)

    async def _stays(self, following: Caseload) -> bool:
        if not self._saving.is_open:
            return False
        present = self._saving.workspace.caseload
        return following.path.resolve() == present.path.resolve() or not await self._may_leave()

    async def put_back(self, path: Path, copy: Path) -> None:
        """Close the present caseload, put the version in `copy` back at `path` and open it; stay when
        something is not saved."""
        from vigtui.store.recovery import put_back
        from vigtui.store.sharing.presence import is_open

        if self._saving.is_open and not await self._may_leave():
            return
        await self._close()
        try:
            aside = await asyncio.to_thread(put_back, path, copy)
        except CaseloadError as error:
            self.welcome(error, path)
            return
        kept = f" What was there is kept in “{aside.name}”." if aside else ""
        if is_open(path):
            kept += " Somebody else has it open: what they hold is merged into it again."
        self._app.notify(one_line(f"The earlier version is back.{kept}"), markup=False, timeout=12)
        await self.open(Opening(path, begun(lambda: Caseload.open(path), "opening")))

    async def _close(self) -> None:
        """Close the screens, then the caseload: one that comes to the front for a moment still shows it."""
        if self.steps is not None:
            self.steps.leave()
        while len(self._app.screen_stack) > 1:
            await self._app.pop_screen()
        self._saving.let_go()
        self._lock.stop()

    async def _enter(self, caseload: Caseload, wanted: go.CaseloadOpened | None = None) -> None:
        from vigtui.ui.screens.caseload import CaseloadScreen

        self._places.enter(caseload.meta.id, caseload.path)
        await self._ask_for_second_layout(caseload)
        workspace = Workspace(caseload, self._settings, self._places)
        try:
            workspace.principles = await asyncio.to_thread(load_principles, caseload.folder)
        except SettingsError as error:
            self._app.notify(one_line(str(error)), severity="warning", markup=False, timeout=12)
        remember(self._places, caseload)
        if not caseload.meta.demo:
            self._places.put_on_shelf(caseload.meta.id, caseload.path)
        await self.shelf.ask_to_keep(caseload)
        if caseload.encrypted:  # A kill must not have it forgotten; of one in clear there is nothing to know.
            await asyncio.to_thread(self._places.save)
        self._saving.hold(workspace)
        self._lock.start()
        self._entered()
        await self._app.push_screen(CaseloadScreen())
        if caseload.meta.demo and caseload.folder.resolve() == demo_folder().resolve():
            self._app.call_after_refresh(self._let_film_follow, workspace)
            self._app.run_worker(self._first_look(workspace), group="ask")
        elif not caseload.read_only and workspace.settings.working_copies:
            self._app.set_timer(_SECONDS_TO_COPIES, lambda: self._make_copies(workspace))
        if wanted is not None and wanted.is_named:
            await self._go_to(wanted)
        elif workspace.person is not None:
            self._open_again()

    async def _first_look(self, workspace: Workspace) -> None:
        """Ask as whom the demo is looked at, once it is seen, and show the steps through it."""
        from vigtui.ui.app.steps import Steps

        await self._app.screen.wait_for_refresh()
        if self._saving.is_open and self._saving.workspace is workspace:
            self.steps = Steps(self._app, workspace)
            await self.steps.begin()

    def _let_film_follow(self, workspace: Workspace) -> None:
        """Make what film the demo still misses, while it is looked at."""
        if not self._saving.is_open or self._saving.workspace is not workspace:
            return  # It was left as soon as it was seen.
        from vigtui.demo.following import FilmFollows

        workspace.follows = FilmFollows(workspace.caseload, self._tell_of_film)
        workspace.follows.start()
        self._tell_of_film()

    def _make_copies(self, workspace: Workspace) -> None:
        """Make lighter copies of film that is heavy, once the screens are there."""
        if not self._saving.is_open or self._saving.workspace is not workspace:
            return  # It was left meanwhile.
        from vigtui.workspace.copying import FilmCopies

        most_bytes, plays = workspace.settings.working_copy_bytes, workspace.plays_film
        workspace.copies = FilmCopies(workspace.caseload, most_bytes, plays, self._tell_of_film)
        workspace.copies.start()

    def _tell_of_film(self) -> None:
        """Film is being made, or was; on any thread."""
        self._app.post_message(go.FilmFollowed())

    async def _ask_for_second_layout(self, caseload: Caseload) -> None:
        """Ask once whether a caseload that is encrypted in the first layout goes on in the second."""
        if not caseload.is_in_first_layout or caseload.read_only or self._places.get(_ASKED_FOR_LAYOUT):
            return
        from vigtui.ui.dialogs.choices import ConfirmScreen
        from vigtui.wording.ways import CHANGES_LAYOUT, FIRST_LAYOUT

        self._places.set(_ASKED_FOR_LAYOUT, 1)
        question = (
            f"{FIRST_LAYOUT} Change that with the next save? {CHANGES_LAYOUT} "
            f"{key_for(self._app, 'caseload.ways')} in the list asks, too."
        )
        if await self._app.push_screen_wait(ConfirmScreen(question, "Change it", "Leave it")):
            caseload.go_on_in_second_layout()

    def _open_again(self) -> None:
        """Go back to the screens that were open when the person left."""
        open_then = self._places.get(OPEN_SCREENS)
        for address in open_then if isinstance(open_then, list) else []:
            message = go.way_to(address, self._saving.workspace.caseload)
            if message is not None:
                self._app.post_message(message)
