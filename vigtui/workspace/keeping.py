"""Keeps one setting in `settings.toml`, which is the person's own file: nothing else in it changes."""

import re
from pathlib import Path
from typing import Any

import msgspec

from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.store.disk import atomic
from vigtui.values.text import one_line
from vigtui.workspace.settings import SettingsError, settings_path

_MOST_BYTES = 1 << 16
_TABLE = re.compile(r"\s*\[")


def keep_setting(name: str, value: str) -> Path:
    """Write that the setting `name` is `value`; return the file. Its comments, order and lines stay.

    Raises SettingsError, with a sentence, where the file cannot be read or written, or is not one in which
    the setting can be put without touching anything else. Blocks.
    """
    path = settings_path()
    why = f"{path} is left as it is. Write {name} = {_quoted(value)} into it yourself."
    try:
        before = decode_text(read_file(path, _MOST_BYTES))
    except FileNotFoundError:
        before = ""
    except (OSError, ValueError) as error:
        raise SettingsError(f"{one_line(reason(error)).rstrip('.')}. {why}") from None
    after = _with(before, name, value)
    if _read(after) != {**(_read(before) or {}), name: value}:
        raise SettingsError(f"It cannot be changed safely. {why}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic.replace(path.resolve(), [after.encode()])
    except OSError as error:
        raise SettingsError(f"{one_line(reason(error)).rstrip('.')}. {why}") from None
    return path


def _with(words: str, name: str, value: str) -> str:
    """The words with the setting in the place of its line; before all others where it has none."""
    line = f"{name} = {_quoted(value)}"
    lines = words.splitlines(keepends=True)
    for number, each in enumerate(lines):
        if _TABLE.match(each):
            break
        if re.match(rf"""\s*["']?{name}["']?\s*=""", each):
            lines[number] = f"{line}\n"
            return "".join(lines)
    return "".join([f"{line}\n", *lines])


def _read(words: str) -> dict[str, Any] | None:
    """What the words say; None where they are not TOML."""
    import tomllib  # Most people have no settings, and start sooner without it.

    try:
        return tomllib.loads(words)
    except (ValueError, RecursionError):
        return None


def _quoted(value: str) -> str:
    return msgspec.json.encode(value).decode()
