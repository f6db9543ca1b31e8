"""Where one person left off on this machine: `places.json`, written by the program.

It holds ids, numbers, and where caseloads are that were opened here, never words from a case.
"""

import os
from pathlib import Path
from typing import Any

import msgspec

from vigtui.foreign.files import read_file
from vigtui.foreign.json_data import decode_json
from vigtui.workspace.settings import user_folder

_MOST_PLACES = 1 << 22
_MOST_KNOWN = 1000
_SHELF = "shelf"

FOLDER_OF_COUNTS = "folder of weekly counts"
"""The place of a caseload in which it is kept where its counts are put once a week."""


def places_path() -> Path:
    """Where the places file is, whether or not it exists."""
    return user_folder("state") / "places.json"


class Places:
    """Where the person was in each caseload: small values by key, kept until `save`."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or places_path()
        self._caseload = ""
        self._taken_off: set[str] = set()
        self._all = self._read()

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            return decode_json(read_file(self._path, _MOST_PLACES), dict[str, dict[str, Any]])
        except (OSError, ValueError):
            # Nothing is lost with this file but a cursor's place.
            return {}

    @property
    def last_caseload(self) -> Path | None:
        """The caseload file used last."""
        path = self._all.get("", {}).get("last")
        return Path(path) if isinstance(path, str) else None

    @property
    def shelf(self) -> dict[Path, str]:
        """The caseloads that this person has opened here, the newest last, and the id of each."""
        known = self._all.get(_SHELF, {})
        return {Path(path): identity for path, identity in known.items() if isinstance(identity, str)}

    @property
    def has_several(self) -> bool:
        """Whether this person works with more than one caseload."""
        return len(self.shelf) > 1

    def put_on_shelf(self, caseload: str, path: Path) -> None:
        """Remember that the caseload with this id, which lies at `path`, was opened here."""
        known = self._all.setdefault(_SHELF, {})
        name = str(path.absolute())
        known.pop(name, None)
        known[name] = caseload
        self._taken_off.discard(name)
        for oldest in list(known)[:-_MOST_KNOWN]:
            del known[oldest]

    def take_off_shelf(self, path: Path) -> None:
        """Forget that this caseload was opened here. Its file stays as it is."""
        self._all.get(_SHELF, {}).pop(str(path), None)
        self._taken_off.add(str(path))

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
        """Write the places. A folder that cannot be written costs only the places. What another program has
        put on the shelf meanwhile stays there."""
        theirs = {
            path: identity
            for path, identity in self._read().get(_SHELF, {}).items()
            if path not in self._taken_off
        }
        if theirs or _SHELF in self._all:
            self._all[_SHELF] = theirs | self._all.get(_SHELF, {})
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary.touch(mode=0o600)
            temporary.write_bytes(msgspec.json.encode(self._all))
            temporary.replace(self._path)
        except OSError:
            temporary.unlink(missing_ok=True)
