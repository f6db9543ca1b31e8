"""The keys that one person has given to things: `keys.toml` beside the settings, or `keys` in the settings.

Read only where somebody has given any. Whether a key may be given to a thing is not decided here.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.values.text import one_line
from vigtui.workspace.settings import SettingsError, settings_path

KEYMAP_FILE = "keys.toml"
_MOST_BYTES = 1 << 16
_NAMED = re.compile(r"""\s*([\w."' -]+?)\s*=""")
_HEADING = re.compile(r"""\s*\[([\w."' -]+)\]""")


class OwnKey(Struct, frozen=True):
    """What somebody wrote for the binding `id`, where: `line` is 0 where that cannot be told."""

    id: str
    keys: object
    path: Path
    line: int = 0

    @property
    def where(self) -> str:
        """The file, and the line in it."""
        return f"{self.path}, line {self.line}" if self.line else str(self.path)


def keymap_path() -> Path:
    """Where the keymap file is, whether or not it exists."""
    return settings_path().with_name(KEYMAP_FILE)


def own_keys(in_settings: Mapping[str, object]) -> list[OwnKey]:
    """Return what the person wrote: `in_settings`, then the keymap file, which goes before the settings.

    Raises SettingsError when the keymap file cannot be read; the sentence names the file and, if it is not
    TOML, the line.
    """
    found: dict[str, OwnKey] = {}
    if in_settings:
        lines = _lines_of(settings_path())
        for name, keys in _flat(in_settings):
            found[name] = OwnKey(name, keys, settings_path(), _line(lines, f"keys.{name}", name))
    path = keymap_path()
    try:
        words = decode_text(read_file(path, _MOST_BYTES))
        import tomllib  # Most people give no keys, and start sooner without it.

        written = tomllib.loads(words)
    except FileNotFoundError:
        return list(found.values())
    except RecursionError:
        raise SettingsError(f"{path}: it is nested too deeply.") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {one_line(reason(error)).rstrip('.')}.") from None
    lines = words.splitlines()
    for name, keys in _flat(written):
        found[name] = OwnKey(name, keys, path, _line(lines, name, name))
    return list(found.values())


def _flat(written: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """The ids and what was written for each: `clip.tag`, whether as one name, by dots, or under a heading."""
    for name, value in written.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _lines_of(path: Path) -> list[str]:
    try:
        return decode_text(read_file(path, _MOST_BYTES)).splitlines()
    except (OSError, ValueError):
        return []


def _line(lines: list[str], name: str, short: str) -> int:
    """The number of the line that writes `name`, or that at least has `short` in it; 0 for none."""
    heading = ""
    for number, line in enumerate(lines, start=1):
        if above := _HEADING.match(line):
            heading = f"{_bare(above[1])}."
        elif (named := _NAMED.match(line)) and heading + _bare(named[1]) == name:
            return number
    return next((number for number, line in enumerate(lines, start=1) if short in line), 0)


def _bare(name: str) -> str:
    return re.sub(r"""["' ]""", "", name)
