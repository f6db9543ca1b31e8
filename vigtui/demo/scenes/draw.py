"""The pictures of a scene, one after the other."""

from collections.abc import Iterator

import numpy as np

from vigtui.demo.scenes.figure import draw_arms, draw_body
from vigtui.demo.scenes.ink import Canvas
from vigtui.demo.scenes.script import Scene, State, pose


def frames(scene: Scene, frames_per_second: float) -> Iterator[bytes]:
    """Yield the scene's pictures as rgb24 bytes. A picture that has been seen before is not drawn again."""
    times = np.arange(round(scene.seconds * frames_per_second)) / frames_per_second
    backdrop = scene.backdrop()
    drawn: dict[tuple[float, ...], bytes] = {}
    for state in scene.states(times):
        key = tuple(state.values())
        if key not in drawn:
            drawn[key] = paint(scene, backdrop, state).frame()
        yield drawn[key]


def paint(scene: Scene, backdrop: Canvas, state: State) -> Canvas:
    """Return the picture of one moment."""
    canvas = backdrop.copy()
    people = ((scene.left, pose(state, "left")), (scene.right, pose(state, "right")))
    for look, posed in people:
        draw_body(canvas, look, posed)
    scene.front(canvas)
    scene.under(canvas, state)
    for look, posed in people:
        draw_arms(canvas, look, posed)
    scene.over(canvas, state)
    return canvas
