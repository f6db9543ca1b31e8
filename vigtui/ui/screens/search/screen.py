"""Searching: a word is typed, where it stands is listed, and enter goes there."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, Static

from vigtui.domain.consent.access import Permission, Use, permit_view
from vigtui.domain.records import KIND_OF, Record
from vigtui.queries.search.film import FilmPlace, film_place
from vigtui.queries.search.index import Hits
from vigtui.queries.search.parts import Key
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.parts.ways import Words, way_to, way_without_film
from vigtui.ui.screens.search.lines import Shown, found_words, heading_line, hit_line
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.ui.widgets.lines.filter_line import FilterLine
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.search import wanted
from vigtui.wording.access import why_closed
from vigtui.wording.names import Names
from vigtui.wording.search import NOTHING_FOUND, NOTHING_TYPED, counted, label, where, whose, words_of

_SECONDS_BETWEEN_LOOKS = 0.25
_ROWS_OF_WORDS = 2


class SearchScreen(CaseScreen):
    """Everything that is written and may be read by whoever is here. What they searched for last is there
    again, and the first letter takes its place; not after the program was locked."""

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    HELP: ClassVar[str] = (
        "Type a word, or a part of one: families, questions, captions, notes, working points, next steps, "
        "the traject plan, what people said, and the rest of what is written are searched, whatever the case "
        "and the accents. Of several words each must be there; one may name the family. Words that begin as "
        "typed come first. `{search.open}` opens the place, film at its time; where film may not be shown, "
        "that is said, and its line in the family is opened. What somebody keeps for themselves alone is "
        "found by them alone."
    )

    def __init__(self) -> None:
        super().__init__()
        self._hits = Hits()
        self._wanted: tuple[str, ...] = ()
        self._refused: dict[str, str] = {}
        self._asked = 0
        self._one_at_a_time = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield FilterLine("type a word, or a part of one", searches=True)
        yield Static(id="headings", markup=False)
        yield LineList(id="hits")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(TitleBar).set_parts("Search")
        self._filter.line.value = self.workspace.last_search
        self.action_find()
        self._read()

    # Searching

    @property
    def _filter(self) -> FilterLine:
        return self.query_one(FilterLine)

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @work(exclusive=True, group="reading")
    async def _read(self) -> None:
        """Read what is written, the first time; meanwhile what has been read is found."""
        searching = self.workspace.searching
        looking = self.set_interval(_SECONDS_BETWEEN_LOOKS, self._look)
        try:
            await asyncio.to_thread(searching.read)
        finally:
            looking.stop()
        self._look()

    def refresh_records(self) -> None:
        self._refused.clear()
        self._look()

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self._look()

    @work(group="search")
    async def _look(self) -> None:
        """Search for what is typed, on another thread, and show it. Of letters that were typed while another
        was searched for, only the newest is."""
        self._asked += 1
        this = self._asked
        async with self._one_at_a_time:
            if this == self._asked and self.is_whole:
                await self._search()

    async def _search(self) -> None:
        workspace, typed = self.workspace, self._filter.words
        workspace.last_search = typed
        names = workspace.names(self.caseload.get)
        hits = await asyncio.to_thread(workspace.searching.search, typed, workspace.person, names.is_hidden)
        if self.is_whole:
            same = self._wanted == wanted(typed)
            self._hits, self._wanted = hits, wanted(typed)
            self._show(self._list.current if same else "")
            self._look_at_film()

    # Showing

    def _show(self, current: str) -> None:
        share = self.workspace.searching.share
        self._filter.count(counted(self._hits, share) if self._wanted else "")
        lines = [Line(partial(self._line, key), " ".join(key)) for key in self._hits.keys]
        if not lines:
            reading = "Reading what is written…" if share < 1 else NOTHING_FOUND
            words = reading if self._wanted else NOTHING_TYPED
            self.query_one("#about", Excerpt).update(words)
        self._list.set_lines(lines, current)
        self._tell_about()

    def _line(self, key: Key, width: int) -> Text:
        record = self._record(key)
        if record is None:
            return Text("no longer there", style="dim")
        names, place = self._names, self._place(record)
        closed = bool(place and self._refused.get(place.recording))
        shown = Shown(whose(names, record), label(key), words_of(record, key), self._wanted, closed)
        return hit_line(shown, width)

    @work(exclusive=True, group="permits")
    async def _look_at_film(self) -> None:
        """Say which film may not be shown, from the first line down."""
        for key in self._hits.keys:
            record = self._record(key)
            place = self._place(record) if record else None
            if place and place.recording not in self._refused:
                self._refused[place.recording] = await asyncio.to_thread(self._why_closed, place.recording)
                self._list.refresh()
                self._tell_about()

    def _why_closed(self, recording: str) -> str:
        """Why this film may not be shown to whoever is here; "" where it may."""
        today, viewer = self.workspace.today(), self.workspace.person
        decision = permit_view(self.caseload, recording, Use.WATCH, viewer, today)
        return "" if isinstance(decision, Permission) else why_closed(decision, today)

    @on(LineList.Moved)
    def _tell_about(self) -> None:
        key, record = self._key, self._at_cursor
        if key is None or record is None:
            return
        place = self._place(record)
        closed = self._refused.get(place.recording, "") if place else ""
        told = f"{where(self._names, record, place)} {closed}".strip()
        words = found_words(words_of(record, key), self._wanted, self.size.width * _ROWS_OF_WORDS)
        self.query_one("#about", Excerpt).update(Text.assemble(told, "\n", words))

    def on_resize(self) -> None:
        self.query_one("#headings", Static).update(heading_line(self.size.width - 3))

    # What is at hand

    @property
    def _names(self) -> Names:
        return self.workspace.names(self.caseload.get)

    @property
    def _key(self) -> Key | None:
        """What the cursor is on."""
        return next((key for key in self._hits.keys if " ".join(key) == self._list.current), None)

    def _record(self, key: Key) -> Record | None:
        return self.caseload.get(KIND_OF[key[0]], key[1])

    @property
    def _at_cursor(self) -> Record | None:
        return self._record(self._key) if self._key else None

    def _place(self, record: Record) -> FilmPlace | None:
        return film_place(self.caseload.get, record, self._filter.words)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self._at_cursor] if self._at_cursor else []

    # Doing

    def action_find(self) -> None:
        """Type other words."""
        self._filter.begin()
        self._filter.line.action_select_all()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    @work(exclusive=True, group="going")
    async def action_open(self) -> None:
        """Open what the cursor is on where it is shown; no film that may not be."""
        key, record = self._key, self._at_cursor
        if key is None or record is None:
            return
        way: Message | None
        names, words, place = self._names, Words(key[2], self._filter.words), self._place(record)
        closed = await asyncio.to_thread(self._why_closed, place.recording) if place else ""
        if closed:
            self.tell(closed, problem=True, goes_along=True)
            way = way_without_film(names, record, words)
        else:
            way = way_to(names, record, words)
        if way is not None:
            self.post_message(way)
        else:
            self.tell("It has no screen of its own.")
