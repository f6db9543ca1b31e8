"""When a screen has done all that a key asked of it, told from what is left to do instead of from the clock.

Textual's own pilot waits after each key until the process uses next to no processor time: a second for every
key while a film plays, and not at all while another program has the processor.
"""

import asyncio
from contextlib import suppress

from textual._context import active_app
from textual.app import ScreenStackError

_TURNS_AT_REST = 3
_DRAWINGS = 3
"""A key changes something, what is drawn then asks for more, and that is drawn too."""


async def settle(*_seconds: float) -> None:
    """Let the app work until it waits for a key, a clock, or a thread."""
    for _ in range(_DRAWINGS):
        await _rest()
        with suppress(LookupError, ScreenStackError):
            active_app.get().screen._on_timer_update()
        await asyncio.sleep(0.001)
    await _rest()


async def _rest() -> None:
    """Give way until nothing but this is ready to run."""
    ready, turns = asyncio.get_running_loop()._ready, 0
    while turns < _TURNS_AT_REST:
        await asyncio.sleep(0)
        turns = 0 if ready else turns + 1
