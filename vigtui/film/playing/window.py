"""libmpv's own window, where there is a display: the same film and the same core, shown elsewhere."""

import contextlib
import os
import time
from collections.abc import Iterable
from typing import Any

from vigtui.film.facts import facts_of
from vigtui.film.landing import sought
from vigtui.film.options import graph, upright
from vigtui.film.playing.deck import Deck

CLOSED = "closed"
"""What a deck hears as a message when somebody closes the window."""
_SECONDS_TO_OPEN, _SECONDS_TO_SHOW, _SECONDS_BETWEEN_LOOKS = 5.0, 0.5, 0.01
_WAYLAND, _X11 = ("wayland", "gpu,wlshm"), ("x11egl", "gpu,x11")


def why_no_window() -> str:
    """Return the sentence why there can be no window here; "" when there can."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    return "There is no display here for a window of its own. The film stays in the terminal."


def open_window(deck: Deck, keys: Iterable[str], *, full_screen: bool = False) -> bool:
    """Show the film in a window instead of drawing its pictures, as large as the screen if `full_screen`;
    return whether that worked. Its title says nothing of the film.

    Each of `keys`, as libmpv calls them, becomes a message of that name that the deck hears when it is
    typed in the window; no key does anything else. Waits for the window.
    """
    core = deck.core
    for key in keys:
        core.command("keybind", key, f"script-message {deck.MESSAGE} {key}")
    core.command("keybind", "CLOSE_WIN", f"script-message {deck.MESSAGE} {CLOSED}")
    core["title"], core["autofit-larger"] = "vigtui", "80%x80%"
    core["fullscreen"] = full_screen
    core["input-vo-keyboard"] = core["keepaspect"] = True
    core["untimed"] = False
    # Left to choose, libmpv tries the bare screen too, and closes the terminal's file on the way.
    core["gpu-api"] = "opengl"
    core["gpu-context"], outputs = _X11 if os.environ.get("DISPLAY") else _WAYLAND
    # A window maps light by itself.
    turned = upright(facts_of(core).rotation, mirrored=deck.mirrored)
    _change_output(core, graph(*deck.times, *turned), outputs)
    deadline = time.monotonic() + _SECONDS_TO_OPEN
    while time.monotonic() < deadline:
        if core.vo_configured and core.current_vo in outputs.split(","):
            return True
        if not _has_film(core):
            break
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    close_window(deck)
    return False


def close_window(deck: Deck) -> None:
    """Draw the film's pictures again, from the same moment. Waits for the first one."""
    core, before = deck.core, deck.surface.count
    here = deck.position_ms()
    core["input-vo-keyboard"] = core["keepaspect"] = False
    _change_output(core, deck.filters, "libmpv")
    if here is None:
        return
    end = time.monotonic() + _SECONDS_TO_OPEN
    again = time.monotonic() + _SECONDS_TO_SHOW
    while deck.surface.count == before and _has_film(core) and time.monotonic() < end:
        if time.monotonic() > again:
            # On a busy machine libmpv may have come to a halt without a picture.
            here = deck.position_ms() or here
            with contextlib.suppress(SystemError):  # It has closed the film just now.
                core.command("seek", f"{sought(here):.9f}", "absolute+exact")
            again += _SECONDS_TO_SHOW
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _has_film(core: Any) -> bool:
    """Whether there is a film that is shown: libmpv closes it where it has nothing to show it in."""
    return not (core.vid is False or core.idle_active)


def _change_output(core: Any, filters: str, output: str) -> None:
    """Show the film elsewhere, through these filters. There is no picture meanwhile: one that is shown while
    both change comes to a halt at times."""
    core["vid"] = "no"
    core["vf"], core["vo"] = filters, output
    core["vid"] = "auto"
