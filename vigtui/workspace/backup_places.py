"""Where this person's backups of a caseload are: the folders they were made in, the newest first."""

from pathlib import Path

from vigtui.workspace.places import Places

_KEY, _MOST = "backups", 5


def known_places(places: Places, caseload: str) -> list[str]:
    """Return the folders in which backups of the caseload with this id were made."""
    found = places.get_of(caseload, _KEY)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def remember_place(places: Places, caseload: str, outer: Path) -> None:
    """Remember that one was made there, and save that. Blocks for disk."""
    now = str(outer.absolute())
    others = [each for each in known_places(places, caseload) if each != now]
    places.set_of(caseload, _KEY, [now, *others[: _MOST - 1]])
    places.save()
