"""Film at the end of a slow line: pictures, their age, the answer to a key, and how soon a pause is sharp.

The line opens without a limit, so that it is known when the film started; then it becomes slow.
"""

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.footage import SOURCES, Film, film
from tests.bench.line import Speed
from tests.bench.matching import Place, Seen, decibels, explain, locate, started
from tests.bench.peers import MPV, Program, fresh_home, missing, vigtui
from tests.bench.terminal import Sample, Terminal, terminal

LINES = (
    Speed("64 KB/s, 80 ms round trip", 64 * 1024, 0.080),
    Speed("16 KB/s, 300 ms round trip", 16 * 1024, 0.300),
)
_COLUMNS, _ROWS = 80, 22
_SHARP = 38.0
_KEYS, _KEYS_OF_A_PEER, _PAUSES = 40, 6, 4
_SECONDS_TO_SETTLE, _SECONDS = 3.0, 8.0
_SAMPLE = 1 / 30
_PATIENCE = 30.0


@dataclass(frozen=True)
class Pause:
    """Seconds from the key until the picture stayed at `_SHARP` dB or better, and until its last change."""

    sharp: float
    exact: float
    decibels: float


def bench_line() -> None:
    """Print what is left of the film, and of the keys' answers, on slow lines."""
    for speed in LINES:
        for source in SOURCES:
            played = film(source, _COLUMNS, _ROWS)
            print(f"{speed.name}: {_COLUMNS}x{_ROWS} cells, the {source.name}")
            # The peer takes its time with every key, and does no better with the other film.
            peers = missing([MPV]) if source is SOURCES[0] else []
            for program in [*peers, vigtui()]:
                print(f"  {program.name}")
                _measure(program, played, speed)
            goals = "8 pictures/s, 30 dB; 95% of keys in 300 ms; sharp in 1 s"
            slower = "2 pictures/s; 95% of keys in 700 ms"
            print(f"  goal: {goals if speed is LINES[0] else slower}\n")


def _measure(program: Program, played: Film, speed: Speed) -> None:
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
        _tell_pictures(seen, came)
        if program.name == MPV.name:
            _tell_keys(time_keys(window, _KEYS_OF_A_PEER, lambda: _negative(window, place)))
            _tell_pauses([_pause(window, place)])
        else:
            _tell_keys(time_keys(window, _KEYS, lambda: "↻" in window.screen.text))
            _tell_pauses([_pause(window, place) for _ in range(_PAUSES)])


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
        window.run(_SAMPLE)
        samples.append(window.sample())
    return explain(played, place, samples, start)


def _bytes_each(played: Film, fast: Sequence[Sample]) -> float:
    first, last = fast[0], fast[-1]
    return (last.received - first.received) / (last.time - first.time) / played.rate


def _tell_pictures(seen: Sequence[Seen], came: float) -> None:
    seconds = seen[-1].time - seen[0].time
    pictures = min(len({one.frame for one in seen}) - 1, came)
    ages = sorted(one.lag for one in seen)
    print(
        f"    pictures a second   {pictures / seconds:6.1f}"
        f"   {(seen[-1].received - seen[0].received) / seconds / 1024:.1f} KB/s\n"
        f"    PSNR                {statistics.fmean(one.decibels for one in seen):6.1f} dB, "
        f"worst 5% {sorted(one.decibels for one in seen)[len(seen) // 20]:.1f}\n"
        f"    age of the picture  {1000 * statistics.median(ages):6.0f} ms, "
        f"95% under {1000 * ages[len(ages) * 19 // 20]:.0f}"
    )


def time_keys(window: Terminal, count: int, on: Callable[[], bool]) -> list[float]:
    """Type `l` at odd moments; return the seconds until what it turns `on` and off was seen to be so.

    With vigtui it shows the word loop; with mpv, which shows nothing but the film, it makes that a negative.
    """
    chance, times = random.Random(7), []
    for number in range(count):
        window.run(chance.uniform(0.25, 0.8))
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


def _tell_keys(times: Sequence[float]) -> None:
    ordered = sorted(times)
    print(
        f"    a key's answer      {1000 * statistics.median(ordered):6.0f} ms, "
        f"95% under {1000 * ordered[len(ordered) * 19 // 20 - 1]:.0f}, longest {1000 * ordered[-1]:.0f}"
    )


def _pause(window: Terminal, place: Place) -> Pause:
    before = window.now
    window.type(" ")
    samples = []
    while window.now - before < 4.0:
        window.run(_SAMPLE / 2)
        samples.append(window.sample())
    pictures = [place.seen(sample.grid) for sample in samples]
    truth = min(place.truth, key=lambda one: float(((one - pictures[-1]) ** 2).mean()))
    errors = [float(((picture - truth) ** 2).mean()) for picture in pictures]
    times = [sample.time - before for sample in samples]
    window.type(" ")
    window.run(2.0)
    return Pause(
        sharp=_after(times, [decibels(error) < _SHARP for error in errors]),
        exact=_after(times, [not np.array_equal(picture, pictures[-1]) for picture in pictures]),
        decibels=decibels(errors[-1]),
    )


def _after(times: Sequence[float], wrong: Sequence[bool]) -> float:
    """The first time after which nothing is wrong any more; infinite when the last is."""
    last = max((number for number, is_wrong in enumerate(wrong) if is_wrong), default=-1)
    return times[last + 1] if last + 1 < len(times) else float("inf")


def _tell_pauses(pauses: Sequence[Pause]) -> None:
    def milliseconds(of: Callable[[Pause], float]) -> str:
        values = [1000 * of(pause) for pause in pauses]
        return f"{statistics.median(values):6.0f} ms, longest {max(values):.0f}"

    print(
        f"    pause to {_SHARP:.0f} dB      {milliseconds(lambda pause: pause.sharp)}\n"
        f"    pause to its last   {milliseconds(lambda pause: pause.exact)}, "
        f"then {min(pause.decibels for pause in pauses):.1f} dB"
    )
