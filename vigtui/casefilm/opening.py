"""Opening a recording's film."""

from pathlib import Path

from vigtui.casefilm.pack_list import read_list
from vigtui.domain.records import Recording
from vigtui.film import files
from vigtui.film.errors import FilmMissing
from vigtui.film.source import FileSource, FilmSource


def open_film(folder: Path, recording: Recording, clip: str = "") -> FilmSource:
    """Return the film to play for a clip of this recording, or, with `clip` "", for the recording itself:
    the recording's own film, or the clip's piece where a pack has no more. Raises FilmError."""
    try:
        return FileSource(files.resolve(folder, recording.path))
    except FilmMissing:
        pack = read_list(folder)
        if pack is None:
            raise
    piece = next((piece for piece in pack.pieces if piece.clip == clip), None)
    if piece is not None:
        return FileSource(files.resolve(folder, piece.path), piece.starts_ms, whole=False)
    what = "The film of this clip" if clip else "The whole recording"
    raise FilmMissing(f"{what} is not in this pack. The caseload that the pack was made from may have it.")
