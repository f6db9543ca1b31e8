"""One film in one pane: what is cued there, its time axis, and why it is closed when it is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from vigtui.casefilm.listening import permit_listening, sound_kept
from vigtui.casefilm.opening import FilmSource, open_film
from vigtui.casefilm.viewing import note_viewing
from vigtui.domain.consent.access import (
    Permission,
    Refusal,
    Use,
    agreed_purposes,
    permit,
    permit_in_session,
    permit_view,
)
from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import Purpose
from vigtui.film.errors import FilmComing, FilmError, FilmNotInPlace
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import OPENING, VideoPane
from vigtui.film.playing.player import PlayerState
from vigtui.ui.dialogs.late_film import open_late, why_late
from vigtui.ui.screens.parts.film_of_space import FilmOfSpace
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.wording.access import may_be_seen, why_closed

COMES = "This film is still being drawn. It opens here as soon as it is there."

SEEN_AS_COPY = (
    "You see a lighter copy of this film: the same moments, fewer pixels. Clips are cut from the film."
)
_SECONDS_TO_OPEN = 0.3
SECONDS_TO_COME = 2.0


@dataclass(frozen=True)
class Cue:
    """A film to show, from where, and the part to loop, or to play `once`, in ms. `clip` is the id of the
    clip that it is shown for; a pack may have its piece of the recording only."""

    recording: str
    start_ms: int
    loop: tuple[int, int] | None = None
    playing: bool = False
    clip: str = ""
    once: tuple[int, int] | None = None


class CaseFilm:
    """A film in the `VideoPane` called `film` of a screen, with the `TimeAxis` called `axis`.

    `player` is the number of the workspace's player that plays it. With the id of a `session` it is seen for
    the purpose of that, with a `purpose` for that, whoever looks; with a `purpose` no line of sound is drawn.
    `changed` is called when the film moved, or was closed. `closed` is the sentence that is shown in place of
    the picture, "" while there is one; `refused` that sentence when the reason is consent or a deletion.
    Consent is decided before anything plays; film that was to be deleted by now opens only once somebody has
    been told so.
    """

    may_ask = True
    """Whether a question may be put on this screen, and not only before."""

    def __init__(
        self,
        screen: CaseScreen,
        film: str,
        axis: str,
        changed: Callable[["CaseFilm"], None],
        *,
        player: int = 0,
        session: str = "",
        purpose: Purpose | None = None,
    ) -> None:
        self._screen, self._film, self._axis, self._changed = screen, film, axis, changed
        self._player, self._session, self._purpose = player, session, purpose
        self.cue: Cue | None = None
        self._whole = True
        self._listening: Permission | None = None
        self._heard: FilmSource | None = None
        self.closed = ""
        self.refused = ""
        self._remark = ""
        self._behind = ""  # the recording of which it has been told that it falls behind
        self._noted: object = None
        self._not_there: Recording | None = None  # the recording as it was when its film was not there
        self._space = FilmOfSpace(screen, session, of_guider=purpose is not None)

    @property
    def pane(self) -> VideoPane:
        """The picture."""
        return self._screen.query_one(f"#{self._film}", VideoPane)

    @property
    def axis(self) -> TimeAxis:
        """The time axis under it."""
        return self._screen.query_one(f"#{self._axis}", TimeAxis)

    @property
    def _said(self) -> Subtitles:
        return self._screen.query_one(f"#{self._film}-said", Subtitles)

    @property
    def state(self) -> PlayerState:
        """What the film does now."""
        return self.pane.state

    @property
    def is_open(self) -> bool:
        """Whether there is a film that can be moved."""
        return self.cue is not None and not self.closed and self.pane.player is not None

    @property
    def opening(self) -> bool:
        """Whether the film is still to come."""
        return self.closed == OPENING

    @property
    def can_be_moved(self) -> bool:
        """Whether keys move a film: one that is open, or that is still to come."""
        return not (self._is_there() and self.pane.is_closed)

    @property
    def playing(self) -> bool:
        """Whether the film plays, or will as soon as it is open."""
        if self.cue and self.opening:
            return self.cue.playing or self.pane.asked_to_play
        return self.is_open and self.state.playing

    @property
    def showing(self) -> Showing | None:
        """What the film shows, as the records say now."""
        return find_recording(self._screen.caseload.get, self.cue.recording) if self.cue else None

    @property
    def duration_ms(self) -> int:
        """How long the recording is; 0 when nobody knows yet."""
        showing = self.showing
        recorded = showing.recording.duration_ms if showing else 0
        shown = self.state.duration_ms
        return (shown or recorded) if self._whole else max(shown, recorded)

    @property
    def ms(self) -> int | None:
        """Where the film is; None while none is shown."""
        shown = bool(self._screen.query(f"#{self._film}"))  # Records may change just before and after.
        return self.state.position_ms if shown and not self.closed else None

    @property
    def out_ms(self) -> int | None:
        """Where a clip ends that ends here: it has the film's last frame, though not its out-point."""
        return self.duration_ms if self.ms is not None and self.state.at_end else self.ms

    @property
    def written_ms(self) -> int | None:
        """The moment that what is written now is about. While the film is being opened: where it will be."""
        return self.cue.start_ms if self.cue and self.opening else self.ms

    def show(self, cue: Cue | None) -> None:
        """Show this film instead of the present one, or the sentence why it stays closed."""
        self.pause()
        if cue is None or self.cue is None or cue.recording != self.cue.recording:
            self.axis.listen(None)
        self.cue = cue
        self.refused = ""
        self.pane.expect()
        # Until it is there, nothing may be moved in the film before.
        self.closed = OPENING
        if cue is None:
            self._stop_opening()
            self.close("No film here yet.")
        else:
            self.axis.position = cue.start_ms
            self._screen.set_timer(_SECONDS_TO_OPEN, lambda: self._say_opening(cue))
            self._open()

    def _say_opening(self, cue: Cue) -> None:
        """Say that this film is still to come, where the one before would be taken for it."""
        if self.cue is cue and self.opening and self._is_there() and not self.state.window:
            self.pane.say(OPENING, to_come=True)

    def close(self, sentence: str) -> None:
        """Put the film away and say why."""
        self.closed = sentence
        self.pane.say(sentence, to_come=sentence in (OPENING, COMES))
        self._said.follow(PlayerState())
        self._changed(self)

    def decide(self) -> None:
        """Close the film when it may no longer be shown, mid-play too; open it once it may."""
        if self.cue is None:
            return
        self._decide_listening()
        came = self._not_there is not None and (
            _is_other_film(self._not_there, self.showing) or self._space.has_more(self.cue.clip)
        )
        over = self._space.is_over()
        if over:
            self.close(OPENING)
        if not over and self._why_closed(self.permit(Use.WATCH)) == self.refused and not came:
            return
        self._stop_opening()
        if self._permit_or_close() is not None:
            self.cue = replace(self.cue, playing=False)
            self._open()

    def let_go(self) -> None:
        """Another screen may take the player."""
        if self.cue is not None and not self.closed:
            self.cue = replace(self.cue, start_ms=self.state.position_ms, playing=False)
            if self.pane.player:
                self.pane.player.close_window()

    def take_back(self) -> None:
        """Show again what another screen's film took the place of."""
        if self.cue is not None:
            self.closed = self.closed or OPENING
            self._open()

    def _open(self) -> None:
        self._screen.run_worker(self._open_cue(), group=self._film, exclusive=True)

    def _stop_opening(self) -> None:
        self._screen.workers.cancel_group(self._screen, self._film)

    async def _open_cue(self) -> None:
        self._not_there = None
        self._space.shown = None
        allowed = self._permit_or_close()
        if allowed is None or self.cue is None:
            return
        caseload, clip = self._screen.caseload, self.cue.clip
        try:
            film, sent = await asyncio.to_thread(self._space.open_film, allowed, clip)
            if self._asks_first():
                return
            # Film for an agenda is there to be seen: nothing that is heard of it is kept.
            self._heard = None if sent else self._heard
            if (listening := self._listening) is not None and sent is None:
                self._heard = await asyncio.to_thread(open_film, caseload, listening, clip, use=Use.LISTEN)
            player = await asyncio.to_thread(self._screen.workspace.film, self._player)
        except FilmError as error:
            if self._is_there():
                self._not_there = allowed.recording
                self.close(self._why_not_there(error))
                if isinstance(error, FilmComing):
                    self._screen.set_timer(SECONDS_TO_COME, partial(self._try_again, self.cue, self.closed))
            return
        if not self._is_there() or self._permit_or_close() is None:
            return
        self._space.shown = sent
        self.closed = ""
        cue, pane = self.cue, self.pane
        playing = (cue.playing or pane.asked_to_play) and self._screen.app.screen is self._screen
        start_ms = max(0, cue.start_ms + pane.asked_ms)
        steps = pane.asked_steps
        pane.asked_to_play, pane.asked_ms, pane.asked_steps = False, 0, 0
        self._whole = film.whole
        pane.show(player, film, start_ms=start_ms, loop=cue.loop, once=cue.once, playing=playing)
        if steps:
            player.step(steps)

    def _try_again(self, cue: Cue | None, closed: str) -> None:
        """Look once more for film that is on its way, if it is still what is to be shown here."""
        if self._is_there() and self.cue is cue and self.closed == closed:
            self._open()

    def _why_not_there(self, error: FilmError) -> str:
        """Why there is no film to show; that it is still to come, where it is being made."""
        follows, path = self._screen.workspace.follows, self._not_there.path if self._not_there else ""
        if follows is not None and follows.is_coming(path):
            return COMES
        if isinstance(error, FilmNotInPlace):
            return f"{error} {key_for(self._screen, 'family.lost_film')} in the family looks for it."
        return str(error)

    def _asks_first(self) -> bool:
        """Whether the film was to be deleted by now, and that is asked about before it is shown."""
        recording = self.cue.recording if self.cue else ""
        why = why_late(self._screen, recording) if self._is_there() else ""
        if why:
            self.close(why)
            if self.may_ask:
                self._screen.run_worker(self._ask_late(recording, why))
        return bool(why)

    async def _ask_late(self, recording: str, why: str) -> None:
        """Open film that was to be deleted by now once somebody says so, if it is still what is to be shown
        here."""
        opens = await open_late(self._screen, recording, why)
        if opens and self._is_there() and self.cue and self.cue.recording == recording and self.closed == why:
            self.closed = OPENING
            self.pane.expect()
            self._open()

    def _is_there(self) -> bool:
        """Whether there is still a pane to show the film in: a screen that is left loses it first."""
        return self._screen.is_whole and bool(self._screen.query(f"#{self._film}"))

    # What may be done

    def permit(self, use: Use) -> Permission | Refusal:
        """Decide whether the film may be used so, for the purpose for which it is seen here."""
        workspace, recording = self._screen.workspace, self.cue.recording if self.cue else ""
        if self._purpose is not None:
            return permit(workspace.caseload, recording, use, self._purpose, workspace.today())
        if self._session:
            return permit_in_session(workspace.caseload, recording, use, self._session, workspace.today())
        return permit_view(workspace.caseload, recording, use, workspace.person, workspace.today())

    def _why_closed(self, decision: Permission | Refusal) -> str:
        """Why the film may not be shown here, and for what else it may be; "" when it may."""
        workspace = self._screen.workspace
        why = why_closed(decision, workspace.today())
        if not isinstance(decision, Refusal) or not decision.missing or self.cue is None:
            return why
        others = agreed_purposes(workspace.caseload, self.cue.recording, workspace.today())
        consents = f"{key_for(self._screen, 'family.consents')} in the family has what everybody decided."
        return " ".join(filter(None, (why, may_be_seen(others), consents)))

    def _permit_or_close(self) -> Permission | None:
        """The permission to watch the film; None, and it is closed, when there is none."""
        self._decide_listening()
        decision = self.permit(Use.WATCH)
        self.refused = self._why_closed(decision)
        if isinstance(decision, Permission):
            return decision
        self.close(self.refused)
        return None

    def _decide_listening(self) -> None:
        """Take away the line of who speaks when, unless everybody in the film agrees to filming."""
        if self._purpose is not None:
            return
        recording, workspace = self.cue.recording if self.cue else "", self._screen.workspace
        self._listening = permit_listening(workspace.caseload, recording, workspace.today())
        if self._listening is None:
            self._heard = None
            self.axis.listen(None)

    # Moving the film

    def follow(self, state: PlayerState) -> None:
        """The player says what the film does."""
        if not self.closed:
            self.closed = state.trouble
            self.axis.position, self.axis.is_behind = self.state.position_ms, state.is_behind
            self.axis.is_copy = state.source is not None and state.source.is_copy
            told = self._screen.workspace.told_of_copy
            if self.axis.is_copy and self.cue and self.cue.recording not in told:
                told.add(self.cue.recording)
                self._screen.tell(SEEN_AS_COPY)
            if state.source and state.duration_ms and state.has_sound:
                self.axis.muted = state.muted
                if self._heard is not None:
                    self.axis.listen(self._heard, sound_kept(self._screen.caseload))
            self._said.follow(state)
            if state.remark and state.remark != self._remark:
                self._screen.tell(state.remark, problem=True)
            self._remark = state.remark
            if state.is_behind and self.cue and self.cue.recording != self._behind:
                self._screen.tell(state.behind_words, problem=True)
                self._behind = self.cue.recording
            if state.playing:
                self._note_viewing()
            self._changed(self)

    def _note_viewing(self) -> None:
        """Keep who watches this film, once a day."""
        workspace, recording = self._screen.workspace, self.cue.recording if self.cue else ""
        viewing = recording, workspace.today(), workspace.caseload.by
        if viewing != self._noted:
            self._noted = viewing
            decision = self.permit(Use.WATCH)
            if isinstance(decision, Permission):
                note_viewing(workspace.caseload, decision, workspace.person)

    def play(self) -> None:
        """Play on; or as soon as the film is open."""
        if self.cue and self.opening:
            self.cue = replace(self.cue, playing=True)
        elif self.is_open and self.pane.player:
            self.pane.player.play()

    def pause(self) -> None:
        """Hold the picture still, also one that is still to come."""
        if self.cue and self.opening:
            self.cue = replace(self.cue, playing=False)
            self.pane.asked_to_play = False
        elif self.is_open and self.pane.player:
            self.pane.player.pause()

    def seek(self, ms: int, *, playing: bool = False) -> None:
        """Go to a moment of the film; a loop that does not hold it ends."""
        if self.cue and self.opening:
            loop = self.cue.loop if self.cue.loop and self.cue.loop[0] <= ms < self.cue.loop[1] else None
            self.cue = replace(self.cue, start_ms=ms, loop=loop, playing=playing or self.cue.playing)
            return
        player = self.pane.player
        if player is None or not self.is_open:
            return
        if not self._holds(ms):
            where = "sent" if self._space.shown else "in the pack"
            only = "only the clip's own film was" if self._space.shown else "it has only the clip's own film"
            self._screen.tell(f"This moment is not {where}: {only}.", problem=True)
            return
        loop = player.state.loop
        if loop is not None and not loop[0] <= ms < loop[1]:
            player.set_loop(None)
        player.seek(ms)
        if playing:
            player.play()

    def _holds(self, ms: int) -> bool:
        """Whether the film that is open shows this moment."""
        state = self.state
        return self._whole or not state.duration_ms or state.starts_ms <= ms <= state.duration_ms

    def set_loop(self, loop: tuple[int, int]) -> None:
        """Loop another part from now on."""
        if self.cue is not None:
            self.cue = replace(self.cue, loop=loop)
        if self.is_open and self.pane.player:
            self.pane.span = loop
            self.pane.player.set_loop(loop)


def _is_other_film(before: Recording, showing: Showing | None) -> bool:
    """Whether the recording names a film by now that it did not name before."""
    now = showing.recording if showing else before
    return (now.path, now.fingerprint, now.state) != (before.path, before.fingerprint, before.state)
