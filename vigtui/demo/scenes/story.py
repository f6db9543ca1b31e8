"""Heron, cycle 3: a bedtime story with an owl in it. Also read in other families."""

from vigtui.demo.scenes import places
from vigtui.demo.scenes.figure import Look
from vigtui.demo.scenes.ink import Canvas
from vigtui.demo.scenes.looks import DANA, JORY
from vigtui.demo.scenes.script import Scene, State


def story(left: Look = DANA, right: Look = JORY) -> Scene:
    """Return the scene; moments "pats" (the page) and "owls" (four turns each)."""
    scene = Scene(
        name="story",
        seconds=42,
        left=left,
        right=right,
        backdrop=places.bedroom,
        front=places.blanket,
        under=_book,
        over=_nothing,
        start={"page.x": 160, "left.near.x": 122, "right.near.x": 200, "left.lean": 0.3, "right.lean": 0.3},
    )
    _pats(scene)
    _owls(scene)
    return scene


def _pats(scene: Scene) -> None:
    scene.say(0.8, 9.0, "left")
    for at in (7.4, 8.2, 9.0):
        scene.place(at, "right.near", (182, 140), 0.3)
        scene.place(at + 0.4, "right.near", (180, 156), 0.3)
    scene.look(9.6, "left", "table")
    scene.move(9.6, "left.lean", 0.8, 0.8)
    scene.move(9.6, "left.glance", 1, 0.4)
    scene.move(10.4, "left.smile", 0.9)
    scene.place(10.6, "left.near", (146, 156))
    scene.look(11.6, "right", "up")
    scene.say(12.0, 13.0, "right")
    scene.say(13.6, 14.8, "left")
    scene.moment("pats", 6.5, 15.5)
    scene.place(16.4, "left.near", (122, 150))
    scene.look(16.4, "right", "table")
    scene.say(17.0, 20.6, "left")


def _owls(scene: Scene) -> None:
    scene.look(21.0, "left", "down")
    scene.look(21.4, "right", "up")
    for turn in range(4):
        at = 21.6 + turn * 4
        for who, other, start in (("left", "right", at), ("right", "left", at + 2)):
            scene.say(start, start + 1.5, who, "owl")
            scene.move(start, f"{who}.lean", 0.9, 0.4)
            scene.move(start, f"{other}.lean", 0.2, 0.4)
            scene.move(start + 1.5, f"{other}.smile", 1, 0.3)
    scene.moment("owls", 21.0, 37.5)
    for who in ("left", "right"):
        scene.say(38.0, 39.6, who, "laugh")
        scene.look(40.2, who, "table")


def _book(canvas: Canvas, _state: State) -> None:
    canvas.box(106, 138, 160, 174, (250, 246, 230), 4)
    canvas.box(160, 138, 214, 174, (244, 238, 218), 4)
    canvas.line((160, 140), (160, 172), 1.5, (170, 150, 120))
    for y in (147, 154, 161, 168):
        canvas.line((114, y), (148, y), 1.2, (130, 130, 140))
    canvas.ellipse((188, 156), 13, 14, (134, 96, 64))
    for x in (183, 193):
        canvas.circle((x, 151), 5, (250, 220, 120))
        canvas.circle((x, 151), 2, (30, 26, 30))


def _nothing(_canvas: Canvas, _state: State) -> None:
    """Nothing is held above the arms."""
