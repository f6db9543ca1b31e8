"""The space: this caseload on several machines, who is in it, and what each has."""

import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from vigtui.exchange.agenda_films.standing import FilmStanding
from vigtui.exchange.spaces.standing import SpaceStanding, WriterStanding
from vigtui.exchange.spaces.telling import rows, warnings
from vigtui.ui.dialogs.spaces import members
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.space.lines import heading_line, lines
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.line_list import Line, LineList, ListToRead
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values import clocks
from vigtui.values.text import one_line
from vigtui.wording.film.agenda import ended_words, films_words
from vigtui.wording.spaces import (
    ALONE,
    NOT_ENCRYPTED,
    WHAT_IT_IS,
    WHAT_IT_NEEDS,
    elsewhere_words,
    folder_words,
    type_code_words,
    used_no_more_words,
)

_OUTSIDE = frozenset({"make", "join"})
_INSIDE = frozenset({"code", "new_code", "type_code", "rename", "remove", "leave"})
_SECONDS_BETWEEN_LOOKS = 15.0  # "not sent: 3 min" goes on though nothing happens


class SpaceScreen(CaseScreen):
    """Who is in the space; without one, what a space is and how to get into one."""

    CSS_PATH = "space.tcss"
    TELLS_OF = "space"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("space"), *bindings("back")]
    HELP: ClassVar[str] = (
        "A space keeps one caseload in step on several machines, by a folder that Syncthing, Nextcloud, "
        "OneDrive or a network disk carries between them; vigtui opens no connection. Each machine writes "
        "one encrypted file of its own there. *Last heard* is when a machine's file brought something last, "
        "*has all you wrote until* what its own file says it has taken in. `{space.make}` makes a space and "
        "`{space.join}` joins one with a copy of its caseload; whoever has none joins from the first screen. "
        "When somebody leaves, `{space.new_code}` makes a new code, which the others type once with "
        "`{space.type_code}`; `{space.rename}` gives this machine another name, and `{space.remove}` deletes "
        "the file of a machine that is used no more. Notes “only me”, whole recordings, and where film is "
        "stay on each machine; clips for an agenda are sent from the session, and go by themselves."
    )

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Static(id="headings", markup=False)
        yield ListToRead(id="writers")
        yield Excerpt(id="notices")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.app.clear_notifications()  # What they said of the space stands here.
        self._list.focus()
        self.refresh_records()
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self.refresh_records)

    # Showing

    @property
    def _list(self) -> LineList:
        return self.query_one("#writers", LineList)

    @property
    def _standing(self) -> SpaceStanding | None:
        space = self.workspace.space  # Asked once: it ends in another thread.
        return space.standing if space else None

    @property
    def _writer(self) -> WriterStanding | None:
        """The other machine under the cursor."""
        standing = self._standing
        found = standing.writers if standing else ()
        return next((each for each in found if each.writer == self._list.current), None)

    def show_status(self, *, late: bool = False) -> None:
        super().show_status(late=late)
        if self.is_mounted and self.is_whole:
            self.refresh_records()

    def refresh_records(self) -> None:
        space, standing = self.workspace.space, self._standing
        membership = space.membership if space else None
        whose = self.caseload.meta.service or self.caseload.path.name
        self.query_one(TitleBar).set_parts("Space", one_line(whose) if space else "none yet")
        self._show_headings()
        self._list.display = space is not None  # Without one, what a space is stands at the top.
        if standing is None or membership is None:
            self._list.set_lines([Line(lambda _: Text("Looking into the space…", style="dim"))])
            self._say("" if space else self._how_to_begin(), "")
        else:
            now = clocks.now().astimezone()
            person = self.caseload.by or membership.person
            self._list.set_lines(list(lines(standing, person, membership.machine, now)), self._list.current)
            self._say(self._about(standing, now), "\n".join(warnings(standing, now)))
        self.refresh_bindings()

    @on(LineList.Moved)
    def _moved(self) -> None:
        if standing := self._standing:
            self.query_one("#about", Excerpt).update(Text(self._about(standing, clocks.now().astimezone())))

    def _about(self, standing: SpaceStanding, now: dt.datetime) -> str:
        """What is known of the machine under the cursor, where words are still that were erased, and where
        the folder is."""
        sentences, writer = rows(standing, now), self._writer
        own = [sentences[standing.writers.index(writer)]] if writer else []
        if writer and writer.silent and writer.taken_in:
            own.append(used_no_more_words(key_for(self, "space.remove")))
        alone = [] if standing.writers else [ALONE]
        space = self.workspace.space
        membership = space.membership if space else None
        where = [folder_words(membership.folder)] if membership else []
        key = key_for(self, "space.type_code")
        code = [type_code_words(key)] if standing.other_code else []
        gone = [elsewhere_words(key_for(self, "space.join"))] if standing.state == "offline" else []
        films = space.films if space else FilmStanding()
        told = [films_words(films, now.date()), ended_words(films.ended) if films.ended else ""]
        rest = sentences[len(standing.writers) :]
        return "\n".join([*own, *alone, *rest, *filter(None, told), *code, *where, *gone])

    def _say(self, about: str, notices: str) -> None:
        """Say what holds, and above it what is not as it should be."""
        for name, words in (("#about", about), ("#notices", notices)):
            place = self.query_one(name, Excerpt)
            place.display = bool(words)
            place.update(Text(words))

    def _how_to_begin(self) -> str:
        make, join = key_for(self, "space.make"), key_for(self, "space.join")
        keys = f"{make} makes one and shows its code; {join} joins one with a copy of its caseload."
        return f"{WHAT_IT_IS}\n\n{WHAT_IT_NEEDS} {keys if self.caseload.encrypted else NOT_ENCRYPTED}"

    def _show_headings(self) -> None:
        headings = self.query_one("#headings", Static)
        headings.display = self._standing is not None
        headings.update(heading_line(self.size.width - 3))

    def on_resize(self) -> None:
        self._show_headings()

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What gets a caseload into a space, or what is done in one."""
        standing = self._standing
        if action == "join" and standing is not None and standing.state == "offline":
            return True  # Its folder may be elsewhere now.
        if action in _OUTSIDE and not self.caseload.encrypted:
            return False
        if action in _OUTSIDE | _INSIDE and (action in _INSIDE) is (self.workspace.space is None):
            return False
        return super().check_action(action, parameters)

    def action_make(self) -> None:
        """Make a space."""
        self.change(lambda: members.make_space(self))

    def action_join(self) -> None:
        """Join a space."""
        self.change(lambda: members.join_space(self))

    def action_code(self) -> None:
        """Show the code again."""
        space = self.workspace.space
        membership = space.membership if space else None
        if membership is not None:
            self.change(lambda: members.show_code(self, membership))

    def action_new_code(self) -> None:
        """Make a new code."""
        self.change(lambda: members.make_new_code(self))

    def action_type_code(self) -> None:
        """Type a code that another has made."""
        self.change(lambda: members.type_new_code(self))

    def action_rename(self) -> None:
        """Give this machine another name."""
        membership = self.workspace.space.membership if self.workspace.space else None
        if membership is not None:
            self.change(lambda: members.rename_machine(self, membership))

    def action_remove(self) -> None:
        """Delete the file of the machine under the cursor."""
        writer = self._writer
        if writer is None:
            self.tell("Put the cursor on the machine that is used no more.")
        else:
            self.change(lambda: members.remove_writer(self, writer))

    def action_leave(self) -> None:
        """Leave the space."""
        self.change(lambda: members.leave_space(self))
