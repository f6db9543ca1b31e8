"""The cycle timeline: the helping questions above, the timeline, and the event under the cursor in words."""

from collections.abc import Sequence

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from vigtui.domain.records import Clip, Cycle, Record, Recording
from vigtui.domain.vocabulary import RecordingKind
from vigtui.film.pane.app import is_plain
from vigtui.queries.family import FamilyRecords, find
from vigtui.queries.ratings import live_questions
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.records.cycle import add_cycle, add_status, edit_cycle, edit_status
from vigtui.ui.dialogs.records.question import add_question, add_voice
from vigtui.ui.dialogs.records.rating import add_ratings, edit_rating
from vigtui.ui.dialogs.records.recording import add_recording
from vigtui.ui.dialogs.records.traject import add_entry, edit_entry, take_out
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.family.detail import describe_event, review_clips
from vigtui.ui.screens.family.lines import question_line
from vigtui.ui.screens.family.section import NOTHING_TO_REMOVE, WHILE_FILMED, Section, Task, changing
from vigtui.ui.screens.navigation import OpenClip, OpenRecording, OpenSession
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.ui.widgets.lines.legend import Legend
from vigtui.ui.widgets.timeline.timeline import TimelineView
from vigtui.wording.family import cycle_name, length
from vigtui.wording.legend import event_signs

_FRAME = 4
_LEAST_DETAIL, _WRAPPED_DETAIL = 4, 7
_FEW_QUESTIONS = 3
_TALL = 32


