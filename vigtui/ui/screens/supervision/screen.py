"""What can be done on the supervision walk."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work

from vigtui.domain.records import Record, Session, SessionItem
from vigtui.exchange.packs.contents import for_session
from vigtui.film.pane.video_pane import VideoPane
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.packing import make_pack
from vigtui.ui.screens.supervision.place import Place
from vigtui.ui.screens.supervision.record import change_agenda, change_session
from vigtui.ui.screens.supervision.texts import ITEM_TEXTS
from vigtui.ui.screens.supervision.view import WalkView
from vigtui.ui.widgets.agenda import Agenda
from vigtui.ui.widgets.keys.table import bindings
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.showing import clips_of_family, find_clip
from vigtui.values.timecode import TimecodeLink


class SupervisionScreen(WalkView):
    """A session by its id, from the agenda item named, or from where the person left it."""

    BINDINGS = bindings("supervision", "back")
    HELP: ClassVar[str] = (
        "Walk through the agenda together: ctrl+n shows the next clip, cued and looping. Write what you "
        "see; the film waits while you type, and F5 plays on. Begin with what the trainee sees, and with "
        "what went well. Everything is saved as you type. F4 marks the session held, and agrees its record."
        "\n\n"
        "The companion clip's film stands beside the clip's from 100 columns on; on a smaller screen ctrl+b "
        "shows it instead. Keys move the film marked ▸, and times are taken from it; F6 goes from film to "
        "film to the notes. F9 plays both. One is heard; F12 passes the sound to the other."
    )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the film has the focus its own keys play and pause it, ctrl+space among them."""
        if action == "play_or_pause" and isinstance(self.focused, VideoPane):
            return False
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        items = self.items()
        place = self.remembered()
        wanted = self.item_id or (place.item if place else "")
        item = next((item for item in items if item.id == wanted), items[0] if items else None)
        if item is not None and place is not None and place.item == item.id:
            self._restore(item, place)
        else:
            self.show_item(item, playing=True)
        if self.locked or item is None:
            self.pane.focus()
        else:
            self.texts.editor.focus()

    def _restore(self, item: SessionItem, place: Place) -> None:
        self.show_item(item, at_ms=place.moment(item.clip))
        self.texts.go_to(place.text, place.cursor)
        at_hand, ms = place.films[0][0], place.moment(self.companion)
        if at_hand == self.companion:
            self.take(self.beside)
        elif at_hand != item.clip and find_clip(self.caseload, at_hand):
            self.own.show_clip(at_hand, at_ms=place.moment(at_hand))
            self.show_headings()
        if ms is not None:
            self.beside.seek(ms)

    # The agenda

    def action_item(self, by: int) -> None:
        """Go to the next item or the one before: its clip plays and loops."""
        items = self.items()
        here = next((place for place, item in enumerate(items) if item.id == self.item_id), None)
        if here is None:
            self.tell("No agenda yet. F3 adds a clip.")
        elif 0 <= here + by < len(items):
            self.show_item(items[here + by], playing=True)
        else:
            self.tell(
                "That was the last item. F4 marks the session held." if by > 0 else "This is the first item."
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
        if added is not None and self.item is None:
            self.show_item(added)

    @work(exclusive=True, group="ask")
    async def action_pack(self) -> None:
        """Make a pack of this session."""
        session = self.session
        if session is not None:
            await make_pack(self, for_session(session.id), f"supervision-{session.date}")

    @work(exclusive=True, group="ask")
    async def action_session(self) -> None:
        """Change the session's details or state."""
        session = self._open_session()
        if session is not None:
            try:
                await change_session(self, session)
            except (CaseloadError, ValueError) as error:
                self.tell(str(error), problem=True)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self.session] if self.session else []

    def _open_session(self) -> Session | None:
        """The session, with everything typed so far in it."""
        self.save_pending()
        if self.session is None:
            self.tell("This session is no longer in the caseload.", problem=True)
        return self.session

    # The texts

    @property
    def editor(self) -> NotesEditor:
        """The text that is being written, or was last."""
        return self.texts.editor

    def say_locked(self) -> None:
        """Say why nothing can be written here."""
        sentence = "This record is agreed and locked. F4 adds an amendment."
        self.tell(self.caseload.read_only or sentence, problem=True)

    @on(NotesEditor.Followed)
    def _play_link(self, event: NotesEditor.Followed) -> None:
        clip = self._clip_of(event.link, about_item=event.editor.id in ITEM_TEXTS)
        if not clip:
            self.tell(f"No clip of this agenda is called {event.link.clip}.", problem=True)
        else:
            self.look_at(self.beside if clip == self.companion else self.own, clip, event.link.ms)

    def _clip_of(self, link: TimecodeLink, *, about_item: bool) -> str:
        """The clip whose film a link means; "" when there is none of that code."""
        item = self.item
        if not link.clip:
            return item.clip if item is not None and about_item else self.reel.clip
        items = ([item] if item else []) + self.items()
        named = [clip for each in items for clip in (each.clip, each.companion)]
        found = [found for clip in dict.fromkeys(named) if (found := find_clip(self.caseload, clip))]
        families = dict.fromkeys(showing.family.id for _, showing in found)
        for family in families:
            found += clips_of_family(self.caseload, family)
        return next((clip.id for clip, showing in found if showing.code(clip) == link.clip), "")
