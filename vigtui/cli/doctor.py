"""What this terminal, this machine and this libmpv can do, without loading the screens or the player."""

import ctypes
import ctypes.util
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from vigtui.film.kernel.loading import kernel
from vigtui.film.options import hardware_decoder
from vigtui.film.picture.choice import encoding_here, letters_here, look_here
from vigtui.film.terminal.questions import ask, ask_letters
from vigtui.values.signs import Letters, in_letters
from vigtui.values.text import one_line
from vigtui.values.window_size import LEAST_COLUMNS, LEAST_ROWS
from vigtui.workspace.keymap import keymap_path
from vigtui.workspace.places import places_path
from vigtui.workspace.settings import Settings, SettingsError, demo_folder, load_settings, settings_path

# libmpv's client API 1.107 came with mpv 0.33, the first whose software renderer is used here.
_OLDEST_LIBMPV = (1, 107)
_PATIENCE = 0.5
_LETTERS = {
    "all": "every letter and sign",
    "console": "letters, and the signs that a Linux console's font has",
    "ascii": "ASCII alone",
}
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Line:
    """One finding: what it is about, the words, and whether it is well as it is."""

    topic: str
    words: str
    well: bool = True

    def __str__(self) -> str:
        return f"{in_letters('✓' if self.well else '✗', letters_here())} {self.topic:<10} {self.words}"


def examine() -> list[Line]:
    """Look at everything that decides how well vigtui works here."""
    examinations: list[Callable[[], Line]] = [
        examine_python,
        examine_libmpv,
        examine_decoder,
        examine_terminal,
        examine_picture,
        examine_drawing,
        examine_pixels,
        examine_letters,
        examine_screens,
        examine_line,
        examine_settings,
        examine_keys,
        examine_folders,
    ]
    return [examination() for examination in examinations]


