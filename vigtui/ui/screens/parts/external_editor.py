"""Writing a text in a person's own editor. The text passes through a file that only they can read."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from vigtui.foreign.text import decode_text
from vigtui.values.text import clean

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


def edit_outside(text: str, command: list[str], *, folder: Path | None = None) -> str:
    """Let the editor change `text` and return what it left. Blocks until the editor ends. The text passes
    through a file below `folder`, or where the system keeps such files.

    The terminal must be the editor's meanwhile. What was written is taken even when the editor then ends
    badly, as it does when the connection drops. Raises NoEditorError.
    """
    try:
        ended, changed = _edited(text, command, folder)
    except OSError as error:
        raise NoEditorError(
            f"{command[0]} cannot be used here: {error.strerror}. The text is as it was."
        ) from None
    if ended != 0 and changed == text:
        raise NoEditorError(f"{command[0]} ended with an error. The text is as it was.")
    # Editors end every file with a line break; only one that was there before is part of the text.
    return changed if text.endswith("\n") else changed.removesuffix("\n")


def _edited(text: str, command: list[str], folder: Path | None) -> tuple[int, str]:
    """Return the editor's exit status, and what is in the file afterwards. Raises NoEditorError, OSError."""
    with tempfile.TemporaryDirectory(prefix="vigtui-", dir=folder) as private:
        path = Path(private) / "note.md"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        try:
            ended = subprocess.run([*command, str(path)], check=False)  # noqa: S603  the person's own editor
        except OSError as error:
            raise NoEditorError(
                f"{command[0]} cannot be started: {error.strerror}. The text is as it was."
            ) from None
        return ended.returncode, clean(decode_text(path.read_bytes(), "cp1252"))
