"""Heron, cycle 2: Dana and Jory make toast."""

from vigtui.demo.scenes import places
from vigtui.demo.scenes.ink import Canvas, Colour
from vigtui.demo.scenes.looks import DANA, JORY
from vigtui.demo.scenes.script import Scene, State

JAM, HONEY = (176, 36, 66), (236, 170, 40)


def toast() -> Scene:
    """Return the scene; moments "choice" (jam or honey) and "knife" (it drops, he moves closer)."""
    scene = Scene(
        name="toast",
        seconds=42,
        left=DANA,
        right=JORY,
        backdrop=places.kitchen,
        front=places.table((214, 196, 170)),
        under=_plate,
        over=_jars,
        start={"jam.x": 96, "jam.y": 140, "honey.x": 62, "honey.y": 140, "knife.y": 134, "knife.x": 214},
    )
    _choice(scene)
    _knife(scene)
    return scene


def _choice(scene: Scene) -> None:
    scene.say(1.0, 3.0, "left")
    scene.look(3.4, "left", "down")
    for hand, jar, x in (("near", "jam", 148), ("far", "honey", 58)):
        scene.place(5.0, f"left.{hand}", (x, 112))
        scene.place(5.0, jar, (x, 96))
    scene.say(6.2, 7.8, "left")
    scene.look(8.0, "right", "up")
    scene.place(9.4, "right.near", (174, 112))
    scene.move(9.4, "right.lean", 0.6)
    scene.say(9.8, 10.5, "right")
    scene.move(10.6, "left.smile", 1)
    scene.nod(10.8, "left")
    scene.place(12.6, "left.near", (158, 142))
    scene.place(12.6, "jam", (164, 134))
    scene.place(12.6, "left.far", (60, 150))
    scene.place(12.6, "honey", (72, 138))
    scene.move(13.4, "right.lean", 0)
    scene.place(13.4, "right.near", (182, 148))
    scene.look(14.2, "right", "table")
    scene.place(15.0, "right.near", (252, 140))
    scene.place(15.0, "jam", (288, 138))
    scene.place(16.2, "right.near", (186, 150))
    scene.moment("choice", 4.5, 14.0)


def _knife(scene: Scene) -> None:
    scene.say(16.0, 17.6, "left")
    scene.look(16.0, "left", "table")
    scene.place(16.4, "left.near", (136, 152))
    scene.say(18.2, 19.0, "right")
    scene.move(20.6, "knife.y", 196, 0.3)
    scene.look(21.0, "left", "down")
    scene.move(21.0, "left.smile", 0.3, 0.3)
    scene.look(21.2, "right", "away")
    scene.move(21.2, "right.lean", -0.9, 0.5)
    scene.move(21.2, "right.smile", 0.05, 0.4)
    scene.place(21.2, "right.near", (212, 148))
    scene.move(23.6, "left.sink", 1, 1.0)
    scene.move(23.6, "left.lean", 0.35, 1.0)
    scene.look(24.2, "left", "level")
    scene.say(25.4, 27.0, "left")
    scene.look(28.8, "right", "level")
    scene.move(29.6, "right.lean", 0.7, 1.2)
    scene.move(30.2, "right.smile", 0.7)
    scene.place(29.6, "right.near", (176, 142))
    scene.move(31.0, "left.smile", 0.9)
    scene.moment("knife", 19.5, 33.0)
    scene.say(34.0, 35.2, "right")
    scene.say(36.0, 37.6, "left")
    scene.move(38.2, "left.sink", 0, 1)
    scene.look(38.4, "left", "down")
    scene.look(38.6, "right", "up")


def _plate(canvas: Canvas, state: State) -> None:
    canvas.ellipse((182, 164), 34, 10, (250, 250, 250))
    canvas.box(164, 152, 200, 168, (196, 130, 60), 6)
    canvas.box(168, 155, 196, 165, (240, 206, 140), 5)
    x, y = state["knife.x"], state["knife.y"] + 20
    canvas.line((x, y), (x + 34, y + 5), 3, (226, 230, 236))
    canvas.line((x + 34, y + 5), (x + 50, y + 7), 4, (60, 60, 70))


def _jars(canvas: Canvas, state: State) -> None:
    for jar, colour in (("jam", JAM), ("honey", HONEY)):
        _jar(canvas, state[f"{jar}.x"], state[f"{jar}.y"], colour)


def _jar(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.box(x - 13, y - 14, x + 13, y + 16, colour, 5)
    canvas.box(x - 12, y - 21, x + 12, y - 13, (246, 246, 240), 2)
    canvas.box(x - 9, y - 4, x + 9, y + 7, (252, 248, 232), 1)
