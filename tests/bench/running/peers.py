"""The programs that are measured, each as the words that start it."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A program that plays film in a terminal; `package` is Debian's name for what it comes in."""

    name: str
    package: str
    words: tuple[str, ...]

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return shutil.which(self.words[0]) is not None

    def playing(self, film: Path) -> list[str]:
        """Return the command that plays `film`."""
        return [*self.words, str(film)]


def vigtui(*options: str) -> Program:
    """Ourselves, with the picture above a line and the keys: 80x22 cells of 80x24."""
    return Program("vigtui", "", (sys.executable, "-m", "vigtui", "play", *options))


def vigtui_in_numpy() -> Program:
    """Ourselves as where no C compiler was."""
    start = (
        "from vigtui.film.kernel import loading; loading.kernel = lambda: loading.Kernel(None, ''); "
        "from vigtui.__main__ import main; main()"
    )
    return Program("vigtui in numpy", "", (sys.executable, "-c", start, "play"))


MPV = Program(
    # Left to itself it fits the picture into the terminal, as vigtui does; a smaller height than the
    # terminal's makes mpv 0.35 draw its second line over the first.
    "mpv --vo=tct",
    "mpv",
    ("mpv", "--no-config", "--vo=tct", "--no-audio", "--no-sub", "--really-quiet"),
)

TIMG = "timg -ph"


def timg(columns: int, rows: int) -> Program:
    """timg with half blocks."""
    return Program(TIMG, "timg", ("timg", "-ph", f"-g{columns}x{rows}"))


def ncplayer() -> Program:
    """notcurses' player with half blocks."""
    return Program("ncplayer", "notcurses-bin", ("ncplayer", "-b", "half", "-q", "-s", "scale"))


MC = Program("mc", "mc", ("mc", "--nomouse", "--nosubshell"))
LAZYGIT = Program("lazygit", "none in Debian 12", ("lazygit",))


def missing(programs: list[Program]) -> list[Program]:
    """Say which programs cannot be measured here; return those that can."""
    for program in programs:
        if not program.there:
            _say_missing(program.name, program.package)
    return [program for program in programs if program.there]


@cache
def _say_missing(name: str, package: str) -> None:
    """Say it once."""
    print(f"  {name:22} not installed (Debian: {package}); left out")


@contextmanager
def fresh_home(glyphs: str = "half") -> Iterator[dict[str, str]]:
    """Give the environment in which vigtui has no past, and no settings but these glyphs."""
    with tempfile.TemporaryDirectory() as home:
        settings = Path(home) / "vigtui" / "settings.toml"
        settings.parent.mkdir()
        settings.write_text(f'glyphs = "{glyphs}"\n', encoding="utf-8")
        yield {"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home}


@contextmanager
def home() -> Iterator[Path]:
    """Give a folder in which vigtui has its state: whoever runs this keeps their own places."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("XDG_STATE_HOME")
        os.environ["XDG_STATE_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["XDG_STATE_HOME"]
            else:
                os.environ["XDG_STATE_HOME"] = before
