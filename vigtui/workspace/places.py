"""Where one person left off on this machine: `places.json`, written by the program.

It holds ids, numbers and the name of the caseload used last, never words from a case.
"""

import os
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from vigtui.foreign.files import read_file
from vigtui.foreign.json_data import decode_json
from vigtui.workspace.settings import APPLICATION

_MOST_PLACES = 1 << 22

FOLDER_OF_COUNTS = "folder of weekly counts"
"""The place of a caseload in which it is kept where its counts are put once a week."""


def places_path() -> Path:
    """Where the places file is, whether or not it exists."""
    return platformdirs.user_state_path(APPLICATION) / "places.json"


class Places:
    """Where the person was in each caseload: small values by key, kept until `save`."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or places_path()
        self._all: dict[str, dict[str, Any]] = {}
        self._caseload = ""
        try:
            self._all = decode_json(read_file(self._path, _MOST_PLACES), dict[str, dict[str, Any]])
        except (OSError, ValueError):
            # Nothing is lost with this file but a cursor's place.
            self._all = {}

    @property
    def last_caseload(self) -> Path | None:
        """The caseload file used last."""
        path = self._all.get("", {}).get("last")
        return Path(path) if isinstance(path, str) else None

    def enter(self, caseload: str, path: Path) -> None:
        """From here on keep the places of the caseload with this id, which lies at `path`."""
        self._caseload = caseload
        self._all.setdefault("", {})["last"] = str(path)

    def get(self, key: str) -> Any:
        """What was set for `key` in this caseload, or None. It is data from a file: check its type."""
        return self._all.get(self._caseload, {}).get(key)

    def set(self, key: str, value: str | int | list[str | int] | None) -> None:
        """Remember `value` for `key` in this caseload."""
        self._all.setdefault(self._caseload, {})[key] = value

    def get_of(self, about: str, key: str) -> Any:
        """What was set for `key` of something else than this caseload's places, or None, as `get`."""
        return self._all.get(about, {}).get(key)

    def set_of(self, about: str, key: str, value: str | int | list[str | int] | None) -> None:
        """Remember `value` for `key` of something else than this caseload's places."""
        self._all.setdefault(about, {})[key] = value

    def save(self) -> None:
        """Write the places. A folder that cannot be written costs only the places."""
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary.touch(mode=0o600)
            temporary.write_bytes(msgspec.json.encode(self._all))
            temporary.replace(self._path)
        except OSError:
            temporary.unlink(missing_ok=True)
