"""What this person saw of a caseload's file last, and whether the file that lies there now is another one.

Kept among the places: whether it was encrypted, its generation, and when that was; never a word. It is known
by the caseload's id and by a number for where the file lies, since whoever puts another file in its place
gives it any id.
"""

import contextlib
import datetime as dt
import time
import zlib
from pathlib import Path

from msgspec import Struct

from vigtui.foreign.files import entries, resolved
from vigtui.store.caseload import Caseload
from vigtui.store.disk.aside import put_aside_at
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.workspace.places import Places

_SEEN = "seen"


class NotAsLastSeenError(CaseloadError):
    """The file is in clear and was encrypted, or it is older than what was seen last. Nothing was shown or
    written. `is_explained`: what lies beside it tells how that came. `key` opens the file all the same."""

    def __init__(self, sentence: str, key: Key | None, *, is_explained: bool) -> None:
        super().__init__(sentence)
        self.key, self.is_explained = key, is_explained


class _Seen(Struct, frozen=True):
    encrypted: bool
    generation: int
    at: float


def remember(places: Places, caseload: Caseload) -> None:
    """Keep what the file is now, until the places are saved."""
    now: list[str | int] = [int(caseload.encrypted), caseload.generation, int(time.time())]
    for about in (caseload.meta.id, _place_of(caseload.path)):
        places.set_of(about, _SEEN, now)


def refuse_unexpected(places: Places, path: Path, identity: str, key: Key | None, generation: int) -> None:
    """Raise NotAsLastSeenError where the file at `path`, with the caseload of this id, is not what this
    person would expect. `generation` is 0 where the file does not say it."""
    by_place, by_id = _seen(places, _place_of(path)), _seen(places, identity)
    name = one_line(path.name)
    if key is None and any(each is not None and each.encrypted for each in (by_place, by_id)):
        sentence = (
            f"{name} was encrypted when you had it open last, and is not now: somebody has decrypted it, or"
            " put another file in its place. Whoever has the file can read it."
        )
        raise NotAsLastSeenError(sentence, key, is_explained=False)
    if key is not None and by_id is not None and generation < by_id.generation:
        why = _why_older(path, by_id)
        sentence = f"{name} is older than what you saw of it last. {why or _UNEXPLAINED}"
        raise NotAsLastSeenError(sentence, key, is_explained=bool(why))


def note_decrypted(places: Places, path: Path, identity: str) -> None:
    """This person has decrypted the file: it is no surprise that it is in clear."""
    for about in (identity, _place_of(path)):
        places.set_of(about, _SEEN, None)


_UNEXPLAINED = "Somebody has put an older copy in its place: what was written since is not in it."


def _why_older(path: Path, seen: _Seen) -> str:
    """Say which of the ways in which that happens has left its traces beside the file; "" for none."""
    from vigtui.exchange.copy_names import is_called_alike, may_be_copy  # Lazy: hardly ever wanted.

    with contextlib.suppress(OSError):
        target = resolved(path)
        beside = entries(target.parent)
        when = dt.datetime.fromtimestamp(seen.at - 1).astimezone()
        aside = [each for each in beside if (at := put_aside_at(each, target)) is not None and at >= when]
        if aside:
            kept = one_line(max(aside).name)
            return f"An earlier version was put back (`vigtui restore`); what was there is in “{kept}”."
        for each in beside:
            if may_be_copy(each.name, target.name) and is_called_alike(each.name, target.name):
                other = one_line(each.name)
                return f"A syncing folder has put it back; what is missing may be in “{other}”: merge it."
    return ""


def _seen(places: Places, about: str) -> _Seen | None:
    found = places.get_of(about, _SEEN)
    if isinstance(found, list) and len(found) == 3 and all(isinstance(each, int) for each in found):
        return _Seen(bool(found[0]), found[1], found[2])
    return None


def _place_of(path: Path) -> str:
    with contextlib.suppress(OSError):
        path = resolved(path)
    return f"file {zlib.crc32(str(path).encode(errors='surrogateescape')):08x}"
