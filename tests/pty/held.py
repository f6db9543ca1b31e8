"""vigtui on a machine on which Textual takes long to come: until the file that GO names is there. If
something stands in that, it does not come at all. With LARGE every file counts as a large one, with PATIENT
a film's first picture is waited for ten times as long."""

import os
import sys
import time
from importlib.abc import MetaPathFinder
from pathlib import Path

from vigtui.__main__ import main
from vigtui.cli import on_screen
from vigtui.ui.ahead import film


class _Held(MetaPathFinder):
    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name == "textual":
            sys.meta_path.remove(self)
            while not Path(os.environ["GO"]).exists():
                time.sleep(0.01)
            if Path(os.environ["GO"]).read_text():
                raise ImportError("it is broken")


if "LARGE" in os.environ:
    on_screen.LARGE = 0
if "PATIENT" in os.environ:
    film.SECONDS_TO_PICTURE = 10.0
sys.meta_path.insert(0, _Held())
main()
