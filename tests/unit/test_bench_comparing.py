"""What would be lost: a bench of last night that says what became slower, and is silent when nothing did."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.figures.comparing import Verdict, compare, told
from tests.bench.figures.figure import Figure, against_itself, beside, in_real_time, middle
from tests.bench.figures.goals import goals, told_goals
from tests.bench.figures.machine import Machine, Pace
from tests.bench.figures.results import NoResults, Results, read_results

_MACHINE = Machine(2, "a processor", 24000, "Linux", "3.11.7", "libmpv 0.35", "compiled")
_OURS, _THEIRS = [1.5, 1.6, 1.7], [1.0, 1.0, 1.0]
_RATIO = beside("A start", "first paint", _OURS, "an empty app", _THEIRS, "s", goal=1.3)
_SECONDS = middle("A start", "its seconds", [0.30, 0.31, 0.32], "s")


def _run(*figures: Figure, machine: Machine = _MACHINE, pace: float = 10.0) -> Results:
    run = Results("0.1.0", "abc", dt.date(2026, 11, 30), machine, Pace([pace] * 5, [0.1] * 5))
    for figure in figures:
        run.add("start", figure)
    return run


def _verdicts(old: Results, new: Results) -> list[Verdict]:
    return [each.verdict for each in compare(old, new)]


def test_a_ratio_is_the_median_of_the_turns_and_knows_its_noise() -> None:
    assert _RATIO.judged == pytest.approx(1.6)
    assert _RATIO.reached is False
    assert _RATIO.noise == pytest.approx(0.107, abs=0.001)


def test_a_turn_that_the_machine_was_away_in_does_not_hide_what_became_slower() -> None:
    once_away = beside("A start", "first paint", [*_OURS, 60.0], "an empty app", [*_THEIRS, 1.0], "s")
    assert (once_away.noise or 60.0) < 0.15


def test_what_moves_within_the_noise_is_not_told() -> None:
    old, new = _run(_RATIO), _run(replace(_RATIO, ratio=1.9))
    assert _verdicts(old, new) == [Verdict.WITHIN]
    assert "Worse, beyond the noise: nothing" in "\n".join(told(old, new, compare(old, new)))


def test_what_moves_beyond_the_noise_is_worse_or_better() -> None:
    more = Figure("A picture", "PSNR", 36.0, "dB", better="more")
    old = _run(_RATIO, more)
    assert _verdicts(old, _run(replace(_RATIO, ratio=2.2), replace(more, value=37))) == [
        Verdict.WORSE,
        Verdict.BETTER,
    ]
    assert _verdicts(old, _run(replace(_RATIO, ratio=1.0), replace(more, value=35))) == [
        Verdict.BETTER,
        Verdict.WORSE,
    ]


def test_what_is_missing_and_what_is_new_is_told() -> None:
    assert _verdicts(_run(_RATIO), _run(_SECONDS)) == [Verdict.ADDED, Verdict.MISSING]


def test_the_machine_beside_itself_widens_the_noise_of_what_was_measured_with_it() -> None:
    noisy = against_itself("A start", [1.0, 1.2, 0.9], [1.0, 1.0, 1.0], "s")
    worse = replace(_RATIO, ratio=2.2)
    assert _verdicts(_run(_RATIO), _run(worse)) == [Verdict.WORSE]
    assert _verdicts(_run(_RATIO, noisy), _run(worse, noisy)) == [Verdict.WITHIN]


def test_a_ratio_of_times_is_no_surer_than_the_machine_beside_itself_in_another_measure() -> None:
    old, new = _run(_RATIO), _run(replace(_RATIO, ratio=2.2))
    noisy = against_itself("Playing", [1.0, 1.3, 0.9], [1.0, 1.0, 1.0], "s")
    for run in (old, new):
        run.add("playing", noisy)
    assert _verdicts(old, new) == [Verdict.WITHIN]


def test_a_measure_that_one_of_the_runs_does_not_have_is_told_in_one_line() -> None:
    old, new = _run(_RATIO, _SECONDS), _run()
    new.add("playing", _RATIO)
    lines = list(told(old, new, compare(old, new)))
    assert [line for line in lines if "all of it" in line] == [
        "  start, all of it: 2",
        "  playing, all of it: 1",
    ]


def test_times_are_held_against_the_pace_of_the_machine() -> None:
    slower = replace(_SECONDS, value=0.62)
    assert _verdicts(_run(_SECONDS), _run(slower)) == [Verdict.WORSE]
    assert _verdicts(_run(_SECONDS), _run(slower, pace=20.0)) == [Verdict.WITHIN]
    slow_then = _run(slower)
    slow_then.pace.around["start"] = [18.0, 22.0]
    assert _verdicts(_run(_SECONDS), slow_then) == [Verdict.WITHIN]
    elsewhere = replace(_MACHINE, processor="another")
    assert _verdicts(_run(_SECONDS), _run(slower, machine=elsewhere)) == [Verdict.UNJUDGED]
    busy = _run(slower)
    busy.pace.loads[:] = [0.4, 1.8, 2.5]
    assert _verdicts(_run(_SECONDS), busy) == [Verdict.UNJUDGED]


def test_film_as_it_plays_is_left_alone_on_a_busy_machine() -> None:
    sharp = Figure("A picture", "PSNR", 37.7, "dB", better="more")
    (film,) = in_real_time([sharp])
    busy = _run(replace(film, value=36.1))
    assert _verdicts(_run(film), busy) == [Verdict.WORSE]
    busy.pace.loads[:] = [0.4, 1.8, 2.5]
    assert _verdicts(_run(film), busy) == [Verdict.UNJUDGED]
    busy.figures["start"] = [replace(sharp, value=36.1)]
    assert _verdicts(_run(sharp), busy) == [Verdict.WORSE]


def test_what_was_nothing_and_is_something_is_worse() -> None:
    sent = Figure("Idle", "bytes sent", 0, "bytes", goal=0)
    assert _verdicts(_run(sent), _run(replace(sent, value=400))) == [Verdict.WORSE]


def test_a_peers_own_figure_is_not_judged() -> None:
    theirs = Figure("A picture", "bytes of mpv", 66_000, "bytes", better="neither")
    assert _verdicts(_run(theirs), _run(replace(theirs, value=90_000))) == []


def test_results_are_read_as_they_were_written_and_none_is_written_over(tmp_path: Path) -> None:
    run = _run(_RATIO, _SECONDS)
    first, second = run.write(tmp_path), run.write(tmp_path)
    assert read_results(first) == run
    assert (first.name, second.name) == ("0.1.0-abc-2026-11-30.json", "0.1.0-abc-2026-11-30-2.json")
    first.write_text("{}")
    with pytest.raises(NoResults, match="holds no results"):
        read_results(first)


def test_the_goals_that_are_farthest_from_being_reached_come_first() -> None:
    run = _run(
        Figure("A space", "taking it in", 46, "ms", goal=150),
        Figure("A line", "PSNR", 32.0, "dB", goal=35.0, better="more"),
        _RATIO,
        Figure("A line", "pictures a second", 8, "1/s", goal=20, better="more"),
        Figure("Idle", "bytes sent", 400, "bytes", goal=0),
        Figure("Idle", "bytes sent, unjudged", 400, "bytes"),
    )
    assert [each.figure.name for each in goals(run)] == [
        *("bytes sent", "pictures a second", "PSNR", "first paint", "taking it in")
    ]
    assert [round(each.times, 2) for each in goals(run)[1:]] == [2.5, 1.41, 1.23, 0.31]
    run.skipped["callgrind"] = "Valgrind is not installed."
    lines = list(told_goals(run))
    assert lines[0] == "Not reached: 4"
    assert lines[1:3] == [
        "    inf  start: Idle: bytes sent: 400 bytes, at most 0",
        "   2.50  start: A line: pictures a second: 8.00 1/s, at least 20.0",
    ]
    assert "Reached: 1" in lines
    assert lines[-1] == "callgrind was not measured: Valgrind is not installed."
