"""Short scenes of other families: a snack, a tower of blocks, a ball."""

from collections.abc import Callable

from vigtui.demo.scenes import places
from vigtui.demo.scenes.figure import Look
from vigtui.demo.scenes.ink import Canvas, Colour
from vigtui.demo.scenes.script import Scene, State

_BLOCKS: tuple[Colour, ...] = ((220, 70, 70), (240, 190, 60), (70, 140, 210), (100, 180, 100), (170, 90, 180))


def snack(left: Look, right: Look, place: Callable[[], Canvas] = places.kitchen) -> Scene:
    """Return a scene of sharing an apple; moments "offers" and "gives back"."""
    scene = _scene(
        "snack", left, right, place, places.table(), _bowl, _apple, {"apple.x": 158, "apple.y": 138}
    )
    scene.say(1.0, 2.4, "left")
    scene.look(3.0, "left", "down")
    scene.place(3.4, "left.near", (144, 134))
    scene.place(4.2, "left.near", (176, 122))
    scene.place(4.2, "apple", (186, 112))
    scene.say(5.2, 6.2, "left")
    scene.look(7.6, "right", "up")
    scene.place(8.4, "right.near", (192, 122))
    scene.move(8.6, "right.smile", 1)
    scene.moment("offers", 3.0, 10.0)
    scene.place(10.0, "apple", (206, 110))
    scene.place(10.0, "right.near", (206, 122))
    scene.place(10.4, "left.near", (122, 150))
    scene.look(13.0, "right", "up")
    scene.place(14.4, "right.near", (166, 106))
    scene.place(14.4, "apple", (158, 94))
    scene.say(14.8, 15.6, "right")
    scene.move(15.6, "left.lean", 0.9, 0.9)
    scene.say(17.4, 18.6, "left")
    _laugh(scene, 19.2)
    scene.moment("gives back", 13.5, 21.5)
    scene.place(22.4, "apple", (180, 136))
    scene.place(22.4, "right.near", (186, 148))
    _talk(scene, 23.0)
    return scene


def blocks(left: Look, right: Look, place: Callable[[], Canvas] = places.living_room) -> Scene:
    """Return a scene of building in turns; moments "turns" and "waits"."""
    scene = _scene("blocks", left, right, place, places.rug, _tower, _nothing, {"blocks.x": 0})
    for block in range(5):
        who = ("left", "right")[block % 2]
        at = 2.0 + block * 3.6 + (2.4 if block == 4 else 0)
        side = 142 if who == "left" else 184
        scene.look(at - 0.4, who, "table")
        scene.place(at, f"{who}.near", (side, 158 - block * 15), 0.7)
        scene.move(at + 0.6, "blocks.x", block + 1, 0.05)
        scene.place(at + 1.2, f"{who}.near", (118 if who == "left" else 204, 150), 0.6)
        scene.say(at + 1.4, at + 2.4, who)
        scene.look(at + 1.4, who, "down" if who == "left" else "up")
    scene.moment("turns", 5.0, 13.0)
    scene.move(14.6, "left.lean", 0.8, 1)
    scene.look(15.0, "left", "down")
    scene.moment("waits", 14.0, 21.5)
    _laugh(scene, 22.0)
    _talk(scene, 24.6)
    return scene


def ball(left: Look, right: Look, place: Callable[[], Canvas] = places.living_room) -> Scene:
    """Return a scene of rolling a ball; moments "rolls" and "looks back"."""
    scene = _scene("ball", left, right, place, places.rug, _nothing, _ball, {"ball.x": 134, "ball.y": 160})
    for turn in range(4):
        at = 2.5 + turn * 3.4
        who, to = ("left", 192) if turn % 2 == 0 else ("right", 134)
        scene.place(at - 0.5, f"{who}.near", (132 if who == "left" else 194, 148), 0.4)
        scene.move(at, "ball.x", to, 1.3)
        scene.move(at, f"{who}.lean", 0.7, 0.4)
        scene.move(at + 1.2, f"{who}.lean", 0.1)
        scene.place(at + 1.2, f"{who}.near", (104 if who == "left" else 216, 148), 0.5)
        scene.say(at + 0.9, at + 1.7, "right" if who == "left" else "left")
    scene.moment("rolls", 2.0, 12.5)
    scene.look(16.6, "right", "away")
    scene.look(17.2, "left", "down")
    scene.move(17.4, "left.lean", 0.3)
    scene.look(20.4, "right", "up")
    scene.say(20.8, 21.6, "right")
    scene.move(21.8, "left.smile", 1)
    scene.say(22.2, 23.4, "left")
    scene.moment("looks back", 16.0, 24.0)
    _laugh(scene, 24.4)
    _talk(scene, 26.8)
    return scene


def _scene(
    name: str,
    left: Look,
    right: Look,
    place: Callable[[], Canvas],
    front: Callable[[Canvas], None],
    under: Callable[[Canvas, State], None],
    over: Callable[[Canvas, State], None],
    start: dict[str, float],
) -> Scene:
    return Scene(name, 30, left, right, place, front, under, over, start)


def _laugh(scene: Scene, at: float) -> None:
    for who in ("left", "right"):
        scene.say(at, at + 1.8, who, "laugh")
        scene.move(at, f"{who}.smile", 1, 0.3)
        scene.move(at, f"{who}.lean", 0.5, 0.4)
        scene.move(at + 2, f"{who}.lean", 0)


def _talk(scene: Scene, at: float) -> None:
    for turn, who in enumerate(("left", "right")):
        scene.say(at + turn * 1.6, at + turn * 1.6 + 1.2, who)


def _bowl(canvas: Canvas, _state: State) -> None:
    canvas.ellipse((132, 160), 22, 10, (90, 130, 190))
    for x, colour in ((122, (240, 200, 60)), (136, (230, 130, 50)), (144, (240, 200, 60))):
        canvas.circle((x, 152), 7, colour)
    canvas.box(110, 156, 154, 170, (110, 150, 210), 6)


def _apple(canvas: Canvas, state: State) -> None:
    x, y = state["apple.x"], state["apple.y"]
    canvas.circle((x, y), 11, (206, 44, 48))
    canvas.line((x, y - 10), (x + 2, y - 16), 1.6, (90, 60, 30))
    canvas.ellipse((x + 7, y - 14), 5, 3, (90, 170, 80))


def _tower(canvas: Canvas, state: State) -> None:
    for block in range(round(state["blocks.x"])):
        y = 172 - block * 15
        canvas.box(150, y - 14, 176, y, _BLOCKS[block], 2)


def _ball(canvas: Canvas, state: State) -> None:
    x, y = state["ball.x"], state["ball.y"]
    canvas.circle((x, y), 18, (40, 110, 190))
    canvas.ellipse((x, y), 18, 6, (250, 240, 220))


def _nothing(_canvas: Canvas, _state: State) -> None:
    """Nothing is held above the arms."""
