"""Film that is not where its recording says, and film that no recording names."""

import asyncio
import threading
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList, Static

from vigtui.casefilm.relinking import Found, beyond_doubt, look, relink
from vigtui.casefilm.search import FoundFilm, Lost, StillThere, Survey
from vigtui.domain.consent.access import named_by_several_families
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.records import Family, Record, Recording
from vigtui.queries.family import family_records
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.records.recording import add_recording
from vigtui.ui.dialogs.removing.delete_film import delete_again
from vigtui.ui.dialogs.working import Left
from vigtui.ui.screens.lost_film.rows import UNFIT_NAME, Thing, rows, summary
from vigtui.ui.screens.navigation import OpenFamily
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.record_list import RecordList
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import one_line, shown_path
from vigtui.wording.access import REMOVED

_PERCENT_BETWEEN_WORDS = 5


class Films(RecordList):
    """The films to look at."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("films")


class LostFilmScreen(CaseScreen):
    """Looks through the folder and shows what it found, the cursor on `recording` if one is named."""

    CSS_PATH = "lost_film.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lost_film"), *bindings("back")]
    HELP: ClassVar[str] = (
        "Film that is not where its recording says is looked for in the caseload's folder and the folders "
        "in it, and known again by its content, whatever it is called now. `{lost_film.take}` takes a film "
        "that was found, `{lost_film.all}` takes all that are beyond doubt, `{app.undo}` undoes it. Film "
        "that no recording names can be added to a family, or left. Film that was deleted is never taken "
        "again by itself."
    )

    def __init__(self, recording: str = "") -> None:
        super().__init__()
        self._wanted = recording
        self._survey = Survey()
        self._searched: list[Recording] | None = None
        self._stop = threading.Event()
        self._things: dict[str, Thing] = {}
        self._shared: list[Recording] = []

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Static(id="doing", markup=False)
        yield Films(id="films")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(TitleBar).set_parts("Film", "missing, found again, or without a recording")
        self.query_one(Films).focus()
        self._look()

    def on_unmount(self) -> None:
        self._stop.set()

    # Looking

    def refresh_records(self) -> None:
        if self.caseload.all(Recording) != self._searched:
            self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Look through the folder; a search that is still going on ends."""
        self._stop.set()
        stop = self._stop = threading.Event()
        recordings = self.caseload.all(Recording)
        self._searched = recordings
        told = -_PERCENT_BETWEEN_WORDS

        def progress(part: float) -> None:
            nonlocal told
            if stop.is_set():
                raise Left
            if part * 100 >= told + _PERCENT_BETWEEN_WORDS:
                told = int(part * 100)
                self.call_later(self._tell_progress, stop, told)

        try:
            survey = await asyncio.to_thread(look, self.caseload, recordings, progress)
            shared = await asyncio.to_thread(named_by_several_families, self.caseload)
        except Left:
            return
        stop.set()  # Progress that arrives from here on is too late.
        if self._is_whole:
            self._survey = survey
            self._shared = [each for several in shared for each in several]
            self._show()

    @property
    def _is_whole(self) -> bool:
        """Whether there is something to show it on: a screen that is being left has lost its parts."""
        return bool(self.query(Films)) and bool(self.query("#doing"))

    def _tell_progress(self, stop: threading.Event, percent: int) -> None:
        if self._is_whole and not stop.is_set():
            where = one_line(str(self.caseload.folder))
            self.query_one("#doing", Static).update(f"Looking through {where}: {percent} %")

    # Showing

    def _show(self) -> None:
        listed, self._things = rows(self.caseload.get, self._survey, self._shared)
        self.query_one(Films).show(listed, f"lost:{self._wanted}" if self._wanted else "")
        self._wanted = ""
        self.query_one("#doing", Static).update(summary(self._survey, len(self._shared)))
        self.refresh_bindings()

    # Doing

    @property
    def at_hand(self) -> Sequence[Record]:
        thing = self._things.get(self.query_one(Films).key)
        if isinstance(thing, Recording):
            return [thing]
        return [] if thing is None or isinstance(thing, FoundFilm) else [thing.recording]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All can be taken only where something was found."""
        if action == "all" and not beyond_doubt(self._survey.lost):
            return False
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        """Look through the folder again."""
        self._look()

    def action_all(self) -> None:
        """Take every film that was found beyond doubt."""
        self.change(lambda: self._take(beyond_doubt(self._survey.lost)))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        thing = self._things.get(event.option.id or "")
        if isinstance(thing, Recording):
            self._open_family(thing)
        elif isinstance(thing, Lost) and not thing.found:
            self._open_family(thing.recording, thing.why)
        elif thing is not None:
            self.change(lambda: self._decide(thing))

    async def _decide(self, thing: Lost | FoundFilm | StillThere) -> None:
        if isinstance(thing, Lost):
            path = await self._which(thing)
            if path:
                await self._take([(thing.recording, path)])
        elif isinstance(thing, FoundFilm):
            await self._add(thing)
        elif await delete_again(self, thing.recording, thing.path):
            self._look()

    async def _which(self, lost: Lost) -> str:
        """Which of the films found is taken, "" for none."""
        question = f"Perhaps this is the film: {lost.doubt}." if lost.doubt else ""
        if len(lost.found) > 1:
            options = [(path, shown_path(path)) for path in lost.found]
            return (
                await self.ask(
                    ChooseScreen(question or "The same film is in several places. Which one?", options)
                )
                or ""
            )
        if question and not await self.ask(
            ConfirmScreen(f"{question} Take {shown_path(lost.found[0])}?", "Take it", "Leave it")
        ):
            return ""
        return lost.found[0]

    async def _take(self, found: Sequence[Found]) -> None:
        done, troubles = await asyncio.to_thread(relink, self.caseload, found)
        if troubles:
            self.tell("\n".join(troubles[:3]), problem=True)
            self._look()
        elif done:
            what = shown_path(done[0][1]) if len(done) == 1 else f"{len(done)} films"
            self.tell(f"Found again: {what}. {key_for(self, 'app.undo')} undoes it.")

    async def _add(self, film: FoundFilm) -> None:
        """Add a film that no recording names to a family."""
        if not film.can_be_named:
            self.tell(UNFIT_NAME, problem=True)
            return
        families = sorted(self.caseload.all(Family), key=lambda family: family.code)
        options = [(each.id, one_line(f"{each.code} {each.pseudonym}")) for each in families]
        chosen = await self.ask(ChooseScreen(f"Of which family is {shown_path(film.path)}?", options))
        records = family_records(self.caseload, chosen, self.workspace.today()) if chosen else None
        if records is not None:
            await add_recording(self, records, path=film.path)

    def _open_family(self, recording: Recording, otherwise: str = REMOVED) -> None:
        showing = find_recording(self.caseload.get, recording.id)
        if showing is None:
            self.tell(otherwise, problem=True)
        else:
            self.post_message(OpenFamily(showing.family.id, recording.id))
