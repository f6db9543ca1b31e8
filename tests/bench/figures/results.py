"""The figures of a run: collected, and kept as one JSON file."""

import datetime as dt
import math
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.bench.figures.figure import AGAINST_ITSELF, Figure
from tests.bench.figures.machine import Machine, Pace, this_machine
from vigtui import __version__

FOLDER = Path("bench")
"""Where results are kept, unless another place is named. Git does not look at it."""


class NoResults(Exception):
    """A file holds no results; the sentence says which, and why."""


@dataclass
class Results:
    """What a run found. `commit` ends in + where something was changed and not committed. `figures`,
    `skipped` (why a measure has none) and `seconds` (how long it took) are by the name of the measure; so is
    `noise`: by how much the same command differed from itself, as a part of what it took."""

    version: str
    commit: str
    day: dt.date
    machine: Machine
    pace: Pace = field(default_factory=Pace)
    noise: dict[str, float] = field(default_factory=dict)
    figures: dict[str, list[Figure]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, measure: str, figure: Figure) -> None:
        """Take in a figure."""
        self.figures.setdefault(measure, []).append(figure)
        if figure.name == AGAINST_ITSELF and figure.ratio is not None:
            differed = math.hypot(figure.ratio - 1, figure.noise or 0.0)
            self.noise[measure] = max(differed, self.noise.get(measure, 0.0))

    def write(self, place: Path) -> Path:
        """Write them to a file, or into a folder under a name of version, commit and day; return the path."""
        path = place
        if place.suffix != ".json":
            name = "-".join(part for part in (self.version, self.commit, self.day.isoformat()) if part)
            path, number = place / f"{name}.json", 1
            while path.exists():
                number += 1
                path = place / f"{name}-{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")
        return path


def new_results() -> Results:
    """Return results of today, of what is checked out here, without a figure yet."""
    return Results(__version__, _commit(), dt.date.today(), this_machine())


def read_results(path: Path) -> Results:
    """Read what was written. Raises `NoResults`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except OSError as error:
        raise NoResults(f"{path} cannot be read: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoResults(f"{path} holds no results of a bench: {error}.") from error


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short=8", "HEAD") + ("+" if changed else "")