def examine_python() -> Line:
    """The Python this runs on."""
    return Line("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def examine_libmpv() -> Line:
    """Whether film can be played."""
    name = ctypes.util.find_library("mpv")
    missing = "libmpv is not installed, so film cannot be played. Everything else works. To install it: "
    if name is None:
        return Line("libmpv", missing + install_command(), well=False)
    try:
        version_of = ctypes.CDLL(name).mpv_client_api_version
    except (OSError, AttributeError) as error:
        return Line("libmpv", f"{name} cannot be loaded ({error}). {install_command()}", well=False)
    version_of.restype = ctypes.c_ulong
    version = version_of() >> 16, version_of() & 0xFFFF
    words = f"{name}, client API {version[0]}.{version[1]}"
    if version < _OLDEST_LIBMPV:
        return Line(
            "libmpv", f"{words} is too old for film in the terminal: mpv 0.33 or later is needed", well=False
        )
    return Line("libmpv", f"{words}: plays film in this terminal")


def examine_decoder() -> Line:
    """Whether film is decoded by the machine's own decoder. None is needed."""
    if not _settings().hardware_decoder:
        return Line("decoder", "film is decoded by the processor, as the settings say")
    if hardware_decoder() == "no":
        return Line("decoder", "no hardware decoder here: film is decoded by the processor")
    return Line("decoder", "the machine's own, for film that it can decode; the processor for all other")


def install_command() -> str:
    """The one command that installs libmpv on this machine."""
    for program, command in (
        ("apt-get", "sudo apt-get install libmpv2"),
        ("dnf", "sudo dnf install mpv-libs"),
        ("pacman", "sudo pacman -S mpv"),
        ("zypper", "sudo zypper install libmpv2"),
        ("apk", "sudo apk add mpv-libs"),
        ("brew", "brew install mpv"),
    ):
        if shutil.which(program):
            return command
    return "install libmpv from https://mpv.io/installation"


def examine_terminal() -> Line:
    """The terminal: its name and its size in cells."""
    name = os.environ.get("TERM", "")
    columns, rows = shutil.get_terminal_size((0, 0))
    if not name or name == "dumb":
        return Line("terminal", "TERM names no terminal that can show a screen", well=False)
    words = f"{name}, {columns}x{rows} cells"
    if os.environ.get("TMUX"):
        words += ", inside tmux"
    if columns and (columns < 80 or rows < 24):
        words += f". vigtui works from {LEAST_COLUMNS}x{LEAST_ROWS}; 80x24 is comfortable"
    return Line("terminal", words, well=not columns or (columns >= LEAST_COLUMNS and rows >= LEAST_ROWS))


def examine_picture() -> Line:
    """What film is drawn with, and why."""
    film = _settings().film
    return Line("picture", look_here(film.glyphs, film.colours, quiet=film.quiet).why)


def examine_drawing() -> Line:
    """What makes cells of film's pictures: the compiled kernel, or numpy."""
    return Line("drawing", f"film is drawn {kernel().why}")


def examine_pixels() -> Line:
    """Whether a paused film is shown in pixels. Asks the terminal."""
    trusted = _settings().pixels
    if trusted == "off":
        return Line("pixels", "a paused film stays in cells, as the settings say")
    if trusted != "auto":
        return Line("pixels", f"a paused film is shown as {trusted}, as the settings say")
    pixels = _asked(ask)
    if pixels is None:
        return Line("pixels", "no terminal answers, so a paused film stays in cells")
    if pixels.kitty:
        return Line("pixels", "the terminal says it draws kitty's graphics: a paused film is shown in pixels")
    if pixels.sixel:
        return Line("pixels", "the terminal says it draws sixel: a paused film is shown in pixels")
    return Line("pixels", "the terminal says it draws none, so a paused film stays in cells")


def _asked(question: Callable[[int, float], Answer | None]) -> Answer | None:
    """The terminal's answer; None without one."""
    try:
        return question(sys.__stdin__.fileno(), _PATIENCE) if sys.__stdin__ and sys.stdout.isatty() else None
    except (OSError, ValueError):
        return None


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError:
        return Settings()


def examine_letters() -> Line:
    """Whether letters beyond ASCII arrive. Asks the terminal."""
    said = _settings().letters
    if said != "auto":
        return Line("letters", f"{_LETTERS[said]}, as the settings say")
    letters = letters_here()
    if letters is Letters.ASCII:
        return Line("letters", f"{encoding_here()} cannot show every letter. Set LANG=C.UTF-8.", well=False)
    if _asked(ask_letters) is False:
        words = "the locale says UTF-8, the terminal reads something else: all is drawn in ASCII. "
        return Line("letters", words + "Set the terminal to UTF-8.", well=False)
    if letters is Letters.CONSOLE:
        return Line("letters", f"UTF-8, {_LETTERS['console']}")
    return Line("letters", "UTF-8")


def examine_screens() -> Line:
    """How the screens say things."""
    if _settings().plain:
        return Line("screens", "in words alone, no pictures, bars and boxes, as the settings say (plain)")
    return Line("screens", "with signs, bars and pictures; plain = true in the settings says all in words")


def examine_line() -> Line:
    """Whether this is an SSH login, and what follows."""
    if os.environ.get("SSH_CONNECTION"):
        return Line("line", "an SSH login: film starts without sound, and nothing moves without need")
    return Line("line", "this machine's own terminal: film starts with sound")


def examine_settings() -> Line:
    """Whether the settings can be read, and name a theme that there is."""
    try:
        theme = load_settings().theme
    except SettingsError as error:
        return Line("settings", str(error), well=False)
    if theme != Settings().theme:
        from vigtui.ui.app.theme import THEME_NAMES

        if theme not in THEME_NAMES:
            words = f"{settings_path()}: there is no theme “{one_line(theme)}”. There are: "
            return Line("settings", words + ", ".join(sorted(THEME_NAMES)), well=False)
    return Line("settings", f"{settings_path()}{'' if settings_path().exists() else ' (none yet)'}")


def examine_keys() -> Line:
    """Whether the person's own keys can be used."""
    given = _settings().keys
    if not given and not keymap_path().exists():
        return Line("keys", f"the standard ones; your own would be in {keymap_path()}")
    from vigtui.ui.widgets.keys.own_keys import STANDARD, keymap_of

    keymap, problems = keymap_of(given)
    if problems:
        return Line("keys", one_line(" ".join([*problems, STANDARD])), well=False)
    return Line("keys", f"{len(keymap)} of your own, from {keymap_path()} and the settings")


def examine_folders() -> Line:
    """Whether the folders for the demo and for places can be written."""
    for folder in (demo_folder(), places_path().parent):
        existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if not os.access(existing, os.W_OK):
            return Line("folders", f"{existing} cannot be written", well=False)
    return Line("folders", f"demo in {_short(demo_folder())}, places in {_short(places_path().parent)}")


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)
