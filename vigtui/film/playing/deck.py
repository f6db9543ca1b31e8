"""One libmpv core with its film and its pictures. A player has two: one is seen, one makes ready."""

import contextlib
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from vigtui.film.errors import FilmError
from vigtui.film.facts import pixels_a_second
from vigtui.film.landing import TOLERANCE, Reach, not_there_yet, sought
from vigtui.film.libmpv import (
    SECONDS_TO_CLOSE,
    before_decoding,
    end_core,
    libmpv,
    load_film,
    new_core,
    seconds_of,
    trouble_of,
    unless_ended,
)
from vigtui.film.mp4_index import is_mirrored
from vigtui.film.options import (
    ONLY_FILMS,
    ORDINARY_LIGHT,
    decoding_threads,
    graph,
    hardware_decoder,
    upright,
)
from vigtui.film.playing.position import POSITION, Position
from vigtui.film.playing.surface import Surface
from vigtui.film.playing.timekeeping import Timekeeping
from vigtui.film.source import FilmSource

OBSERVED = ("pause", "duration", "video-params", "eof-reached")
# Frames come so many seconds before they are due: less than any lasts, else libmpv may be at the next one
# already; and some, else each that is a little late is dropped.
_DRAWN_HERE = {"vo": "libmpv", "video_timing_offset": 0.015}
_SECONDS_TO_GO_ON = 0.05
_SECONDS_WAITING = 0.3  # libmpv has a seek wait for so long for the one before
_EARLY_MS = 1.0
_HUNG: list[Any] = []  # cores that did not close; kept, because python-mpv would wait for them when collected


