"""What the family sees of the shared review: one large, calm picture."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from vigtui.domain.film.moments import marked_by_clock, waiting
from vigtui.domain.records import Cycle, Family, HelpingQuestion, Moment, Person, Record, Voice
from vigtui.domain.reviews import Shown, plan_of
from vigtui.domain.vocabulary import RecordingKind
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.window import why_no_window
from vigtui.queries.ratings import live_questions
from vigtui.ui.dialogs.records.review import end_review
from vigtui.ui.screens.navigation import ShownToFamily
from vigtui.ui.screens.parts.case_film import CaseFilm
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.parts.film_desk import FilmDesk
from vigtui.ui.screens.review.film import ReviewFilm
from vigtui.ui.screens.review.lines import balanced
from vigtui.ui.screens.review.said_line import SaidLine
from vigtui.ui.screens.review.sitting import Sitting, first_speaker
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.values import clocks
from vigtui.values.signs import CYCLE_DONE, CYCLE_TO_COME
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import one_line
from vigtui.wording.film.reviews import LAST, called

_WINDOW_KEYS = {
    "SPACE": "screen.toggle",
    "RIGHT": "screen.next",
    "LEFT": "screen.before",
    "HOME": "screen.again",
    ",": "screen.frame_back",
    ".": "screen.frame_on",
    "m": "screen.mute",
    "d": "screen.mark",
    "w": "screen.write",
    "r": "screen.rate",
    "f": "screen.window",
    "q": "screen.window",
    "ESC": "screen.window",
}
"""The keys of the film's own window, by libmpv's names for them."""
_SHORT = "{review.play} play   {review.next} next   {review.write} write   {review.keys} keys"
_ALL = (
    "{review.play} play  {review.again} again  {review.before}{review.next} move  {review.write} write  "
    "{review.caption} {review.question} words  {review.window} large  {review.rate} rate  {review.back} end"
)
_CLOSED = "{review.next} next   {review.before} before   {review.keys} keys   {review.back} end"
_MARGINS = 8
_AT_END = "{review.rate} ratings, words, the next film   {review.before} before   {review.back} end"
_ALLOWED = frozenset({"quit", "repaint", "suspend_process", "lock"})


class ReviewScreen(CaseScreen, inherit_bindings=False):
    """The planned moments of a sitting, from that with the id `planned` on, in front of the family: no codes,
    no notes, no labels, no other family. Keys are told until the first is pressed.

    Other keys of the program do nothing here, and sentences in the corner stay away until the guider is back
    at the plan.
    """

    CSS_PATH = "review.tcss"
    SEEN_BY_FAMILY = True
    AUTO_FOCUS = ""  # the line is for when somebody writes
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")

    def __init__(self, sitting: Sitting, planned: str) -> None:
        super().__init__()
        self.sitting = sitting
        self._planned = planned
        self._place = 0
        self.film = ReviewFilm(self, self._moved, sitting.remark)
        self.films = FilmDesk(self, self.film)

    def compose(self) -> ComposeResult:
        picture = VideoPane(id="film")
        # Its own keys would draw it otherwise, or tell of it: here are those of a review alone.
        picture.can_focus = False
        picture.full_screen, picture.own_window_keys, picture.in_window_words = True, _WINDOW_KEYS, ""
        yield picture
        yield Subtitles(id="film-said")
        yield TimeAxis(id="axis")
        yield Excerpt(id="words")
        yield SaidLine(self._keep_said)
        yield Static(id="keys")

    def on_mount(self) -> None:
        self._show_moment(playing=False)
        self._tell_keys(with_keys(_SHORT, keys_for(self)), dots=True)

    def on_unmount(self) -> None:
        self.app.post_message(ShownToFamily(""))

    # What is at hand

    @property
    def plan(self) -> list[Shown]:
        """What is shown, as the records say now."""
        return plan_of(self.caseload.get, self.caseload.where, self.sitting.cycle)

    @property
    def shown(self) -> Shown | None:
        """What the family sees; None after the last moment."""
        return next((each for each in self.plan if each.planned.id == self._planned), None)

    @property
    def family(self) -> Family | None:
        """The family that sits here."""
        cycle = self.caseload.get(Cycle, self.sitting.cycle)
        return self.caseload.get(Family, cycle.family) if cycle else None

    @property
    def at_hand(self) -> Sequence[Record]:
        return ()

    def allows(self, action: str) -> bool:
        """What would show anything else of the caseload waits."""
        return action in _ALLOWED

    def tell(self, sentence: str, **_: bool) -> None:
        """Keep a sentence for the guider, until they are back at the plan."""
        self.sitting.remark(sentence)

    # Showing

    def _show_moment(self, *, playing: bool) -> None:
        """Show the planned moment at hand, or that there is none any more."""
        shown = self.shown
        self._show_words()
        if shown is None:
            self.film.rest(LAST)
            self._tell_keys(with_keys(_AT_END, keys_for(self)))
        else:
            self._place = self._ids.index(self._planned)
            self.film.show_moment(shown, playing=playing)
        self.post_message(ShownToFamily(self._planned if shown else ""))

    def _show_words(self) -> None:
        """Show what is seen and heard, and the helping question, where they are wanted and name nobody who
        has no name here."""
        shown, wanted = self.shown, list[Text]()
        if shown and self.sitting.caption and (words := self._spoken(shown.caption)):
            wanted.append(Text(words))
        if shown and self.sitting.question:
            spoken = (self._spoken(each.words) for each in self._questions(shown))
            wanted += [Text(f"“{words}”", style="bold") for words in spoken if words]
        beside, width = self.query_one("#words", Excerpt), max(20, self.app.size.width - _MARGINS)
        beside.update(Text("\n").join(balanced(each, width, self.app.console) for each in wanted))
        beside.display = bool(wanted)

    def _spoken(self, words: str) -> str:
        return self.names.spoken(one_line(words)) or ""

    @property
    def names(self) -> SpokenNames:
        """How everybody is called in this sitting."""
        return self.sitting.names or SpokenNames()

    def _questions(self, shown: Shown) -> list[HelpingQuestion]:
        """The helping questions that the clip is about, else the first that is asked."""
        asked = live_questions(self.caseload.where(HelpingQuestion, family=shown.showing.family.id))
        return [each for each in asked if each.id in shown.clip.questions] or asked[:1]

    def _tell_keys(self, words: str, *, dots: bool = False) -> None:
        place = self._place if self.shown else -1
        moments = [CYCLE_DONE if number == place else CYCLE_TO_COME for number in range(len(self.plan))]
        line = Text.assemble(" ".join(moments), "     ", words) if dots else Text(words)
        self.query_one("#keys", Static).update(line)

    def _is_left(self) -> bool:
        """Whether the moment has no film to be played: then what leads on from it is told."""
        left = self.shown is not None and not self.film.can_be_moved
        if left:
            self._tell_keys(with_keys(_CLOSED, keys_for(self)), dots=True)
        return left

    def _moved(self, film: CaseFilm) -> None:
        self._is_left()
        if self.film.is_open and (shown := self.shown) and film.state.source:
            self.sitting.shown.add(shown.clip.id)

    def refresh_records(self) -> None:
        """Close what may no longer be shown, at once; go on where a moment was taken out of the plan."""
        if not self.films.is_there:
            return
        self.films.decide()
        if self.shown is None and self._planned:
            ids = self._ids
            self._planned = ids[self._place] if self._place < len(ids) else ""
            self._show_moment(playing=False)
        self._show_words()

    def on_resize(self) -> None:
        self._show_words()

    @on(VideoPane.StateChanged)
    def _follow(self, event: VideoPane.StateChanged) -> None:
        self.films.follow(event.pane, event.state)

    def on_screen_suspend(self) -> None:
        self.save_pending()
        self.films.cover()

    def on_screen_resume(self) -> None:
        self.films.uncover()

    def save_pending(self) -> None:
        """Keep what is being written."""
        self.query_one(SaidLine).keep()

    # The film

    @property
    def _ids(self) -> list[str]:
        return [each.planned.id for each in self.plan]

    def action_toggle(self) -> None:  # type: ignore[override]  # Textual's own takes an attribute's name
        """Play, or pause; at the end of a moment, play it again."""
        self._tell_keys("")
        if self._is_left():
            return
        if self.film.playing:
            self.film.pause()
        else:
            self.film.play()

    def action_again(self) -> None:
        """Show the moment again, from its start."""
        self._tell_keys("")
        if (shown := self.shown) is not None and not self._is_left():
            self.film.seek(shown.span[0], playing=shown.still is None)

    def action_next(self) -> None:
        """Show the next moment; a clip plays, a still stands."""
        self._step(1)

    def action_before(self) -> None:
        """Show the moment before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self._tell_keys("")
        ids = self._ids
        place = (self._place if self.shown else len(ids)) + by
        if 0 <= place <= len(ids):
            self._planned = ids[place] if place < len(ids) else ""
            self._show_moment(playing=True)

    def action_frame_on(self) -> None:
        """Go on by one frame."""
        self._frame(1)

    def action_frame_back(self) -> None:
        """Go back by one frame."""
        self._frame(-1)

    def _frame(self, by: int) -> None:
        self._tell_keys("")
        if not self._is_left() and self.film.is_open and self.film.pane.player:
            self.film.pane.player.step(by)

    def action_mute(self) -> None:
        """Sound off, or on."""
        self.film.pane.action_mute()

    def action_window(self) -> None:
        """Show the film as large as the screen, in a window of its own, or here again."""
        self._tell_keys("" if not why_no_window() else why_no_window())
        if not self._is_left() and self.film.is_open and not why_no_window():
            self.film.pane.action_window()

    def _leave_window(self) -> None:
        """Have the film here again: what is typed or asked is in the terminal."""
        if self.film.state.window and self.film.pane.player:
            self.film.pane.player.close_window()

    # Words

    def action_caption(self) -> None:
        """Show what is seen and heard, or hide it."""
        self.sitting.caption = not self.sitting.caption
        self._tell_keys("")
        self._show_words()

    def action_question(self) -> None:
        """Show the helping question, or hide it."""
        self.sitting.question = not self.sitting.question
        self._tell_keys("")
        self._show_words()

    def action_keys(self) -> None:
        """Tell the keys, until the next one."""
        self._tell_keys(with_keys(_ALL, keys_for(self)))

    def action_write(self) -> None:
        """Write what is said, with its time; the film waits."""
        self._tell_keys("")
        ms, family = self.film.written_ms, self.family
        self.film.pause()
        self.sitting.in_window = self.film.state.window
        self._leave_window()
        if self.caseload.read_only or family is None:
            self._tell_keys("Nothing can be written down here now.")
        elif not self._is_left() and self.shown is not None and ms is not None:
            if not self.sitting.speaker:
                questions = self.caseload.where(HelpingQuestion, family=family.id)
                self.sitting.speaker = first_speaker(family, questions)
            self.query_one("#keys").display = False
            self.query_one(SaidLine).write(self._people(family), self.sitting.speaker, ms)

    def _people(self, family: Family) -> list[tuple[str, str]]:
        found = [(each.id, called(family, self.names, each.id)) for each in family.members]
        guider = self.caseload.get(Person, family.guider)
        return [*found, (guider.id, one_line(guider.name))] if guider else found

    def _keep_said(self, speaker: str, words: str, at_ms: int) -> None:
        """Keep somebody's words about the moment that is shown, with the labels in place of the names."""
        shown = self.shown
        if shown is None or self.caseload.read_only:
            return
        voice = Voice(
            family=shown.showing.family.id,
            speaker=speaker,
            words=self.names.kept(words),
            date=self.workspace.today(),
            clip=shown.clip.id,
            at_ms=at_ms,
        )
        with self.caseload.transaction("Write down what was said"):
            self.caseload.save(voice)

    @on(SaidLine.Left)
    def _leave_line(self) -> None:
        line = self.query_one(SaidLine)
        self.sitting.speaker = line.speaker
        line.leave()
        self.query_one("#keys").display = True
        self.set_focus(None)
        if self.sitting.in_window and self.film.is_open:
            self.film.pane.action_window()

    # By the clock, and the end

    def action_mark(self) -> None:
        """Mark a moment by the clock, in the film that is made of this review."""
        now, kind = clocks.now(), RecordingKind.SHARED_REVIEW
        marked = waiting(self.caseload.where(Moment, cycle=self.sitting.cycle), kind)
        if not self.caseload.read_only and marked_by_clock(marked, now) is None:
            with self.caseload.transaction(f"Mark a moment at {now.astimezone():%H:%M:%S}"):
                self.caseload.save(Moment(cycle=self.sitting.cycle, kind=kind, at=now))

    @work(exclusive=True, group="ask")
    async def action_rate(self) -> None:
        """Take ratings, their words and the next film; then the review is over."""
        cycle = self.caseload.get(Cycle, self.sitting.cycle)
        if cycle is None or self.caseload.read_only:
            return
        self.film.pause()
        self._leave_window()
        done = await end_review(
            self, cycle, self.names, shown=self.sitting.shown, speaker=self.sitting.speaker
        )
        if done:
            self.sitting.remark(
                f"The shared review is kept: its day, and what was said. {key_for(self, 'app.undo')} "
                "takes it back."
            )
            self.action_back()

    def action_back(self) -> None:
        """From the line back to the film; from there back to the plan."""
        if self.query_one(SaidLine).display:
            self._leave_line()
        else:
            super().action_back()
