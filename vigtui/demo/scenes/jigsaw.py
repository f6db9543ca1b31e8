"""Heron, cycle 1: Dana and Jory at a jigsaw."""

from collections.abc import Callable

from vigtui.demo.scenes import places
from vigtui.demo.scenes.figure import Look
from vigtui.demo.scenes.ink import Canvas, Colour
from vigtui.demo.scenes.looks import DANA, JORY
from vigtui.demo.scenes.script import Scene, State

_PIECES: tuple[tuple[int, int, Colour], ...] = (
    (128, 156, (232, 190, 60)),
    (148, 152, (90, 170, 210)),
    (166, 158, (220, 90, 90)),
    (150, 168, (110, 180, 110)),
)


def jigsaw(left: Look = DANA, right: Look = JORY, place: Callable[[], Canvas] = places.living_room) -> Scene:
    """Return the scene; moments "waits" (the child looks up) and "wonky" (both laugh)."""
    scene = Scene(
        name="jigsaw",
        seconds=40,
        left=left,
        right=right,
        backdrop=place,
        front=places.table(),
        under=_board,
        over=_piece,
        start={"piece.x": 196, "piece.y": 152},
    )
    _waits(scene)
    _wonky(scene)
    return scene


def _waits(scene: Scene) -> None:
    scene.say(0.8, 2.6, "left")
    scene.place(2.0, "left.near", (140, 152))
    scene.say(3.4, 4.2, "right")
    scene.place(4.6, "left.near", (118, 150))
    scene.place(6.0, "right.near", (184, 122))
    scene.place(6.0, "piece", (180, 112))
    scene.look(6.0, "left", "down")
    scene.move(8.5, "left.lean", 1, 1.2)
    scene.move(8.5, "left.smile", 0.9)
    scene.look(13.0, "right", "up")
    scene.move(13.2, "right.smile", 1)
    scene.say(14.2, 15.6, "left")
    scene.look(16.4, "right", "table")
    scene.place(16.4, "right.near", (168, 146))
    scene.place(16.4, "piece", (166, 146))
    scene.move(17.5, "left.lean", 0.2)
    scene.look(17.5, "left", "table")
    scene.moment("waits", 6.0, 16.0)


def _wonky(scene: Scene) -> None:
    scene.say(19.0, 20.4, "left")
    scene.place(20.6, "left.near", (150, 154))
    scene.place(22.6, "left.near", (116, 150))
    scene.look(23.0, "right", "up")
    scene.say(23.6, 24.4, "right")
    scene.look(24.6, "left", "down")
    scene.say(25.2, 26.6, "left")
    scene.move(26.2, "left.smile", 1)
    for who in ("left", "right"):
        scene.say(27.2, 29.4, who, "laugh")
        scene.move(27.0, f"{who}.lean", 0.6, 0.4)
        scene.move(29.8, f"{who}.lean", 0.2)
    scene.moment("wonky", 22.5, 30.5)
    scene.look(31.0, "right", "table")
    scene.look(31.6, "left", "table")
    scene.say(32.4, 33.6, "right")
    scene.say(34.4, 36.2, "left")
    scene.place(34.4, "right.near", (160, 152))
    scene.say(37.0, 38.4, "right")


def _board(canvas: Canvas, _state: State) -> None:
    canvas.box(108, 146, 190, 176, (244, 236, 214), 3)
    for x, y, colour in _PIECES:
        canvas.box(x - 9, y - 5, x + 9, y + 7, colour, 2)


def _piece(canvas: Canvas, state: State) -> None:
    x, y = state["piece.x"], state["piece.y"]
    canvas.box(x - 10, y - 8, x + 10, y + 8, (196, 70, 150), 3)
    canvas.circle((x, y - 9), 4, (196, 70, 150))
