"""Shared reviews: a parent or carer and the guider with the film between them."""

from collections.abc import Callable

from vigtui.demo.scenes import places
from vigtui.demo.scenes.figure import Look
from vigtui.demo.scenes.ink import Canvas
from vigtui.demo.scenes.looks import DANA, ELLIS, JORY
from vigtui.demo.scenes.script import Painter, Scene, State


def first_noticing(parent: Look = DANA, child: Look = JORY, guider: Look = ELLIS) -> Scene:
    """Return a review in which the guider waits; moments "waits" and "names"."""
    scene = _review("first noticing", parent, child, guider)
    scene.say(1.0, 3.4, "right")
    scene.look(1.0, "right", "level")
    scene.look(4.0, "right", "screen")
    scene.look(10.0, "left", "level")
    scene.say(10.6, 12.0, "left")
    scene.look(11.6, "right", "level")
    scene.nod(12.4, "right")
    scene.move(12.4, "right.smile", 0.9)
    scene.look(14.0, "left", "screen")
    scene.move(15.4, "left.lean", 0.6)
    scene.look(16.2, "left", "level")
    scene.say(16.2, 22.0, "left")
    scene.moment("waits", 9.5, 22.5)
    scene.say(24.0, 25.0, "right")
    scene.nod(25.4, "right")
    scene.say(27.0, 30.4, "left")
    scene.place(27.2, "left.near", (132, 108))
    scene.place(30.0, "left.near", (124, 150))
    scene.moment("names", 26.0, 31.5)
    _part(scene, 33.0)
    return scene


def sulking(parent: Look = DANA, child: Look = JORY, guider: Look = ELLIS) -> Scene:
    """Return a review with something hard in it; moments "sulking" and "last question"."""
    scene = _review("sulking", parent, child, guider, seconds=42)
    scene.say(1.0, 2.6, "right")
    scene.say(3.4, 5.0, "left")
    scene.look(7.6, "left", "level")
    scene.move(7.8, "left.smile", 0.15)
    scene.say(8.4, 10.4, "left")
    scene.look(8.4, "right", "level")
    scene.move(10.4, "right.lean", 0.7)
    scene.say(11.2, 12.0, "right")
    scene.nod(12.2, "right", 1)
    scene.say(15.4, 16.8, "right")
    scene.look(17.4, "left", "screen")
    scene.place(18.0, "left.near", (130, 110))
    scene.move(18.6, "left.smile", 0.8)
    scene.say(18.8, 21.0, "left")
    scene.place(21.4, "left.near", (124, 150))
    scene.moment("sulking", 7.5, 22.0)
    scene.move(23.0, "right.lean", 0)
    scene.look(26.0, "right", "level")
    scene.say(26.6, 28.0, "right")
    scene.look(29.0, "left", "level")
    scene.say(31.0, 34.6, "left")
    scene.nod(35.0, "right")
    scene.moment("last question", 26.0, 36.0)
    _part(scene, 37.0)
    return scene


def looking_back(parent: Look = DANA, child: Look = JORY, guider: Look = ELLIS) -> Scene:
    """Return a shorter review in short turns; moments "turns" and "own words"."""
    scene = _review("looking back", parent, child, guider, seconds=30)
    for turn in range(4):
        who = ("left", "right")[turn % 2]
        scene.look(2.0 + turn * 2.6, who, "level")
        scene.say(2.4 + turn * 2.6, 4.2 + turn * 2.6, who)
    scene.moment("turns", 2.0, 13.0)
    for who in ("left", "right"):
        scene.look(14.0, who, "screen")
    scene.place(16.0, "left.near", (132, 108))
    scene.move(16.0, "left.lean", 0.5)
    scene.say(17.0, 21.4, "left")
    scene.nod(18.0, "right", 3)
    scene.move(18.0, "right.smile", 1)
    scene.place(22.0, "left.near", (124, 150))
    scene.moment("own words", 15.5, 22.5)
    _part(scene, 24.0)
    return scene


def _review(name: str, parent: Look, child: Look, guider: Look, seconds: float = 40) -> Scene:
    scene = Scene(
        name=name,
        seconds=seconds,
        left=parent,
        right=guider,
        backdrop=places.meeting_room,
        front=places.table((176, 140, 104)),
        under=_screen(parent, child),
        over=_nothing,
        start={"film.x": 0},
    )
    for who in ("left", "right"):
        scene.look(0, who, "screen")
    for step in range(round(seconds / 2)):
        scene.move(step * 2.0, "film.x", step % 2, 1.4)
    return scene


def _part(scene: Scene, at: float) -> None:
    for who in ("left", "right"):
        scene.look(at, who, "level")
        scene.move(at, f"{who}.smile", 0.9)
    scene.say(at + 0.6, at + 2.0, "right")
    scene.say(at + 2.6, at + 4.0, "left")


def _screen(parent: Look, child: Look) -> Painter:
    """Return what paints a screen on the table with the two of the film on it."""

    def paint(canvas: Canvas, state: State) -> None:
        canvas.box(128, 146, 200, 152, (70, 70, 78), 2)
        canvas.box(126, 94, 202, 148, (44, 44, 52), 5)
        canvas.box(131, 99, 197, 143, (196, 220, 206))
        near = state["film.x"] * 4
        for look, x, y, size in ((parent, 151 + near, 120, 11), (child, 178 - near / 2, 126, 9)):
            canvas.line((x, y + 22), (x, y + 14), size * 0.9, look.shirt)
            canvas.circle((x, y - 2), size + 1.5, look.hair)
            canvas.circle((x, y + 1.5), size - 1, look.skin)
            for side in (-3, 3):
                canvas.circle((x + side + look.facing, y + 1), 1.8, (30, 26, 30))

    return paint


def _nothing(_canvas: Canvas, _state: State) -> None:
    """Nothing is held above the arms."""


REVIEWS: tuple[Callable[..., Scene], ...] = (first_noticing, sulking, looking_back)
