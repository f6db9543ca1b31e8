"""Writes clips, captions and tags for other tools: one file, or, where a format has one film in each file and
there are several, a folder of them. Only its owner can read what is written."""

import datetime as dt
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from vigtui.domain.consent.copies import for_each_family
from vigtui.domain.records import Copy
from vigtui.domain.vocabulary import CopyKind
from vigtui.exchange.exporting.gathering import ExportRefusedError, Outgoing, only_captions
from vigtui.exchange.formats.boris_writing import boris
from vigtui.exchange.formats.captions import web_vtt
from vigtui.exchange.formats.clips_csv import clips_csv
from vigtui.exchange.formats.coded import CLIP, CodedFilm
from vigtui.exchange.formats.elan_writing import elan
from vigtui.store.disk.atomic import create
from vigtui.store.disk.temporary import sync_folder
from vigtui.values.text import and_list, counted, folded_name, one_line

_PREFIX = ".exporting-"
_PROJECT = "vigtui"
_LONGEST = 50
"""How long the name of a file is, in characters, of which each may take four bytes."""


class Format(Enum):
    """A format in which clips leave: its ending, and what it is called."""

    ELAN = "eaf"
    BORIS = "boris"
    CSV = "csv"
    VTT = "vtt"

    @property
    def label(self) -> str:
        """What it is called: "ELAN"."""
        return {"eaf": "ELAN", "boris": "BORIS", "csv": "CSV", "vtt": "WebVTT"}[self.value]

    @property
    def one_film_each(self) -> bool:
        """Whether each film has a file of its own."""
        return self in (Format.ELAN, Format.VTT)


def in_format(outgoing: Outgoing, kind: Format) -> Outgoing:
    """Return what of this a format can hold: WebVTT the captions alone. Raises ExportRefusedError."""
    return only_captions(outgoing) if kind is Format.VTT else outgoing


def refuse_place(out: Path) -> None:
    """Raise ExportRefusedError unless a file or folder can be made there."""
    if os.path.lexists(out):
        raise ExportRefusedError(f"{one_line(out.name)} is already there. Choose another name.")
    if not out.parent.is_dir():
        raise ExportRefusedError(f"There is no folder {one_line(str(out.parent))}.")


def write(outgoing: Outgoing, kind: Format, out: Path, made: dt.datetime) -> int:
    """Write what leaves, and return how many files that is. `made` is when, which they tell by the time here.
    Raises ExportRefusedError; then nothing is there."""
    refuse_place(out)
    made = made.astimezone().replace(tzinfo=None)
    films = [film for _, film in outgoing.films]
    try:
        if not kind.one_film_each or len(films) == 1:
            create(out, [_content(films, kind, made)])
            return 1
        _write_folder(films, kind, out, made)
    except OSError as error:
        raise ExportRefusedError(
            f"{one_line(out.name)} cannot be written: {error.strerror or error}."
        ) from None
    return len(films)


def as_copies(outgoing: Outgoing, kind: Format, out: Path, today: dt.date, holder: str) -> list[Copy]:
    """Return what is entered in the register: an entry for each family of which something left."""
    copy = Copy(
        kind=CopyKind.OTHER,
        about=f"clips, captions and tags, as {kind.label}",
        file=out.name,
        holder=holder,
        reason=outgoing.purpose.label,
        date=today,
    )
    return for_each_family(copy, outgoing.families)


def goes_out(outgoing: Outgoing, kind: Format) -> list[str]:
    """Return by which names people and the files of films go, and a line for each film, what of it leaves."""
    films = [film for _, film in outgoing.films]
    people = sorted({mark.who for film in films for mark in film.marks if mark.who})
    files = sorted({name for film in films for name in film.media})
    lines = []
    if people:
        lines.append(f"What people are called there: {and_list(people)}")
    if outgoing.unnamed:
        stand_ins = and_list([f"[{each}]" for each in outgoing.unnamed])
        lines.append(f"Instead of names in titles and captions: {stand_ins}")
    if files and kind in (Format.ELAN, Format.BORIS):
        lines.append(f"What the files of the films are called: {', '.join(files)}")
    return [one_line(each) for each in (*lines, *map(_film_line, films))]


def _film_line(film: CodedFilm) -> str:
    clips = sum(mark.code == CLIP for mark in film.marks)
    captions = sum(mark.code == CLIP and bool(mark.caption) for mark in film.marks)
    counts = ((clips, "clip"), (len(film.marks) - clips, "tag"), (captions, "caption"))
    return f"{film.name}: {and_list([counted(number, what) for number, what in counts if number])}"


def written(out: Path, files: int) -> str:
    """Return the sentence that something is written."""
    what = "Written" if files == 1 else f"Written, {counted(files, 'file')}"
    return f"{what}: {one_line(str(out))}. Only you can read it. It is not encrypted."


def _write_folder(films: Iterable[CodedFilm], kind: Format, out: Path, made: dt.datetime) -> None:
    hidden = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out.parent))
    try:
        taken: set[str] = set()
        for film in films:
            name = _unlike(re.sub(r"[^\w.()-]+", "-", film.name).strip("-.")[-_LONGEST:] or "film", taken)
            create(hidden / f"{name}.{kind.value}", [_content([film], kind, made)])
        hidden.rename(out)
        sync_folder(out.parent)
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        raise


def _unlike(name: str, taken: set[str]) -> str:
    """Return the name, with a number where a file is called so already, in whatever letters; it is `taken`
    then."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    free = next(each for each in names if folded_name(each) not in taken)
    taken.add(folded_name(free))
    return free


def _content(films: list[CodedFilm], kind: Format, made: dt.datetime) -> bytes:
    if kind is Format.BORIS:
        return boris(films, _PROJECT, made)
    if kind is Format.CSV:
        return clips_csv(films).encode("utf-8")
    if kind is Format.ELAN:
        return elan(films[0], made).encode("utf-8")
    cues = ((mark.name, mark.start_ms, mark.end_ms, mark.caption) for mark in films[0].marks)
    return web_vtt(cues).encode("utf-8")
