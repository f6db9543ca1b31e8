"""Writing a text in a person's own editor. The text passes through a file that only they can read."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from vigtui.foreign.files import read_file
from vigtui.foreign.text import decode_text
from vigtui.values.text import clean, one_line

_SECONDS_AT_ONCE = 5.0
_MOST = 16_000_000

FALLBACKS = ("editor", "nano", "vi")


class NoEditorError(Exception):
    """No editor can be started, or it failed; the text is as it was. `str` is the sentence."""


def find_editor(command: str) -> list[str]:
    """The editor's command: the person's own, or the first of the usual ones. Raises NoEditorError."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if words:
        return words
    if command.strip():
        raise NoEditorError(
            f"The editor command {command} cannot be understood. Check $EDITOR or the settings."
        )
    for fallback in FALLBACKS:
        if found := shutil.which(fallback):
            return [found]
    raise NoEditorError(
        "No editor is known. Set $EDITOR to the command of your editor, for example EDITOR=nano."
    )


def memory_folder() -> Path:
    """A folder that is kept in memory, not on a disk. Raises NoEditorError where there is none."""
    places = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm")  # noqa: S108  looked at before it is used
    for place in map(Path, filter(None, places)):
        if place.is_dir() and os.access(place, os.W_OK) and _is_in_memory(place):
            return place
    raise NoEditorError(
        "The caseload is encrypted, and another editor would put these words on the disk in clear: "
        "this machine has no folder that is in memory only."
    )


def _is_in_memory(folder: Path) -> bool:
    """Whether the kernel says that the folder is in memory. Only Linux does."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    kinds = {}
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        kinds[before.split()[4]] = after.split()[0]
    mounted = next((str(each) for each in (folder.resolve() / "_").parents if str(each) in kinds), "")
    return kinds.get(mounted) in ("tmpfs", "ramfs")


class OutsideText:
    """A text in a file that only this person can read, to be changed by another editor.

    The file is below `folder`, or where the system keeps such files. Whatever the editor does, what it wrote
    is taken, and what was there before is never lost. To be closed. Raises NoEditorError where no file can
    be made.
    """

    def __init__(self, text: str, folder: Path | None = None) -> None:
        self._before = self._seen = text
        self.returned_at_once = False
        try:
            self._private = tempfile.TemporaryDirectory(
                prefix="vigtui-", dir=folder, ignore_cleanup_errors=True
            )
            self._path = Path(self._private.name) / "note.md"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(self._path, flags, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise NoEditorError(
                f"No other editor can be used here: {error.strerror}. The text is as it was."
            ) from None

    def edit(self, command: list[str]) -> None:
        """Let the editor change the text. Blocks until it ends; the terminal must be its own meanwhile.

        `returned_at_once` says afterwards that it has perhaps only passed the file on to a window of its own.
        Raises NoEditorError where nothing was written: it did not start, it failed, or it left no text.
        """
        name, began = one_line(command[0]), time.monotonic()
        try:
            with _interrupts_are_the_editors():
                ended = subprocess.run([*command, str(self._path)], check=False)
        except OSError as error:
            why = error.strerror
            raise NoEditorError(f"{name} cannot be started: {why}. The text is as it was.") from None
        left = self._read()
        if left is None:
            raise NoEditorError(f"{name} left no text. What was there before is kept.")
        changed = left != self._before
        if ended.returncode != 0 and not changed:
            raise NoEditorError(f"{name} ended with an error. The text is as it was.")
        self.returned_at_once = not changed and time.monotonic() - began < _SECONDS_AT_ONCE

    def news(self) -> str | None:
        """Return the text if it was changed since the last look; also by an editor that ended badly, as it
        does when the connection drops."""
        left = self._read()
        if left is None or left == self._seen:
            return None
        self._seen = left
        return left

    def _read(self) -> str | None:
        """What is in the file; None where that is nothing, or cannot be read, and there were words before."""
        try:
            left = clean(decode_text(read_file(self._path, _MOST), "cp1252"))
        except OSError:
            left = ""
        if self._before.strip() and not left.strip():
            return None
        # Editors end every file with a line break; only one that was there before is part of the text.
        return left if self._before.endswith("\n") else left.removesuffix("\n")

    def close(self) -> None:
        """Remove the file."""
        self._private.cleanup()


@contextlib.contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """ctrl+c reaches every program of the terminal. Here it does nothing; the editor does what it wants."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
