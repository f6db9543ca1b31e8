"""vigtui on a disk that answers no more when HANGS says: at a "caseload", at "opening" or "closing" film."""

import os
import threading
from pathlib import Path

from vigtui.__main__ import main
from vigtui.cli import playing
from vigtui.film.playing.player import Player
from vigtui.workspace import workspace


def _hang(*_: object) -> str:
    Path(os.environ["HUNG"]).touch()
    threading.Event().wait()
    return ""


if os.environ["HANGS"] == "caseload":
    workspace.open_caseload = _hang
elif os.environ["HANGS"] == "opening":
    playing.check_kind = _hang
else:
    Player.close = _hang
main()
