"""Reading the files of a space as they change."""

import enum
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from vigtui.exchange.spaces.content import Line, Names, SpaceFile, digest_of, unpack
from vigtui.exchange.spaces.writing import ENDING
from vigtui.foreign.files import entries, read_file
from vigtui.store.disk.file_state import FileState, look
from vigtui.vault.space.file import MOST_BYTES, NewerError, OtherCodeError, SpaceFileError, key_name
from vigtui.vault.space.key import SpaceKey


class Trouble(enum.Enum):
    """Why a file is not taken in."""

    NOT_WHOLE = enum.auto()
    NEWER = enum.auto()
    OTHER_CODE = enum.auto()


class Found(Struct):
    """A file in the folder as it was looked at last. `line` is what it says of itself, `since` when, by the
    reader's clock, it could not be taken in at first; `key` is the name of its key. `names` are the
    records whose words are in it."""

    path: Path
    state: FileState | None
    digest: str = ""
    line: Line | None = None
    key: str = ""
    trouble: Trouble | None = None
    since: float = 0.0
    names: Names = field(default_factory=Names)

    @property
    def is_as_named(self) -> bool:
        """Whether its name is that of its writer."""
        return self.line is not None and self.path.name == f"{self.line.writer}{ENDING}"

    def is_still(self) -> bool:
        """Whether the file has not changed since."""
        try:
            return self.state is not None and look(self.path) == self.state
        except OSError:
            return False


class Reader:
    """Reads each file of a folder whenever its state is new, whatever it is called."""

    def __init__(self, folder: Path, key: SpaceKey, caseload: str) -> None:
        self.folder, self.key = folder, key
        self.files: dict[str, Found] = {}
        self._caseload = caseload

    def changed(self, now: float) -> Iterator[tuple[Found, SpaceFile | None]]:
        """Yield each file that is new or has changed, with what it holds, where that can be used. Raises
        OSError where the folder cannot be looked into."""
        paths = sorted(path for path in entries(self.folder) if path.name.endswith(ENDING))
        there = {path.name for path in paths}
        for name in self.files.keys() - there:
            del self.files[name]
        for path in paths:
            known = self.files.get(path.name)
            try:
                state = look(path)
            except FileNotFoundError:
                continue
            except OSError:
                state = None
            if known is None or known.state != state or state is None or state.may_hide_a_change():
                found, held = self._read(path, state, known, now)
                self.files[path.name] = found
                if known is None or known.digest != found.digest or held is not None:
                    yield found, held

    def refuse(self, found: Found, trouble: Trouble, now: float) -> None:
        """Note that what a file holds could not be taken in."""
        found.trouble, found.since = trouble, now

    def _read(
        self, path: Path, state: FileState | None, known: Found | None, now: float
    ) -> tuple[Found, SpaceFile | None]:
        found = Found(path, state)
        try:
            data = read_file(path, MOST_BYTES, follow_links=False)
            found.digest = digest_of(data)
            if known is not None and known.digest == found.digest and known.trouble is None:
                known.state = state
                return known, None
            found.key = key_name(data).hex()
            held = unpack(self.key, data)
            if held.line.caseload != self._caseload:
                raise OtherCodeError
        except (OSError, SpaceFileError) as error:
            if isinstance(error, OSError):
                found.state = None  # It is the disk's fault, which may pass though the file does not change.
            found.trouble = _trouble(error)
            found.since = known.since if known is not None and known.trouble is found.trouble else now
            return found, None
        found.line = held.line
        return found, held


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, NewerError):
        return Trouble.NEWER
    return Trouble.OTHER_CODE if isinstance(error, OtherCodeError) else Trouble.NOT_WHOLE
