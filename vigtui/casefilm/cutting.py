"""Cutting a clip out of its film, with the words that are said in it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.encrypted.files import encrypt_into, encrypt_words
from vigtui.casefilm.home import FilmHome, encrypts
from vigtui.casefilm.opening import open_film
from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.records import Clip
from vigtui.film.files import MEDIA_FOLDER
from vigtui.film.making.cutting import cut
from vigtui.film.making.target import FilmTarget
from vigtui.film.subtitles import ENDINGS, lines_of, part_of, written


def cut_clip(
    home: FilmHome,
    permission: Permission,
    clip: Clip,
    target: FilmTarget,
    progress: Callable[[float], None] = lambda _: None,
) -> int:
    """Make the film of a clip, a file or for somebody who takes it, and return the moment of
    the recording that it begins with, in ms.

    Takes a permission to cut. Blocks; raises FilmError, and whatever `progress` raises, as
    `vigtui.film.making.cutting.cut` does.
    """
    film = open_film(home, permission, clip.id, use=Use.CUT)
    in_ms, out_ms = max(0, clip.in_ms - film.starts_ms), clip.out_ms - film.starts_ms
    return film.starts_ms + cut(film, target, in_ms, out_ms, progress)


def cut_into(
    home: FilmHome,
    permissions: tuple[Permission, Permission],
    clip: Clip,
    pack: FilmHome,
    name: str,
    progress: Callable[[float], None],
) -> tuple[Path, int]:
    """Make the film of a clip in the media folder of a pack, and what is said in it beside it where the film
    has subtitles: encrypted where the pack is, else called `name`. Return where it is, and the moment of the
    recording that it begins with, in ms.

    Takes a permission to cut and one to copy. Blocks; raises as `cut_clip`, and OSError.
    """
    may_cut, may_copy = permissions
    made = pack.folder / MEDIA_FOLDER / f"{name}.mp4"

    def encrypt(film: BinaryIO, ending: str) -> None:
        nonlocal made
        made = encrypt_into(pack, film, ending)

    starts_ms = cut_clip(home, may_cut, clip, encrypt if encrypts(pack) else made, progress)
    if said := _said(home, may_copy, clip, starts_ms):
        if encrypts(pack):
            encrypt_words(pack, made, io.BytesIO(said), ENDINGS[0])
        else:
            words = made.with_suffix(ENDINGS[0])
            words.touch(mode=0o600)
            words.write_bytes(said)
    return made, starts_ms


def _said(home: FilmHome, permission: Permission, clip: Clip, starts_ms: int) -> bytes:
    """What is said in a clip whose film begins with this moment of the recording, as a subtitle file; nothing
    where the film has none."""
    film = open_film(home, permission, clip.id, use=Use.COPY)
    first_ms, out_ms = starts_ms - film.starts_ms, clip.out_ms - film.starts_ms
    said = part_of(lines_of(film), first_ms, out_ms)
    return written(said).encode() if said else b""
