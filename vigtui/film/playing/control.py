"""What a player does on threads of its own: libmpv's calls wait for its core, which may wait for a disk."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Literal

from vigtui.film.errors import FilmError
from vigtui.film.facts import NO_FACTS, FilmFacts, facts_of
from vigtui.film.libmpv import SECONDS_TO_CLOSE, damaged
from vigtui.film.playing.deck import Deck
from vigtui.film.playing.moving import Moving
from vigtui.film.playing.nearby import Nearby
from vigtui.film.playing.pace import Pace
from vigtui.film.playing.position import POSITION
from vigtui.film.playing.seeking import Seeks
from vigtui.film.playing.spare import Around, LoopStart, Spare
from vigtui.film.playing.state import PlayerState
from vigtui.film.playing.window import CLOSED, close_window, open_window
from vigtui.film.probing import probe
from vigtui.film.source import FilmSource

_SECONDS_TO_REST = 0.2
_SECONDS_TO_LOOK = 0.1
_BEHIND_LOOP_MS = 100
_SECONDS_TO_OPEN = 0.3
_SECONDS_TO_FREE = 2.0
_SHORTEST_LOOP_MS = 500
_NEARLY_ALL = 0.9
_LONG_SOUND_MS = 1_000
"""Sound that goes on longer than that behind the last picture is worth going to."""


class Control(Moving):
    """The part of a `Player` that moves the decks: the one in front is seen and heard, the spare one makes
    ready what comes next. Methods run on the control thread unless they say otherwise."""

    def __init__(
        self, *, muted: bool = False, sounds: dict[Path, int] | None = None, hardware: bool = False
    ) -> None:
        super().__init__(PlayerState(muted=muted))
        self._hardware = hardware
        self._sounds = {} if sounds is None else sounds  # which sound track was chosen, of each film
        self._silent = muted  # nobody has asked for sound: the device is not even opened
        self._pace = Pace(time.monotonic)
        self._typed: Callable[[str], object] | None = None
        self._facts, self._measured = NO_FACTS, 0
        self._looked_at: FilmSource | None = None
        self._too_heavy: FilmSource | None = None  # for this machine, without sound
        self._whole: FilmFacts | None = None
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._front = self._make_deck(spare=False)
        self._spare = Spare(lambda: self._make_deck(spare=True), self._found_nearby)
        self._worker = threading.Thread(target=self._work, name="film control", daemon=True)
        self._worker.start()

    def _make_deck(self, *, spare: bool) -> Deck:
        muted, hardware = self._in_film.muted, self._hardware
        return Deck(muted=muted, spare=spare, hardware=hardware, hear=self._hear, drawn=self._drawn)

    def _end(self) -> None:
        """Stop for good. Called on any thread, also twice."""
        self.on_state = self.on_frame = None
        if self._worker.is_alive():
            self._jobs.put(None)
            self._worker.join(SECONDS_TO_CLOSE)
            self._spare.close()
            self._front.close()

    def _work(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=self._patience)
            except queue.Empty:
                job = self._rest
            if job is None:
                return
            # A command that comes too early or too late for the film (no file, nothing to seek) does nothing.
            with contextlib.suppress(Exception):
                job()
                if job != self._prepare:
                    self._prepare()

    @property
    def _patience(self) -> float | None:
        """For how many seconds to wait for something to do until it is looked after what goes on."""
        if self._ahead or self._stills or self._begins or self._steps_to_come:
            return _SECONDS_TO_REST
        return _SECONDS_TO_LOOK if self._in_film.playing else None

    def _load(
        self, opening: int, source: FilmSource, start_ms: int, loop: tuple[int, int] | None, playing: bool
    ) -> None:
        self._leave_film()
        try:
            source.check()
        except FilmError as error:
            self._close_film(opening, error)
            return
        self._front.set_loop(loop)
        once = self._in_film.once
        self._front.set_end(once[1] if once else None)
        self._front.surface.ask(*self._size)
        self._front.time.end_silence()
        self._front.core["aid"] = "no" if self._silent else self._chosen_sound(source)
        self._begins = playing
        try:
            self._front.load(source, start_ms, opening)
        except FilmError as error:
            self._close_film(opening, error)

    def _rest(self) -> None:
        super()._rest()
        state, pace = self._in_film, self._pace
        if not state.playing or self._begins:
            return
        if state.loop and self._seeks.target is None and state.position_ms > state.loop[1] + _BEHIND_LOOP_MS:
            # libmpv does not go round where it was told of the loop too late.
            self._seek(state.loop[0])
            return
        is_heard = bool(self._facts.sounds) and not self._silent
        if not (is_heard or pace.keeps_up):
            self._too_heavy = state.source
        silence = 0.0 if is_heard or self._too_heavy != state.source else state.duration_ms / 1000
        late = not pace.keeps_up or pace.pictures < _NEARLY_ALL * self._facts.frames_per_second
        self._front.time.look(late=late, silence=silence)

    def _leave_film(self) -> None:
        self._seeks = Seeks(time.monotonic)
        self._begins = self._stepping = False
        self._steps_to_come.clear()
        self._pace.rest()
        self._stills.clear()
        self._ahead = self._last_ms = self._read_again = None

    def _stop(self, opening: int) -> None:
        self._leave_film()
        self._front.stop(opening)
        self._close_window()

    def _close_film(self, opening: int, error: FilmError) -> None:
        """Put a film away that cannot be shown, or not any more, and say why."""
        self._stop(opening)
        self._report(trouble=str(error), playing=False)

    def _play(self) -> None:
        core, part = self._front.core, self._in_film.loop or self._in_film.once
        if self._ahead:
            self._catch_up()
        elif core.eof_reached:
            self._seek(part[0] if part else 0)
        self._stepping = False
        self._steps_to_come.clear()
        self._begins = True
        self._meet()

    def _go_round(self) -> None:
        """A film that has a loop has come to its end by itself: libmpv was told of the loop too late."""
        if self._in_film.playing and self._in_film.loop:  # nobody has paused it, or ended its loop, meanwhile
            self._play()

    def _toggle(self) -> None:
        if (self._front.core.pause or self._front.steps_on) and not self._begins:
            self._play()
        else:
            self._pause()

    def _pause(self) -> None:
        self._sought = self._begins = False
        self._front.core["pause"] = True
        self._front.time.rest()
        self._report(playing=False)  # A film that was only about to begin is paused for libmpv already.

    # The window

    def _open_window(self, keys: Collection[str], *, full_screen: bool) -> None:
        state = self._in_film
        if state.source is None or state.trouble or state.window:
            return
        self._catch_up()
        self._await_seek()
        self._ahead = None
        self._kept = (None, Nearby())
        if open_window(self._front, keys, full_screen=full_screen):
            self._report(window=True)
            return
        # Without an output libmpv has closed the film.
        self._load(self._front.opening, state.source, state.position_ms, state.loop, state.playing)
        if self._typed:
            self._typed("")

    def _close_window(self) -> None:
        if self._front.core.vo != ["libmpv"]:
            close_window(self._front)
        self._report(window=False)

    # What the spare deck makes ready

    def _prepare(self) -> None:
        """Tell the spare deck what to make ready for what comes next."""
        state, facts = self._in_film, self._facts
        if state.source is None or not state.duration_ms or self._size == (0, 0) or state.window:
            self._spare.want(None, _SECONDS_TO_FREE if state.source else 0)
        elif state.playing:
            start = self._loop_start(state)
            self._spare.want(start, 0 if start else _SECONDS_TO_FREE)
        elif self._seeks.target is None:
            near, here = self._nearby, self._here()
            if here is not None and near.none_beside(here, 1):
                self._report(ended=True)
            if here is not None and not (near.reaches_back(here) and near.reaches_on(here)):
                around = Around(state.source, self._size, facts.rotation, here, facts.frames_per_second)
                self._spare.want_around(around, _SECONDS_TO_REST if self._sought else 0)

    def _loop_start(self, state: PlayerState) -> LoopStart | None:
        if state.source is None or state.loop is None or state.loop[1] - state.loop[0] < _SHORTEST_LOOP_MS:
            return None
        sound = "no" if state.muted else self._chosen_sound(state.source)
        return LoopStart(state.source, self._size, self._facts.rotation, state.loop, sound)

    def _found_nearby(self, goal: Around, nearby: Nearby) -> None:
        self._kept = (goal, nearby)
        self._jobs.put(self._prepare)

    def _take_turns(self) -> None:
        """The loop ends: the deck that waits at its start plays on, and this one comes back to it. Without
        one this one plays on, from the loop's first frame."""
        state, before = self._in_film, self._front
        if state.loop is None or self._seeks.target is not None:
            return
        # A pause at the very end of the loop may not have been reported yet.
        if not state.playing or before.core.pause:
            if before.goes_by_itself:
                before.look_for(state.loop[0])
            return
        self._begins = True  # so that the pause is not told
        before.core["pause"] = True
        before.look_for(state.loop[0])
        start = self._loop_start(state)
        deck = self._spare.swap(start, before) if start else None
        if deck is None:
            return
        deck.core["mute"] = state.muted
        deck.time.go_on_from(before.time)
        deck.take_over(before.opening)
        self._front, self._begins = deck, False
        self._pace.turns(deck.surface.count)
        self._report(position_ms=round(deck.position_ms() or state.loop[0]), ended=False)
        self._have_frame()
        deck.play()

    def _set_muted(self, muted: bool) -> None:
        self._front.core["mute"] = muted
        source = self._in_film.source
        if not muted:
            self._silent = False
            self._front.time.end_silence()
            self._front.core["aid"] = self._chosen_sound(source) if source else "auto"

    def _chosen_sound(self, source: FilmSource) -> int | Literal["auto"]:
        """libmpv's number of the sound track that somebody chose for a film; else it takes the usual one."""
        return self._sounds.get(source.path, "auto")

    def _change_sound(self, sound: int) -> None:
        if not self._in_film.muted:
            self._front.core["aid"] = sound

    def _measure(self, opening: int) -> None:
        if not opening == self._front.opening == self._opening:  # another film is wanted meanwhile
            return
        self._facts = facts = facts_of(self._front.core)
        self._front.surface.turn(facts.rotation)
        # A play or pause asked for while the film opened was reported before we looked.
        playing = (self._begins or not self._front.core.pause) and not self._stepping
        # While the film goes into a window, or out of it, libmpv knows no size.
        size = (facts.width, facts.height) if facts.width else self._in_film.frame_size
        sound = self._heard_of(facts)
        self._report(frame_size=size, sounds=facts.sounds, sound=sound, playing=playing)
        self._measured = opening  # Of a film whose length is told all else is known.
        self._look_for_end()
        if self._last_ms is None:
            self._report(duration_ms=facts.duration_ms)
        self._send_seek()

    def _measure_again(self, opening: int) -> None:
        """libmpv may have told the size before it knew it, and does not always tell it again."""
        if self._in_film.frame_size == (0, 0):
            self._measure(opening)

    def _heard_of(self, facts: FilmFacts) -> int:
        """Which of a film's sound tracks is heard, or will be when sound is on; counted from 1."""
        path = self._in_film.path
        chosen = self._sounds.get(path, 0) if path else 0
        if path and chosen > len(facts.sounds) > 0:  # the film is another one by now
            del self._sounds[path]
            self._set_muted(self._in_film.muted)
            return 1
        return chosen or facts.sound

    def _look_for_end(self) -> None:
        """Find out where the film ends, once: what it says may be wrong, and sound may go on behind it."""
        source = self._front.source
        if source and source != self._looked_at:
            self._looked_at, self._whole = source, None
            timer = threading.Timer(_SECONDS_TO_OPEN, self._find_end, (source,))  # the picture first
            timer.name, timer.daemon = "end of film", True
            timer.start()
        elif source and self._whole:
            self._found_end(source, self._whole)

    def _find_end(self, source: FilmSource) -> None:
        if source != self._front.source or not self._worker.is_alive():
            if source == self._looked_at:
                self._looked_at = None
            return
        with contextlib.suppress(FilmError, OSError):  # The deck reports what cannot be played.
            facts = probe(source)
            self._jobs.put(lambda: self._found_end(source, facts))

    def _found_end(self, source: FilmSource, facts: FilmFacts) -> None:
        if source == self._looked_at:
            self._whole = facts  # also where the film is away just now: it is not looked for again
        if source != self._front.source:
            return
        if facts.last_ms is not None and facts.duration_ms - facts.last_ms < _LONG_SOUND_MS:
            self._last_ms = facts.last_ms
            self._report(last_ms=round(facts.last_ms))
            target, last_ms = self._seeks.target, round(facts.last_ms)
            if (self._in_film.position_ms if target is None else target) > last_ms:
                self._seek(facts.last_ms)
        self._report(duration_ms=facts.duration_ms, remark=facts.remark)

    def _failed(self, entry: int) -> None:
        source = self._front.source
        if source and entry == self._front.entry:
            self._close_film(self._front.opening, self._front.trouble or damaged(source.name))

    # On libmpv's event thread; of where the film is while it plays, and `_drawn`, on the picture thread.

    def _hear(self, deck: Deck, opening: int, what: str, value: Any) -> None:
        if deck is not self._front:
            self._spare.hear()
        elif what in (POSITION, "eof-reached"):
            self._shows(opening, what, value)
        elif what in ("loaded", "video-params"):
            self._jobs.put(lambda: self._measure(opening))
        elif what == "failed":
            self._jobs.put(lambda: self._failed(value))
        elif what == "seek" and not self._seeks.flying:
            self._jobs.put(self._take_turns)
        elif what == "restart":
            self._seeks.done()
            self._jobs.put(lambda: self._measure_again(opening))
            self._jobs.put(self._meet)
        elif what == "message":
            self._hear_key(value)
        elif what == "pause":
            self._is_paused(opening, value)
            self._jobs.put(self._prepare)
        elif what == "duration" and self._last_ms is None and self._measured == opening:
            self._change(opening, duration_ms=round(value * 1000))

    def _shows(self, opening: int, what: str, value: Any) -> None:
        if self._ahead:
            return
        if what == "eof-reached":
            if value and not self._front.arrived:
                return  # What is read up to the end on the way somewhere else is not there.
            # The last picture may not have told yet where it is.
            here = self._here() if value else None
            self._change(opening, ended=value, **({} if here is None else {"position_ms": round(here)}))
            return
        last = self._last_ms
        ms = value * 1000 if last is None else min(value * 1000, last)
        position_ms = max(0, round(ms))
        if self._noted(opening, position_ms):
            return
        state = self._in_film
        is_behind = state.playing and self._pace.shows(ms, state.speed, self._front.surface.count)
        self._change(opening, position_ms=position_ms, is_behind=is_behind)

    def _is_paused(self, opening: int, paused: bool) -> None:
        state = self._in_film
        goes_round = bool(
            paused and not self._begins and state.playing and state.loop and self._front.core.eof_reached
        )
        if goes_round:
            self._jobs.put(self._go_round)
        playing = (self._begins or not paused or goes_round) and not self._stepping
        if not playing:
            self._pace.rest()
        self._change(opening, playing=playing, is_behind=playing and state.is_behind)

    def _hear_key(self, key: str) -> None:
        if key == CLOSED:
            self._jobs.put(self._close_window)
        elif self._typed:
            self._typed(key)

    def _drawn(self, deck: Deck) -> None:
        if deck is not self._front:
            self._spare.hear()
            return
        if self._state.source and not self._ahead:
            self._have_frame()
        if self._ahead or self._stills or self._begins or self._steps_to_come:
            self._jobs.put(self._meet)
