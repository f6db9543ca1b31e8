"""Cutting a clip out of its film, with the words that are said in it."""

from collections.abc import Callable
from pathlib import Path

from vigtui.casefilm.home import FilmHome
from vigtui.casefilm.opening import open_film
from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.records import Clip
from vigtui.film.making.cutting import cut
from vigtui.film.subtitles import ENDINGS, lines_of, part_of, written


def cut_clip(
    home: FilmHome,
    permission: Permission,
    clip: Clip,
    target: Path,
    progress: Callable[[float], None] | None = None,
) -> int:
    """Make the film `target` of a clip, and return the moment of the recording that it begins with, in ms.

    Takes a permission to cut. Blocks; raises FilmError, and whatever `progress` raises, as
    `vigtui.film.making.cutting.cut` does.
    """
    film = open_film(home, permission, clip.id, use=Use.CUT)
    in_ms, out_ms = max(0, clip.in_ms - film.starts_ms), clip.out_ms - film.starts_ms
    return film.starts_ms + cut(film, target, in_ms, out_ms, progress)


def copy_words(home: FilmHome, permission: Permission, clip: Clip, target: Path, starts_ms: int) -> None:
    """Write what is said in a clip beside its film `target`, which begins with the moment `starts_ms` of the
    recording, where the film that it was cut from has subtitles.

    Takes a permission to copy. Raises FilmError, OSError.
    """
    film = open_film(home, permission, clip.id, use=Use.COPY)
    first_ms, out_ms = starts_ms - film.starts_ms, clip.out_ms - film.starts_ms
    if said := part_of(lines_of(film), first_ms, out_ms):
        path = target.with_suffix(ENDINGS[0])
        path.touch(mode=0o600)
        path.write_text(written(said), encoding="utf-8")
