"""Film at the end of a slow line: pictures, their age, the answer to a key, and how soon a pause is sharp.

The line opens without a limit, so that it is known when the film started; then it becomes slow.
"""

import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.figures.figure import Figure, middle
from tests.bench.film.footage import SOURCES, TALKING, Film, film
from tests.bench.film.matching import Place, Seen, decibels, explain, locate, started
from tests.bench.running.line import Speed
from tests.bench.running.peers import MPV, Program, fresh_home, missing, vigtui
from tests.bench.running.terminal import Sample, Terminal, terminal

LINES = (
    Speed("64 KB/s, 80 ms round trip", 64 * 1024, 0.080),
    Speed("16 KB/s, 300 ms round trip", 16 * 1024, 0.300),
)
_COLUMNS, _ROWS = 80, 22
_SHARP = 38.0
_RATE, _MEAN = "pictures a second", "PSNR"
_LATE_KEYS, _LATE_SHARP = "a key's answer, 95 %", "from pause to 38 dB, longest"
_GOALS: dict[str, dict[str, float]] = {
    LINES[0].name: {_RATE: 20.0, _MEAN: 33.0, _LATE_KEYS: 300.0, _LATE_SHARP: 1000.0},
    LINES[1].name: {_RATE: 2.0, _LATE_KEYS: 700.0},
}
# An even number of keys: what they turn on is off again for what follows.
_KEYS, _KEYS_OF_A_PEER, _PAUSES = 20, 2, 2
_SECONDS_TO_SETTLE, _SECONDS = 3.0, 6.0
_SECONDS_OF_A_PAUSE, _SECONDS_AFTER_IT = 4.0, 1.5
_SAMPLE, _SHORTEST = 1 / 30, 1 / 60
_PATIENCE = 30.0


@dataclass(frozen=True)
class Pause:
    """Seconds from the key until the picture stayed at `_SHARP` dB or better, and until its last change."""

    sharp: float
    exact: float
    decibels: float


def bench_line() -> Iterator[Figure]:
    """Yield what is left of the film, and of the keys' answers, on slow lines."""
    for speed in LINES:
        for source in SOURCES if speed is LINES[0] else (TALKING,):
            played = film(source, _COLUMNS, _ROWS)
            about = f"{speed.name}, {source.name}, {_COLUMNS}x{_ROWS}"
            goals = _GOALS[speed.name] if source is TALKING else {}
            # The peer takes its time with every key, and does no better with the other film.
            for program in [*(missing([MPV]) if source is TALKING else []), vigtui()]:
                for figure in _measured(program, played, speed, about):
                    if program.name == MPV.name:
                        yield replace(figure, name=f"{figure.name}: {MPV.name}", better="neither")
                    else:
                        yield replace(figure, goal=goals.get(figure.name))


