"""What would be lost: the exact moment that a supervisor and a trainee look at together."""

import os
import queue
import shutil
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.unit.film import films, numbered
from tests.unit.film.watched import PATIENCE, Watched
from vigtui.film.errors import FilmDamaged, FilmMissing, LibraryMissing
from vigtui.film.facts import FilmFacts
from vigtui.film.files import FileSource
from vigtui.film.libmpv import late_by, libmpv, seconds_of
from vigtui.film.playing import control, deck, moving, timekeeping
from vigtui.film.playing.control import Control
from vigtui.film.playing.deck import Deck
from vigtui.film.playing.pace import Pace
from vigtui.film.playing.player import SLOWEST, Player, PlayerState
from vigtui.film.playing.spare import Spare
from vigtui.film.playing.timekeeping import Timekeeping
from vigtui.film.probing import probe
from vigtui.film.source import FilmSource

FRAME_MS = 1000 // films.RATE


def test_a_film_opens_paused_on_the_frame_asked_for(watched: Watched, shades: Path) -> None:
    watched.open(shades, start_ms=1500)
    watched.until_frame(15)
    state = watched.until(watched.at(1500))
    assert not state.playing
    assert (state.frame_size, state.has_sound) == ((films.WIDTH, films.HEIGHT), True)


def test_the_size_of_a_film_is_known_though_nothing_told_it(
    shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine libmpv tells it before it knows it: a film without a size is not drawn."""
    monkeypatch.setattr(deck, "OBSERVED", tuple(name for name in deck.OBSERVED if name != "video-params"))
    watched = Watched()
    watched.open(shades, start_ms=1500)
    watched.until_frame(15)
    watched.player.close()


def test_seeking_shows_exactly_the_frame_asked_for(watched: Watched, shades: Path) -> None:
    watched.open(shades)
    for number in (25, 3, 17, 16, 29, 0):
        watched.player.seek(number * FRAME_MS)
        watched.until_frame(number)
    watched.player.seek_by(1000)
    watched.until_frame(10)


def test_a_still_is_the_same_frame_larger_and_the_picture_stays_as_it_was(
    watched: Watched, shades: Path
) -> None:
    watched.open(shades, start_ms=1500)
    watched.until_frame(15)
    before = watched.player.take_picture()
    stills: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for width, height in ((130, 90), (64, 50), (130, 90)):
        watched.player.take_still(width, height, stills.put)
        still = stills.get(timeout=PATIENCE)
        assert still.shape == (height, width, 3)
        assert abs(still.mean() - films.shade(15)) <= films.GREY_STEP // 2
    now = watched.player.take_picture()
    assert now is not None
    assert (now == before).all()


def test_steps_go_frame_by_frame_both_ways(watched: Watched, shades: Path) -> None:
    watched.open(shades, start_ms=1000)
    watched.until_frame(10)
    for step, number in ((1, 11), (1, 12), (-1, 11), (-1, 10), (-1, 9), (2, 11)):
        watched.player.step(step)
        watched.until_frame(number)
        assert not watched.until(watched.at(number * FRAME_MS)).playing


def test_a_frame_stepped_to_again_is_the_one_that_stays(watched: Watched, shades: Path) -> None:
    """What is seen when the keys rest, marked, and kept as a still."""
    watched.open(shades, start_ms=1000)
    for frame in (10, 11, 10):
        watched.player.seek(frame * FRAME_MS)
        watched.until_frame(frame)
        for number in range(frame - 1, 7, -1):
            watched.player.step(-1)
            watched.until_frame(number)
        stills: queue.SimpleQueue[Any] = queue.SimpleQueue()
        watched.player.take_still(64, 50, stills.put)
        assert abs(stills.get(timeout=PATIENCE).mean() - films.shade(8)) <= films.GREY_STEP // 2
        watched.until(watched.at(8 * FRAME_MS))


def test_steps_the_other_way_count_behind_many_that_wait(watched: Watched, shades: Path) -> None:
    """Somebody held the key at the film's start, and goes on by two; and from elsewhere by two."""
    watched.open(shades)
    watched.until_frame(0)
    for step in [-1] * 30 + [1, 1]:
        watched.player.step(step)
    watched.until(watched.at(2 * FRAME_MS))
    watched.until_frame(2)
    for step in [1] * 30:
        watched.player.step(step)
    watched.player.seek(1_000)
    for step in (1, 1):
        watched.player.step(step)
    watched.until(watched.at(1_200))
    watched.until_frame(12)


def test_a_step_back_at_the_first_frame_holds_up_none_that_follow(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no frames are kept ready libmpv is sent back, and read from earlier, once."""
    monkeypatch.setattr(Spare, "want_around", lambda *_: None)
    watched.open(shades)
    watched.until_frame(0)
    watched.player.step(-1)
    watched.player.step(1)
    watched.until_frame(1)
    watched.player.step(-1)
    watched.until_frame(0)


def test_a_step_on_at_the_last_frame_stays_there_where_sound_goes_on(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libmpv would play the sound, and be where that is: a step back from there left out frames."""
    steps, step = list[int](), Deck.step
    monkeypatch.setattr(Deck, "step", lambda deck, by: (steps.append(by), step(deck, by)))
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=films.tone(2.4))
    watched.player.set_muted(False)
    watched.open(film)
    last_ms = watched.until(lambda state: state.last_ms).last_ms
    watched.player.seek(last_ms)
    watched.until(watched.at(last_ms))
    watched.player.step(1)
    watched.player.step(-1)
    watched.until(watched.at(last_ms - FRAME_MS))
    assert 1 not in steps


def test_a_step_asked_for_while_a_film_opens_is_made_when_it_is_there(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow disk, or a busy machine: longer than a step waits."""
    monkeypatch.setattr(moving, "_SECONDS_TO_SEEK", 0.0)
    watched.player.load(FileSource(shades), start_ms=1000)
    watched.player.step(1)
    watched.player.step(1)
    watched.until(watched.at(1200))
    watched.until_frame(12)


def test_steps_asked_for_while_a_film_opens_do_not_outweigh_each_other_at_its_start(
    watched: Watched, shades: Path
) -> None:
    """There is none to go back to, so the one on counts."""
    watched.player.load(FileSource(shades))
    for step in (-1, -1, 1):
        watched.player.step(step)
    watched.until(watched.at(FRAME_MS))
    watched.until_frame(1)


def test_frames_that_could_not_be_kept_ready_are_not_stepped_over(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the program was stopped while they were decoded, and none had come in time."""
    watched.open(films.make(tmp_path / "film.mp4", films.shades(60)), start_ms=5500)
    watched.until(lambda _: watched.player._nearby.reaches_back(5500))
    step = Spare._step
    monkeypatch.setattr(
        Spare,
        "_step",
        lambda spare, deck, goal: (deck.position_ms() or 0) < 1750 and step(spare, deck, goal),
    )
    for number in range(54, 22, -1):
        watched.player.step(-1)
        watched.until(watched.at(number * FRAME_MS))
        watched.until_frame(number)


def test_a_step_while_playing_pauses(watched: Watched, shades: Path) -> None:
    watched.open(shades, playing=True)
    watched.until(lambda state: state.position_ms > 200)
    watched.player.step(-1)
    watched.until(lambda state: not state.playing)


def test_steps_come_from_the_frames_kept_ready_and_stay_exact(watched: Watched, shades: Path) -> None:
    """A key held down walks through every frame, over the edges of what is kept ready and back."""
    watched.open(shades, start_ms=1500)
    watched.until_frame(15)
    shown: list[int] = []
    for step in [-1] * 15 + [1] * 20 + [-1] * 3:
        before = watched.player.state.position_ms
        watched.player.step(step)
        state = watched.until(
            lambda state, there=before + step * FRAME_MS: abs(state.position_ms - there) <= 5
        )
        number = round(state.position_ms / FRAME_MS)
        watched.until_frame(number)
        shown.append(number)
    assert shown == [*range(14, -1, -1), *range(1, 21), 19, 18, 17]
    watched.player.play()
    watched.until(lambda state: state.playing and state.position_ms >= 1900)


def test_a_held_key_ends_exactly_where_it_was_let_go(watched: Watched, shades: Path) -> None:
    watched.open(shades)
    for _ in range(30):
        watched.player.seek_by(100)
    for _ in range(7):
        watched.player.seek_by(-100)
    watched.until(watched.at(2300))
    watched.until_frame(23)
    watched.player.seek_by(-100_000)
    watched.until_frame(0)


def test_a_key_right_after_a_step_back_goes_on_from_there(watched: Watched, shades: Path) -> None:
    """Also when no frame was kept ready and libmpv is still on its way back."""
    watched.player.set_picture_size(0, 0)
    watched.open(shades, start_ms=500)
    watched.player.step(-1)
    watched.player.seek_by(1000)
    watched.until(watched.at(1400))


@pytest.mark.parametrize("by", [1, -1])
def test_a_step_right_after_seeks_goes_on_from_the_last_of_them(
    by: int, watched: Watched, shades: Path
) -> None:
    """Also where that one is not even sent, because libmpv is on its way to the one before."""
    watched.open(shades)
    watched.until_frame(0)
    watched.player.seek(200)
    watched.player.seek(2_000)
    watched.player.step(by)
    watched.until_frame(20 + by)
    watched.until(watched.at(2_000 + by * FRAME_MS))


def told_to_play(watched: Watched) -> list[bool]:
    """Whether the film plays, each time that something is told of it from now on."""
    told: list[bool] = []

    def note(state: PlayerState) -> None:
        told.append(state.playing)
        watched.note()

    watched.player.on_state = note
    return told


def test_a_film_that_is_stepped_through_is_never_said_to_play(watched: Watched, shades: Path) -> None:
    """On a busy machine libmpv tells that a step is done when the next one has begun."""
    watched.open(shades, start_ms=1000)
    watched.until_frame(10)
    plays, player = told_to_play(watched), watched.player
    player.step(1)
    watched.until_frame(11)
    for paused in (True, False, True):
        player._hear(player._front, player._front.opening, "pause", paused)
    player.step(1)
    watched.until_frame(12)
    watched.until(watched.at(1200))
    assert not any(plays)


def test_no_step_is_lost_to_what_comes_right_after_it(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no frames are kept ready: libmpv is still on its way then."""
    monkeypatch.setattr(Spare, "want_around", lambda *_: None)
    watched.open(shades, start_ms=1_000)
    watched.until_frame(10)
    for _ in range(3):
        watched.player.step(1)
    watched.until_frame(13)
    watched.player.step(1)
    watched.player.step(-1)
    watched.player.step(-1)
    watched.until_frame(12)
    watched.player.step(1)
    watched.player.seek(500)
    watched.until_frame(5)
    watched.until(lambda state: watched.player._front.core.pause and not state.playing)
    watched.player.step(1)
    watched.player.toggle()
    watched.until(lambda state: state.playing and state.position_ms > 1_500)


def test_a_step_leads_out_of_a_loop_which_is_played_on_from_there(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no frames are kept ready: libmpv would go to the start of the loop."""
    monkeypatch.setattr(Spare, "want_around", lambda *_: None)
    watched.open(shades, start_ms=1_300, loop=(1_000, 1_500))
    watched.until_frame(13)
    for by, frame in ((1, 14), (1, 15), (1, 16), (-1, 15), (-1, 14)):
        watched.player.step(by)
        watched.until_frame(frame)
    watched.player.play()
    watched.until_frame(10)


def until_back_in_loop(watched: Watched) -> None:
    """Wait until the film plays at the start of its loop from 1 to 1.4 s, and comes round once."""
    watched.until(lambda state: state.playing and state.position_ms <= 1_100)
    watched.until(lambda state: state.position_ms >= 1_200)
    watched.until(lambda state: state.playing and state.position_ms <= 1_100)


def test_a_film_that_plays_on_behind_its_loop_is_brought_back(watched: Watched, shades: Path) -> None:
    """Else more of the film is seen than the moment that was chosen."""
    watched.open(shades, start_ms=1_000, loop=(1_000, 1_400))
    watched.until_frame(10)
    watched.player.play()
    watched.until(lambda state: state.playing)
    watched.player._front._hold_loop(None)  # as a loop that libmpv is told of when the film is behind it
    watched.until(lambda state: state.position_ms > 1_500)
    until_back_in_loop(watched)


def test_a_film_that_comes_to_its_end_behind_its_loop_is_brought_back(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it stands there, and whoever wanted to see the moment again sees the end of the film."""
    monkeypatch.setattr(control, "_BEHIND_LOOP_MS", 10_000)  # it is not looked at on the way
    watched.open(shades, start_ms=2_800, loop=(1_000, 1_400))
    watched.until_frame(28)
    watched.player.play()
    until_back_in_loop(watched)


def test_a_step_is_made_where_a_seek_takes_longer_than_it_waits(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_SECONDS_TO_SEEK", -1)
    monkeypatch.setattr(Spare, "want_around", lambda *_: None)  # no frames are kept ready
    watched.open(shades)
    watched.until_frame(0)
    watched.player.seek(2_000)
    watched.player.step(1)
    watched.until_frame(21)
    for _ in range(3):
        watched.player.step(-1)
    watched.until_frame(18)


def test_a_loop_shows_no_frame_outside_it_and_begins_again_at_its_start(
    watched: Watched, shades: Path
) -> None:
    watched.open(shades)
    watched.until_frame(0)
    seen: list[int] = []
    decks: set[int] = set()

    def note() -> None:
        number = round((watched.shade() - films.shade(0)) / films.GREY_STEP)
        if number >= 0 and watched.player.state.position_ms >= 900:
            seen.append(number)
            decks.add(id(watched.player._front))
        watched.note()

    watched.player.on_frame = note
    watched.player.load(FileSource(shades), start_ms=1000, loop=(1000, 2000), playing=True)
    watched.until(lambda _: len(decks) == 2 and sum(a > b for a, b in pairwise(seen)) >= 3)
    assert set(seen) <= set(range(10, 20))
    # A film that comes round by itself leaves frames out on a busy machine; one that waited does not.
    assert 10 in {after for before, after in pairwise(seen) if after < before}


def test_the_loop_comes_back_to_its_start_without_leaving_its_span(watched: Watched, shades: Path) -> None:
    watched.open(shades)
    seen: list[int] = []
    watched.player.on_state = lambda state: (seen.append(state.position_ms), watched.note())
    watched.player.load(FileSource(shades), start_ms=1000, loop=(1000, 1400), playing=True)
    watched.until(lambda _: sum(after < before for before, after in pairwise(seen)) >= 3)
    assert all(900 <= position <= 1450 for position in seen)


def rounds(watched: Watched, number: int) -> Callable[[PlayerState], bool]:
    """Whether the film has come back from now on so many times, given each state."""
    seen = [watched.player.state.position_ms]

    def are_done(state: PlayerState) -> bool:
        seen.append(state.position_ms)
        return sum(after < before for before, after in pairwise(seen)) >= number

    return are_done


def test_a_loop_that_is_heard_comes_back_again_and_again(watched: Watched, shades: Path) -> None:
    """libmpv waits for the end of a loop to be heard, which a pause at the turn holds."""
    watched.player.set_muted(False)
    watched.player.load(FileSource(shades), start_ms=1000, loop=(1000, 1500), playing=True)
    watched.until(rounds(watched, 4))


def test_a_short_loop_that_is_heard_comes_round_without_a_gap_time_after_time(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libmpv had the way back wait for a second, and what waited at the start was away every second time."""
    swapped, take_turns = list[bool](), Control._take_turns

    def note(player: Control) -> None:
        before = player._front
        take_turns(player)
        swapped.append(player._front is not before)

    monkeypatch.setattr(Control, "_take_turns", note)
    watched.player.set_muted(False)
    watched.player.load(FileSource(shades), start_ms=1000, loop=(1000, 1900), playing=True)
    watched.until(lambda _: any(one and other for one, other in pairwise(swapped)))


def test_a_loop_that_is_heard_and_paused_as_it_comes_round_is_at_its_start(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = Control._take_turns

    def pause_and_turn(player: Control) -> None:
        if player.state.position_ms > 1100:
            player._pause()
        turn(player)

    monkeypatch.setattr(Control, "_take_turns", pause_and_turn)
    watched.player.set_muted(False)
    watched.player.load(FileSource(shades), start_ms=1000, loop=(1000, 1500), playing=True)
    watched.until(lambda state: not state.playing and watched.at(1000)(state))
    watched.until_frame(10)
    monkeypatch.undo()
    watched.player.step(1)
    watched.until_frame(11)


def test_a_loop_that_has_a_single_frame_shows_no_other(watched: Watched, tmp_path: Path) -> None:
    """libmpv reads the next frame before its time: it must not be one from behind the loop."""
    film = films.make(tmp_path / "slow.mp4", films.shades(10), rate=2)
    seen: list[int] = []

    def note() -> None:
        seen.append(watched.shade())
        watched.note()

    watched.player.on_frame = note
    watched.player.load(FileSource(film), start_ms=1500, loop=(1500, 1900), playing=True)
    watched.until(lambda _: len(seen) >= 4)
    assert {round((shade - films.shade(0)) / films.GREY_STEP) for shade in seen} == {3}


def test_a_short_loop_begins_with_its_first_frame_each_time(watched: Watched, shades: Path) -> None:
    seen: list[int] = []

    def note() -> None:
        seen.append(round((watched.shade() - films.shade(0)) / films.GREY_STEP))
        watched.note()

    watched.player.on_frame = note
    watched.player.load(FileSource(shades), start_ms=1000, loop=(1000, 1400), playing=True)
    watched.until(lambda _: sum(after < before for before, after in pairwise(seen)) >= 4)
    assert {after for before, after in pairwise(seen) if after < before} == {10}
    assert set(seen) <= {10, 11, 12, 13}


def test_the_picture_of_the_film_before_is_never_that_of_the_next(watched: Watched, shades: Path) -> None:
    """Also where the film before comes round in its loop just when the next one is asked for."""
    shown: list[tuple[FilmSource, int, int]] = []

    def note() -> None:
        state, picture = watched.player.state, watched.player.take_picture()
        if state.source is not None and picture is not None:
            shown.append((state.source, state.position_ms, int(picture.mean())))
        watched.note()

    watched.player.on_frame = note
    for number in (3, 20, 9, 15) * 5:
        start_ms, film = number * FRAME_MS, FileSource(shades)
        watched.player.load(film, start_ms=start_ms, loop=(start_ms, start_ms + 500), playing=True)

        def of_this(film: FilmSource = film) -> list[tuple[int, int]]:
            """What was told of this film: what was on its way when it was asked for is of the one before."""
            return [(ms, shade) for source, ms, shade in tuple(shown) if source is film]

        watched.until(lambda _: any(after < before for (_, before), (_, after) in pairwise(of_this())))
        watched.player.pause()
        watched.player.stop()
        position, shade = of_this()[0]
        assert abs(position - start_ms) <= FRAME_MS
        assert abs(shade - films.shade(number)) <= films.GREY_STEP // 2


def test_a_film_in_fragments_is_sought_exactly(watched: Watched, shades: Path, tmp_path: Path) -> None:
    """A phone's or a browser's: a group's first picture is decoded before the last of the group before."""
    film = tmp_path / "fragments.mp4"
    fragments = {"of": "mp4", "ofopts": "movflags=+frag_keyframe+empty_moov"}
    films.turned_into(film, shades, ovc="libx264", ovcopts="g=10,keyint_min=10,bf=3", **fragments)
    watched.open(film)
    first_ms = watched.until(lambda state: state.position_ms).position_ms
    state = watched.until(lambda state: state.last_ms)
    assert state.last_ms < state.duration_ms
    for number in (*range(30), 19, 8, 9, 18):
        watched.player.seek(first_ms + number * FRAME_MS)
        watched.until_frame(number)


def test_a_stream_that_ends_in_a_long_group_is_sought_exactly(watched: Watched, tmp_path: Path) -> None:
    """Read from the middle of a group without an end, a stream shows nothing up to its own end."""
    film, stream = films.make(tmp_path / "film.mp4", films.shades(60)), tmp_path / "stream.ts"
    films.turned_into(stream, film, of="mpegts", ovc="libx264", ovcopts="g=600,bf=0")
    watched.open(stream)
    first_ms = watched.player.state.position_ms
    for number in (55, 3, 48, 10, 57):
        watched.player.seek(first_ms + number * FRAME_MS)
        watched.until_frame(number)
        watched.until(watched.at(first_ms + number * FRAME_MS))


def test_a_film_is_put_away_while_it_is_looked_at_where_it_came_down(
    watched: Watched, shades: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film that is gone would be sought in, and python-mpv write about that where the picture is drawn."""
    film, stream = films.make(tmp_path / "film.mp4", films.shades(60)), tmp_path / "stream.ts"
    films.turned_into(stream, film, of="mpegts", ovc="libx264", ovcopts="g=600,bf=0")
    front = watched.player._front
    looked, gone = threading.Event(), threading.Event()

    def goes_on(deck: Deck, _: float) -> bool:
        if deck is front:
            looked.set()
            gone.wait(PATIENCE)
        return False

    monkeypatch.setattr(Deck, "_goes_on", goes_on)
    watched.open(stream)
    watched.player.seek(5500)
    assert looked.wait(PATIENCE)
    watched.player.stop()
    watched.until(lambda _: front.core.idle_active)
    gone.set()
    watched.open(shades, start_ms=500)
    watched.until_frame(5)


def test_a_step_back_in_a_long_group_of_a_stream_is_one_step(watched: Watched, tmp_path: Path) -> None:
    """Where no frames are kept ready, as in a window: read from the middle of the group, nothing is shown."""
    film, stream = films.make(tmp_path / "film.mp4", films.shades(60)), tmp_path / "stream.ts"
    films.turned_into(stream, film, of="mpegts", ovc="libx264", ovcopts="g=600,bf=0")
    watched.player.set_picture_size(0, 0)
    watched.open(stream, playing=True)
    watched.player.set_speed(4)
    watched.until(lambda state: state.position_ms > 4000)
    watched.player.pause()
    front = watched.player._front
    before = watched.until(
        lambda state: not state.playing and state.position_ms == round(front.position_ms() or 0)
    ).position_ms
    told: list[int] = []

    def note(state: PlayerState) -> None:
        told.append(state.position_ms)
        watched.note()

    watched.player.on_state = note
    for step in (1, 2, 3, 4):
        watched.player.step(-1)
        watched.until(watched.at(before - step * FRAME_MS))
    assert max(told) <= before


def test_a_loop_set_while_paused_holds_when_playing_goes_on(watched: Watched, shades: Path) -> None:
    watched.open(shades, start_ms=2000)
    watched.player.set_loop((500, 900))
    watched.player.seek(500)
    watched.until_frame(5)
    watched.player.play()
    watched.until(lambda state: state.playing and state.position_ms >= 700)
    watched.until(lambda state: state.position_ms <= 600)
    watched.player.set_loop(None)
    watched.until(lambda state: state.position_ms > 1000)


def test_a_loop_up_to_the_end_of_the_film_comes_back_too(watched: Watched, shades: Path) -> None:
    watched.open(shades, start_ms=2600, loop=(2600, 3000), playing=True)
    watched.until(lambda state: state.position_ms >= 2800)
    assert watched.until(lambda state: state.position_ms <= 2700).playing


def test_the_film_stays_on_its_last_frame_and_plays_again_from_the_start(
    watched: Watched, shades: Path
) -> None:
    watched.open(shades, start_ms=2700, playing=True)
    watched.until(lambda state: not state.playing and state.position_ms >= 2900)
    watched.until_frame(29)
    watched.player.set_speed(SLOWEST)  # There is time to see it, however busy the machine is.
    watched.player.toggle()
    watched.until(lambda state: state.playing and state.position_ms < 1000)


def test_a_part_that_is_played_once_stops_on_its_last_frame_and_begins_again(
    watched: Watched, shades: Path
) -> None:
    """In front of a parent a clip stops by itself, and shows nothing of what came after it."""
    seen: list[int] = []

    def note() -> None:
        seen.append(round((watched.shade() - films.shade(0)) / films.GREY_STEP))
        watched.note()

    watched.open(shades, start_ms=1000, once=(1000, 1500))
    watched.until_frame(10)
    watched.player.on_frame = note
    watched.player.play()
    watched.until(lambda state: not state.playing and state.position_ms >= 1400)
    watched.until_frame(14)
    assert set(seen) <= set(range(10, 15))
    watched.player.set_speed(SLOWEST)  # There is time to see it, however busy the machine is.
    watched.player.toggle()
    watched.until(lambda state: state.playing and 1000 <= state.position_ms < 1300)
    assert set(seen) <= set(range(10, 15))


def test_after_a_part_that_is_played_once_the_next_film_plays_on(watched: Watched, shades: Path) -> None:
    watched.open(shades, start_ms=1000, once=(1000, 1500))
    watched.open(shades, start_ms=1300, playing=True)
    watched.until(lambda state: state.position_ms > 1700)


def test_a_film_plays_whose_name_is_of_another_encoding(
    watched: Watched, shades: Path, tmp_path: Path
) -> None:
    """It was being opened for ever."""
    film = tmp_path / os.fsdecode(b"M\xe4rz.mp4")
    try:
        shutil.copyfile(shades, film)
    except OSError:
        pytest.skip("this system has no such names")
    watched.open(film, start_ms=1000)
    watched.until_frame(10)
    watched.until(lambda state: state.last_ms)


def test_the_end_is_the_last_frame_though_sound_goes_on(watched: Watched, tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=films.tone(2.6))
    watched.open(film, start_ms=1700, playing=True)
    # That nothing comes behind may be told before the last frame's moment is.
    state = watched.until(lambda state: not state.playing and 0 < state.last_ms == state.position_ms)
    assert state.at_end
    assert state.position_ms <= state.duration_ms
    last = state.position_ms
    watched.player.step(-1)
    assert watched.until(lambda state: state.position_ms == last - FRAME_MS).at_end is False
    watched.player.seek(100_000)
    watched.until(lambda state: state.position_ms == last)
    watched.until_frame(19)


def test_a_film_is_at_its_end_also_before_anybody_knows_where_that_is(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clip that is to end there has the last frame."""

    def nothing(_: Path) -> FilmFacts:
        raise FilmDamaged("nobody has looked yet")

    monkeypatch.setattr(control, "probe", nothing)
    watched.open(shades, start_ms=2500)
    assert not watched.until(watched.at(2500)).at_end
    watched.player.seek(100_000)
    watched.until(lambda state: state.at_end and watched.at(3000)(state))
    for step, ended in ((-1, False), (-1, False), (1, False), (1, True)):
        before = watched.player.state.position_ms
        watched.player.step(step)
        watched.until(
            lambda state, ms=before + step * FRAME_MS, ended=ended: (
                watched.at(ms)(state) and state.at_end is ended
            )
        )
    watched.player.seek(1000)
    watched.until(lambda state: not state.at_end)
    watched.player.play()
    watched.until(lambda state: state.at_end and not state.last_ms)


def test_the_end_of_a_film_is_told_though_it_was_found_while_the_film_was_away(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody leaves a clip while its film is looked at, and comes back to it."""
    begun, found = threading.Event(), threading.Event()

    def slow(film: FilmSource) -> FilmFacts:
        begun.set()
        found.wait(PATIENCE)
        return probe(film)

    monkeypatch.setattr(control, "probe", slow)
    watched.open(shades)
    assert begun.wait(PATIENCE)
    watched.player.stop()
    found.set()
    for thread in threading.enumerate():
        if thread.name == "end of film":
            thread.join(PATIENCE)
    watched.open(shades, start_ms=500)
    watched.until(lambda state: state.last_ms)


def test_a_film_leaves_its_last_picture_though_its_end_is_found_on_the_way(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture's moment, told in whole milliseconds, is later than it is: as if it lay behind the end."""
    found, gone = threading.Event(), threading.Event()
    monkeypatch.setattr(control, "probe", lambda film: (found.wait(PATIENCE), probe(film))[1])
    watched.open(films.make(tmp_path / "film.mp4", films.shades(20), rate=30.0), start_ms=667)
    watched.until(lambda state: state.position_ms == 667)
    land = Deck._land
    monkeypatch.setattr(Deck, "_land", lambda deck: (gone.wait(PATIENCE), land(deck)))
    watched.player.seek(100)
    found.set()
    watched.until(lambda state: state.last_ms)
    gone.set()
    watched.until(watched.at(100))
    watched.player.step(1)
    watched.until(watched.at(133))


def test_film_that_is_played_at_once_after_a_pause_is_said_to_play(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libmpv tells nothing then: "paused" stood beside film that played, and nobody looked after it."""
    watched.open(shades, playing=True)
    watched.until(lambda state: state.playing and state.position_ms > 0)
    monkeypatch.setattr(Control, "_is_paused", lambda *_: None)
    watched.player.pause()
    watched.until(lambda state: not state.playing)
    watched.player.play()
    watched.until(lambda state: state.playing)


@pytest.mark.parametrize("busy", [False, True])
def test_a_film_is_never_further_on_than_it_is_long(
    busy: bool, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also before anybody knows where it ends, where its first picture comes late, and where a busy
    machine finds neither the end nor the time to tell where the film is on its way."""
    if busy:
        monkeypatch.setattr(Control, "_noted", lambda *_: True)
        monkeypatch.setattr(control, "_SECONDS_TO_OPEN", 3600)
    film, late = films.make(tmp_path / "film.mp4", films.shades(20)), tmp_path / "late.mp4"
    late_start = {"of": "mp4", "ofopts": "movflags=+frag_keyframe+empty_moov", "ovc": "libx264"}
    films.turned_into(late, film, ovcopts="g=10,bf=3", **late_start)
    told: list[PlayerState] = []

    def note(state: PlayerState) -> None:
        told.append(state)
        watched.note()

    watched.player.on_state = note
    watched.player.load(FileSource(late), start_ms=1500, playing=True)
    watched.until(lambda state: state.at_end and not state.playing)
    assert all(state.position_ms <= state.duration_ms for state in told if state.duration_ms)


def test_a_film_without_a_picture_plays_and_says_so(watched: Watched, tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=films.tone(2))
    sound = tmp_path / "sound.mka"
    films.turned_into(sound, film, vid="no", aid="auto", of="matroska", oac="aac")
    watched.player.set_muted(False)
    watched.player.load(FileSource(sound), playing=True)
    watched.until(lambda state: state.remark == "There is no picture in this film, only sound.")
    watched.until(lambda state: state.position_ms > 700)


@pytest.mark.parametrize("heard", [True, False])
def test_a_step_finds_the_frames_that_were_left_out_while_the_film_was_late(
    heard: bool, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frames that nothing refers to are not decoded where the picture falls behind its sound, or, where none
    is heard, the film behind its time."""
    film, late = tmp_path / "film.mp4", tmp_path / "late.mp4"
    films.make(film, films.numbered(400), sound=films.tone(14), rate=30)
    films.turned_into(late, film, of="mp4", ovc="libx264", ovcopts="g=60,bf=3", aid="auto", oac="aac")
    monkeypatch.setattr(Spare, "want_around", lambda *_: None)  # no frames are kept ready
    monkeypatch.setattr(Pace, "keeps_up", heard)
    if not heard:  # nor does a step wait: on the slowest machines it must for longer than it does
        monkeypatch.setattr(moving, "_SECONDS_TO_SEEK", 0.0)
    watched.player.set_muted(not heard)
    watched.open(late, playing=True)
    front = watched.player._front

    def shown() -> int:
        return numbered.number(watched.player.take_picture()) or -1

    def front_frame() -> int:
        return round((front.position_ms() or 0.0) * 0.03)

    def left_out() -> int:
        # Silence begins anew where the picture is so late, and the film plays on in its time.
        front.core["audio-delay"] = 3.0 if heard else front.core["audio-delay"] + 0.5
        return int(front.core.decoder_frame_drop_count)

    watched.until(lambda state: state.position_ms > 500 and front.core.aid)
    watched.until(lambda _: left_out())
    front.core["audio-delay"] = 3.0 if heard else 0.0
    assert front.core.current_ao == "null" or heard
    watched.player.pause()
    watched.until(lambda state: not state.playing and front.core.pause and front.settled)
    # The frame at which libmpv has come to a halt may be drawn, and told, after that.
    watched.until(lambda state: shown() == round(state.position_ms * 0.03) == front_frame())
    here = shown()
    for after in range(1, 8):
        watched.player.step(1)
        watched.until(lambda _, wanted=here + after: shown() == wanted)


def test_silence_beside_a_film_is_no_sound_of_its_own_and_gives_way_to_that(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(100), sound=films.tone(10))
    monkeypatch.setattr(Pace, "keeps_up", False)
    watched.open(film, playing=True)
    core = watched.player._front.core
    watched.until(lambda _: len(core.track_list) == 3)
    assert len(watched.player.state.sounds) == 1
    watched.player.set_muted(False)
    watched.until(lambda _: core.aid == 1 and len(core.track_list) == 2)
    assert watched.player.state.sound == 1


FRAMES, ALL = "decoder", "decoder+vo"


@pytest.mark.parametrize(
    ("silence", "late", "dropped"),
    [
        (0.0, (0.05, 0.12, 0.2, 0.12, 0.05, 0.12, 2.0), (FRAMES, FRAMES, ALL, ALL, FRAMES, FRAMES, FRAMES)),
        (9.0, (0.2, 0.6, 0.3, 0.2, 0.3), (FRAMES, ALL, ALL, FRAMES, FRAMES)),
    ],
)
def test_pictures_are_dropped_while_they_are_too_late_and_that_brings_them_back(
    silence: float, late: tuple[float, ...], dropped: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside sound one sees it sooner than beside silence."""
    moments = iter(late)
    monkeypatch.setattr(timekeeping, "late_by", lambda _core: next(moments))
    monkeypatch.setattr(timekeeping, "add_silence", lambda _core, _seconds: 2)
    core: dict[str, object] = {}
    time, seen = Timekeeping(core), []
    for _ in late:
        time.look(late=True, silence=silence)
        seen.append(core["framedrop"])
    assert tuple(seen) == dropped


SLOWED = "lavfi=[realtime=speed={}]"
"""A filter that lets pictures through at a part of their pace, however fast the machine is."""


def test_a_picture_that_cannot_follow_its_sound_is_waited_for_until_it_can(
    watched: Watched, tmp_path: Path
) -> None:
    """Where each frame refers to the one before none can be left out: sound went on alone, and then died."""
    film, heavy = tmp_path / "film.mp4", tmp_path / "heavy.mp4"
    films.make(film, films.numbered(900), sound=films.tone(30), rate=30)
    films.turned_into(heavy, film, of="mp4", ovc="libx264", ovcopts="g=9999,bf=0", aid="auto", oac="aac")
    watched.player.set_muted(False)
    watched.open(heavy)
    core, drawn = watched.player._front.core, watched.player._front.filters
    core["vf"] = f"{drawn},{SLOWED.format(0.5)}"
    watched.player.play()

    def together(state: PlayerState) -> bool:
        late = late_by(core)
        return late is not None and 0 < late < 0.5 and core.audio_pts is not None and state.playing

    watched.until(lambda state: core.speed < 0.8 and together(state))
    assert watched.player.state.speed == 1.0
    watched.player.pause()
    watched.until(lambda state: not state.playing and core.pause)
    watched.until(
        lambda state: numbered.number(watched.player.take_picture()) == round(state.position_ms * 0.03)
    )
    core["vf"] = drawn
    watched.player.play()
    assert core.speed < 0.8
    watched.until(lambda _: core.speed == 1.0)


class Heard:
    """A core whose film has sound: what it is told."""

    aid = 2

    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []

    def __setitem__(self, name: str, value: object) -> None:
        if name in ("aid", "speed"):
            self.told.append((name, value))


def test_sound_begins_anew_where_its_picture_is_lost_and_the_deck_that_follows_is_as_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one that waits at the start of a loop would be too fast again each time."""
    seconds = 0
    monkeypatch.setattr(timekeeping, "time", SimpleNamespace(monotonic=lambda: seconds))
    monkeypatch.setattr(timekeeping, "late_by", lambda _core: 0.6 + 0.5 * seconds)
    core, waiting = Heard(), Heard()
    time, following = Timekeeping(core), Timekeeping(waiting)
    for seconds in range(3):  # noqa: B007 - the clock reads it
        time.look(late=True, silence=0.0)
    assert core.told == [("aid", "no"), ("aid", 2), ("speed", pytest.approx(0.5))]
    following.go_on_from(time)
    assert waiting.told == [("speed", pytest.approx(0.5))]
    following.begin()  # another film
    assert waiting.told[1:] == [("speed", 1.0)]


def test_film_at_rest_or_on_its_way_waits_for_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that came round as the film was paused, beside silence, hung there: with the wrong moment."""
    monkeypatch.setattr(timekeeping, "late_by", lambda _core: None)
    monkeypatch.setattr(timekeeping, "add_silence", lambda _core, _seconds: 2)
    core: dict[str, object] = {}
    time = Timekeeping(core)
    time.look(late=True, silence=9.0)
    assert core["aid"] == 2
    time.rest()
    assert core["aid"] == "no"
    time.look(late=True, silence=9.0)
    assert core["aid"] == 2


def test_while_a_film_plays_each_picture_comes_with_its_own_moment(watched: Watched, shades: Path) -> None:
    """So that a mark made then is of the picture that was seen."""
    seen: list[tuple[int, int]] = []
    watched.open(shades, start_ms=300)
    watched.until_frame(3)
    player = watched.player
    player.on_frame = lambda: (seen.append((player.state.position_ms, watched.shade())), watched.note())[-1]
    player.play()
    watched.until(lambda _: len(seen) > 12)
    for position_ms, shade in seen:
        number = position_ms // FRAME_MS
        # Where the machine stands still for all of a frame, libmpv is at the next one when this one is drawn.
        assert any(abs(shade - films.shade(at)) <= films.GREY_STEP // 2 for at in (number, number - 1))


def test_a_film_that_went_before_it_had_silence_leaves_the_next_one_its_sound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(core: dict[str, object], _seconds: float) -> int:
        core["ao"] = "null"
        raise SystemError("there is no film")

    monkeypatch.setattr(timekeeping, "add_silence", gone)
    core: dict[str, object] = {}
    time = Timekeeping(core)
    usual = core["ao"]
    with pytest.raises(SystemError):
        time.look(late=True, silence=9.0)
    assert core["ao"] == usual


def test_nothing_is_asked_of_libmpv_while_it_waits_for_a_jump_s_picture(
    shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would answer 0.2 seconds later, and so long each jump would take."""
    changed = threading.Event()
    jumping = deck.Deck(muted=True, spare=False, hear=lambda *_: changed.set(), drawn=lambda _: changed.set())
    asked: list[bool] = []

    def moment(core: Any) -> float | None:
        if threading.current_thread().name == "film pictures":
            asked.append(jumping.arrived)
        return seconds_of(core)

    monkeypatch.setattr(deck, "seconds_of", moment)
    jumping.surface.ask(32, 20)
    try:
        jumping.load(FileSource(shades), 0, 1)
        for ms in (500, 1500, 300):
            while not (jumping.settled and jumping.surface.picture is not None):
                assert changed.wait(PATIENCE)
                changed.clear()
            jumping.seek(ms)
    finally:
        jumping.close()
    assert all(asked)


def test_speed_keeps_its_bounds_and_stays_for_the_next_film(
    watched: Watched, shades: Path, corners: Path
) -> None:
    watched.open(shades)
    watched.player.set_speed(9)
    assert watched.player.state.speed == 4
    watched.player.set_speed(0)
    assert watched.player.state.speed == 0.1
    watched.open(corners)
    assert watched.player.state.speed == 0.1


def test_a_fast_film_moves_faster(watched: Watched, shades: Path) -> None:
    watched.open(shades, playing=True)
    watched.player.set_speed(4)
    watched.until(lambda state: state.position_ms >= 2900)


def test_sound_can_come_on_later(watched: Watched, shades: Path) -> None:
    watched.open(shades, loop=(0, 3000), playing=True)
    watched.player.set_muted(False)
    state = watched.until(lambda state: state.position_ms > 800)
    assert not state.muted
    assert state.playing


def test_pictures_come_in_the_size_asked_for_also_while_paused(watched: Watched, corners: Path) -> None:
    watched.open(corners)
    for width, height in ((32, 20), (161, 3), (7, 90), (1, 2)):
        watched.player.set_picture_size(width, height)
        watched.until(
            lambda _, shape=(height, width, 3): (
                (picture := watched.player.take_picture()) is not None and picture.shape == shape
            )
        )


def test_the_film_moves_on_while_nobody_wants_pictures(watched: Watched, shades: Path) -> None:
    watched.player.set_picture_size(0, 0)
    watched.open(shades, playing=True)
    watched.until(lambda state: state.position_ms > 800)
    watched.player.pause()
    watched.player.seek(2000)
    watched.until(watched.at(2000))
    watched.player.set_picture_size(32, 20)
    watched.until_frame(20)


@pytest.mark.parametrize("degrees", films.TURNED)
@pytest.mark.parametrize("matrices", [films.TURNED, films.MIRRORED], ids=["turned", "mirrored"])
def test_a_film_stands_upright_however_it_was_held_and_is_mirrored_where_it_says_so(
    watched: Watched, corners: Path, tmp_path: Path, degrees: int, matrices: dict[int, films.Matrix]
) -> None:
    matrix = matrices[degrees]
    film = films.held_upright(corners, tmp_path / "phone.mp4", matrix)
    watched.open(film)
    width, height = watched.player.state.frame_size
    assert (width < height) == (degrees in (90, 270))
    watched.player.set_picture_size(width, height)
    watched.until(
        lambda _: (
            (picture := watched.player.take_picture()) is not None and picture.shape == (height, width, 3)
        )
    )
    picture = watched.player.take_picture()
    assert picture is not None
    assert films.named_corners(picture) == films.corners_shown(matrix)
    stills: queue.SimpleQueue[Any] = queue.SimpleQueue()
    watched.player.take_still(2 * width, 2 * height, stills.put)
    assert films.named_corners(stills.get(timeout=PATIENCE)) == films.corners_shown(matrix)
    facts = probe(FileSource(film))
    assert ((facts.width, facts.height), facts.rotation) == ((width, height), degrees)


def test_after_a_mirrored_film_an_ordinary_one_is_not_mirrored(
    watched: Watched, corners: Path, tmp_path: Path
) -> None:
    for matrix in (films.MIRRORED[0], films.TURNED[0]):
        watched.open(films.held_upright(corners, tmp_path / f"{matrix}.mp4", matrix))
        watched.until(
            lambda _, matrix=matrix: (
                (picture := watched.player.take_picture()) is not None
                and films.named_corners(picture) == films.corners_shown(matrix)
            )
        )


@pytest.mark.parametrize("light", ["arib-std-b67", "smpte2084"])
def test_film_of_high_dynamic_range_is_not_white(
    watched: Watched, shades: Path, tmp_path: Path, light: str
) -> None:
    """Every recent phone films so."""
    film, colours = tmp_path / "phone.mkv", f"color_trc={light},color_primaries=bt2020"
    films.turned_into(film, shades, of="matroska", ovc="libx264", ovcopts=colours)
    watched.open(film)
    for number in (5, 15, 25):
        watched.player.seek(number * FRAME_MS)
        watched.until_frame(number)


def test_a_damaged_film_is_named_and_the_next_one_plays(
    watched: Watched, shades: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(shades.read_bytes()[:4000])
    watched.player.load(FileSource(torn), playing=True)
    state = watched.until(lambda state: state.trouble)
    assert "torn.mp4" in state.trouble
    assert not state.playing
    assert watched.player.take_picture() is None
    with pytest.raises(FilmDamaged, match=r"torn\.mp4"):
        probe(FileSource(torn))
    watched.open(shades)
    assert watched.player.state.trouble == ""


@pytest.mark.parametrize("content", [b"", b"#EXTM3U\n/etc/hostname\n", b"# mpv EDL v0\nfilm.mp4\n", None])
def test_the_player_itself_refuses_what_is_no_film(
    watched: Watched, tmp_path: Path, content: bytes | None
) -> None:
    film = tmp_path / "film.mp4"
    if content is not None:
        film.write_bytes(content)
    watched.player.load(FileSource(film))
    assert "film.mp4" in watched.until(lambda state: state.trouble).trouble


def test_a_film_that_is_only_a_film_at_its_beginning_opens_nothing_else(
    watched: Watched, tmp_path: Path
) -> None:
    """A list of other files behind the first bytes of an MP4 must not become a playlist."""
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x08ftyp\n#EXTM3U\n/etc/hostname\n# mpv EDL v0\n/etc/hostname\n")
    watched.player.load(FileSource(film))
    watched.until(lambda state: state.trouble)


def test_paths_with_spaces_accents_and_signs_play(watched: Watched, corners: Path, tmp_path: Path) -> None:
    for name in ("zwei Wörter é.mp4", "100% #1?.mp4", "--pause.mp4", "a,b=c[1]'\".mp4", "mem:ory.mp4"):
        film = tmp_path / name
        film.write_bytes(corners.read_bytes())
        watched.open(film)
        assert watched.player.state.trouble == ""


def test_stopping_puts_the_picture_away(watched: Watched, shades: Path) -> None:
    watched.open(shades)
    watched.until(lambda _: watched.player.take_picture() is not None)
    watched.player.stop()
    assert watched.player.take_picture() is None
    assert watched.player.state.path is None


def test_many_films_in_a_hurry_end_with_the_last(watched: Watched, shades: Path, corners: Path) -> None:
    for film in (shades, corners) * 5:
        watched.player.load(FileSource(film), playing=True)
    watched.player.load(FileSource(shades), start_ms=1000)
    watched.until_frame(10)
    assert watched.player.state.path == shades
    watched.until(lambda state: state.position_ms == 1000 and not state.playing)


def test_closing_leaves_no_thread_whatever_the_player_does(shades: Path) -> None:
    for doing in ("nothing", "playing", "seeking"):
        watched = Watched()
        if doing != "nothing":
            watched.open(shades, playing=doing == "playing")
        for ms in range(0, 2000, 100) if doing == "seeking" else ():
            watched.player.seek(ms)
        watched.player.close()
        watched.player.close()
        watched.player.play()
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("film ")]


def test_a_missing_film_is_named_by_probe(tmp_path: Path) -> None:
    with pytest.raises(FilmMissing, match=r"gone\.mp4"):
        probe(FileSource(tmp_path / "gone.mp4"))


def test_without_libmpv_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "mpv", None)
    with pytest.raises(LibraryMissing, match="apt install libmpv2"):
        libmpv()
    with pytest.raises(LibraryMissing):
        Player()


def test_a_film_that_is_paused_before_its_picture_is_there_says_so(watched: Watched, shades: Path) -> None:
    """Else a screen shows it as playing for ever, and the next key pauses what stands still."""
    watched.open(shades, playing=True)
    watched.player.pause()
    watched.until(lambda state: state.duration_ms and not state.playing)


def test_a_picture_that_somebody_has_is_not_drawn_into_again(watched: Watched, shades: Path) -> None:
    """Nor one of which somebody has a part: a still that is looked at would change."""
    taken: dict[int, tuple[Any, Any]] = {}

    def note() -> None:
        picture = watched.player.take_picture()
        if picture is not None and id(picture) not in taken:
            has = picture if len(taken) % 2 else picture[4:8]
            taken[id(picture)] = has, has.copy()
        watched.note()

    watched.player.on_frame = note
    watched.open(shades, loop=(0, 2000), playing=True)
    watched.until(lambda _: len(taken) >= 8)
    assert all((has == before).all() for has, before in taken.values())
