"""Who speaks when in a film: kept on disk only while everybody in it agrees to filming."""

import contextlib
import datetime as dt
import unicodedata
from collections.abc import Iterable

from vigtui.casefilm.home import FilmHome, film_key
from vigtui.casefilm.pack_list import read_list
from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Clip, Recording
from vigtui.domain.vocabulary import Purpose
from vigtui.film.errors import FilmError
from vigtui.film.sound.kept_sound import KeptSound


def permit_listening(records: EveryVersion, recording: str, on: dt.date) -> Permission | None:
    """Return the permission to draw, and to keep on disk, who speaks when in a recording, if there is one:
    everybody in it has to agree to filming."""
    decision = permit(records, recording, Use.LISTEN, Purpose.FILM, on)
    return decision if isinstance(decision, Permission) else None


def sound_kept(home: FilmHome) -> KeptSound:
    """Return where it is kept who speaks when in the films of a caseload."""
    key = film_key(home)
    if key is None:
        return KeptSound(home.folder)
    from vigtui.casefilm.encrypted.sound import SoundCipher  # Lazy: a clear caseload has no use for it.

    return KeptSound(home.folder, SoundCipher(key))


def forget_without_consent(home: FilmHome, records: EveryVersion, on: dt.date) -> None:
    """Delete from the disk who speaks when in films that no recording names, or one of which may not be
    listened to any more. Blocks. Raises OSError."""
    heard = tuple(sound_kept(home).files())
    if not heard:
        return
    named = _recordings_by_film(home, records)
    for path, film in heard:
        recordings = named.get(_folded(film), ()) if film else ()
        if not recordings or not all(permit_listening(records, each, on) for each in recordings):
            path.unlink(missing_ok=True)


def _recordings_by_film(home: FilmHome, records: EveryVersion) -> dict[str, set[str]]:
    """The ids of the recordings that each film shows, or, in a pack, is a piece of."""
    found: dict[str, set[str]] = {}
    for recording in records.where(Recording):
        found.setdefault(_folded(recording.path), set()).add(recording.id)
    with contextlib.suppress(FilmError):
        pack = read_list(home)
        for piece in pack.pieces if pack else ():
            clips: Iterable[Clip] = records.versions(Clip, piece.clip)
            found.setdefault(_folded(piece.path), set()).update(clip.recording for clip in clips)
    return found


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/"))
