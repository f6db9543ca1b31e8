"""The app: goes from screen to screen, and does what works on every one of them."""

import gc
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import DescendantFocus, Event, InputEvent, Key, Paste, Resize
from textual.geometry import Offset
from textual.screen import Screen
from textual.types import CSSPathType

from vigtui.domain.records import Session
from vigtui.domain.sessions.reading import may_read_session
from vigtui.film.library import let_go_of_loading
from vigtui.film.pane.app import FilmApp
from vigtui.store.format.layout import VERSIONS
from vigtui.ui.app.cursor import cell_in_hand
from vigtui.ui.app.days import Days
from vigtui.ui.app.likes import choose_theme, use_own_keys
from vigtui.ui.app.lock import Lock
from vigtui.ui.app.opening import CaseloadDoor
from vigtui.ui.app.saving import Saving
from vigtui.ui.app.small_window import SmallWindow
from vigtui.ui.app.space_notices import SpaceNotices
from vigtui.ui.app.theme import CALM, THEMES
from vigtui.ui.app.typed import KeyHandled, Typed
from vigtui.ui.app.undo import Undo
from vigtui.ui.screens import navigation as go
from vigtui.ui.widgets.case_screen import BetweenCaseloads, CaseScreen, HistoryAsked, RegisterAsked
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.signs import Letters
from vigtui.values.text import one_line
from vigtui.wording.supervision import NOT_THERE
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Opening, Workspace

if TYPE_CHECKING:
    from rich.console import RenderableType

    from vigtui.film.pane.driver.taken import TakenTerminal

SECONDS_TO_SETTLE = 1.0
"""When the first screen has long been there, and what it did not need is done."""
_ABOUT_A_CASELOAD = frozenset({"undo", "redo", "merge", "search", "save_elsewhere"})
_STEPS = frozenset({"skip_step", "end_steps"})
_EMPTY = "_default"
_LEAVING = frozenset({"ctrl+q", "ctrl+z"})
_FUNCTION_KEY = re.compile(r"f\d+")


def _key_commands() -> type[Provider]:
    from vigtui.ui.widgets.keys.palette import KeyCommands

    return KeyCommands


