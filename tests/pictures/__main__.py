"""Make the pictures of the README and of docs/ anew: `python -m tests.pictures [NAME ...]`.

Each is the real program, with its demo, in a real terminal on a display without a monitor.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.pictures.display import display, missing_tools
from tests.pictures.scenes import SCENES, VIGTUI, Stage

TARGET = Path(__file__).parents[2] / "docs" / "pictures"


def main() -> None:
    """Make the pictures that the command line names, or all."""
    if missing := missing_tools():
        sys.exit(f"Pictures need {', '.join(missing)}. On Debian: sudo apt-get install xvfb kitty xterm "
                 "xdotool imagemagick ffmpeg gifsicle fonts-dejavu-core libgl1-mesa-dri")  # fmt: skip
    names = sys.argv[1:] or list(SCENES)
    if unknown := set(names) - set(SCENES):
        sys.exit(f"There is no picture {', '.join(sorted(unknown))}; there are {', '.join(SCENES)}.")
    with tempfile.TemporaryDirectory() as folder, display() as screen:
        first = Path(folder, "first")
        first.mkdir()
        make_demo(surroundings(first))
        for name in names:
            # A home of its own for each, so that no picture shows where the one before left off.
            home = Path(folder, name)
            shutil.copytree(first, home)
            SCENES[name](Stage(screen, surroundings(home), TARGET))
            for made in TARGET.glob(f"{name}.*"):
                print(f"{made.name}: {made.stat().st_size // 1000} KB")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a person who has just come to this machine, with a terminal of many colours."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return kept | {"HOME": str(home), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}


def make_demo(environment: dict[str, str]) -> None:
    """Make the demo caseload, looked at before: no picture shows its film being made, or a question."""
    code = (
        "from vigtui.demo import make_demo; from vigtui.workspace.settings import demo_folder;"
        "from vigtui.store.caseload import Caseload; from vigtui.workspace.places import Places;"
        "path = make_demo(demo_folder(), lambda *_: None); places = Places();"
        "places.enter(Caseload.open(path).meta.id, path); places.set('steps', -1); places.save()"
    )
    subprocess.run([VIGTUI[0], "-c", code], env=environment, check=True)


if __name__ == "__main__":
    main()
