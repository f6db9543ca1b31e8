"""What every screen of a caseload shares: its workspace, its footer and title, and going back."""

import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, TypeVar, cast

from msgspec.structs import replace
from textual import work
from textual.binding import BindingType
from textual.message import Message
from textual.notifications import Notification, Notify
from textual.screen import ModalScreen, Screen

from vigtui.domain.records import Record
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.sharing.presence import said_shortly
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.line_list import LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import clean
from vigtui.workspace.workspace import Workspace

Answer = TypeVar("Answer")
SECONDS_OF_A_PROBLEM = 12
_SECONDS = 4
"""How long a sentence stands in the corner at least."""
_LETTERS_A_SECOND = 15
"""How fast it is read by somebody who looks elsewhere at first."""
_HISTORY = frozenset({"history", "family_history"})


class HasWorkspace(Protocol):
    """What a screen needs of the app."""

    workspace: Workspace


@dataclass
class HistoryAsked(Message):
    """Show what was done to these records and to what belongs to them, or to their whole family's."""

    records: Sequence[Record]
    whole_family: bool


@dataclass
class RegisterAsked(Message):
    """Show the register of film and copies, of one family or of all."""

    family: str = ""


class TellingScreen(Screen[None]):
    """A screen that tells things in the corner."""

    _problem_told: Notification | None = None

    def tell(self, sentence: str, *, problem: bool = False, goes_along: bool = False) -> None:
        """Show a sentence in the corner for as long as it takes to read; a problem for longer. A problem is
        about this screen, and goes when another one is shown, unless it `goes_along` to that.

        It takes the place of the sentence before: on a small screen several would cover the work.
        """
        self.app.clear_notifications()
        severity: Literal["warning", "information"] = "warning" if problem else "information"
        least = SECONDS_OF_A_PROBLEM if problem else _SECONDS
        seconds = max(least, len(sentence) / _LETTERS_A_SECOND)
        told = Notification(clean(sentence), "", severity, seconds, markup=False)
        self._problem_told = told if problem and not goes_along else None
        self.app.post_message(Notify(told))

    @property
    def is_seen(self) -> bool:
        """Whether nothing but dialogs is in front. Textual calls the screen below another current, too, and
        draws the one in front again, all of it, when the one below changes."""
        above = itertools.takewhile(lambda screen: screen is not self, reversed(self.app.screen_stack))
        return all(isinstance(screen, ModalScreen) for screen in above)

    def on_screen_suspend(self) -> None:
        if not self.is_seen:
            self.take_problem_back()

    def take_problem_back(self) -> None:
        """Show no more the problem that was told last."""
        if self._problem_told is not None:
            self.app._unnotify(self._problem_told)  # Textual itself takes back all sentences, or none.
            self._problem_told = None