class Deck:
    """A core that holds one film at a time.

    `hear` is called on libmpv's event thread with this deck, the opening that it is about, a word and a
    value: the name and value of an observed property, or of where the film is; "loaded"; "failed" with the
    `entry` that cannot be played, or not any more: its bytes do not come, and `trouble` says why; "seek" when
    a jump begins, also a loop's; "restart" when it is at its frame; "message" with the name of a key typed
    into libmpv's own window. What still comes from the film before is left out. `drawn` is called on the
    picture thread, which also hears where the film is while it plays. Methods may wait for the core.

    A jump is done when libmpv is at the frame asked for (`arrived`) and its picture has been drawn since
    (`settled`). The frame is looked for again where libmpv comes down beside it.

    With `hardware` the machine's own decoder is used where there is one.

    `opening` says which opening of a film the deck is about, as `Telling` counts them; 0 for a spare deck.
    """

    MESSAGE = "vigtui-key"

    def __init__(
        self,
        *,
        muted: bool,
        spare: bool,
        hardware: bool = False,
        hear: Callable[["Deck", int, str, Any], None],
        drawn: Callable[["Deck"], None],
    ) -> None:
        mpv = libmpv()
        self._mpv = mpv
        self._hear = hear
        # Held where a film or a jump begins or ends: else what ends may be taken for what has just begun.
        self._loading = threading.RLock()
        # Held while it is looked at where a jump came down: another one may not take its place meanwhile.
        self._landing = threading.Lock()
        self.opening = 0
        self.entry = 0
        self._current: int | None = None  # the opening that events are about
        self._opened = False
        self._arrived = False
        self._picture_due = 0
        self._jump: float | None = None
        self._jumps = 0  # how many have begun
        self._sent = self._by_itself = False  # where it is on its way to: by us, or seen to by us since
        self._back_from: float | None = None
        self._stepped_on = False
        self._loop: tuple[int, int] | None = None
        self._reach = Reach(has_index=True)
        self.source: FilmSource | None = None
        self.mirrored = False
        # Muted from the start (over SSH), the sound device of this machine is not even opened.
        aid = "no" if muted or spare else "auto"
        decoder = {"hwdec": hardware_decoder() if hardware else "no"}
        options = ONLY_FILMS | decoder | _DRAWN_HERE | {"aid": aid, "mute": muted}
        self.core: Any = new_core(options, unreadable=lambda: self._fail(self.entry))
        self.time = Timekeeping(self.core)
        self._drawn = drawn
        self.position = Position(self.core, self._tell_position)
        self.surface = Surface(mpv, self.core, self._moment, self._on_picture)
        self.core.register_event_callback(unless_ended(self.core, self._on_event))
        before_decoding(self.core, self._choose_threads)
        self.core.register_message_handler(self.MESSAGE, lambda key: self._pass_on("message", key.decode()))
        for name in OBSERVED:
            self.core.observe_property(name, unless_ended(self.core, self._on_property))

    def load(self, source: FilmSource, start_ms: float, opening: int = 0) -> None:
        """Open a film, which must have been checked, paused at a moment. Raises `FilmError`."""
        if source != self.source:
            self._reach = Reach.of(source)
            self.mirrored = is_mirrored(source)
        self._put_away(source, opening)
        self._jump_to(start_ms or None)
        self.core["pause"] = True
        self._set_reach()
        self.core["vf"] = self.filters
        self.core["start"] = sought(start_ms) if start_ms else 0
        # Its events are not looked at before we know that they are this film's.
        with self._loading:
            self.entry = load_film(self.core, source)

    @property
    def filters(self) -> str:
        """What libmpv does to pictures before `surface` draws them: it maps no light, and turns but does not
        mirror."""
        more = graph(*self.times, *upright(0, mirrored=self.mirrored))
        return f"{ORDINARY_LIGHT},{more}" if more else ORDINARY_LIGHT

    @property
    def times(self) -> tuple[str, ...]:
        """FFmpeg's filters that leave no two pictures one moment; none where the film's times are its own."""
        return self._reach.filters

    def stop(self, opening: int = 0) -> None:
        """Close the film."""
        self._put_away(None, opening)
        self.core.command("stop")

    def _put_away(self, source: FilmSource | None, opening: int) -> None:
        """Hear nothing more of the film before, and have no picture of it; `opening` begins."""
        with self._loading:
            self._current, self._opened = None, False
            self.surface.forget()
            self.time.begin()
            self.source, self.opening = source, opening

    def take_over(self, opening: int) -> None:
        """What this deck does is about `opening` from now on."""
        with self._loading:
            self.opening = opening
            if self._current is not None:
                self._current = opening

    def seek(self, ms: float, *, exact: bool = True) -> None:
        """Go to a moment (see `sought`), or to the keyframe near it. Raises `SystemError` while there is no
        film."""
        if not self._opened:  # The film before would still take the seek for its own.
            self._leave()
            raise SystemError("there is no film yet")
        with self._loading:
            self._jump_to(ms if exact else None)
            if exact:
                self._send(ms)
            else:
                self.core.command("seek", ms / 1000, "absolute+keyframes")

    def _send(self, ms: float) -> None:
        self._set_reach()
        self.core.command("seek", f"{sought(ms):.9f}", "absolute+exact")

    def look_for(self, ms: float) -> None:
        """libmpv goes back to `ms`, the start of the loop, by itself, and was paused on the way: see that it
        comes down there. Beside sound it would not: it waits for the end of the loop to be heard, which does
        not go on."""
        with self._landing:
            if not self._arrived and self.core.current_ao is None:
                self._jump, self._by_itself = ms, True
                return
        self.seek(ms)
        timer = threading.Timer(_SECONDS_WAITING, unless_ended(self.core, self._wake))
        timer.name, timer.daemon = "film wakes", True
        timer.start()

    def _wake(self) -> None:
        """Have libmpv look at what waits. Beside sound it has a seek wait that comes right after its own, and
        then, a second long, for anything that wakes it: to set an option does, also to what it is."""
        self.core["hr-seek"] = "yes"

    def play(self) -> None:
        """Play on."""
        if self._stepped_on:
            self._hold_loop(self._loop)
        self._back_from, self._stepped_on = None, False
        self.position.play()
        self.core["untimed"] = False
        self.core["pause"] = False

    def step(self, by: int) -> None:
        """Go one frame on, also out of a loop; or one back, which is a jump."""
        self.position.step()
        self.time.step()
        self.core["untimed"] = True  # else a step on takes as long as a frame lasts
        with self._loading:
            self._back_from = None
            if by > 0:
                self._stepped_on = True
                self._hold_loop(None)
                self.core.command("frame-step")
            elif (here := self.position_ms()) is not None:
                self._leave()
                self._back_from, self._sent = here, True
                self._step_back()

    @property
    def goes_by_itself(self) -> bool:
        """Whether libmpv is on its way to where nobody has sent it: back to the start of the loop."""
        return not (self._arrived or self._sent)

    @property
    def steps_on(self) -> bool:
        """Whether a step on is being made. To pause the film would end that."""
        return self._stepped_on and not self.core.pause

    def _step_back(self) -> None:
        self._jump = None
        self._set_reach()
        self.core.command("frame-back-step")

    def _set_reach(self) -> None:
        for name, value in self._reach.options().items():
            self.core[name] = value

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Play from `loop[0]` up to `loop[1]` again and again; from the end of a jump on, if one is made."""
        self._loop = loop
        if self._arrived:
            self._hold_loop(loop)

    def _hold_loop(self, loop: tuple[int, int] | None) -> None:
        start, end = (sought(loop[0]), sought(loop[1]) - TOLERANCE) if loop else ("no", "no")
        self.core["ab-loop-a"], self.core["ab-loop-b"] = start, end

    def set_end(self, ms: int | None) -> None:
        """Come to a halt before this moment, as at the end of the film; None plays to that."""
        self.core["end"] = "none" if ms is None else f"{sought(ms) - TOLERANCE:.9f}"

    @property
    def trouble(self) -> FilmError | None:
        """Why the film's bytes did not come; None where they did."""
        return trouble_of(self.core)

    @property
    def arrived(self) -> bool:
        """Whether the last jump has been made."""
        return self._arrived

    @property
    def shows_film(self) -> bool:
        """Whether there has been a picture of the film since it was opened."""
        return self.surface.picture is not None or (self._opened and self.settled)

    @property
    def settled(self) -> bool:
        """Whether the last jump has been made and its picture drawn."""
        return self._arrived and self.surface.drawn >= self._picture_due

    def position_ms(self) -> float | None:
        """The moment of the present picture, as the film says it; None without one."""
        seconds = seconds_of(self.core)
        return None if seconds is None else seconds * 1000

    def close(self) -> None:
        """Stop for good, in bounded time even when libmpv hangs."""
        if self.surface.close(SECONDS_TO_CLOSE):
            end_core(self.core)
        else:
            _HUNG.append(self.core)

    def _leave(self) -> None:
        self._arrived = False

    def _jump_to(self, ms: float | None) -> None:
        """A jump is on its way. A loop would end it where it comes down behind the loop, and holds from the
        arrival on: without a time to keep libmpv does not read the next frame too, which may lie behind."""
        with self._loading:
            self._leave()
            self._jump, self._by_itself, self._jumps, self._sent = ms, False, self._jumps + 1, True
            self._back_from = None
            self._hold_loop(None)
        self.time.rest()
        self.core["untimed"] = True

    def _on_event(self, event: Any) -> None:
        kind, ids = event.event_id.value, self._mpv.MpvEventID
        if kind == ids.START_FILE:
            with self._loading:
                self._current = self.opening if event.data.playlist_entry_id == self.entry else None
                if event.data.playlist_entry_id > self.entry:
                    self.core.command_async("stop")  # a file that was dropped onto the window
        elif kind == ids.FILE_LOADED:
            self._opened = self._current is not None
            self._pass_on("loaded", None)
        elif kind == ids.SEEK:
            self._leave()
            self._pass_on("seek", None)
        elif kind == ids.PLAYBACK_RESTART:
            with contextlib.suppress(SystemError):  # The film may be put away while it is looked at.
                self._land()
        elif kind == ids.END_FILE and event.data.reason == event.data.ERROR:
            self._fail(event.data.playlist_entry_id)

    def _land(self) -> None:
        """libmpv is at the end of a jump, and its picture output has the frame."""
        with self._landing:
            opening, jumps, asked = self._current, self._jumps, self._jump
            if opening is None or not self._at_frame(jumps):
                return
            here = self.position_ms()
            with self._loading:
                if (self._current, self._jumps) != (opening, jumps):
                    return
                self._hold_loop(self._loop)
                self._jump = None
                self._picture_due = self.surface.draw_anew()
                self._arrived, self._sent = True, False
        if here is not None:
            self._pass_on(POSITION, here / 1000)
            # Where it came down before the moment asked for, there is no frame behind this one.
            self._pass_on("eof-reached", asked is not None and here < asked - _EARLY_MS)
        self._pass_on("restart", None)

    def _at_frame(self, jumps: int) -> bool:
        """Whether libmpv came down on the frame asked for; else it is still on its way, or sent again."""
        asked, here, rate = self._jump, self.position_ms(), self.core.container_fps or 0
        if here is None or not self.core.pause:
            return True
        if asked is None:
            return self._back_from is None or self._is_back(here, self._back_from, jumps)
        landed = self._reach.landed(asked, here, rate, at_end=self.core.eof_reached)
        if landed is None:
            return False
        if self._by_itself:  # It may have gone on before it was paused.
            at_frame = self._reach.is_at(asked, landed, rate)
            if not at_frame:
                self.seek(asked)
            return at_frame
        if not self._reach.is_at(asked, landed, rate) and self._goes_on(here):
            return False
        before = self._reach.ms
        self._reach.decodes(self.core.file_format or "", self.core.video_format or "")
        if self._reach.ms == before and self._reach.accepts(asked, landed, rate):
            if asked != self._back_from:
                return True
            self._reach.ms = before  # From as far back the step is made, and not for ever at the first frame.
            again = self._step_back
        else:
            again = partial(self._send, asked)
        with self._loading:
            if jumps == self._jumps:
                again()
        return False

    def _is_back(self, here: float, back_from: float, jumps: int) -> bool:
        """Whether a step back came down before the frame that it left; else that one is gone to again, and
        the film read from earlier."""
        if (here < back_from and not self.core.eof_reached) or not self._reach.grows(back_from):
            self._back_from = None
            return True
        with self._loading:
            if jumps == self._jumps:
                self._jump = back_from
                self._send(back_from)
        return False

    def _goes_on(self, here: float) -> bool:
        """Whether libmpv leaves by itself: to its last frame, where it has shown nothing up to the end."""
        time.sleep(_SECONDS_TO_GO_ON)
        return bool(self.core.seeking) or self.position_ms() != here

    def _fail(self, entry: int) -> None:
        if entry == self.entry:
            self._pass_on("failed", entry)

    def _on_property(self, name: str, value: Any) -> None:
        if name == "pause":
            self.position.pause(paused=value)
            self._pass_on(name, value)
        elif value is not None:
            self._pass_on(name, value)

    def _on_picture(self, seconds: float | None) -> None:
        """There is a picture, of this moment if it is another one than before; on the picture thread."""
        if seconds is not None:
            self.position.picture(seconds)
        self._drawn(self)

    def _moment(self) -> float | None:
        """The moment of the picture that has just come, in seconds. None while a jump is on its way: libmpv
        answers nothing until the first picture behind it is drawn, or 0.2 seconds are over, and where it came
        down is told on arrival."""
        return seconds_of(self.core) if self._arrived else None

    def _tell_position(self, seconds: float | None) -> None:
        opening = self._current
        if seconds is not None and opening is not None and not self._is_on_its_way(seconds):
            self._hear(self, opening, POSITION, seconds)

    def _is_on_its_way(self, seconds: float) -> bool:
        """Whether what libmpv says of where it is may be no frame that is shown: it is told on arrival."""
        jumps = self._jump is not None or self._back_from is not None
        return jumps or (self._loop is not None and not_there_yet(self._loop[0], seconds))

    def _choose_threads(self) -> None:
        """Decode the film that has just been opened in as many threads as help."""
        self.core["vd-lavc-threads"] = decoding_threads(pixels_a_second(self.core))

    def _pass_on(self, what: str, value: Any) -> None:
        if (opening := self._current) is not None:
            self._hear(self, opening, what, value)