class TimelineSection(Section):
    """The first part of the family screen.

    Its place is "lane record" of the event under the cursor. The lane of a rating is left out: it holds the
    name of its rater, and places hold no names.
    """

    def compose(self) -> ComposeResult:
        yield Static(id="questions-above")
        yield TimelineView()
        yield Legend(id="legend")
        with VerticalScroll(id="detail-scroll", can_focus=False):
            yield Static(id="detail")

    @property
    def view(self) -> TimelineView:
        """The timeline itself."""
        return self.query_one(TimelineView)

    @property
    def place(self) -> str:
        cursor = self.view.cursor
        lane = "" if cursor is None or ":" in cursor.lane else cursor.lane
        return f"{lane} {cursor.record}" if cursor else ""

    def fill(self, place: str) -> None:
        lane, _, record = place.rpartition(" ")
        self.view.show(self.records.timeline(), self.records.today, lane=lane, record=record)
        self._lay_out()

    def on_resize(self) -> None:
        if hasattr(self, "records"):
            self._lay_out()

    def _lay_out(self) -> None:
        """Give the timeline the rows it can use, and the words below it the rest: never less than a few.

        Reckoned from the size of the terminal, known before that of this section: the first picture is right.
        """
        lines = self._question_lines()
        above = self.query_one("#questions-above", Static)
        above.update(Text("\n").join(lines))
        above.display = bool(lines)
        taken = len(lines) + 1 if lines else 0
        rows = self.app.size.height - _FRAME - taken - 1
        height = min(self.view.full_height, max(rows - _LEAST_DETAIL, 4))
        self.view.styles.height = height
        self._detail_rows = rows - height

    def _question_lines(self) -> list[Text]:
        questions = [each for each in self.records.questions if not each.superseded_by]
        live = live_questions(questions) or questions
        width = max(self.app.size.width - 2, 20)
        lines = [
            question_line(
                self.records, self.records.questions.index(each) + 1, each, width, plain=is_plain(self.app)
            )
            for each in live
        ]
        if len(lines) > _FEW_QUESTIONS and self.app.size.height < _TALL:
            more = len(lines) - _FEW_QUESTIONS + 1
            lines[_FEW_QUESTIONS - 1 :] = [Text(f"and {more} more: 2 shows them all", style="dim")]
        return lines

    @on(TimelineView.Moved)
    def _tell_about(self, event: TimelineView.Moved) -> None:
        signs = event_signs(event.event, self.records.needs(), self.records.lowest_rating)
        self.query_one(Legend).tell(signs)
        wrap = self._detail_rows >= _WRAPPED_DETAIL
        self.query_one("#detail", Static).update(
            describe_event(self.records, event.event, keys_for(self), wrap=wrap, plain=is_plain(self.app))
        )
        self.query_one("#detail-scroll").scroll_home(animate=False)

    @on(TimelineView.ReadOn)
    def _read_on(self, event: TimelineView.ReadOn) -> None:
        scroll = self.query_one("#detail-scroll")
        scroll.scroll_relative(y=event.way * max(scroll.size.height - 1, 1), animate=False)

    @on(TimelineView.Opened)
    def _opened(self) -> None:
        self.work_on(self.open_here)

    # Adding and changing

    @property
    def at_hand(self) -> Sequence[Record]:
        event, records = self.view.cursor, self.records
        known = (records.cycles, records.sessions, records.spans, records.ratings, records.traject)
        return [each for kind in known for each in kind if event is not None and each.id == event.record]

    @changing
    async def add_here(self) -> None:
        screen, records = self.host, self.records
        cursor = self.view.cursor
        cycle = records.cycle(cursor.record) if cursor else None
        tasks: list[tuple[str, str, Task]] = [
            ("film", "A cycle", lambda: add_cycle(screen, records)),
            ("review", "A recording", lambda: add_recording(screen, records, cycle)),
            ("rating", "Ratings", lambda: add_ratings(screen, records)),
            ("question", "A helping question", lambda: add_question(screen, records)),
            ("status", "A plan or status", lambda: add_status(screen, records)),
            ("traject", "A line of the traject plan", lambda: add_entry(screen, records)),
            ("voice", "Something somebody said", lambda: add_voice(screen, records.family.id)),
            *(
                ("", f"Moments by the clock, {words} {cycle_name(cycle)}", self.mark_moments(cycle, kind))
                for kind, words in WHILE_FILMED.items()
                if cycle
            ),
        ]
        lane = cursor.lane.partition(":")[0] if cursor else ""
        tasks.sort(key=lambda task: task[0] != lane)
        await self.choose_task("Add", [(words, task) for _, words, task in tasks])

    @changing
    async def edit_here(self) -> None:
        event = self.view.cursor
        if event is None:
            await self.add_here()
        elif cycle := self.records.cycle(event.record):
            await edit_cycle(self.host, cycle)
        elif event.lane == "supervision":
            self._tell_where()
        elif span := find(self.records.spans, event.record):
            await edit_status(self.host, span)
        elif rating := find(self.records.ratings, event.record):
            await edit_rating(self.host, self.records, rating)
        elif entry := find(self.records.traject, event.record):
            await edit_entry(self.host, self.records, entry)

    def _tell_where(self) -> None:
        """Where a supervision is changed."""
        opens = key_for(self.host, "timeline.open")
        self.host.tell(f"A supervision is changed on its own screen. {opens} opens it.")

    @changing
    async def remove_here(self) -> None:
        event, records = self.view.cursor, self.records
        if event is None:
            self.host.tell(NOTHING_TO_REMOVE)
        elif event.lane == "supervision":
            self._tell_where()
        elif cycle := records.cycle(event.record):
            await remove_record(self.host, cycle, cycle_name(cycle))
        elif span := find(records.spans, event.record):
            await remove_record(self.host, span, f"the status {span.kind.label}")
        elif rating := find(records.ratings, event.record):
            await remove_record(self.host, rating, f"this rating by {records.name(rating.rater)}")
        elif entry := find(records.traject, event.record):
            await take_out(self.host, records, entry)

    async def open_here(self) -> None:
        event = self.view.cursor
        cycle = self.records.cycle(event.record) if event else None
        if event and cycle and event.lane == "review":
            await self._open_review(cycle)
        elif event and cycle and cycle.filmed:
            await self._open_film(cycle, RecordingKind.INTERACTION)
        elif event and event.lane == "supervision":
            self.post_message(OpenSession(event.record))
        elif event:
            await self.edit_here()

    async def _open_film(self, cycle: Cycle, kind: RecordingKind) -> None:
        films = self.records.recordings_of(cycle, kind)
        if films:
            await self.choose_task(
                "Which recording?", [(self._film_name(film), self._go_to(film)) for film in films]
            )
            return
        question = f"There is no {kind.label} recording of {cycle_name(cycle)} yet. Add one?"
        if await self.host.ask(ConfirmScreen(question, "Choose a film", "Not now")):
            await add_recording(self.host, self.records, cycle)

    async def _open_review(self, cycle: Cycle) -> None:
        clips = review_clips(self.records, cycle)
        if not clips:
            await self._open_film(cycle, RecordingKind.SHARED_REVIEW)
            return
        tasks = [
            (f"{self.records.code(clip)}  {clip.caption or clip.title}", self._go_to(clip)) for clip in clips
        ]
        films = self.records.recordings_of(cycle, RecordingKind.SHARED_REVIEW)
        if len(tasks) > 1:
            tasks += [(f"The whole {self._film_name(film)}", self._go_to(film)) for film in films]
        await self.choose_task("Open", tasks)

    def _film_name(self, film: Recording) -> str:
        return " ".join(filter(None, [film.kind.label, length(film)]))

    def _go_to(self, record: Clip | Recording) -> Task:
        async def go() -> None:
            message = OpenClip(record.id) if isinstance(record, Clip) else OpenRecording(record.id)
            self.post_message(message)

        return go

    def move_to(self, record: str) -> None:
        """Put the cursor on the event of a record; a clip or recording is at its cycle."""
        self.view.move_to(_event_record(self.records, record))


def _event_record(records: FamilyRecords, record: str) -> str:
    clip = find(records.clips, record)
    recording = find(records.recordings, clip.recording if clip else record)
    return recording.cycle if recording else record
