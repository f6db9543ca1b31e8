"""The second deck: while one is seen, it makes ready what comes next.

While a loop plays, it stands at the loop's start, to take over at the loop's end. While the film is paused,
it decodes the frames around the picture, so that steps are there at once.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from vigtui.film.playing.deck import Deck
from vigtui.film.playing.nearby import AHEAD, BEHIND, Frame, Nearby
from vigtui.film.source import FilmSource
from vigtui.values.memory import give_memory_back

_SECONDS_TO_ARRIVE = 3.0
_USUAL_RATE = 25.0
_SAME_MS = 0.002


@dataclass(frozen=True)
class Goal:
    """Pictures of a film in this size, turned by so many degrees."""

    source: FilmSource
    size: tuple[int, int]
    rotation: int


@dataclass(frozen=True)
class LoopStart(Goal):
    """Wait at the start of a loop, with this sound track: libmpv's number of it, "auto" for the usual one, or
    "no"."""

    loop: tuple[int, int]
    sound: int | Literal["auto", "no"]


@dataclass(frozen=True)
class Around(Goal):
    """Decode the frames around the one at `ms`."""

    ms: float
    frames_per_second: float

    @property
    def frame_ms(self) -> float:
        return 1000 / (self.frames_per_second or _USUAL_RATE)


class Spare:
    """Works towards one goal at a time on a thread of its own. The deck is made with the first goal.

    `found` is called on that thread with the frames around a moment.
    """

    def __init__(self, make_deck: Callable[[], Deck], found: Callable[[Around, Nearby], None]) -> None:
        self._make_deck, self._found = make_deck, found
        self._deck: Deck | None = None
        self._goal: Goal | None = None
        self._due: float | None = None
        self._reached = False
        self._returned = False
        self._known = Nearby()
        self._known_size = (0, 0)
        self._changed = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    def want(self, goal: Goal | None, delay: float = 0.0) -> None:
        """Work towards `goal` after `delay` seconds in which nothing else is wanted; None to put the film
        away. The same goal again changes nothing."""
        with self._changed:
            if goal == self._goal:
                return
            self._goal, self._reached, self._returned = goal, False, False
            self._due = time.monotonic() + delay
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="film ahead", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def want_around(self, goal: Around, delay: float) -> None:
        """The same, unless the frames that are being decoded will do for `goal` too."""
        with self._changed:
            present = self._goal
            if isinstance(present, Around) and not self._reached and present.source == goal.source:
                near = BEHIND / 2 * goal.frame_ms
                if present.size == goal.size and abs(present.ms - goal.ms) < near:
                    return
        self.want(goal, delay)

    @property
    def looks_around(self) -> bool:
        """Whether frames around the picture are on their way."""
        return isinstance(self._goal, Around) and not self._reached

    def swap(self, goal: LoopStart, other: Deck) -> Deck | None:
        """Take the deck that waits at the start of the loop, and give `other`, which has just come back to
        it, for the next time round. None when it is not ready, or sounds otherwise than `other`."""
        with self._changed:
            deck = self._deck
            if not self._reached or self._goal != goal or deck is None:
                return None
            if goal.sound != "no" and deck.core.current_ao != other.core.current_ao:
                return None
            self._deck, self._reached, self._returned = other, False, True
            self._due = time.monotonic()
            self._changed.notify_all()
            return deck

    def hear(self) -> None:
        """Something happened to the deck, or it has a new picture."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Stop for good, in bounded time."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_SECONDS_TO_ARRIVE)
        if self._deck is not None:
            self._deck.close()

    def _work(self) -> None:
        while not self._closing:
            with self._changed:
                while not self._closing and (wait := self._wait()) != 0:
                    self._changed.wait(wait)
                goal, self._due = self._goal, None
            # A film that was removed or changed meanwhile is no worse than a spare deck that is not ready.
            with contextlib.suppress(Exception):
                self._pursue(goal)
            give_memory_back()

    def _wait(self) -> float | None:
        """Seconds until there is something to do; None for not before something is wanted."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def _pursue(self, goal: Goal | None) -> None:
        if self._closing or (goal is None and self._deck is None):
            return
        if self._deck is None:
            self._deck = self._make_deck()
        if goal is None:
            self._known = Nearby()
            self._deck.stop()
            return
        self._deck.surface.ask(*goal.size)
        self._deck.surface.turn(goal.rotation)
        if isinstance(goal, LoopStart):
            self._stand_at(self._deck, goal)
        elif isinstance(goal, Around):
            self._look_around(self._deck, goal)

    def _stand_at(self, deck: Deck, goal: LoopStart) -> None:
        if not (self._returned and self._await(goal, lambda: deck.settled)):
            deck.time.end_silence()
            deck.core["aid"] = goal.sound
            deck.set_loop(goal.loop)
            self._send(deck, goal, goal.loop[0])
        self._reached = self._await(goal, lambda: deck.settled)

    def _look_around(self, deck: Deck, goal: Around) -> None:
        """Decode on from the frames that are known, or back to them, or all again."""
        known = self._known if (deck.source, self._known_size) == (goal.source, goal.size) else Nearby()
        start, end = max(0.0, goal.ms - BEHIND * goal.frame_ms), goal.ms + AHEAD * goal.frame_ms
        deck.core["untimed"] = True
        deck.time.end_silence()
        deck.core["aid"] = "no"
        deck.set_loop(None)
        later = Nearby()
        if known.reaches_back(goal.ms):
            start, known = known.frames[-1].ms, Nearby(known.frames[:-1], known.from_start)
        else:
            later = known if known.beside(goal.ms, 0) else later
            end = later.frames[0].ms if later.frames else end
            known = Nearby(from_start=start == 0)
        if not self._stands(deck, start):
            self._send(deck, goal, start)
            if not (self._await(goal, lambda: deck.settled) and self._from_end(deck, goal)):
                return
        self._collect(deck, goal, known, later, end)

    def _from_end(self, deck: Deck, goal: Around) -> bool:
        """Whether the deck stands at frames to take. Where sound lasts longer than the picture, `goal` may
        lie so far behind the last frame that even those before it do: then go back from the last frame."""
        here = deck.position_ms()
        if here is None:
            return False
        if here < goal.ms - BEHIND * goal.frame_ms - _SAME_MS:
            self._send(deck, goal, max(0.0, here - BEHIND * goal.frame_ms))
            return self._await(goal, lambda: deck.settled)
        return True

    def _collect(self, deck: Deck, goal: Around, known: Nearby, later: Nearby, end: float) -> None:
        """Take frame after frame up to `end`, where those of `later` go on."""
        while (frame := self._frame(deck)) is not None:
            known = known.on(frame)
            is_last = frame.ms >= end - _SAME_MS
            done = is_last or not self._step(deck, goal)
            if self._closing or goal != self._goal:
                return
            whole = is_last or not later.frames  # else frames are missing before those of `later`
            if whole and (done or abs(frame.ms - goal.ms) < _SAME_MS):
                # Where no frame has come, the film is at its end, or this machine is busy.
                to_end = done and not is_last and bool(deck.core.eof_reached)
                self._known = replace(known, to_end=to_end).before(later)
                self._known_size = goal.size
                self._found(goal, self._known)
            if done:
                self._reached = True
                return

    def _stands(self, deck: Deck, ms: float) -> bool:
        here = deck.position_ms()
        return deck.settled and here is not None and abs(here - ms) < _SAME_MS

    def _send(self, deck: Deck, goal: Goal, ms: float) -> None:
        if deck.source == goal.source:
            deck.core["pause"] = True
            # The end of a jump that is still on its way would be taken for the end of this one.
            self._await(goal, lambda: deck.arrived)
            if self._await(goal, lambda: deck.position_ms() is not None):
                deck.seek(ms)
        else:
            deck.load(goal.source, ms)

    def _frame(self, deck: Deck) -> Frame | None:
        ms, picture = deck.position_ms(), deck.surface.picture
        return None if ms is None or picture is None else Frame(ms, picture)

    def _step(self, deck: Deck, goal: Goal) -> bool:
        """Whether there was one more frame."""
        before, count = deck.position_ms(), deck.surface.count
        deck.core.command("frame-step")

        def is_there() -> bool:
            return deck.surface.count > count and deck.core.pause and deck.position_ms() != before

        if self._await(goal, lambda: is_there() or deck.core.eof_reached) and is_there():
            return True
        here = deck.position_ms()
        if here is None or before is None or here <= before:
            return False
        # libmpv has gone on without us: this machine is busy.
        self._send(deck, goal, here)
        return self._await(goal, lambda: deck.settled)

    def _await(self, goal: Goal, holds: Callable[[], Any]) -> bool:
        """Wait until something holds; False when it does not in time, or something else is wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or goal != self._goal or holds(), _SECONDS_TO_ARRIVE)
            return not self._closing and goal == self._goal and bool(holds())
