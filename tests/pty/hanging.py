"""vigtui with a film on a disk that answers no more, from where HANGS says: "opening" or "closing"."""

import os
import threading
from pathlib import Path

from vigtui.__main__ import main
from vigtui.film import files
from vigtui.film.playing.player import Player


def _hang(*_: object) -> str:
    Path(os.environ["HUNG"]).touch()
    threading.Event().wait()
    return ""


if os.environ["HANGS"] == "opening":
    files.check_kind = _hang
else:
    Player.close = _hang  # type: ignore[assignment,method-assign]
main()
