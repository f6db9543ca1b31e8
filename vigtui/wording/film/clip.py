"""What the clip screen says under the picture."""

from collections.abc import Sequence

from vigtui.domain.records import Clip, Cycle, Family, Still
from vigtui.film.playing.player import PlayerState
from vigtui.values.keys import KeyFor
from vigtui.values.signs import LOOP, PLAYING
from vigtui.values.text import capitalised, one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.film.moments import moment_count


def place_words(family: Family, cycle: Cycle) -> str:
    """`F-017 Heron, cycle 2, making toast`."""
    parts = [f"{family.code} {family.pseudonym}".strip(), f"cycle {cycle.number}", cycle.activity]
    return one_line(", ".join(part for part in parts if part))


def clip_title(code: str, clip: Clip) -> str:
    """`C2-2  The knife drops`."""
    return f"{code}  {one_line(clip.title)}".strip()


def how_to_find(clips: int, moments: int, key: KeyFor, *, begun: bool, closed: bool = False) -> str:
    """How to make a clip in a recording that has so many, and so many moments that are no clip yet; `begun`,
    when its start is marked; `closed`, when its film is."""
    starts, ends, opens = key("clip.in"), key("clip.out"), key("clip.next")
    goes, marks = key("clip.next_moment"), key("clip.mark_moment")
    made = {0: "No clips yet.", 1: f"One clip so far; {opens} opens it."}.get(
        clips, f"{clips} clips so far; {opens} opens the first."
    )
    if closed:
        return made
    if begun:
        return f"The clip starts at the [ on the line. Go to where it ends and press {ends}. {made}"
    if moments:
        marked = moment_count(moments)
        return f"{capitalised(marked)} to look at: {goes} goes to the next, {marks} marks one more. {made}"
    return f"Press {starts} where a clip starts and {ends} where it ends; {marks} marks a moment. {made}"


def state_words(state: PlayerState, *, plain: bool = False) -> str:
    """`▶ 1x  ↻`: what the film does; if `plain`, `playing 1x  loop`."""
    playing = f"{'playing' if plain else PLAYING} {state.speed:g}x" if state.playing else "paused"
    if not state.playing and state.speed != 1:
        playing += f" at {state.speed:g}x"
    loop = f"  {'loop' if plain else LOOP}" if state.loop else ""
    muted = "  muted" if state.muted and state.has_sound else ""
    track = f"  sound {state.sound} of {len(state.sounds)}" if len(state.sounds) > 1 else ""
    return playing + loop + track + muted


def still_words(stills: Sequence[Still]) -> str:
    """`stills 07:51, 07:58`; "" when there are none."""
    times = ", ".join(format_timecode(still.at_ms) for still in sorted(stills, key=lambda still: still.at_ms))
    return f"stills {times}" if stills else ""