class VigtuiApp(FilmApp[None]):
    """The program. `opening` is the caseload that is being opened meanwhile; None asks for one. `new` is
    where one is to be made: what it needs is asked at once. `collected` are the counts that are shown first.
    `taken` is the terminal, where the first page is drawn on it already.

    Call `close` after the app has ended, however it ended.
    """

    TITLE = "vigtui"
    # The first screen's styles too: read later, all of them would be parsed again.
    CSS_PATH: ClassVar[CSSPathType] = ["app.tcss", "../screens/caseload/caseload.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_key_commands}
    COMMAND_PALETTE_BINDING = "f2"
    window_keys: ClassVar[Mapping[str, str]] = {
        "[": "screen.mark_in",
        "]": "screen.mark_out",
        "d": "screen.mark_moment",
    }

    def __init__(
        self,
        opening: Opening | None,
        settings: Settings,
        places: Places,
        *,
        new: Path | None = None,
        collected: go.OpenCollected | None = None,
        taken: "TakenTerminal | None" = None,
    ) -> None:
        super().__init__()
        self.taken = taken
        self._opening, self._new, self._collected = opening, new, collected
        self._settings = settings
        self._to_decide = 0
        self._typed = Typed(self, super().on_event)
        self._window = SmallWindow(self)
        self._saving = Saving(self)
        self._days = Days(self, self._saving)
        self._notices = SpaceNotices(self, self._saving, lambda: self._lock.locked)
        self._undo = Undo(self, self._saving)
        self._lock = Lock(
            self,
            self._saving,
            settings.lock_minutes,
            opens=lambda words: self._door.shelf.opens(words),
            covered=lambda: self._door.shelf.cover(),
        )
        self._door = CaseloadDoor(
            self,
            self._saving,
            self._lock,
            settings,
            places,
            may_leave=self._may_leave,
            entered=self._entered,
        )
        self.film_options = settings.film
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme if settings.theme in self.available_themes else CALM.name

    @property
    def workspace(self) -> Workspace:
        """The open caseload and everything around it; AttributeError while none is open."""
        return self._saving.workspace

    @property
    def locked(self) -> bool:
        """Whether everything is covered: then nothing of the caseload is shown."""
        return self._lock.locked

    def on_mount(self) -> None:
        self.set_timer(SECONDS_TO_SETTLE, self._settle)
        self.set_class(not self.is_headless and self.console.color_system == "standard", "-few-colours")
        self.set_class(self.has_cursor, "-own-cursor")
        self.set_class(self._settings.plain, "-plain")
        self.set_interval(Days.SECONDS_BETWEEN_LOOKS, self._days.look)
        if self._settings.quiet_line:
            self.animation_level = "none"
        use_own_keys(self, self._settings)
        self.screen_change_signal.subscribe(self, self._lock.screen_changed)
        self._saving.save_and_leave_on_signals()
        if self._opening is None:
            self._door.begin(new=self._new, collected=self._collected)
        else:
            self.run_worker(self._door.open(self._opening))

    def _settle(self) -> None:
        """What need not be done before the first screen is there."""
        from vigtui.vault.process import keep_memory_private

        gc.freeze()  # What is there stays; nobody looks through it for garbage.
        gc.enable()
        keep_memory_private()
        Thread(target=self._end_the_start, name="what follows", daemon=True).start()

    def _end_the_start(self) -> None:
        """Have the screen at hand that is opened next by nearly everybody: half of its time is its import."""
        import_module("vigtui.ui.screens.family")
        if not self.is_headless:
            let_go_of_loading()

    def close(self) -> None:
        """Save, and close everything."""
        self._saving.save_pending()
        self._saving.let_go()
        self._door.shelf.close()
        self._lock.stop()

    # From caseload to caseload

    @on(go.ChooseCaseload)
    def _choose_caseload(self) -> None:
        self._door.welcome()

    @on(go.ShowShelf)
    def _show_shelf(self) -> None:
        self._door.show_shelf()

    @on(go.OpenCollected)
    def _open_collected(self, event: go.OpenCollected) -> None:
        self._door.show_collected(event)

    @on(go.CaseloadOpened)
    def _caseload_opened(self, event: go.CaseloadOpened) -> None:
        self.run_worker(self._door.go_to(event), group="leave", exclusive=True)

    @on(go.NotAsSeen)
    def _not_as_seen(self, event: go.NotAsSeen) -> None:
        self.run_worker(self._door.open_all_the_same(event.path, event.why), group="leave", exclusive=True)

    @on(go.PutBack)
    def _put_back(self, event: go.PutBack) -> None:
        self.run_worker(self._door.put_back(event.path, event.copy), group="leave", exclusive=True)

    @on(go.LookAtEarlier)
    def _look_at_earlier(self, event: go.LookAtEarlier) -> None:
        from vigtui.ui.screens.earlier import EarlierScreen
        from vigtui.vault.keyring import Keyring

        key = self.workspace.caseload.key if self._saving.is_open and event.key is None else event.key
        self.push_screen(EarlierScreen(event.path, Keyring(key) if key else None))

    async def _may_leave(self) -> bool:
        return await (self._lock.may_leave() if self.locked else self._saving.may_leave())

    @work(exclusive=True, group="leave")
    async def action_quit(self) -> None:  # type: ignore[override]  # Textual's own is no task
        """Save and leave; stay when it cannot be saved, or something is unfinished, unless the person says
        so."""
        if self._saving.is_open and not (await self._leaves_unfinished() and await self._may_leave()):
            return
        self.exit(message=self._saving.last_words)

    async def _leaves_unfinished(self) -> bool:
        """Whether nothing is unfinished on any screen, or the person leaves it so."""
        screens = [] if self.locked else [each for each in self.screen_stack if isinstance(each, CaseScreen)]
        unfinished = next((each.unfinished for each in screens if each.unfinished), "")
        if not unfinished:
            return True
        from vigtui.ui.dialogs.choices import ConfirmScreen

        return await self.push_screen_wait(ConfirmScreen(f"{unfinished} Leave without?", "Leave", "Stay"))

    # From screen to screen

    @on(go.OpenFamily)
    def _open_family(self, event: go.OpenFamily) -> None:
        from vigtui.ui.screens.family import FamilyScreen

        self.push_screen(FamilyScreen(event.family, event.record, event.section, event.then))

    @on(go.OpenClip)
    def _open_clip(self, event: go.OpenClip) -> None:
        from vigtui.ui.screens.clip import ClipScreen

        self.push_screen(ClipScreen(clip=event.clip, at_ms=event.at_ms, with_notes=event.with_notes))

    @on(go.OpenRecording)
    def _open_recording(self, event: go.OpenRecording) -> None:
        from vigtui.ui.screens.clip import ClipScreen

        self.push_screen(
            ClipScreen(recording=event.recording, at_ms=event.at_ms, with_notes=event.with_notes)
        )

    @on(go.OpenChart)
    def _open_chart(self, event: go.OpenChart) -> None:
        from vigtui.ui.screens.chart import ChartScreen

        self.push_screen(ChartScreen(event.question, event.rating))

    @on(go.OpenFilming)
    def _open_filming(self, event: go.OpenFilming) -> None:
        from vigtui.ui.screens.filming import FilmingScreen

        self.push_screen(FilmingScreen(event.cycle, event.kind))

    @on(go.OpenReview)
    def _open_review(self, event: go.OpenReview) -> None:
        from vigtui.ui.screens.review import PlanScreen

        self.push_screen(PlanScreen(event.cycle, event.planned))

    @on(go.ShownToFamily)
    def _shown_to_family(self, event: go.ShownToFamily) -> None:
        self._saving.shows(event.planned)
        self._notices.tell()

    @on(go.OpenLostFilm)
    def _open_lost_film(self, event: go.OpenLostFilm) -> None:
        from vigtui.ui.screens.lost_film import LostFilmScreen

        self.push_screen(LostFilmScreen(event.recording))

    @on(RegisterAsked)
    def _open_register(self, event: RegisterAsked) -> None:
        from vigtui.ui.screens.register import RegisterScreen

        self.push_screen(RegisterScreen(event.family))

    @on(go.OpenAudit)
    def _open_audit(self) -> None:
        from vigtui.ui.screens.audit import AuditScreen

        self.push_screen(AuditScreen())

    @on(go.OpenVoices)
    def _open_voices(self, event: go.OpenVoices) -> None:
        from vigtui.ui.screens.voices import VoicesScreen

        self.push_screen(VoicesScreen(event.voice))

    @on(go.OpenSpace)
    def _open_space(self) -> None:
        from vigtui.ui.screens.space import SpaceScreen

        self.push_screen(SpaceScreen())

    @on(go.OpenTrainees)
    def _open_trainees(self) -> None:
        from vigtui.ui.screens.training import TraineesScreen

        self.push_screen(TraineesScreen())

    @on(go.OpenWay)
    def _open_way(self, event: go.OpenWay) -> None:
        from vigtui.ui.screens.training import WayScreen

        self.push_screen(WayScreen(event.person))

    @on(go.OpenPortfolio)
    def _open_portfolio(self, event: go.OpenPortfolio) -> None:
        from vigtui.ui.screens.training import PortfolioScreen

        self.push_screen(PortfolioScreen(event.person))

    @on(go.OpenPiece)
    def _open_piece(self, event: go.OpenPiece) -> None:
        from vigtui.ui.screens.training import PieceScreen

        self.push_screen(PieceScreen(event.reflection))

    @on(go.OpenThread)
    def _open_thread(self, event: go.OpenThread) -> None:
        from vigtui.ui.screens.thread import ThreadScreen

        self.push_screen(ThreadScreen(event.person, event.item))

    @on(go.OpenSession)
    def _open_session(self, event: go.OpenSession) -> None:
        from vigtui.ui.screens.supervision import SupervisionScreen

        session = self.workspace.caseload.get(Session, event.session)
        if session is None or may_read_session(self.workspace.person, session):
            self.push_screen(SupervisionScreen(event.session, event.item, event.text))
        else:
            self.notify(NOT_THERE, markup=False, timeout=8)

    async def action_merge(self, take_in: bool = False) -> None:
        """Show what came in from others, over whatever is open; to `take_in` a file, ask for it at once. From
        what was opened there, go back to it."""
        from vigtui.ui.screens.merge import MergeScreen

        self._saving.save_pending()
        self.workspace.hold_film()
        if any(isinstance(screen, MergeScreen) for screen in self.screen_stack):
            while not isinstance(self.screen, MergeScreen):
                await self.pop_screen()
        else:
            self.push_screen(MergeScreen(take_in=take_in))

    def action_search(self) -> None:
        """Search everything that is written, over whatever is open; on that screen, type again."""
        from vigtui.ui.screens.search import SearchScreen

        if isinstance(self.screen, SearchScreen):
            self.screen.action_find()
        else:
            self._saving.save_pending()
            self.workspace.hold_film()
            self.push_screen(SearchScreen())

    @on(HistoryAsked)
    def _show_history(self, event: HistoryAsked) -> None:
        from vigtui.ui.dialogs.history import history_screen

        self.push_screen(history_screen(self.workspace, event.records, whole_family=event.whole_family))

    # What happens to the caseload

    @on(go.CaseloadChanged)
    def _caseload_changed(self, event: go.CaseloadChanged) -> None:
        self._saving.show_changes()
        self._days.records_changed(event.tables)
        if VERSIONS in event.tables:
            self._tell_conflicts()
            self._saving.show_status()

    @on(go.OthersChanged)
    def _others_changed(self) -> None:
        self._saving.show_others(quiet=self.locked)

    @on(go.FilmFollowed)
    def _film_followed(self) -> None:
        self._saving.show_status()
        follows = self.workspace.follows if self._saving.is_open else None
        if follows is not None and follows.trouble and not self.locked:
            self.notify(one_line(follows.trouble), severity="warning", markup=False, timeout=20)

    @on(go.StatusChanged)
    def _status_changed(self) -> None:
        self._saving.show_status()
        self._notices.tell()
        self._lock.ask_if_locked_out()

    def _tell_conflicts(self) -> None:
        """Notify when there is more to decide than before."""
        before = self._to_decide
        self._count_to_decide()
        if self._to_decide > before:
            screen = self.screen
            if not (isinstance(screen, CaseScreen) and screen.TELLS_OF == "conflicts"):
                key = key_for(self, "app.merge")
                words = f"Somebody else changed the same thing. Both versions are kept: {key} shows them."
                self.notify(words, title="To decide", markup=False, timeout=12)

    def _entered(self) -> None:
        self._days.begin()
        self._count_to_decide()

    def _count_to_decide(self) -> None:
        self._to_decide = self.workspace.to_decide if self._saving.is_open else 0

    def action_undo(self) -> None:
        """Take back the last change, whatever screen made it."""
        self._undo.undo()

    def action_redo(self) -> None:
        """Do again what was taken back last, as long as nothing else was changed since."""
        self._undo.redo()

    @work(group="save")
    async def action_save_elsewhere(self) -> None:
        """Save now; when that fails, offer another place."""
        await self._saving.save_elsewhere()

    @work(exclusive=True, group="themes")
    async def action_themes(self) -> None:
        """Choose the colours of the screens, and keep them."""
        await choose_theme(self)

    def action_skip_step(self) -> None:
        """Go on with the next step through the demo."""
        if self._door.steps is not None:
            self._door.steps.skip()

    def action_end_steps(self) -> None:
        """Show no more steps through the demo."""
        if self._door.steps is not None:
            self._door.steps.end()

    def action_lock(self) -> None:
        """Cover everything until the passphrase is given."""
        self._lock.lock()

    # What every screen has

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is about a caseload works while one is open; while it is locked one can only leave."""
        if action in _ABOUT_A_CASELOAD and not self._is_about_a_caseload:
            return False
        if action in _STEPS and not (self._door.steps and self._door.steps.going_on):
            return False
        if self.screen_stack and isinstance(self.screen, CaseScreen) and not self.screen.allows(action):
            return False
        return self._lock.allows(action) and super().check_action(action, parameters)

    @property
    def _is_about_a_caseload(self) -> bool:
        """Whether a caseload is open, and what is in front is not about others as well."""
        between = self.screen_stack and isinstance(self.screen, BetweenCaseloads)
        return self._saving.is_open and not between

    def in_hand(self) -> Offset | None:
        """The cell of the screen that the terminal's own cursor is on, for readers that follow it."""
        return cell_in_hand(self.screen) if self.screen_stack else None

    async def on_event(self, event: Event) -> None:
        """A key that comes after too long a time only locks; every other is handled in its turn."""
        if isinstance(event, Resize):
            event = self._window.resized(event)
            self._cover_film()
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            if not self._lock.touch() or not self._has_effect(event):
                return
            if isinstance(event, Key | Paste):
                await self._typed.take(event)
                return
        await super().on_event(event)

    def _has_effect(self, event: InputEvent | Paste) -> bool:
        """Whether what is typed or clicked has an effect: leaving alone where no screen can be seen."""
        return not self._window.is_too_small or (isinstance(event, Key) and event.key in _LEAVING)

    def _cover_film(self) -> None:
        """Pause the film and draw none of it while the window is too small."""
        if self.line.covered != self._window.is_too_small:
            self.line.covered = self._window.is_too_small
            if self.line.covered and self._saving.is_open:
                self.workspace.hold_film()
            self.screen_change_signal.publish(self.screen)

    def _display(self, screen: Screen[Any], renderable: "RenderableType | None") -> None:
        if self.taken and screen.id == _EMPTY:
            return  # What was drawn before the app began stays until there is something in its place.
        if renderable is not None and self._window.is_too_small:
            renderable = self._window.sentence()
        super()._display(screen, renderable)

    @on(KeyHandled)
    async def _key_handled(self, message: KeyHandled) -> None:
        await self._typed.handled(message)

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer and the help write it: `F1` and `ctrl+n`, not `f1` and `^n`."""
        shown = super().get_key_display(binding)
        if _FUNCTION_KEY.fullmatch(shown):
            return shown.upper()
        if shown == "⏎" and self.letters is not Letters.ALL:
            return "enter"
        return f"ctrl+{shown[1:]}" if len(shown) > 1 and shown[0] == "^" else shown

    def action_help(self) -> None:
        """Explain the screen and its keys."""
        from vigtui.ui.widgets.keys.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_suspend_process(self) -> None:
        """Save, and give the terminal to the shell until somebody comes back."""
        if self._saving.is_open:
            self._saving.save_pending()
            self.workspace.hold_film()
        super().action_suspend_process()

    @on(DescendantFocus)
    def _still_cursor(self, event: DescendantFocus) -> None:
        """A blinking cursor sends bytes for ever."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def get_default_screen(self) -> Screen[Any]:
        """An empty screen under ours, seen only while a caseload is being opened."""
        return Screen(id=_EMPTY)
