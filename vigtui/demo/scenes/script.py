"""A scene as a script: who moves, looks and speaks when. Times are seconds from its start."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vigtui.demo.scenes.figure import Look, Pose
from vigtui.demo.scenes.ink import Canvas, Point

State = Mapping[str, float]
"""The value of every channel at one moment, such as "left.lean" or "piece.x"."""

Levels = NDArray[np.float64]
Painter = Callable[[Canvas, State], None]

_LOOKS = {
    # turn, tilt, gaze, glance
    "table": (0.6, 0.6, -0.95, 0.45),
    "level": (1.0, 0.0, 0.1, 1.0),
    "up": (1.0, -0.5, 0.95, 0.8),
    "down": (0.95, 0.3, -0.45, 0.95),
    "away": (-0.5, 0.8, -1.0, -0.5),
    "screen": (0.55, 0.35, -0.7, 0.7),
}


@dataclass(frozen=True, slots=True)
class Syllable:
    """A sound of a voice; `pitch` is a factor on the voice's own pitch."""

    start: float
    length: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's turn to speak, in a manner: "talk", "laugh" or "owl"."""

    start: float
    end: float
    who: str
    manner: str = "talk"

    def syllables(self) -> list[Syllable]:
        """Return the turn's syllables, the same each time."""
        if self.manner == "owl":
            third = (self.end - self.start) / 3
            return [Syllable(self.start, third * 0.8, 1.1), Syllable(self.start + third, third * 2, 1)]
        chance = random.Random(f"{self.start} {self.who} {self.manner}")
        laughing = self.manner == "laugh"
        found, at = [], self.start
        while at < self.end - 0.1:
            length = min(0.13 if laughing else chance.uniform(0.15, 0.3), self.end - at)
            fall = 1 - 0.22 * (at - self.start) / (self.end - self.start)
            found.append(Syllable(at, length, fall * chance.uniform(0.94, 1.12) * (1.2 if laughing else 1)))
            at += length + (0.07 if laughing else chance.choice((0.02, 0.03, 0.12)))
        return found


@dataclass
class Scene:
    """A scene of two people, `left` and `right`, written by calling its methods in any order.

    `under` paints what is on the table below the arms, `over` what is held above them. `moments` are
    named spans of seconds that clips can be cut from.
    """

    name: str
    seconds: float
    left: Look
    right: Look
    backdrop: Callable[[], Canvas]
    front: Callable[[Canvas], None]
    under: Painter
    over: Painter
    start: dict[str, float] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    moments: dict[str, tuple[float, float]] = field(default_factory=dict)
    _moves: list[tuple[float, str, float, float]] = field(default_factory=list)

    def move(self, at: float, channel: str, to: float, over: float = 0.6) -> None:
        """Let a channel change to a value, gently, within `over` seconds."""
        self._moves.append((at, channel, to, over))

    def place(self, at: float, channel: str, to: Point, over: float = 0.7) -> None:
        """Let a point, which is the channels `<channel>.x` and `<channel>.y`, go to another place."""
        self.move(at, f"{channel}.x", to[0], over)
        self.move(at, f"{channel}.y", to[1], over)

    def look(self, at: float, who: str, where: str) -> None:
        """Let somebody look at the "table", or at the other person "level", "up" or "down", or "away"."""
        for part, value in zip(("turn", "tilt", "gaze", "glance"), _LOOKS[where], strict=True):
            self.move(at, f"{who}.{part}", value, 0.4)

    def say(self, start: float, end: float, who: str, manner: str = "talk") -> None:
        self.turns.append(Turn(start, end, who, manner))

    def nod(self, at: float, who: str, times: int = 2) -> None:
        for step in range(times):
            self.move(at + step * 0.6, f"{who}.tilt", 0.55, 0.25)
            self.move(at + step * 0.6 + 0.3, f"{who}.tilt", 0.05, 0.25)

    def moment(self, name: str, start: float, end: float) -> None:
        self.moments[name] = (start, end)

    def states(self, times: Levels) -> list[dict[str, float]]:
        """Return the value of every channel at each of `times`, rounded so that stillness stays still."""
        levels = {name: np.full(len(times), value) for name, value in self._starts().items()}
        for at, channel, to, over in sorted(self._moves):
            now = levels[channel]
            before = now[min(int(np.searchsorted(times, at)), len(times) - 1)]
            share = np.clip((times - at) / over, 0, 1)
            levels[channel] = np.where(times < at, now, before + (to - before) * share**2 * (3 - 2 * share))
        for who in ("left", "right"):
            levels[f"{who}.mouth"] = self._mouth(who, times)
            levels[f"{who}.shut"] = self._blinks(who, times)
        rounded = {name: np.round(level * 16) / 16 for name, level in levels.items()}
        return [{name: float(level[index]) for name, level in rounded.items()} for index in range(len(times))]

    def _starts(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for who, look in (("left", self.left), ("right", self.right)):
            found |= {f"{who}.{part}": 0.0 for part in ("lean", "sink")}
            found |= {f"{who}.smile": 0.45}
            for part, value in zip(("turn", "tilt", "gaze", "glance"), _LOOKS["table"], strict=True):
                found[f"{who}.{part}"] = value
            for hand, side in (("near", 1), ("far", -1)):
                found[f"{who}.{hand}.x"] = look.base[0] + side * look.facing * look.head
                found[f"{who}.{hand}.y"] = 150.0
        return found | self.start

    def _mouth(self, who: str, times: Levels) -> Levels:
        """Return how far a mouth is open: with each syllable, in steps of half."""
        open_ = np.zeros(len(times))
        for turn in self.turns:
            if turn.who == who:
                for sound in turn.syllables():
                    share = np.clip((times - sound.start) / sound.length, 0, 1)
                    open_ = np.maximum(open_, np.sin(np.pi * share))
        return np.round(open_ * 2) / 2

    def _blinks(self, who: str, times: Levels) -> Levels:
        chance = random.Random(f"{self.name} {who}")
        shut, at = np.zeros(len(times)), chance.uniform(1, 3)
        while at < self.seconds:
            shut[(times >= at) & (times < at + 0.16)] = 1
            at += chance.uniform(2.5, 5)
        return shut


def pose(state: State, who: str) -> Pose:
    """Return the pose of "left" or "right" in a state."""
    value = {part: state[f"{who}.{part}"] for part in _PARTS}
    return Pose(
        **value,
        near=(state[f"{who}.near.x"], state[f"{who}.near.y"]),
        far=(state[f"{who}.far.x"], state[f"{who}.far.y"]),
    )


_PARTS = ("lean", "turn", "tilt", "gaze", "glance", "mouth", "smile", "sink", "shut")
