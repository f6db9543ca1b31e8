"""The supervision walk: what it shows, and what can be done on it."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.events import DescendantFocus

from vigtui.domain.consent.showing import find_clip
from vigtui.domain.film.stamps import FilmPosition
from vigtui.domain.records import Record, Session, SessionItem
from vigtui.domain.sessions.seeing import ITEM_TEXTS, Sides
from vigtui.domain.sessions.working_points import may_open_thread
from vigtui.domain.supervision import in_order
from vigtui.domain.vocabulary import SessionState
from vigtui.exchange.packs.gathering import for_session
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.papers.packing import make_pack
from vigtui.ui.dialogs.sessions.agenda_film import send_film
from vigtui.ui.screens.navigation import OpenThread
from vigtui.ui.screens.parts.case_film import CaseFilm
from vigtui.ui.screens.parts.writing_desk import WritingDesk
from vigtui.ui.screens.supervision.arrangement import NOTES_UNDER_BELOW
from vigtui.ui.screens.supervision.clock import SessionClock
from vigtui.ui.screens.supervision.context import agenda_entry, beside_texts, sides_of
from vigtui.ui.screens.supervision.films import Films
from vigtui.ui.screens.supervision.keeping import text_drafts
from vigtui.ui.screens.supervision.links import clip_called
from vigtui.ui.screens.supervision.place import Place, read_place
from vigtui.ui.screens.supervision.record import change_agenda, change_session
from vigtui.ui.screens.supervision.seeing import finish_or_ask, write_first
from vigtui.ui.screens.supervision.texts import OWN_SEEING, WalkTexts
from vigtui.ui.screens.supervision.two_films import TwoFilms
from vigtui.ui.widgets.agenda import EMPTY, Agenda
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import and_list
from vigtui.wording.supervision import NOT_THEIRS, file_name, session_name, session_words, state_words
from vigtui.workspace.drafts import Draft

_LOCKED = "This record is agreed and locked. {walk.session} adds an amendment."
_CLOCK_SECONDS = 15


class SupervisionScreen(CaseScreen):
    """A session by its id, from the agenda item and the text of it that are named, or from where the person
    left it: its agenda, the films of one item, and what is written about it."""

    CSS_PATH = "supervision.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NOTES_UNDER_BELOW, "-normal"), (120, "-wide")]  # noqa: RUF012  Textual's own form
    BINDINGS = bindings("supervision", "go_to", "back")
    HELP: ClassVar[str] = (
        "Walk through the agenda together: `{walk.next}` shows the next clip, cued and looping. Write "
        "what you see; the film waits while you type, and `{writing.resume}` plays on. Begin with what "
        "the trainee sees, and with what went well. Everything is saved as you type. With "
        "`{walk.session}` you begin the session, say that it has taken place, and agree its "
        "record.\n\nWhile the session is planned, the trainee writes what they see by themselves; "
        "`{walk.seeing}` says that it is done, or asks to see it. Neither reads the other's words "
        "before. \n\nThe companion clip's film is beside the clip's from 100 columns on; on a smaller "
        "screen `{walk.beside}` shows it instead. Keys move the film that is marked, and times are "
        "taken from it; `{writing.switch}` goes from film to film to the notes. `{walk.both}` plays "
        "both. One is heard; `{walk.sound}` passes the sound to the other.\n\nIn a space `{walk.pack}` sends "
        "the clips of this agenda to the others, who see them here until their last day. Where somebody else "
        "looks at this screen, `{walk.session}` covers the note that only you read."
    )

    def __init__(self, session_id: str, item: str = "", text: str = "") -> None:
        super().__init__()
        self._begin_in = text
        self.session_id = session_id
        self.item_id = item
        self._first_all_the_same: set[str] = set()
        self.films = TwoFilms(self, self._show_moved, session_id)
        self.desk = WritingDesk(self, self.films, lambda: self.texts.editor, refuse=self._refuse)

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Agenda(id="agenda")
        with self.desk:
            yield Films()
            yield WalkTexts(self._here, self._named, id="texts")
        yield KeyFooter()

    def on_mount(self) -> None:
        items, place = self.items(), read_place(self.workspace.places.get(self._place))
        wanted = self.item_id or (place.item if place else "")
        item = next((item for item in items if item.id == wanted), items[0] if items else None)
        if item is not None and place is not None and place.item == item.id:
            self._restore(item, place)
        else:
            self.show_item(item, playing=True)
        self.set_interval(_CLOCK_SECONDS, self._show_clock)
        if self._begin_in:
            self.texts.go_to(self._begin_in, 0)
            self.texts.editor.focus()
        elif self.locked or item is None:
            self.films.at_hand.pane.focus()
        else:
            self.texts.editor.focus()

    # The records, as they are now

    @property
    def address(self) -> str:
        return f"session {self.session_id}"

    @property
    def session(self) -> Session | None:
        """The session; None when it was removed."""
        return self.caseload.get(Session, self.session_id)

    @property
    def item(self) -> SessionItem | None:
        """The item at hand; None when the agenda is empty."""
        return self.caseload.get(SessionItem, self.item_id)

    def items(self) -> list[SessionItem]:
        """The agenda in its order."""
        return in_order(self.caseload.where(SessionItem, session=self.session_id), self.session_id)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self.session] if self.session else []

    @property
    def locked(self) -> bool:
        """Whether nothing but the person's private note can be changed."""
        session = self.session
        return session is None or session.state is SessionState.AGREED or bool(self.caseload.read_only)

    @property
    def texts(self) -> WalkTexts:
        """What is written."""
        return self.query_one(WalkTexts)

    def _drafts(self) -> dict[str, Draft]:
        first = self.item_id in self._first_all_the_same
        return text_drafts(self, self.session, self._sides, locked=self.locked, first=first)

    @property
    def _sides(self) -> Sides | None:
        """The item as the person at the keyboard finds it: whose it is, who has written, what is shown."""
        return sides_of(self.workspace, self.session, self.item)

    # What is shown

    def show_item(self, item: SessionItem | None, *, playing: bool = False, at_ms: int | None = None) -> None:
        """Show this item: its texts, its clip looping, and the companion clip cued beside it."""
        self.save_pending()
        self.item_id = item.id if item else ""
        self.texts.show(self._drafts())
        self.texts.scroll_home(animate=False)
        clip, companion = (item.clip, self._companion(item)) if item else ("", "")
        self.films.show_clips(clip, companion, playing=playing, at_ms=at_ms)
        if self.films.own.found is None:
            self.films.own.close(self._why_empty())
        self._show_records()

    def _companion(self, item: SessionItem) -> str:
        """The clip beside the item's; "" when there is none, or none any more."""
        return item.companion if find_clip(self.caseload.get, item.companion) else ""

    def _why_empty(self) -> str:
        if not self.items():
            return with_keys(EMPTY, keys_for(self))
        if self.item and self.item.clip:
            return "This clip is not here: it was removed, or left out of a pack. What was written stays."
        return "This item has no clip."

    def refresh_records(self) -> None:
        """Show the records as they are now; the films and the cursors stay where they are."""
        if not self.films.is_there:
            return
        self.films.decide()
        items, item = self.items(), self.item
        if (self.item_id and item is None) or (items and not self.item_id):
            self.show_item(items[0] if items else None)
            return
        if item is not None and self.films.companion != self._companion(item):
            self.films.show_companion(self._companion(item))
        self.texts.reread(self._drafts())
        self._show_records()

    def _show_records(self) -> None:
        """Show everything around the films and the texts."""
        session = self.session
        if session is None:
            self.query_one(TitleBar).set_parts("Supervision", "no longer in the caseload")
            return
        find, where, today = self.caseload.get, self.caseload.where, self.workspace.today()
        title = session_name(where, session), session_words(find, session, today)
        self.query_one(TitleBar).set_parts(*title)
        self._show_agenda(session)
        self.texts.show_context(beside_texts(self.workspace, session, self.item, keys_for(self)))
        self.films.show_headings()
        for film in self.films.all:
            film.draw()

    def _show_agenda(self, session: Session) -> None:
        items = self.items()
        place = next((place for place, item in enumerate(items) if item.id == self.item_id), 0)
        today = self.workspace.today()
        entries = [agenda_entry(self.caseload, item, today) for item in items]
        closed = [str(number) for number, entry in enumerate(entries, 1) if entry.closed]
        refused = bool(closed) or any(film.refused for film in self.films.all)
        which = f"item{'s' if len(closed) > 1 else ''} {and_list(closed)}"
        whose = f" for {which}" if len(closed) < len(entries) and closed else ""
        minutes = SessionClock(self.workspace.places, session.id).minutes
        state = state_words(session) if minutes is None else f"{minutes} min"
        right = f"{state}   consent: {f'missing{whose}' if refused else 'ok'}"
        self.query_one(Agenda).show(entries, place, right if items else state)

    def _show_clock(self) -> None:
        session = self.session
        if session and self.is_seen and SessionClock(self.workspace.places, session.id).since:
            self._show_agenda(session)

    def _show_moved(self, film: CaseFilm) -> None:
        """Show on the agenda whether the film may be shown."""
        if film.closed and (session := self.session):
            self._show_agenda(session)

    # Where the person was

    @property
    def _place(self) -> str:
        return f"walk:{self.session_id}"

    def _restore(self, item: SessionItem, place: Place) -> None:
        films = self.films
        self.show_item(item, at_ms=place.moment(item.clip))
        self.texts.go_to(place.text, place.cursor)
        at_hand = place.films[0][0] if place.films else item.clip
        ms = place.moment(films.companion)
        if at_hand == films.companion:
            films.take(films.beside)
        elif at_hand != item.clip and find_clip(self.caseload.get, at_hand):
            films.own.show_clip(at_hand, at_ms=place.moment(at_hand))
            films.show_headings()
        if ms is not None:
            films.beside.seek(ms)

    def save_pending(self) -> None:
        """Keep what is being written, and where the person is."""
        self.desk.save_pending()
        both = (self.films.at_hand, self.films.other(self.films.at_hand))
        films = tuple((film.clip, ms) for film in both if (ms := film.written_ms) is not None)
        if self.item_id:
            editor = self.texts.editor
            place = Place(self.item_id, str(editor.id), editor.place, films)
            self.workspace.places.set(self._place, place.written())

    # The agenda and the session

    def action_item(self, by: int) -> None:
        """Go to the next item or the one before: its clip plays and loops."""
        items = self.items()
        here = next((place for place, item in enumerate(items) if item.id == self.item_id), None)
        if here is None:
            self.tell(with_keys(EMPTY, keys_for(self)))
        elif 0 <= here + by < len(items):
            self.show_item(items[here + by], playing=True)
            if isinstance(self.focused, NotesEditor) and not self.locked:
                self.texts.begin()
        else:
            self.tell(
                f"That was the last item. {key_for(self, 'walk.session')} says that the session has "
                "taken place."
                if by > 0
                else "This is the first item."
            )

    @on(Agenda.Picked)
    def _go_to_item(self, event: Agenda.Picked) -> None:
        item = self.caseload.get(SessionItem, event.item)
        if item is not None:
            self.show_item(item, playing=True)

    @work(exclusive=True, group="ask")
    async def action_agenda(self) -> None:
        """Change the agenda."""
        session = self._open_session()
        added = None
        try:
            added = await change_agenda(self, session, self.item) if session else None
        except CaseloadError as error:
            self.tell(str(error), problem=True)
        if added is not None:
            self.show_item(added, playing=True)
            self.texts.begin()

    @work(exclusive=True, group="ask")
    async def action_pack(self) -> None:
        """Send film for the agenda into the space, or make a pack of this session."""
        session = self.session
        if session is None:
            return
        if self.workspace.space is None or await send_film(self, session):
            await make_pack(self, for_session(session.id), file_name(session))

    @work(exclusive=True, group="ask")
    async def action_session(self) -> None:
        """Change the session's details or state."""
        session = self._open_session()
        if session is not None:
            try:
                found = self._sides
                await change_session(self, session, found.trainee if found else "")
                self._show_records()
            except (CaseloadError, ValueError) as error:
                self.tell(str(error), problem=True)

    def _open_session(self) -> Session | None:
        """The session, with everything typed so far in it."""
        self.save_pending()
        if self.session is None:
            self.tell("This session is no longer in the caseload.", problem=True)
        return self.session

    # The films

    @work(exclusive=True, group="ask")
    async def action_go_to(self) -> None:
        """Go to a time of the film at hand that is typed."""
        await self.desk.go_to()

    @on(DescendantFocus)
    def _take_focused(self) -> None:
        self.films.take_focused()

    def on_resize(self) -> None:
        """There is more room, or less."""
        if self.films.is_there:
            self.films.place()

    def on_screen_suspend(self) -> None:
        self.save_pending()
        self.films.cover()

    def on_screen_resume(self) -> None:
        self.films.uncover()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where both films are shown, keys work on both; where one is, it can give way to another, if there
        is one."""
        if action in ("both", "sound", "other"):
            return self.films.both_shown
        if action == "go_to":
            return self.films.at_hand.can_be_moved
        if action == "beside":
            return self.films.has_another and not self.films.both_shown
        return super().check_action(action, parameters)

    def action_beside(self) -> None:
        """Show and play the other film instead. From a clip that a link named, back to the item's own."""
        self.films.play_other_alone()

    def action_other(self) -> None:
        """Have the other film at hand."""
        self.films.take(self.films.other(self.films.at_hand))

    def action_both(self) -> None:
        """Play both films; or pause them, when both play."""
        self.films.play_both()

    def action_sound(self) -> None:
        """Hear the other film; or the one at hand, if none is heard."""
        self.films.pass_sound()

    def action_switch(self) -> None:
        """From film to film, to the notes, and round again."""
        stops = [film.pane for film in self.films.shown]
        here = next((place for place, pane in enumerate(stops) if pane.has_focus), None)
        following = 0 if here is None else here + 1
        (stops[following] if following < len(stops) else self.texts.editor).focus()

    # The texts

    def _here(self) -> FilmPosition | None:
        """Where the film is, for a text about this item: the clip is named only when it is another one."""
        item, film = self.item, self.films.at_hand
        moment = film.moment
        if moment is None or item is None or film.clip != item.clip:
            return moment
        return FilmPosition(moment.ms)

    def _named(self) -> FilmPosition | None:
        return self.films.at_hand.moment

    def _refuse(self, editor: NotesEditor) -> None:
        """Say why nothing can be written here; whoever writes before an item's trainee is asked."""
        found = self._sides
        if self.locked or found is None:
            self.tell(with_keys(_LOCKED, keys_for(self)), problem=True)
        elif editor.id == OWN_SEEING:
            self.tell(
                f"Your own seeing is done. {key_for(self, 'walk.seeing')} goes on with it, while nobody "
                "else has written."
            )
        elif found.asks_first:
            self._write_first(found)

    @work(exclusive=True, group="ask")
    async def _write_first(self, found: Sides) -> None:
        if await write_first(self, found):
            self._first_all_the_same.add(found.item.id)
            self.refresh_records()

    @work(exclusive=True, group="ask")
    async def action_own_seeing(self) -> None:
        """The trainee says that their own seeing is done; others ask to see it."""
        self.save_pending()
        found = self._sides
        if found is None or self.locked:
            self.tell(self.caseload.read_only or "There is nothing to be prepared here.")
        else:
            finish_or_ask(self, found)
            self.refresh_records()
            if found.is_own:
                self.texts.begin()

    def action_thread(self) -> None:
        """Show how the working points of the trainee go whose item this is."""
        found, reader = self._sides, self.workspace.person
        if (
            found is not None
            and found.trainee
            and may_open_thread(self.caseload.where, reader, found.trainee)
        ):
            self.save_pending()
            self.post_message(OpenThread(found.trainee))
        else:
            self.tell(NOT_THEIRS)

    @on(NotesEditor.Followed)
    def _play_link(self, event: NotesEditor.Followed) -> None:
        item, films = self.item, self.films
        if event.link.clip:
            clip = clip_called(self.caseload, event.link.clip, [*([item] if item else []), *self.items()])
        else:
            about_item = item is not None and event.editor.id in (OWN_SEEING, *ITEM_TEXTS)
            clip = item.clip if item is not None and about_item else films.at_hand.clip
        if not clip:
            self.tell(f"No clip of this agenda is called {event.link.clip}.", problem=True)
        else:
            films.play_alone(films.beside if clip == films.companion else films.own, clip, event.link.ms)
