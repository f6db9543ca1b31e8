"""What goes into a pack and what stays behind, in words: for the command line and the screen."""

from collections.abc import Iterable

from vigtui.exchange.packs.contents import Contents
from vigtui.exchange.packs.gathering import LeftOut
from vigtui.exchange.packs.packing import Packed
from vigtui.values.text import one_line
from vigtui.values.timecode import format_length

FILM_IS_CLEAR = "The film in a pack is not encrypted: whoever has the pack can watch it."
ALL_IS_CLEAR = "A pack is not encrypted: whoever has it can read it and watch its film."


def goes_in(contents: Contents) -> list[str]:
    """Return a line for the records, one for the names of films in them, and one for each clip."""
    lines = [f"Records: {contents.words}"]
    if contents.film_names:
        lines.append(one_line(f"What the films are called here: {', '.join(contents.film_names)}"))
    lines += [
        f"{each.name}: {format_length(each.clip.out_ms - each.clip.in_ms)} of film" for each in contents.cuts
    ]
    return lines


def stays_behind(contents: Contents) -> list[str]:
    """Return a line for each clip or film that one could expect, and one for everything else."""
    lines = told(contents.left_out)
    if contents.cuts:
        lines.append("What lies before and after the clips in their films")
    if contents.rest:
        lines.append(f"Everything else, and always notes marked “only me”: {contents.rest}")
    return lines


def told(left_out: Iterable[LeftOut]) -> list[str]:
    """Return what was left out, a line each."""
    return [one_line(str(each)) for each in left_out]


def made(packed: Packed) -> str:
    """Return the sentence that a pack is there."""
    clips = {0: "no film", 1: "the film of one clip"}.get(packed.clips, f"the film of {packed.clips} clips")
    return f"{one_line(packed.path.name)} is made, with {clips}. `vigtui merge` takes it back."
