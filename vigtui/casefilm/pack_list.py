"""A pack's own list, beside its caseload: which piece of film belongs to which clip, and what was left out.

The records of a pack are those of the caseload it was made from, to the letter, so that it can be merged
back. What is true of the pack alone stands here, and is merged nowhere.
"""

import msgspec
from msgspec import Struct

from vigtui.casefilm.home import FilmHome
from vigtui.domain.records import Milliseconds
from vigtui.film.errors import FilmRefused
from vigtui.foreign.files import read_file, reason
from vigtui.foreign.json_data import decode_json
from vigtui.values.text import one_line
from vigtui.vault.envelope import is_encrypted
from vigtui.vault.key import WrongKeyError

PACK_FILE = "pack.json"
MEDIA_FOLDER = "media"
"""The folder of a pack in which its film is."""
_MOST_BYTES = 4 << 20


class Piece(Struct, frozen=True, kw_only=True):
    """A clip's own film. `path` is relative to the pack's folder; `starts_ms` is the moment of the recording
    that its first frame shows."""

    clip: str
    path: str
    starts_ms: Milliseconds


class PackList(Struct, frozen=True, kw_only=True):
    """The pieces of film, and the ids of records that are named in the pack and were left out on purpose."""

    pieces: tuple[Piece, ...] = ()
    left_out: frozenset[str] = frozenset()


def write_list(pack: FilmHome, content: PackList) -> None:
    """Write the list into a pack's folder, encrypted where the pack is. Raises OSError."""
    data = msgspec.json.format(msgspec.json.encode(content, order="deterministic"), indent=1)
    path = pack.folder / PACK_FILE
    path.touch(mode=0o600)
    path.write_bytes(data if pack.key is None else b"".join(pack.key.encrypt([data])))


def read_list(pack: FilmHome) -> PackList | None:
    """Return the list of a pack; None where it is none. Raises FilmRefused when the list cannot be used."""
    try:
        data = read_file(pack.folder / PACK_FILE, _MOST_BYTES, follow_links=False)
        if pack.key is not None and is_encrypted(data):
            data = pack.key.decrypt(data)
        return decode_json(data, PackList)
    except FileNotFoundError:
        return None
    except WrongKeyError:
        raise FilmRefused(f"The list of clips in this pack ({PACK_FILE}) is another pack's.") from None
    except (OSError, ValueError) as error:
        why = one_line(reason(error))[:120]
        raise FilmRefused(f"The list of clips in this pack ({PACK_FILE}) cannot be used: {why}.") from None
