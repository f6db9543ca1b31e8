"""Soft tones as voices, so that the sound of a scene shows whose turn it is."""

import numpy as np
from numpy.typing import NDArray

from vigtui.demo.scenes.script import Scene, Turn

RATE = 48_000
_LOUD = 0.32
_PARTIALS = ((1, 1.0), (2, 0.45), (3, 0.22), (4, 0.08))


def sound(scene: Scene, pitches: tuple[float, float]) -> bytes:
    """Return the scene's sound: one channel of 16-bit little-endian samples, `RATE` a second.

    `pitches` are those of the voices on the left and on the right, in hertz.
    """
    samples = np.zeros(round(scene.seconds * RATE), np.float32)
    for turn in scene.turns:
        _speak(samples, turn, pitches[0] if turn.who == "left" else pitches[1])
    return (np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()


def _speak(samples: NDArray[np.float32], turn: Turn, pitch: float) -> None:
    partials = _PARTIALS[:1] if turn.manner == "owl" else _PARTIALS
    for each in turn.syllables():
        first = round(each.start * RATE)
        count = min(round(each.length * RATE), len(samples) - first)
        if count <= 0:
            continue
        share = np.arange(count, dtype=np.float32) / count
        glide = pitch * each.pitch * (1.04 - 0.08 * share)
        phase = np.cumsum(2 * np.pi * glide / RATE)
        tone = sum(level * np.sin(phase * number) for number, level in partials)
        samples[first : first + count] += _LOUD * np.sin(np.pi * share) ** 0.7 * tone / 1.75
