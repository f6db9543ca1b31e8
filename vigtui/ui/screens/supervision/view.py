"""What the supervision walk shows."""

from textual.app import ComposeResult
from textual.containers import Container

from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import in_order
from vigtui.domain.vocabulary import SessionState
from vigtui.ui.dialogs.records.session import session_name, session_words
from vigtui.ui.screens.parts.case_film import Reel
from vigtui.ui.screens.supervision.arrangement import NOTES_UNDER_BELOW
from vigtui.ui.screens.supervision.beside import TwoFilms
from vigtui.ui.screens.supervision.context import agenda_entry, beside_texts, state_words
from vigtui.ui.screens.supervision.films import Films
from vigtui.ui.screens.supervision.keeping import text_drafts
from vigtui.ui.screens.supervision.place import Place, read_place
from vigtui.ui.screens.supervision.texts import WalkTexts
from vigtui.ui.widgets.agenda import Agenda
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.notes_editor import Moment
from vigtui.ui.widgets.showing import find_clip
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.workspace.drafts import Draft


class WalkView(TwoFilms):
    """A session: its agenda, the films of one item, and what is written about it."""

    CSS_PATH = "supervision.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NOTES_UNDER_BELOW, "-normal"), (120, "-wide")]  # noqa: RUF012  Textual's own form

    def __init__(self, session_id: str, item: str = "") -> None:
        super().__init__()
        self.session_id = session_id
        self.item_id = item

    @property
    def address(self) -> str:
        return f"session {self.session_id}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Agenda(id="agenda")
        with Container(id="walk"):
            yield Films()
            yield WalkTexts(self._here, self._named, id="texts")
        yield KeyFooter(show_command_palette=False)

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
        """What is written."""
        return self.query_one(WalkTexts)

    @property
    def locked(self) -> bool:
        """Whether nothing but the person's private note can be changed."""
        session = self.session
        return session is None or session.state is SessionState.AGREED or bool(self.caseload.read_only)

    def _drafts(self) -> dict[str, Draft]:
        return text_drafts(self, self.session, self.item, locked=self.locked)

    # Showing an item

    def show_item(self, item: SessionItem | None, *, playing: bool = False, at_ms: int | None = None) -> None:
        """Show this item: its texts, its clip looping, and the companion clip cued beside it."""
        self.save_pending()
        self.item_id = item.id if item else ""
        self.texts.show(self._drafts())
        clip, companion = (item.clip, self._companion(item)) if item else ("", "")
        self.show_clips(clip, companion, playing=playing, at_ms=at_ms)
        if self.own.found is None:
            self.own.close(self._why_empty())
        self.show_records()

    def _companion(self, item: SessionItem) -> str:
        """The clip beside the item's; "" when there is none, or none any more."""
        return item.companion if find_clip(self.caseload, item.companion) else ""

    def _why_empty(self) -> str:
        if not self.items():
            return "No agenda yet. F3 adds a clip."
        if self.item and self.item.clip:
            return "This clip is not here: it was removed, or left out of a pack. What was written stays."
        return "This item has no clip."

    def show_records(self) -> None:
        """Show everything around the films and the texts."""
        session = self.session
        if session is None:
            self.query_one(TitleBar).set_parts("Supervision", "no longer in the caseload")
            return
        self.query_one(TitleBar).set_parts(session_name(self.caseload, session), session_words(self, session))
        self._show_agenda(session)
        self.texts.show_context(beside_texts(self.workspace, session, self.item))
        self.show_headings()
        for reel in self.reels:
            reel.draw()

    def _show_agenda(self, session: Session) -> None:
        items = self.items()
        place = next((place for place, item in enumerate(items) if item.id == self.item_id), 0)
        refused = any(reel.refused for reel in self.reels)
        right = f"{state_words(session)}   consent: {'missing' if refused else 'ok'}"
        entries = [agenda_entry(self.caseload, item) for item in items]
        self.query_one(Agenda).show(entries, place, right if items else state_words(session))

    def refresh_records(self) -> None:
        """Show the records as they are now; the films and the cursors stay where they are."""
        if not self.is_shown:
            return
        super().refresh_records()
        items, item = self.items(), self.item
        if (self.item_id and item is None) or (items and not self.item_id):
            self.show_item(items[0] if items else None)
            return
        if item is not None and self.companion != self._companion(item):
            self.show_companion(self._companion(item))
        self.texts.reread(self._drafts())
        self.show_records()

    # The films

    def film_moved(self, reel: Reel) -> None:
        """Show where the film is, and on the agenda whether it may be shown."""
        super().film_moved(reel)
        if reel.closed and (session := self.session):
            self._show_agenda(session)

    def _here(self) -> Moment | None:
        """Where the film is, for a text about this item: the clip is named only when it is another one."""
        item, moment = self.item, self.reel.moment
        if moment is None or item is None or self.reel.clip != item.clip:
            return moment
        return Moment(moment.ms)

    def _named(self) -> Moment | None:
        return self.reel.moment

    # Where the person was

    @property
    def _place(self) -> str:
        return f"walk:{self.session_id}"

    def remembered(self) -> Place | None:
        """Where the person left this session, if they were here before."""
        return read_place(self.workspace.places.get(self._place))

    def save_pending(self) -> None:
        """Keep what is being written, and where the person is."""
        super().save_pending()
        reels = (self.reel, self.other(self.reel))
        films = tuple((reel.clip, ms) for reel in reels if (ms := reel.ms) is not None)
        if self.item_id and films:
            editor = self.texts.editor
            place = Place(self.item_id, str(editor.id), editor.place, films)
            self.workspace.places.set(self._place, place.written())
