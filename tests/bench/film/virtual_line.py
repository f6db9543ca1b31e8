"""Film at the end of a slow line in virtual time: the same figures each time, however busy the machine is.

The link, the price of a byte, the cells and the terminal are the real ones; the line and the clock are made
up, and a picture takes no time to be drawn.
"""

from collections.abc import Iterator

import numpy as np

from tests.bench.figures.figure import Figure
from tests.bench.film.footage import SOURCES, Film, film
from tests.bench.film.kernel import draw
from tests.bench.film.matching import Place, explain
from tests.bench.film.slow_line import LINES, tell_pictures
from tests.bench.running.line import Line, Speed
from tests.bench.running.screen import Screen
from tests.bench.running.terminal import Sample
from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.picture.cells import Picture
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.link import take_answers
from vigtui.film.terminal.pricing import Pricing
from vigtui.film.terminal.wire import Wire

_COLUMNS, _ROWS = 80, 22
_STEP, _SAMPLE = 0.001, 1 / 30
_SECONDS_TO_SETTLE, _SECONDS = 4.0, 20.0


def bench_virtual_line() -> Iterator[Figure]:
    """Yield what is left of both films on slow lines."""
    for speed in LINES:
        for source in SOURCES:
            played = film(source, _COLUMNS, _ROWS)
            playing = _Playing(played, speed)
            playing.go_on(_SECONDS_TO_SETTLE)
            frames, samples = playing.screen.frames, playing.go_on(_SECONDS)
            truth = played.truth()
            place = Place(0, 0, truth, np.einsum("fhwc,fhwc->f", truth, truth), 1, 2, _COLUMNS, _ROWS)
            about = f"{speed.name}, {source.name}, {_COLUMNS}x{_ROWS}, in virtual time"
            yield from tell_pictures(
                about, explain(played, place, samples, 0.0), playing.screen.frames - frames
            )


class _Playing:
    """A film that plays on a terminal of its own size, which is what it is written to, too."""

    def __init__(self, played: Film, speed: Speed) -> None:
        self.now, self.written, self.received = 0.0, 0, 0
        self.screen = Screen(played.columns, played.rows, self._answer)
        self._way = Line(speed, self.now)
        self._line = FilmLine(lambda: self.now)
        self._line.terminal, self._line.shows_frames = self, True
        self._painter, self._pricing = Painter(GlyphSet.HALF, Depth.TRUECOLOR), Pricing()
        self._wire = Wire(played.rows, played.columns, Depth.TRUECOLOR)
        self._wire.visible[:] = True
        self._pictures = [*played.truth().astype(np.uint8)]
        self._rate, self._number = played.rate, -1
        self._newest: Picture | None = None

    def go_on(self, seconds: float) -> list[Sample]:
        """Play on for so long; return the screens: one whenever another is seen, and thirty a second."""
        samples, end, due = [], self.now + seconds, self.now
        while self.now < end:
            frames = self.screen.frames
            self._step()
            if self.now >= due or self.screen.frames != frames:
                samples.append(Sample(self.now, self.received, self.screen.grid))
                due = self.now + _SAMPLE
        return samples

    def _step(self) -> None:
        self.now += _STEP
        data = self._way.arrived(self.now)
        self.received += len(data)
        self.screen.feed(data)
        take_answers(self._way.arrived_back(self.now), self._line.answered)
        number = int(self.now * self._rate)
        if number != self._number:
            self._number, self._newest = number, self._pictures[number % len(self._pictures)]
        if self._newest is not None and (room := self._line.room(self, lambda: None)):
            text, _, error = draw(self._painter, self._wire, self._newest, self._pricing.playing(), room)
            self._pricing.drew(error, len(text) / room)
            self._line.send(text.decode())
            self._newest = None

    def _answer(self, data: bytes) -> None:
        self._way.send_back(data, self.now)

    # What film is written through

    def write(self, data: str) -> None:
        text = data.encode()
        self.written += len(text)
        self._way.send(text)

    def claim(self, data: bytes) -> bool:
        self.write(data.decode())
        return False

    def write_claimed(self) -> None:
        """Nothing is left to write."""
