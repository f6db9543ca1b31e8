"""Where this person reads the counts that a service collects, and their list of known caseloads."""

import zlib
from pathlib import Path

from vigtui.workspace.places import Places
from vigtui.workspace.settings import user_folder

_COLLECTED, _KNOWN = "collected counts", "lists of known caseloads"
_FOLDER = "folder"


def collected_folder(places: Places) -> Path | None:
    """Return the folder whose counts this person added up last; None for none."""
    folder = places.get_of(_COLLECTED, _FOLDER)
    return Path(folder) if isinstance(folder, str) and folder else None


def remember_collected(places: Places, folder: Path) -> None:
    """Add up the counts of this folder from here on. Blocks for disk, where that is another than before."""
    if folder != collected_folder(places):
        places.set_of(_COLLECTED, _FOLDER, str(folder))
        places.save()


def known_caseloads(places: Places, folder: Path) -> Path:
    """Return the list of the caseloads that are known to have counts in a folder: one that the service keeps,
    if this person has said so, else their own on this machine."""
    chosen = places.get_of(_KNOWN, str(folder))
    if isinstance(chosen, str) and chosen:
        return Path(chosen)
    number = zlib.crc32(str(folder).encode(errors="surrogateescape"))
    return user_folder("data") / "known" / f"{folder.name} {number:08x}.txt"


def use_known_caseloads(places: Places, folder: Path, known: Path) -> None:
    """Know the caseloads of a folder by this list from here on. Blocks for disk."""
    places.set_of(_KNOWN, str(folder), str(known))
    places.save()