class FilteringScreen(TellingScreen):
    """A screen that may have a line to filter its list by."""

    @property
    def filter_line(self) -> FilterLine:
        """Where the words are typed."""
        return self.query_one(FilterLine)

    def action_find(self) -> None:
        """Type to filter."""
        self.filter_line.begin()

    def action_down(self) -> None:
        """From the filter into the list."""
        self.query_one(LineList).focus()

    def action_move(self, by: int) -> None:
        """To another line of the list; typing goes on."""
        self.query_one(LineList).action_move(by)

    def action_page(self, by: int) -> None:
        """Move by a page; typing goes on."""
        self.query_one(LineList).action_page(by)

    def clear_filter(self) -> bool:
        """Show all again, and go to the list; False where that changes nothing."""
        was_in_use = self.filter_line.clear()
        if was_in_use:
            self.action_down()
        return was_in_use

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a line to filter by, the key that leads there is a letter like any other."""
        if action == "find" and any(line.is_in_use for line in self.query(FilterLine)):
            return False
        return super().check_action(action, parameters)


class BetweenCaseloads(FilteringScreen):
    """A screen that is about no open caseload, though one may be open below it: what is done to that works
    elsewhere."""

    def cover(self) -> bool:
        """Show nothing of any caseload until somebody is here again. Return whether anything was shown."""
        return False


class CaseScreen(FilteringScreen):
    """A screen over the open caseload.

    Override `refresh_records` to read again what is shown, and `save_pending` where words may be typed
    that the caseload does not hold yet. `at_hand` are the records whose history is told. `HELP` is Markdown:
    what the screen is for, in a few sentences. `TELLS_OF` is what it shows that is told everywhere else.
    While one that is `SEEN_BY_FAMILY` is there, what names others waits. What is done to the records at hand
    is named in `ABOUT_AT_HAND`, and is not offered where there is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("history")
    HELP: ClassVar[str] = ""
    TELLS_OF: ClassVar[Literal["", "space", "conflicts"]] = ""
    SEEN_BY_FAMILY: ClassVar[bool] = False
    ABOUT_AT_HAND: ClassVar[frozenset[str]] = frozenset()
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall")]  # noqa: RUF012  Textual's own form

    _stale = False

    @property
    def workspace(self) -> Workspace:
        """The app's one workspace."""
        return cast("HasWorkspace", self.app).workspace

    @property
    def caseload(self) -> Caseload:
        """The open caseload."""
        return self.workspace.caseload

    @property
    def address(self) -> str:
        """What this screen shows, as "kind id", so that it can be opened again; "" for the first screen."""
        return ""

    @property
    def is_whole(self) -> bool:
        """Whether no part was taken away: while it is left they go one by one, and the others talk on."""
        return self.is_attached and self.display

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done to something is offered where there is something."""
        if action in _HISTORY or action in self.ABOUT_AT_HAND:
            return not (self.is_mounted and self.is_whole) or bool(self.at_hand)
        return super().check_action(action, parameters)

    def allows(self, _action: str) -> bool:
        """Whether an action of the app, as "undo", works while this screen is in front: one for other eyes
        forbids some."""
        return True

    def records_changed(self) -> None:
        """Called by the app after any change. A screen below another one waits until it is seen, and one that
        is just being opened until it has its parts; one that is being left shows nothing more."""
        if self.is_seen and self.is_mounted and self.is_whole:
            self.refresh_records()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        self.show_status()
        if self._stale:
            self._stale = False
            self.refresh_records()

    def on_mount(self) -> None:
        self.show_status()

    def show_status(self, *, late: bool = False) -> None:
        """Say in the title that something is to be decided, what is being made, who else is here, how the
        caseload stands in its space, and whether everything is saved. That it is just being saved is said
        when it is `late`: a title that changed with every letter would send more than the letter."""
        status, others = self.caseload.status, said_shortly(self.workspace.others, self.caseload.by)
        if status.state == "saving" and not late:
            status = replace(status, state="saved")
        others = "   ".join(filter(None, (self.workspace.being_made, others, self.workspace.in_space)))
        for bar in self.query(TitleBar):
            bar.show_status(status.words(), others, self._to_decide, trouble=status.state == "not_saved")

    @property
    def _to_decide(self) -> str:
        number = 0 if self.TELLS_OF == "conflicts" else self.workspace.to_decide
        return f"{number} to decide ({key_for(self, 'app.merge')})" if number else ""

    def refresh_records(self) -> None:
        """Read the records again and show them, with the cursor where it was."""

    def others_moved(self) -> None:
        """Called by the app when others came or left, or show something else to a family."""

    def save_pending(self) -> None:
        """Hand everything typed to the caseload, now. Called on every way out."""

    @property
    def at_hand(self) -> Sequence[Record]:
        """The records under the cursor."""
        return ()

    @property
    def unfinished(self) -> str:
        """What was begun here and is neither saved nor kept, as a sentence; "" for nothing. It is told before
        the person leaves."""
        return ""

    def action_history(self) -> None:
        """Tell who changed what is under the cursor."""
        self.show_history(self.at_hand)

    def action_family_history(self) -> None:
        """Tell what was done in all records of the family whose record is under the cursor."""
        self.show_history(self.at_hand, whole_family=True)

    def show_history(self, records: Sequence[Record], *, whole_family: bool = False) -> None:
        """Tell what was done to these records and to what belongs to them, or to the whole family's."""
        if records:
            self.save_pending()
            self.post_message(HistoryAsked(records, whole_family))
        else:
            self.tell("Nothing under the cursor has a history.")

    def action_back(self) -> None:
        """Leave this screen; the app leaves itself by `q` alone."""
        self.save_pending()
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def leave(self, why: str) -> None:
        """Go back, since what this screen shows is there no more, or is not for whoever is here; what is in
        front then says `why`."""
        self.tell(why, problem=True, goes_along=True)
        self.call_later(CaseScreen.action_back, self)

    @work(exclusive=True, group="task")
    async def change(self, task: Callable[[], Awaitable[object]]) -> None:
        """Do what changes records, in a worker, or say why that cannot be."""
        if self.caseload.read_only:
            self.tell(self.caseload.read_only, problem=True)
            return
        try:
            await task()
        except CaseloadError as error:
            self.tell(str(error), problem=True)

    async def ask(self, screen: ModalScreen[Answer]) -> Answer | None:
        """Show a dialog and wait for its answer; None when it was left. Call it from a worker."""
        return await self.app.push_screen_wait(screen)
