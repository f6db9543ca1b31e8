"""The scenes: what a caption says must be heard and seen when the clip plays."""

from collections.abc import Callable
from itertools import islice, pairwise

import numpy as np
import pytest

from vigtui.demo.films import FILMS
from vigtui.demo.scenes.draw import frames
from vigtui.demo.scenes.ink import Canvas
from vigtui.demo.scenes.places import HEIGHT, WIDTH
from vigtui.demo.scenes.script import Scene
from vigtui.demo.scenes.voices import RATE, sound

SCENES = {factory().name: factory for factory in FILMS.values()}


@pytest.fixture(params=sorted(SCENES))
def scene(request: pytest.FixtureRequest) -> Scene:
    factory: Callable[[], Scene] = SCENES[request.param]
    return factory()


def test_moments_lie_within_the_scene_and_are_long_enough_to_loop(scene: Scene) -> None:
    assert 30 <= scene.seconds <= 60
    assert len(scene.moments) == 2
    for start, end in scene.moments.values():
        assert 0 <= start < start + 4 < end <= scene.seconds


def test_both_speak_in_turns_with_pauses_between(scene: Scene) -> None:
    assert {turn.who for turn in scene.turns} == {"left", "right"}
    for turn in scene.turns:
        assert 0 <= turn.start < turn.end <= scene.seconds
    talk = sorted((turn for turn in scene.turns if turn.manner != "laugh"), key=lambda turn: turn.start)
    for turn, following in pairwise(talk):
        assert turn.end < following.start


def test_a_mouth_moves_in_its_own_turns_and_in_no_others(scene: Scene) -> None:
    times = np.arange(0, scene.seconds, 0.04)
    states = scene.states(times)
    for who in ("left", "right"):
        turns = [turn for turn in scene.turns if turn.who == who]
        moving = {float(at) for at, state in zip(times, states, strict=True) if state[f"{who}.mouth"]}
        assert all(any(turn.start <= at <= turn.end for turn in turns) for at in moving)
        assert all(any(turn.start <= at <= turn.end for at in moving) for turn in turns)


def test_voices_are_heard_in_turns_and_pauses_are_silent(scene: Scene) -> None:
    samples = np.frombuffer(sound(scene, (196, 330)), "<i2").astype(float)
    assert len(samples) == round(scene.seconds * RATE)
    assert np.abs(samples).max() < 32_000
    spoken = np.zeros(len(samples), bool)
    for turn in scene.turns:
        span = slice(round(turn.start * RATE), round(turn.end * RATE) + 2)
        spoken[span] = True
        assert np.abs(samples[span]).max() > 3_000
    assert np.abs(samples[~spoken]).max() == 0


def test_a_childs_voice_is_higher_than_an_adults() -> None:
    scene = SCENES["blocks"]()
    samples = np.frombuffer(sound(scene, (196, 330)), "<i2").astype(float)
    loudest = {}
    for turn in scene.turns[:2]:
        part = samples[round(turn.start * RATE) : round(turn.end * RATE)]
        loudest[turn.who] = np.argmax(np.abs(np.fft.rfft(part))) * RATE / len(part)
    assert loudest["left"] < loudest["right"]


def test_pictures_have_the_size_of_the_film_and_move(scene: Scene) -> None:
    first = list(islice(frames(scene, 1), 12))
    assert {len(frame) for frame in first} == {WIDTH * HEIGHT * 3}
    assert len(set(first)) > 4


def test_shapes_may_leave_the_picture() -> None:
    canvas = Canvas(20, 10, (0, 0, 0))
    canvas.circle((-100, 5), 3, (255, 255, 255))
    canvas.circle((0, 0), 4, (255, 255, 255))
    canvas.line((15, 5), (40, 40), 2, (255, 255, 255))
    canvas.box(-5, 8, 50, 30, (255, 255, 255), 2)
    picture = np.frombuffer(canvas.frame(), np.uint8).reshape(10, 20, 3)
    assert picture[0, 0].tolist() == [255, 255, 255]
    assert picture[4, 10].tolist() == [0, 0, 0]
    assert picture[9, 10].tolist() == [255, 255, 255]
