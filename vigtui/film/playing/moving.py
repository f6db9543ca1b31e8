"""Where the deck in front goes: seeking, and stepping through frames that are kept ready."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vigtui.film.playing.deck import Deck
from vigtui.film.playing.nearby import Frame, Nearby
from vigtui.film.playing.seeking import Seeks
from vigtui.film.playing.spare import Around, Spare
from vigtui.film.playing.state import PlayerState, Telling

if TYPE_CHECKING:
    from vigtui.film.playing.renderer import Picture

_SECONDS_TO_SEEK = 1.0


class Moving(Telling):
    """The part of a `Player` that takes its film to another place, on the control thread.

    A step shows a frame that the spare deck has made ready, if there is one; the deck in front follows when
    the keys rest. Until then it is `_ahead`, and what the deck reports is not what is seen.
    """

    _front: Deck
    _spare: Spare

    def __init__(self, state: PlayerState) -> None:
        super().__init__(state)
        self.on_frame: Callable[[], None] | None = None
        # From a step until the film plays again: for libmpv it plays while a step on is made.
        self._stepping = False
        self._steps_to_come: list[int] = []  # asked for before the film is where it is going
        self._sought = False
        self._begins = False  # the film plays on when its picture is there
        self._seeks = Seeks(time.monotonic)
        self._last_ms: float | None = None
        self._read_again: float | None = None  # where frames were left out, to step on from there
        self._ahead: Frame | None = None  # shown already, while the deck is still elsewhere
        self._followed: Frame | None = None
        self._size = (0, 0)
        self._kept: tuple[Around | None, Nearby] = (None, Nearby())
        self._stills: list[tuple[int, int, Callable[[Picture], None]]] = []

    def _here(self) -> float | None:
        """The moment of the frame that is shown: behind the last one sound may go on for a while."""
        here = self._ahead.ms if self._ahead else self._front.position_ms()
        return here if here is None or self._last_ms is None else min(here, self._last_ms)

    @property
    def _nearby(self) -> Nearby:
        """The frames that are kept ready, if they are of this film and of this size."""
        goal, nearby = self._kept
        wanted = goal is not None and (goal.source, goal.size) == (self._front.source, self._size)
        return nearby if wanted else Nearby()

    def _report(self, **changes: Any) -> None:
        """Tell what the film in front does."""
        self._change(self._front.opening, **changes)

    def _have_frame(self) -> None:
        if self.on_frame and self._front.opening == self._opening:
            self.on_frame()

    # Seeking

    def _seek_by(self, ms: int) -> None:
        self._seek(max(0, self._going() + ms))

    def _seek_from(self, choose: Callable[[int], int | None]) -> None:
        starts_ms = self._in_film.starts_ms
        chosen = choose(self._going() + starts_ms)
        if chosen is None:
            return
        ms, loop = max(0, chosen - starts_ms), self._in_film.loop
        if loop and not loop[0] <= ms < loop[1]:
            self._change(loop=None)
            self._front.set_loop(None)
        self._go_to(ms)

    def _going(self) -> int:
        """Where the film is going, or is."""
        going = self._seeks.target
        if going is None:
            # The deck itself, once it is there: right after a jump the state still has the place before.
            self._await_seek()
            here = self._here()
            going = self._in_film.position_ms if here is None else here
        return round(going)

    def _go_to(self, ms: int) -> None:
        """Go there, whatever steps were asked for before."""
        self._steps_to_come.clear()
        self._seek(ms)

    def _seek(self, ms: float) -> None:
        self._ahead = None
        self._sought = True
        self._seeks.ask(ms if self._last_ms is None else min(ms, self._last_ms))
        self._send_seek()

    def _send_seek(self) -> None:
        seek = self._seeks.next()
        if seek is None:
            return
        if not self._front.core.pause:
            self._begins = not self._front.steps_on
            self._front.core["pause"] = True
        try:
            self._front.seek(seek[0], exact=seek[1])
        except SystemError:
            self._seeks.failed(seek[0])

    # Stepping

    def _step(self, frames: int) -> None:
        if not self._front.steps_on:
            self._front.core["pause"] = True
        self._stepping = True
        self._sought = self._begins = False
        self._report(playing=False)
        if self._in_film.source is None or self._in_film.trouble:
            return
        if self._steps_to_come or not self._front.shows_film:
            self._steps_to_come.append(frames)  # Their sum would be another one at both ends of the film.
            return
        by = 1 if frames > 0 else -1
        for left in range(abs(frames), 0, -1):
            if not self._await_seek():
                self._steps_to_come.append(by * left)
                return
            here = self._here()
            frame = None if here is None else self._await_nearby(here, by)
            if frame:
                self._show(frame)
            elif here is None or not self._none_beside(here, by):
                self._step_deck(by)

    def _await_nearby(self, here: float, by: int) -> Frame | None:
        """A frame that is kept ready, or will be sooner than the deck could step back to it."""
        deadline = time.monotonic() + _SECONDS_TO_SEEK
        while (frame := self._nearby.beside(here, by)) is None and by < 0 and self._spare.looks_around:
            if time.monotonic() > deadline:
                break
            time.sleep(0.002)
        return frame

    def _none_beside(self, here: float, by: int) -> bool:
        """Whether the film is known to have no frame beyond the one that is shown. For a step on behind the
        last one libmpv would play what sound there is, and be where that is."""
        is_last = by > 0 and self._last_ms is not None and here >= self._last_ms
        return is_last or self._nearby.none_beside(here, by)

    def _show(self, frame: Frame) -> None:
        """Show a frame that is there; the deck follows when the keys rest, also to one that it followed to
        before and has left since."""
        self._ahead, self._followed = frame, None
        self._report(position_ms=max(0, round(frame.ms)), playing=False, ended=False)
        self._have_frame()

    def _step_deck(self, by: int) -> None:
        """Step from the frame that is shown, where the deck has to be first."""
        here = self._front.position_ms()
        if self._ahead:
            self._catch_up()
        elif by > 0 and here is not None and here != self._read_again and self._front.time.leaves_out:
            self._read_again = here
            self._seeks.ask(here)
        self._await_seek()
        if self._seeks.target is not None:
            self._steps_to_come.append(by)
            return
        self._ahead = self._read_again = None  # else the step's position is taken for one of the way here
        self._front.step(by)

    def _rest(self) -> None:
        """Nothing has been asked for a while."""
        self._catch_up()
        self._meet()
        if self._in_film.playing:
            self._front.position.look()

    def _catch_up(self) -> None:
        """Bring the deck to the frame that is shown."""
        if self._ahead and self._ahead is not self._followed:
            self._followed = self._ahead
            self._seeks.ask(self._ahead.ms)
            self._send_seek()

    def _meet(self) -> None:
        """The deck shows what was shown ahead of it, once it is there."""
        self._send_seek()
        ahead, front = self._ahead, self._front
        there = front.settled and self._seeks.target is None and not front.steps_on
        if ahead and there and ahead is self._followed:
            self._ahead = None
            self._have_frame()
        if there and self._begins:
            self._begins = False
            self._front.play()
            self._report(playing=True)  # libmpv does not tell of a pause that is over before it tells.
        if there and self._steps_to_come:
            steps, self._steps_to_come = self._steps_to_come, []
            for frames in steps:
                self._step(frames)
            return
        if there and not self._ahead:
            for still in self._stills:
                self._front.surface.take_still(*still)
            self._stills.clear()

    def _take_still(self, width: int, height: int, taken: "Callable[[Picture], None]") -> None:
        self._stills[:] = [(width, height, taken)]
        self._catch_up()
        self._meet()

    def _await_seek(self) -> bool:
        """Wait for the deck to be where it is going, which the seek that was asked for last may not have been
        sent to yet: it would undo a step. libmpv forgets a step back that comes before a seek is done, or
        another step back. Returns whether it is there."""
        deadline = time.monotonic() + _SECONDS_TO_SEEK
        while True:
            self._send_seek()
            there = self._front.arrived and self._seeks.target is None and not self._seeks.flying
            there = there and not self._front.core.seeking and not self._front.steps_on
            if there or self._in_film.trouble or time.monotonic() > deadline:
                return there
            time.sleep(0.002)
