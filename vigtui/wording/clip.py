"""What the clip screen says under the picture."""

from collections.abc import Sequence

from vigtui.domain.records import Cycle, Family, Still
from vigtui.film.playing.player import PlayerState
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode


def place_words(family: Family, cycle: Cycle) -> str:
    """`F-017 Heron, cycle 2, making toast`."""
    parts = [f"{family.code} {family.pseudonym}".strip(), f"cycle {cycle.number}", cycle.activity]
    return one_line(", ".join(part for part in parts if part))


def state_words(state: PlayerState) -> str:
    """`▶ 1x  ↻`: what the film does."""
    playing = f"▶ {state.speed:g}x" if state.playing else "paused"
    if not state.playing and state.speed != 1:
        playing += f" at {state.speed:g}x"
    loop = "  ↻" if state.loop else ""
    muted = "  muted" if state.muted and state.has_sound else ""
    return playing + loop + muted


def still_words(stills: Sequence[Still]) -> str:
    """`stills 07:51, 07:58`; "" when there are none."""
    times = ", ".join(format_timecode(still.at_ms) for still in sorted(stills, key=lambda still: still.at_ms))
    return f"stills {times}" if stills else ""
