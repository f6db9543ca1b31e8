"""How loud a film is from moment to moment: who speaks when."""

import tempfile
import threading
from pathlib import Path
from typing import Any

from vigtui.video.core import end_core, libmpv
from vigtui.video.media import check_kind
from vigtui.video.options import ONLY_FILMS

_RATE = 8_000
_QUIETEST_DECIBELS = 40
_BLOCK = 60 * _RATE


def envelope(path: Path, buckets: int) -> list[float]:
    """Return the loudness of each of `buckets` equal parts of a film: 1 is its loudest part, 0 is 40 dB
    below that or less, as the ear hears it in between (decibels of the root mean square).

    A film without sound gives an empty list. Decodes the whole film: call it in a worker. Raises `FilmError`
    where there is no film or no libmpv.
    """
    check_kind(path)
    with tempfile.TemporaryDirectory(prefix="vigtui-sound-") as folder:
        sound = Path(folder) / "sound"
        _decode(path, sound)
        return _levels(sound, buckets) if sound.exists() and sound.stat().st_size else []


def _decode(path: Path, sound: Path) -> None:
    """Write a film's sound to a file: one channel of 16-bit samples, `_RATE` a second, nothing else."""
    mpv = libmpv()
    core = mpv.MPV(
        **ONLY_FILMS
        | {"keep_open": "no", "vid": "no", "ao": "pcm", "ao_pcm_file": str(sound), "ao_pcm_waveheader": False}
        | {"audio_samplerate": _RATE, "audio_channels": "mono", "audio_format": "s16"}
    )
    ended = threading.Event()

    def on_event(event: Any) -> None:
        if event.event_id.value == mpv.MpvEventID.END_FILE:
            ended.set()

    core.register_event_callback(on_event)
    try:
        core.command("loadfile", str(path.resolve()))
        ended.wait()
    finally:
        end_core(core)


def _levels(sound: Path, buckets: int) -> list[float]:
    import numpy as np

    samples = np.memmap(sound, "<i2", mode="r")
    energy = np.zeros(buckets)
    counts = np.zeros(buckets)
    for start in range(0, len(samples), _BLOCK):
        block = samples[start : start + _BLOCK].astype(np.float64)
        places = np.arange(start, start + len(block)) * buckets // len(samples)
        energy += np.bincount(places, block**2, buckets)
        counts += np.bincount(places, minlength=buckets)
    loudness = np.sqrt(energy / np.maximum(counts, 1))
    loudest = loudness.max(initial=0)
    if loudest == 0:
        return [0.0] * buckets
    decibels = 20 * np.log10(np.maximum(loudness / loudest, 1e-9))
    levels: list[float] = np.clip(1 + decibels / _QUIETEST_DECIBELS, 0, 1).tolist()
    return levels
