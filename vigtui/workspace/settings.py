"""What one person likes on this machine: `settings.toml`, written by the person, and read here."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from vigtui.film.options import Colours, FilmOptions, Glyphs, LettersWay, PixelWay
from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.values.text import one_line

APPLICATION = "vigtui"
_MOST_SETTINGS = 1 << 16
_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}
_WHAT_TO_DO = "Correct it or move it away; nothing was changed."


class SettingsError(Exception):
    """The settings file cannot be used. The text names the file and the key."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `settings.toml`, all optional.

    `keys` gives other keys to bindings by their id (`{"clip.tag": "T"}`), as the keymap file does.
    `low_bandwidth` and `mute` are decided by whether this is an SSH login unless said here. `editor`
    overrides $VISUAL and $EDITOR.
    `glyphs` and `colours` are what film is drawn with in the terminal; `pixels` is how a paused one is shown
    in pixels: "auto" asks the terminal, "kitty" and "sixel" are taken on trust. `letters` is what the
    terminal can show besides film: everything, what a Linux console has, or ASCII. `plain` draws no boxes,
    bars and pictures, and says in words what signs say elsewhere. `lock_minutes` without a key cover the
    caseload; 0 never does. `papers` is the language of what is printed.
    `hardware_decoder` lets film be decoded by what the machine has for that, where libmpv can use it.
    `working_copies` is how many gigabytes lighter copies of film may take beside a caseload; with 0 none are
    made. `space_silent_days` is after how many days it is told that somebody in a space was not heard of,
    `counts_old_days` after how many the counts of a caseload are told to be old.
    `space_film_days` is until how many days after its session film for an agenda is offered to stay in a
    space, `space_film_most_days` how long it may at most; `space_film_left_days` later this machine deletes
    what others have left there.
    """

    theme: Annotated[str, msgspec.Meta(min_length=1)] = "vigtui"
    low_bandwidth: bool | None = None
    mute: bool | None = None
    editor: str = ""
    glyphs: Glyphs = "auto"
    colours: Colours = "auto"
    pixels: PixelWay = "auto"
    letters: LettersWay = "auto"
    plain: bool = False
    lock_minutes: Annotated[float, msgspec.Meta(ge=0, le=1440)] = 10
    hardware_decoder: bool = True
    working_copies: Annotated[float, msgspec.Meta(ge=0, le=10_000)] = 4
    counts_old_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 10
    space_silent_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 14
    space_film_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 14
    space_film_most_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 60
    space_film_left_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 7
    papers: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{1,20}$")] = "en"
    keys: dict[str, Any] = {}

    @property
    def working_copy_bytes(self) -> int:
        """How much working copies of film may take beside a caseload."""
        return round(self.working_copies * 1e9)

    @property
    def over_ssh(self) -> bool:
        """Whether this terminal is at the far end of an SSH login."""
        return bool(os.environ.get("SSH_CONNECTION"))

    @property
    def quiet_line(self) -> bool:
        """Whether to send as little as possible: no animation, no blinking, no tint."""
        return self.over_ssh if self.low_bandwidth is None else self.low_bandwidth

    @property
    def film(self) -> FilmOptions:
        """What film is drawn with: of what the terminal is said to show, unless more is said."""
        fewer: Glyphs = self.letters if self.letters in ("console", "ascii") else "auto"
        glyphs = fewer if self.glyphs == "auto" else self.glyphs
        return FilmOptions(
            *(glyphs, self.colours, self.pixels, self.letters),
            quiet=self.quiet_line,
            thrifty=self.low_bandwidth is True,
            plain=self.plain,
        )

    @property
    def start_muted(self) -> bool:
        """Whether film starts without sound: over SSH it would sound on the far machine."""
        return self.over_ssh if self.mute is None else self.mute

    @property
    def editor_command(self) -> str:
        """The person's own editor, or an empty text."""
        return self.editor or os.environ.get("VISUAL", "") or os.environ.get("EDITOR", "")


def user_folder(kind: Literal["config", "data", "state"]) -> Path:
    """Where this program keeps a person's settings, data or state on this machine, as platformdirs has it:
    that is asked only where the answer is not plain, for its import takes a twentieth of the start."""
    variable, usual = _XDG[kind]
    named = os.environ.get(variable, "")
    if sys.platform.startswith("linux") and (not named or named.startswith("/")):
        return Path(named or Path.home() / usual) / APPLICATION
    import platformdirs

    folders = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }
    return folders[kind](APPLICATION)


def settings_path() -> Path:
    """Where the settings file is, whether or not it exists."""
    return user_folder("config") / "settings.toml"


def papers_folder() -> Path:
    """Where a person's own templates for papers are, in a folder for each language."""
    return settings_path().with_name("papers")


def demo_folder() -> Path:
    """Where the demo caseload and its films are made."""
    return user_folder("data") / "demo"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; a missing file means the defaults.

    Raises SettingsError for a file that cannot be read, or a key or value that is not known.
    """
    path = path or settings_path()
    try:
        words = decode_text(read_file(path, _MOST_SETTINGS))
        import tomllib  # Most people have no settings, and start sooner without it.

        return msgspec.convert(tomllib.loads(words), Settings)
    except FileNotFoundError:
        return Settings()
    except RecursionError:
        raise SettingsError(f"{path}: it is nested too deeply. {_WHAT_TO_DO}") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {one_line(reason(error))}. {_WHAT_TO_DO}") from None