def _measured(program: Program, played: Film, speed: Speed, about: str) -> Iterator[Figure]:
    with (
        fresh_home() as environment,
        TemporaryDirectory() as folder,
        terminal(_command(program, played, Path(folder)), _COLUMNS, _ROWS + 2, environment) as window,
    ):
        window.run(20.0, lambda: window.received > 2000)
        window.run(1.0)
        fast = window.record(2.0)
        place = locate(played, fast)
        start = started(played, place, fast)
        window.use(speed)
        window.run(_SECONDS_TO_SETTLE)
        sent, asked = window.received, window.screen.asked
        seen = _watch(window, played, place, start)
        asked = window.screen.asked - asked
        # Half a picture over half of another may look like one in between: no more can be new than came.
        came = asked or (window.received - sent) / _bytes_each(played, fast)
        yield from tell_pictures(about, seen, came)
        if program.name == MPV.name:
            keys = time_keys(window, _KEYS_OF_A_PEER, lambda: _negative(window, place))
            pauses = [_pause(window, place)]
        else:
            keys = time_keys(window, _KEYS, lambda: "↻" in window.screen.text)
            pauses = [_pause(window, place) for _ in range(_PAUSES)]
        yield middle(about, "a key's answer", [1000 * each for each in keys], "ms")
        late = 1000 * sorted(keys)[len(keys) * 19 // 20 - 1]
        yield Figure(about, _LATE_KEYS, late, "ms", noise=0.1 * late)
        sharp, exact = ([1000 * of for of in each] for each in zip(*map(_times, pauses), strict=True))
        yield middle(about, f"from pause to {_SHARP:.0f} dB", sharp, "ms")
        yield Figure(about, _LATE_SHARP, max(sharp), "ms", noise=0.2 * max(sharp))
        yield middle(about, "from pause to the exact picture", exact, "ms")
        least = min(pause.decibels for pause in pauses)
        yield Figure(about, "then", least, "dB", better="more")


def _times(pause: Pause) -> tuple[float, float]:
    """When it was sharp, and exact; or when nobody looked any more."""
    return min(pause.sharp, _SECONDS_OF_A_PAUSE), min(pause.exact, _SECONDS_OF_A_PAUSE)


def _command(program: Program, played: Film, folder: Path) -> list[str]:
    command = program.playing(played.path)
    if program.name == MPV.name:
        keys = folder / "input.conf"
        keys.write_text("l vf toggle negate\n")
        command.insert(1, f"--input-conf={keys}")
    return command


def _watch(window: Terminal, played: Film, place: Place, start: float) -> list[Seen]:
    samples = []
    end = window.now + _SECONDS
    while window.now < end:
        frames = window.screen.frames
        window.run(_SAMPLE, lambda frames=frames: window.screen.frames != frames)
        samples.append(window.sample())
    return explain(played, place, samples, start)


def _bytes_each(played: Film, fast: Sequence[Sample]) -> float:
    first, last = fast[0], fast[-1]
    return (last.received - first.received) / (last.time - first.time) / played.rate


def tell_pictures(about: str, seen: Sequence[Seen], came: float) -> Iterator[Figure]:
    """Yield how many pictures were seen, of those that came, how good they were, and how old."""
    seconds = seen[-1].time - seen[0].time
    lasted = [later.time - one.time for one, later in pairwise(seen)]
    rate = min(len({one.frame for one in _seen_long_enough(seen)}) - 1, came) / seconds
    yield Figure(about, _RATE, rate, "1/s", better="more", noise=0.05 * rate)
    sent = (seen[-1].received - seen[0].received) / seconds / 1024
    yield Figure(about, "sent", sent, "KB/s", better="neither")
    mean = statistics.fmean((one.decibels for one in seen[:-1]), lasted)
    yield Figure(about, _MEAN, mean, "dB", better="more", noise=0.2)
    levels = sorted(one.decibels for one in seen)
    yield Figure(about, "PSNR, the worst 5 %", levels[len(levels) // 20], "dB", better="more", noise=0.5)
    ages = sorted(1000 * one.lag for one in seen)
    yield Figure(about, "age of the picture", statistics.median(ages), "ms", noise=0.1 * ages[len(ages) // 2])
    late = ages[len(ages) * 19 // 20]
    yield Figure(about, "age, 95 %", late, "ms", noise=0.2 * late)


def _seen_long_enough(seen: Sequence[Seen]) -> Iterator[Seen]:
    """What was seen for as long as a screen takes to show anything, also in several samples."""
    begun = seen[0]
    for one in seen[1:]:
        if one.frame != begun.frame:
            if one.time - begun.time >= _SHORTEST:
                yield begun
            begun = one
    yield begun


def time_keys(window: Terminal, count: int, on: Callable[[], bool]) -> list[float]:
    """Type `l` at odd moments; return the seconds until what it turns `on` and off was seen to be so.

    With vigtui it shows the word loop; with mpv, which shows nothing but the film, it makes that a negative.
    """
    chance, times = random.Random(7), []
    for number in range(count):
        window.run(chance.uniform(0.2, 0.5))
        before = window.now
        window.type("l")
        while on() != (number % 2 == 0) and window.now - before < _PATIENCE:
            window.run(_SAMPLE / 3)
        times.append(window.now - before)
    return times


def _negative(window: Terminal, place: Place) -> bool:
    seen = place.seen(window.screen.grid)
    some = place.truth[::5]
    return float(((some - seen) ** 2).mean()) > float(((255 - some - seen) ** 2).mean())


def _pause(window: Terminal, place: Place) -> Pause:
    before = window.now
    window.type(" ")
    samples = []
    while window.now - before < _SECONDS_OF_A_PAUSE:
        window.run(_SAMPLE / 2)
        samples.append(window.sample())
    pictures = [place.seen(sample.grid) for sample in samples]
    truth = min(place.truth, key=lambda one: float(((one - pictures[-1]) ** 2).mean()))
    errors = [float(((picture - truth) ** 2).mean()) for picture in pictures]
    times = [sample.time - before for sample in samples]
    window.type(" ")
    window.run(_SECONDS_AFTER_IT)
    return Pause(
        sharp=_after(times, [decibels(error) < _SHARP for error in errors]),
        exact=_after(times, [not np.array_equal(picture, pictures[-1]) for picture in pictures]),
        decibels=decibels(errors[-1]),
    )


def _after(times: Sequence[float], wrong: Sequence[bool]) -> float:
    """The first time after which nothing is wrong any more; infinite when the last is."""
    last = max((number for number, is_wrong in enumerate(wrong) if is_wrong), default=-1)
    return times[last + 1] if last + 1 < len(times) else float("inf")
