"""What a film is, before anybody plays it."""

import threading
from pathlib import Path
from typing import Any

from vigtui.film.facts import FilmFacts, facts_of
from vigtui.film.files import check_kind
from vigtui.film.libmpv import damaged, end_core, libmpv
from vigtui.film.options import ONLY_FILMS

_SECONDS_TO_PROBE = 20.0


def probe(path: Path) -> FilmFacts:
    """Open a film, look at its first frame, and return what it is. Blocks: call it in a worker.

    Raises `FilmError`: no film, damaged, or libmpv missing.
    """
    check_kind(path)
    mpv = libmpv()
    core = mpv.MPV(**ONLY_FILMS, vo="null", ao="null", pause=True)
    ready = threading.Event()

    def on_event(event: Any) -> None:
        if event.event_id.value in (mpv.MpvEventID.PLAYBACK_RESTART, mpv.MpvEventID.END_FILE):
            ready.set()

    core.register_event_callback(on_event)
    try:
        core.command("loadfile", str(path.resolve()))
        ready.wait(_SECONDS_TO_PROBE)
        facts = facts_of(core)
        if not facts.duration_ms:
            raise damaged(path)
        return facts
    finally:
        end_core(core)
