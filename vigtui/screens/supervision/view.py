"""What the supervision walk shows."""

from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Footer

from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import in_order, require_open
from vigtui.domain.vocabulary import SessionState, Visibility
from vigtui.screens.supervision.context import agenda_entry, beside_texts
from vigtui.screens.supervision.texts import (
    ALL_TEXTS,
    ITEM_TEXTS,
    PRIVATE,
    SESSION_TEXTS,
    WalkTexts,
    Written,
)
from vigtui.video.player import PlayerState
from vigtui.widgets.agenda import Agenda
from vigtui.widgets.axis_drawing import Stretch
from vigtui.widgets.notes_editor import Moment
from vigtui.widgets.own_note import keep_note, own_note
from vigtui.widgets.reel import Cue, Reel
from vigtui.widgets.session_form import session_name, session_words
from vigtui.widgets.showing import find_clip
from vigtui.widgets.time_axis import TimeAxis
from vigtui.widgets.title_bar import TitleBar
from vigtui.widgets.video_pane import VideoPane
from vigtui.widgets.writing_screen import WritingScreen


@dataclass(frozen=True)
class Place:
    """The item, the clip seen, the moment of its film, the text and the cursor in it."""

    item: str
    clip: str
    ms: int
    text: str
    cursor: int


class WalkView(WritingScreen):
    """A session: its agenda, the film of one item, and what is written about it."""

    CSS_PATH = "supervision.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012  Textual's own form

    in_session = True

    def __init__(self, session_id: str, item: str = "") -> None:
        super().__init__()
        self.session_id = session_id
        self.item_id = item
        self.seen = ""

    @property
    def address(self) -> str:
        return f"session {self.session_id}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Agenda(id="agenda")
        with Container(id="walk"):
            with Vertical(id="stage"):
                yield VideoPane(id="film")
                yield TimeAxis(id="axis")
            yield WalkTexts(self._here, self._named, id="texts")
        yield Footer(show_command_palette=False)

    # The records, as they are now

    @property
    def session(self) -> Session | None:
        """The session; None when it is gone."""
        return self.caseload.get(Session, self.session_id)

    @property
    def item(self) -> SessionItem | None:
        """The item at hand; None when the agenda is empty."""
        return self.caseload.get(SessionItem, self.item_id)

    def items(self) -> list[SessionItem]:
        """The agenda in its order."""
        return in_order(self.caseload.where(SessionItem, session=self.session_id), self.session_id)

    @property
    def texts(self) -> WalkTexts:
        """The right-hand side."""
        return self.query_one(WalkTexts)

    @property
    def locked(self) -> bool:
        """Whether nothing but the person's private note can be changed."""
        session = self.session
        return session is None or session.state is SessionState.AGREED or bool(self.caseload.read_only)

    # Showing an item

    def show_item(self, item: SessionItem | None, *, playing: bool = False, at_ms: int | None = None) -> None:
        """Show this item: its texts, and its clip cued and looping."""
        self.save_pending()
        self.item_id = item.id if item else ""
        self.texts.show(self._written())
        self.show_clip(item.clip if item else "", playing=playing, at_ms=at_ms)
        self.show_records()

    def show_clip(self, clip: str, *, playing: bool = False, at_ms: int | None = None) -> None:
        """Show this clip: from its start, looping; or at a moment of its film, looping if that lies in it."""
        found = find_clip(self.caseload, clip)
        self.seen = clip
        if found is None:
            self.show_film(None)
            self._say_why_empty()
            return
        seen = found[0]
        start = seen.in_ms if at_ms is None else at_ms
        loop = (seen.in_ms, seen.out_ms) if seen.in_ms <= start < seen.out_ms else None
        self.show_film(Cue(seen.recording, start, loop, playing))
        self._show_stretch()

    def _say_why_empty(self) -> None:
        if not self.items():
            self.reel.close("No agenda yet. F3 adds a clip.")
        elif self.item and self.item.clip:
            self.reel.close("This clip is no longer in the caseload. What was written stays.")
        else:
            self.reel.close("This item has no clip.")

    def show_records(self) -> None:
        """Show everything around the film and the texts."""
        session = self.session
        if session is None:
            self.query_one(TitleBar).set_parts("Supervision", "no longer in the caseload")
            return
        self.query_one(TitleBar).set_parts(session_name(self.caseload, session), session_words(self, session))
        self._show_agenda(session)
        self.texts.show_context(beside_texts(self.workspace, session, self.item))
        self._show_stretch()

    def _show_agenda(self, session: Session) -> None:
        items = self.items()
        place = next((place for place, item in enumerate(items) if item.id == self.item_id), 0)
        consent = "consent: missing" if self.reel.refused else "consent: ok"
        right = f"{session.state.label}   {consent}" if items else session.state.label
        self.query_one(Agenda).show([agenda_entry(self.caseload, item) for item in items], place, right)

    # The texts

    def _written(self) -> dict[str, Written]:
        session, item = self.session, self.item
        written: dict[str, Written] = {}
        if item is not None:
            for name in ITEM_TEXTS:
                written[name] = Written(getattr(item, name), self._keep_item(item.id, name), self.locked)
        if session is not None:
            for name in SESSION_TEXTS:
                written[name] = Written(getattr(session, name), self._keep_session(name), self.locked)
            if self.workspace.person is not None:
                note = own_note(self.caseload, session.id, self.workspace.person.id, Visibility.AUTHOR)
                keep = keep_note(self.caseload, note, "a note only you read")
                written[PRIVATE] = Written(note.body, keep, bool(self.caseload.read_only))
        return written

    def _keep_item(self, item: str, name: str) -> Callable[[str], None]:
        def keep(text: str) -> None:
            latest = self.caseload.get(SessionItem, item)
            if latest is not None:
                self._keep(replace(latest, **{name: text}), f"Write “{name.replace('_', ' ')}”")

        return keep

    def _keep_session(self, name: str) -> Callable[[str], None]:
        def keep(text: str) -> None:
            session = self.session
            if session is not None:
                self._keep(replace(session, **{name: text}), f"Write the session's {name}")

        return keep

    def _keep(self, record: Session | SessionItem, words: str) -> None:
        session = self.session
        try:
            if session is not None:
                require_open(session)
        except ValueError as error:
            self.tell(str(error), problem=True)
            return
        with self.caseload.transaction(words):
            self.caseload.save(record)

    def refresh_records(self) -> None:
        """Show the records as they are now; the film and the cursors stay where they are."""
        if not self.is_shown:
            return
        super().refresh_records()
        items = self.items()
        if (self.item_id and self.item is None) or (items and not self.item_id):
            self.show_item(items[0] if items else None)
            return
        self.texts.reread(self._written())
        self.show_records()

    # The film

    def film_moved(self, reel: Reel) -> None:
        """Show where the film is, and on the agenda whether it may be shown."""
        self._show_stretch()
        if reel.closed and (session := self.session):
            self._show_agenda(session)

    def _show_stretch(self) -> None:
        found = find_clip(self.caseload, self.seen)
        state = self.pane.state
        self.axis.stretch = Stretch(
            duration=state.duration_ms or (found[1].recording.duration_ms if found else 0),
            clip=(found[0].in_ms, found[0].out_ms) if found else None,
            signs=self._signs(state),
        )
        self.axis.display = found is not None

    def _signs(self, state: PlayerState) -> str:
        """`▶ ↻`: what the film does; with the clip's code when it is the companion that is shown."""
        found = find_clip(self.caseload, self.seen)
        beside = found is not None and self.item is not None and self.seen != self.item.clip
        code = found[1].code(found[0]) if found and beside else ""
        return " ".join(filter(None, (code, "▶" if state.playing else "‖", "↻" if state.loop else "")))

    def _here(self) -> Moment | None:
        """Where the film is, for a text about this item: the clip is named only when it is another one."""
        item, moment = self.item, self._named()
        if moment is None or item is None or self.seen != item.clip:
            return moment
        return Moment(moment.ms)

    def _named(self) -> Moment | None:
        found, ms = find_clip(self.caseload, self.seen), self.reel.written_ms
        return None if found is None or ms is None else Moment(ms, found[1].code(found[0]))

    # Where the person was

    @property
    def _place(self) -> str:
        return f"walk:{self.session_id}"

    def remembered(self) -> Place | None:
        """Where the person left this session, if they were here before."""
        match self.workspace.places.get(self._place):
            case [str(item), str(clip), int(ms), str(text), int(cursor)] if text in ALL_TEXTS:
                return Place(item, clip, ms, text, cursor)
        return None

    def save_pending(self) -> None:
        """Keep what is being written, and where the person is."""
        super().save_pending()
        ms = self.reel.ms
        if self.item_id and ms is not None:
            editor = self.texts.editor
            place: list[str | int] = [self.item_id, self.seen, ms, str(editor.id), editor.place]
            self.workspace.places.set(self._place, place)
