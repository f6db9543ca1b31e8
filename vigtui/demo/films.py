"""The films of the demo by the names of their files: codes of families and cycles, never names."""

from collections.abc import Callable
from pathlib import Path

from vigtui.demo.scenes import looks, places
from vigtui.demo.scenes.draw import frames
from vigtui.demo.scenes.jigsaw import jigsaw
from vigtui.demo.scenes.looks import BROWN, DEEP, PALE, TAN, adult, child, guider
from vigtui.demo.scenes.play import ball, blocks, snack
from vigtui.demo.scenes.review import first_noticing, looking_back, sulking
from vigtui.demo.scenes.script import Scene
from vigtui.demo.scenes.story import story
from vigtui.demo.scenes.toast import toast
from vigtui.demo.scenes.voices import sound

FRAMES_PER_SECOND = 12.5

_NOOR = guider(BROWN, (30, 26, 30), (190, 74, 96), long_hair=True)
_SOL = guider(PALE, (196, 150, 80), (70, 120, 96))
_WREN = adult(TAN, (34, 30, 34), (206, 92, 120), long_hair=True), child(TAN, (44, 34, 34), (90, 160, 200))
_PLOVER = (
    adult(DEEP, (30, 26, 28), (214, 160, 50)),
    child(BROWN, (36, 28, 26), (90, 140, 210), long_hair=True),
)
_DUNLIN = (
    adult(PALE, (60, 48, 44), (86, 110, 170)),
    child(PALE, (160, 70, 40), (110, 170, 90), long_hair=True),
)
_SISKIN = (
    adult(BROWN, (40, 30, 30), (150, 90, 160), long_hair=True),
    child(DEEP, (26, 22, 24), (240, 190, 60)),
)
_TERN = adult(PALE, (208, 170, 90), (60, 140, 120), long_hair=True), child(TAN, (50, 36, 30), (220, 90, 80))
_ASA = adult(DEEP, (34, 28, 30), (196, 120, 60)), _TERN[1]
_OSPREY = adult(PALE, (196, 196, 200), (120, 96, 80)), child(PALE, (96, 62, 40), (80, 130, 190))
_CURLEW = (
    adult(TAN, (70, 50, 40), (90, 140, 90)),
    child(PALE, (226, 190, 110), (200, 80, 140), long_hair=True),
)
_LAPWING = (
    adult(DEEP, (30, 24, 24), (200, 90, 70), long_hair=True),
    child(DEEP, (28, 22, 22), (120, 190, 200)),
)

FILMS: dict[str, Callable[[], Scene]] = {
    "F-017-C1": jigsaw,
    "F-017-SR1": first_noticing,
    "F-017-C2": toast,
    "F-017-SR2": sulking,
    "F-017-C3": story,
    "F-017-SR3": looking_back,
    "F-021-C1": lambda: snack(*_WREN),
    "F-021-SR1": lambda: looking_back(*_WREN),
    "F-021-C2": lambda: blocks(*_WREN),
    "F-019-C2": lambda: blocks(*_PLOVER, places.kitchen),
    "F-019-SR2": lambda: looking_back(*_PLOVER, _NOOR),
    "F-019-C3": lambda: ball(*_PLOVER),
    "F-026-C1": lambda: jigsaw(*_DUNLIN, places.kitchen),
    "F-026-SR1": lambda: looking_back(*_DUNLIN, _SOL),
    "F-023-C1": lambda: story(*_SISKIN),
    "F-030-C1": lambda: blocks(*_TERN, places.nursery),
    "F-030-C2": lambda: ball(*_ASA, places.nursery),
    "F-014-C1": lambda: snack(*_OSPREY),
    "F-011-C3": lambda: ball(*_CURLEW),
    "F-009-C2": lambda: snack(*_LAPWING, places.living_room),
}
"""Each film's name and what makes its scene. The order is that in which they are made."""


def path_of(name: str) -> str:
    """Return a film's path, relative to the demo's folder."""
    return f"media/{name}.mp4"


def make_film(folder: Path, name: str) -> None:
    """Draw and encode one film below `folder`. Takes about a second. Raises `FilmError`."""
    from vigtui.film.making.encode import encode

    scene = FILMS[name]()
    right = looks.DEEP_PITCH if "-SR" in name else looks.CHILD_PITCH
    target = folder / path_of(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    encode(
        target,
        width=places.WIDTH,
        height=places.HEIGHT,
        frames_per_second=FRAMES_PER_SECOND,
        frames=frames(scene, FRAMES_PER_SECOND),
        sound=sound(scene, (looks.ADULT_PITCH, right)),
    )
