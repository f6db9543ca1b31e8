"""BORIS itself, offscreen, opens what is exported, checks it, shows it in its window, and saves it again:
what comes back is what went out.

BORIS brings a whole desktop toolkit, so it has an environment of its own, `.venv-boris`. Of the system it
needs libmpv, libpulse (`libpulse-mainloop-glib0`), `libgl1` and ffmpeg, which `make prove-exchange` installs.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from vigtui.demo.making import demo_file
from vigtui.domain.principles import DEFAULT
from vigtui.exchange.exporting.gathering import gather
from vigtui.exchange.exporting.writing import Format, write
from vigtui.exchange.formats.boris import read_boris
from vigtui.store.caseload import Caseload
from vigtui.values.clocks import now
from vigtui.values.days import today

_ENVIRONMENT = Path(__file__).parents[2] / ".venv-boris"
_SCRIPT = """
import logging, sys
sys.argv, (source, target) = [sys.argv[0], "-n", "-f"], sys.argv[1:]
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication
from boris import core, project_functions, version
logging.disable()
app = QApplication(sys.argv)

def leave_dialogs():
    if dialog := QApplication.activeModalWidget():
        print("BORIS asks:", getattr(dialog, "text", str)()[:200], file=sys.stderr)
        dialog.close()

timer = QTimer(interval=100)
timer.timeout.connect(leave_dialogs)
timer.start()
path, _, project, message = project_functions.open_project_json(source)
trouble = project.get("error") or message
trouble = trouble or project_functions.check_project_integrity(
    project, project["time_format"], source, media_file_available=False
)
for name, observation in project["observations"].items():
    well, said = project_functions.check_state_events_obs(name, project["behaviors_conf"], observation)
    trouble = trouble or ("" if well else said)
window = core.MainWindow("ffmpeg")
window.load_project(path, False, project)
app.processEvents()
if window.save_project_json(target) != 0:
    trouble = trouble or "it does not save it"
events = sum(len(each["events"]) for each in project["observations"].values())
print(f"BORIS {version.__version__}: {len(project['observations'])} observations, {events} events;",
      f"trouble: {trouble or 'none'}")
"""


def bench_other_tools() -> int:
    """Print what BORIS says of an exported demo, and whether what BORIS saves is what went out; return 1
    where it is not."""
    python = _environment()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        caseload = Caseload.open(demo_file(home / "demo"))
        out, back = home / "out.boris", home / "back.boris"
        write(gather(caseload, caseload.get, DEFAULT, today()), Format.BORIS, out, now())
        caseload.close()
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": folder}
        done = subprocess.run(
            [python, "-c", _SCRIPT, out, back], check=False, capture_output=True, text=True, env=environment
        )
        if done.returncode:
            print(f"BORIS ended with an error:\n{done.stderr[-2000:]}")
            return 1
        same = read_boris(out.read_bytes()) == read_boris(back.read_bytes())
        said = done.stdout.strip().splitlines()[-1]
        print(f"{said}; what it saves {'is' if same else 'is not'} what went out")
        return 0 if same and said.endswith("trouble: none") else 1


def _environment() -> Path:
    python = _ENVIRONMENT / "bin" / "python"
    if not python.exists():
        print("Installing BORIS in an environment of its own (.venv-boris)")
        subprocess.run([sys.executable, "-m", "venv", _ENVIRONMENT], check=True)
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "boris-behav-obs>=8.27,<9"], check=True)
    return python
