"""What the disk of a backup cannot hold."""

from collections.abc import Iterable
from pathlib import Path

from vigtui.casefilm.backup.gathering import Original, named, survey
from vigtui.store.caseload import Caseload
from vigtui.values.text import shown_path

_MOUNTS = Path("/proc/self/mounts")
_MOST_BYTES = 1 << 20
_FAT = frozenset({"vfat", "msdos", "fat"})
_FAT_MOST = (1 << 32) - 1


def largest_file(folder: Path) -> int | None:
    """Return how many bytes a file in a folder may have; None where no limit is known. Blocks."""
    try:
        mounts = read_mounts()
    except OSError:
        return None
    real = folder.resolve()
    holding = [(len(str(place)), kind) for place, kind in mounts if real.is_relative_to(place)]
    return _FAT_MOST if holding and max(holding)[1] in _FAT else None


def read_mounts() -> list[tuple[Path, str]]:
    """Return where disks are mounted, and the kind of each. Raises OSError where the system does not say."""
    with _MOUNTS.open("rb") as file:
        lines = file.read(_MOST_BYTES).decode(errors="surrogateescape").splitlines()
    parts = (line.split(" ") for line in lines)
    return [(Path(_plain(each[1])), each[2]) for each in parts if len(each) > 2]


def too_large_for(caseload: Caseload, folder: Path) -> list[str]:
    """Return which film does not fit on the disk that a folder is on, whatever room there is. Blocks."""
    files, _ = survey(caseload.folder, named(caseload))
    return [shown_path(each.path.name) for each in too_large(files, folder)]


def too_large(files: Iterable[Original], folder: Path) -> list[Original]:
    """Return those of these files that the disk of a folder cannot hold, whatever room there is. Blocks."""
    most = largest_file(folder)
    return [each for each in files if most is not None and each.size > most]


def _plain(escaped: str) -> str:
    return escaped.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
