"""A person in a scene, from the waist up: large head, clear eyes, a mouth that moves, two arms."""

from dataclasses import dataclass
from itertools import pairwise

from vigtui.demo.scenes.ink import Canvas, Colour, Point, shade

WHITE, DARK = (250, 250, 245), (38, 30, 34)
_LIPS, _LIGHT_LIPS = (150, 50, 60), (226, 122, 112)


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks. `head` is the radius of the head, `torso` and `neck` the heights below it.

    `facing` is 1 for somebody on the left, who faces right, else -1.
    """

    skin: Colour
    hair: Colour
    shirt: Colour
    head: float
    torso: float
    neck: float
    base: Point
    facing: int
    long_hair: bool = False


@dataclass(frozen=True, slots=True)
class Pose:
    """What somebody does at a moment.

    `lean` goes from -1 (away from the other) to 1 (towards), `turn` of the head from -1 (away) to 1,
    `tilt` from -1 (face up) to 1 (face down); for the eyes, `gaze` from -1 (down) to 1 (up) and `glance` from
    -1 (away) to 1; `mouth` is how far it is open, `smile` how much it smiles, `sink` how far the body goes
    down, all 0 to 1. `near` is the hand on the side of the other person, `far` the other one.
    """

    lean: float
    turn: float
    tilt: float
    gaze: float
    glance: float
    mouth: float
    smile: float
    sink: float
    shut: float
    near: Point
    far: Point


@dataclass(frozen=True, slots=True)
class Body:
    """Where the parts of a figure are in a pose."""

    chest: Point
    head: Point


def body(look: Look, pose: Pose) -> Body:
    x, y = look.base
    towards = pose.lean * look.facing
    sunk = pose.sink * 26
    chest = (x + towards * 16, y - look.torso + sunk + abs(pose.lean) * 2)
    head = (
        chest[0] + towards * 17 + pose.turn * look.facing * 3,
        chest[1] - look.neck + max(pose.lean, 0) * 7 + pose.tilt * 4,
    )
    return Body(chest, (head[0], head[1] - pose.mouth * 1.5))


def draw_body(canvas: Canvas, look: Look, pose: Pose) -> None:
    """Draw hair, trunk and head; the arms come later, over what is on the table."""
    where = body(look, pose)
    _back_hair(canvas, look, pose, where)
    wide = look.head * 0.86
    canvas.line((look.base[0], look.base[1] + 20), where.chest, wide * 1.1, look.shirt, wide)
    canvas.line(where.chest, where.head, look.head * 0.36, shade(look.skin, 0.86))
    canvas.ellipse((where.chest[0], where.chest[1] - wide * 0.9), wide * 0.5, 5, shade(look.shirt, 1.2))
    _head(canvas, look, pose, where)


def draw_arms(canvas: Canvas, look: Look, pose: Pose) -> None:
    where = body(look, pose)
    for hand, side in ((pose.far, -look.facing), (pose.near, look.facing)):
        shoulder = (where.chest[0] + side * look.head * 0.72, where.chest[1] - look.head * 0.15)
        elbow = ((shoulder[0] + hand[0]) / 2 + side * 7, max((shoulder[1] + hand[1]) / 2 + 14, shoulder[1]))
        thick = look.head * 0.27
        sleeve = shade(look.shirt, 0.82)
        canvas.line(shoulder, elbow, thick, sleeve)
        canvas.line(elbow, hand, thick, sleeve, thick * 0.8)
        canvas.circle(hand, thick * 1.12, look.skin)


def _back_hair(canvas: Canvas, look: Look, pose: Pose, where: Body) -> None:
    x, y = where.head
    back = x - pose.turn * look.facing * look.head * 0.14
    canvas.ellipse((back, y - look.head * 0.13), look.head * 1.1, look.head * 1.08, look.hair)
    if look.long_hair:
        for side in (-1, 1):
            foot = (back + side * look.head * 0.86, y + look.head * 1.05)
            canvas.line((back + side * look.head * 0.78, y), foot, look.head * 0.32, look.hair)


def _head(canvas: Canvas, look: Look, pose: Pose, where: Body) -> None:
    x, y = where.head
    size, turn = look.head, pose.turn * look.facing
    canvas.ellipse((x, y), size * 0.93, size, look.skin)
    canvas.ellipse((x - turn * size * 0.94, y + size * 0.05), size * 0.14, size * 0.2, shade(look.skin, 0.9))
    fringe = (x - turn * size * 0.24, y - size * 0.8 + pose.tilt * size * 0.12)
    canvas.ellipse(fringe, size * 0.78, size * 0.32, look.hair)
    face = (x + turn * size * 0.34, y + size * 0.02 + pose.tilt * size * 0.24)
    for side in (-1, 1):
        narrow = 1 - 0.28 * max(0.0, turn * side)
        eye = (face[0] + side * size * 0.37 * narrow, face[1] - size * 0.08)
        _eye(canvas, look, pose, eye, size * 0.25 * narrow, size * 0.3)
        cheek = (face[0] + side * size * 0.5 * narrow, face[1] + size * 0.36)
        canvas.ellipse(cheek, size * 0.15, size * 0.1, _mixed(look.skin, (235, 110, 100), 0.4))
    canvas.ellipse(
        (face[0] + turn * 3, face[1] + size * 0.2), size * 0.09, size * 0.11, shade(look.skin, 0.8)
    )
    _mouth(canvas, look, pose, (face[0], face[1] + size * 0.55))


def _eye(canvas: Canvas, look: Look, pose: Pose, centre: Point, across: float, down: float) -> None:
    brow = centre[1] - down * (1.35 + 0.2 * pose.gaze)
    canvas.line((centre[0] - across, brow), (centre[0] + across, brow), 1.6, shade(look.hair, 0.8))
    if pose.shut > 0.5:
        canvas.line((centre[0] - across, centre[1]), (centre[0] + across, centre[1]), 1.8, DARK)
        return
    canvas.ellipse(centre, across, down, WHITE)
    glance = pose.glance * look.facing
    pupil = (centre[0] + glance * across * 0.5, centre[1] - pose.gaze * down * 0.52)
    canvas.ellipse(pupil, across * 0.56, down * 0.52, DARK)


def _mouth(canvas: Canvas, look: Look, pose: Pose, centre: Point) -> None:
    (x, y), size = centre, look.head
    lips = _LIPS if sum(look.skin) > 420 else _LIGHT_LIPS
    half = size * (0.2 + 0.1 * pose.smile)
    if pose.mouth > 0.1:
        canvas.ellipse(centre, half * 0.95, size * (0.06 + 0.16 * pose.mouth), lips)
        canvas.ellipse(centre, half * 0.7, size * (0.02 + 0.12 * pose.mouth), (70, 18, 28))
        return
    lift = size * 0.12 * pose.smile
    corners = ((x - half, y - lift), (x - half * 0.4, y), (x + half * 0.4, y), (x + half, y - lift))
    for start, end in pairwise(corners):
        canvas.line(start, end, 1.9, lips)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
