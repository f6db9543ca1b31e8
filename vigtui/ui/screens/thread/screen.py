"""A trainee's own thread: how their working points go over time, and their clips in time order."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from vigtui.domain.records import Clip, Person, Record, SessionItem
from vigtui.domain.sessions.working_points import Thread, may_open_thread
from vigtui.domain.vocabulary import PointState
from vigtui.film.pane.app import is_plain
from vigtui.queries.own_thread import OwnClip, own_thread
from vigtui.ui.dialogs.sessions.points import say_how_it_goes
from vigtui.ui.screens.navigation import OpenClip, OpenSession
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.thread.lines import clip_lines, point_lines, step_words
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import one_line
from vigtui.wording.supervision import NOT_THEIRS

_VIEWS = {"points": "Working points", "clips": "Clips"}
_EMPTY = {
    "points": "No working point yet: those of supervisions that have taken place are listed here.",
    "clips": "No clip yet: those of shared reviews, and of VERP film that they are in, are listed here.",
}


class ThreadScreen(CaseScreen):
    """The own thread of the person with this id, from the working point of the `item` on if it is named."""

    CSS_PATH = "thread.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("thread", "back")
    HELP: ClassVar[str] = (
        "To see oneself grow. `{thread.points}` has the working points of every supervision, the "
        "newest first, and what became of each: `{thread.practised}` says that it was practised, with "
        "the clip where it shows; `{thread.settled}` that it is settled, `{thread.open}` that it is "
        "open again. `{thread.clips}` has the clips of the shared reviews, and of VERP, in time order, "
        "each with its working point. `{list.open}` opens the supervision, or the clip. What is not settled "
        "is on the page before the next visit, on the planned cycle, and in the next supervision."
    )

    def __init__(self, person: str, item: str = "") -> None:
        super().__init__()
        self._person = person
        self._begin_at = item
        self._view = "points"
        self._points: list[Thread] = []
        self._clips: list[OwnClip] = []

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Static(id="views", markup=False)
        yield LineList(id="lines")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self._list.focus()
        self.refresh_records()

    @property
    def address(self) -> str:
        return f"thread {self._person}"

    @property
    def _list(self) -> LineList:
        return self.query_one("#lines", LineList)

    # Showing

    def refresh_records(self) -> None:
        find, where = self.caseload.get, self.caseload.where
        person = find(Person, self._person)
        reader = self.workspace.person
        if not may_open_thread(where, reader, self._person):
            self.leave(NOT_THEIRS)
            return
        self.query_one(TitleBar).set_parts("Own thread", one_line(person.name) if person else "")
        shown = own_thread(find, where, self._person, reader)
        self._points, self._clips = shown.points, shown.clips
        self._show()

    def _show(self) -> None:
        today = self.workspace.today()
        views = Text()
        for name, words in _VIEWS.items():
            here = name == self._view
            said = " (here)" if here and is_plain(self.app) else ""
            views.append(f"{key_for(self, f'thread.{name}')} {words}{said}  ", style="bold" if here else "")
        self.query_one("#views", Static).update(views)
        if self._view == "points":
            lines = list(point_lines(self.caseload.get, self._points, today))
        else:
            lines = list(clip_lines(self._clips, today))
        empty = Line(lambda _: Text(_EMPTY[self._view], style="dim"))
        self._list.set_lines(lines or [empty], self._list.current or self._begin_at)
        self._tell_about()
        self.refresh_bindings()

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        self.query_one("#about", Excerpt).update("\n".join(self._about()))

    def _about(self) -> list[str]:
        today, point = self.workspace.today(), self._point
        if point is not None:
            next_step = [f"Next step: {one_line(point.item.next_step)}"] if point.item.next_step else []
            steps = [step_words(self.caseload.get, each, today) for each in point.steps]
            return [one_line(point.words), *next_step, *steps[-2:]]
        clip = self._clip
        if clip is None:
            return []
        caption = [one_line(clip.clip.caption)] if clip.clip.caption else []
        points = [f"Working point: {one_line(each.words)}" for each in clip.agreed + clip.practised]
        return [*caption, *points]

    @property
    def _point(self) -> Thread | None:
        """The working point under the cursor."""
        if self._view != "points":
            return None
        return next((each for each in self._points if each.item.id == self._list.current), None)

    @property
    def _clip(self) -> OwnClip | None:
        """The clip under the cursor."""
        if self._view != "clips":
            return None
        return next((each for each in self._clips if each.clip.id == self._list.current), None)

    # Doing

    @property
    def at_hand(self) -> Sequence[Record]:
        if self._point is not None:
            return [self._point.item]
        return [self._clip.clip] if self._clip is not None else []

    @on(LineList.Chosen)
    def _open(self, event: LineList.Chosen) -> None:
        item = self.caseload.get(SessionItem, event.id)
        if item is not None:
            self.post_message(OpenSession(item.session, item.id))
        elif self.caseload.get(Clip, event.id) is not None:
            self.post_message(OpenClip(event.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a working point goes one way or another."""
        if action == "goes" and self.is_mounted:
            return self._point is not None
        return super().check_action(action, parameters)

    def action_view(self, name: str) -> None:
        """Show the working points, or the clips."""
        self._view = name
        self._show()

    def action_goes(self, state: str) -> None:
        """Say how the working point under the cursor goes."""
        if point := self._point:
            self.change(lambda: say_how_it_goes(self, point, PointState(state), self._clips))
