"""Files beside a caseload with words that nobody has taken in yet: they came out of its place while several
programs saved, or a program was killed between putting its own there and looking at what came out."""

import contextlib
from pathlib import Path

from vigtui.store.disk import aside
from vigtui.store.disk.temporary import is_of, whole_files_left


class LeftBehind:
    """What is left beside one caseload's file. Each is removed only after its words have been saved in it."""

    def __init__(self) -> None:
        self._came_out: list[Path] = []
        self.taken_in: list[Path] = []
        """What is part of what is saved next."""

    def note_came_out(self, path: Path) -> None:
        """Others' words are at `path`: this program put its own in their place."""
        self._came_out.append(path)

    def paths(self, target: Path) -> list[Path]:
        """Return the files that have not been taken in yet, of other caseloads too."""
        found = dict.fromkeys([*self._came_out, *whole_files_left(target)])
        return [path for path in found if path not in self.taken_in]

    def note_taken_in(self, path: Path) -> None:
        """The words in it are part of what is saved next."""
        self.taken_in.append(path)

    def note_saved(self, target: Path) -> None:
        """The target holds what was taken in: remove that if it was beside it."""
        for path in self.taken_in:
            if path.parent == target.parent:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        self._came_out = [path for path in self._came_out if path not in self.taken_in]
        self.taken_in.clear()

    def put_aside(self, path: Path, target: Path) -> Path | None:
        """Give what cannot be taken in a name that people see; return it. None for what may be another
        caseload's. Raises OSError."""
        if path not in self._came_out and not is_of(path, target):
            return None
        name = aside.put_aside(target, lambda free: aside.move(path, free))
        self._came_out = [each for each in self._came_out if each != path]
        return name
