"""`vigtui check`: everything that can be found wrong with a caseload and its film, one line a finding."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from vigtui.casefilm.adding import film_remarks
from vigtui.casefilm.encrypted.in_clear import changed_films, left_in_clear
from vigtui.casefilm.encrypted.left_over import left_over
from vigtui.casefilm.home import FilmHome
from vigtui.casefilm.opening import is_missing, why_not_there
from vigtui.casefilm.pack_list import PackList, read_list
from vigtui.casefilm.relinking import Found, beyond_doubt, look, relink
from vigtui.casefilm.search import Lost, StillThere, Survey
from vigtui.casefilm.working_copies import copies_of_no_film
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.cli.progress import progress_bar
from vigtui.domain.consent.access import named_by_several_families
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.film.places import has_own_places
from vigtui.domain.records import Person, Recording
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.erasing_notes import ErasingNotes
from vigtui.store.errors import CannotSaveError
from vigtui.store.snapshot import Snapshot, read_snapshot
from vigtui.store.validation import validate
from vigtui.values.text import and_list, counted, one_line, shown_path
from vigtui.vault.key import Key
from vigtui.workspace.places import Places
from vigtui.workspace.settings import SettingsError
from vigtui.workspace.workspace import load_principles

Progress = Callable[[float], None]

_LOOKING = "Looking for film"


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--relink", is_flag=True, help="Correct the paths of recordings whose film was found again.")
@click.option("--verify", "whole", is_flag=True, help="Read encrypted film to its end: minutes for an hour.")
@passphrase_file
def check_command(file: Path, *, relink: bool, whole: bool, passphrase_file: Path | None) -> None:
    """Validate a caseload and its film: one line a finding; exit status 1 when there are any.

    Film that was moved or renamed is found again by its content, in the caseload's folder and below it.
    --relink prints a line "old -> new" for each that it takes, and saves. In the folder of an encrypted
    caseload it also tells what is there in clear; --verify tells every byte of its film that was changed.
    """
    key = key_to(file, passphrase_file)
    with progress_bar(_LOOKING) as progress:
        report = check(file, lambda part: progress(_LOOKING, part), key, relinking=relink, whole=whole)
    for line in (*report.relinked, *report.findings):
        click.echo(line)
    if report.elsewhere:
        films = counted(report.elsewhere, "film is", "films are")
        click.echo(f"{films} not on this machine: in a space each machine has its own.")
    if report.findings:
        sys.exit(1)
    if not (report.relinked or report.elsewhere):
        click.echo(f"{file}: nothing to report.")


@dataclass(frozen=True)
class Report:
    """What a check found, one line each: films found again that recordings name by now (`relinked`), and what
    is left to look at; and how many films another machine of the space may have, and this one has not."""

    relinked: list[str]
    findings: list[str]
    elsewhere: int = 0


def check(
    path: Path, progress: Progress, key: Key | None = None, *, relinking: bool = False, whole: bool = False
) -> Report:
    """Look at the caseload at `path` and at the film in its folder; with `relinking` let recordings name
    their film where it was found beyond doubt, and save that; read encrypted film to its end if it is to be
    `whole`.

    `progress` is called with the part done, 0 to 1. Raises CaseloadError when the file cannot be opened or
    saved.
    """
    done: list[Found] = []
    troubles: list[str] = []
    survey: Survey | None = None
    if relinking:
        survey, done, troubles = _relink(path, progress, key)
    snapshot = read_snapshot(path, key)
    pack = _pack(snapshot, troubles)
    found = validate(snapshot, pack.left_out if pack else frozenset())
    survey = survey or look(snapshot, snapshot.index.all(Recording), progress, thorough=True)
    elsewhere = set(_elsewhere(snapshot, survey))
    named = {recording.id for recording, _ in done} | elsewhere
    lines = [str(finding) for finding in found]
    lines += [*troubles, *film_findings(survey, named), *shared_findings(snapshot)]
    lines += film_remarks(snapshot, snapshot.index.all(Recording))
    lines += copies_of_no_film(snapshot.folder, snapshot.index.all(Recording))
    lines += left_over(snapshot, snapshot)
    lines += _still_to_be_deleted(path, snapshot, key)
    try:
        lines += left_in_clear(snapshot, snapshot.meta.id)
        lines += changed_films(snapshot, progress) if whole else ()
    except OSError as error:
        lines.append(f"The folder cannot be read: {error.strerror or error}.")
    try:
        load_principles(snapshot.folder)
    except SettingsError as error:
        lines.append(str(error))
    return Report([_relinked(survey, recording, new) for recording, new in done], lines, len(elsewhere))


def _pack(home: FilmHome, troubles: list[str]) -> PackList | None:
    """Return the list of the pack in a folder, if it is one. Film that it should have and has not is added to
    the troubles."""
    try:
        pack = read_list(home)
    except FilmError:
        return None  # The survey tells of it.
    missing = (why_not_there(home, piece.path) for piece in (pack.pieces if pack else ()))
    troubles += filter(None, missing)
    return pack


def shared_findings(snapshot: Snapshot) -> Iterator[str]:
    """Which film recordings of several families name."""
    for several in named_by_several_families(snapshot):
        found = (find_recording(snapshot.index.find, each.id) for each in several)
        codes = and_list(sorted({each.family.code for each in found if each}))
        film = shown_path(several[0].path)
        yield f"{film}: recordings of {one_line(codes)} name this film; closed for all."


def _still_to_be_deleted(path: Path, snapshot: Snapshot, key: Key | None) -> Iterator[str]:
    """What a program that was killed, or a disk, left of what was erased."""
    left = ErasingNotes(snapshot.meta.id, lambda: CaseloadFile(path, key)).left()
    for film in sorted(left.films, key=lambda each: each.path) if left else ():
        yield f"{shown_path(film.path)}: film of what was erased. vigtui deletes it at the next opening."


def _elsewhere(snapshot: Snapshot, survey: Survey) -> Iterator[str]:
    """Yield the ids of recordings that have no film here, where each machine has its own."""
    if has_own_places(snapshot.index.find):
        for lost in survey.lost:
            if not lost.found and is_missing(snapshot, lost.recording.path):
                yield lost.recording.id


def film_findings(survey: Survey, named: set[str]) -> Iterator[str]:
    """What is wrong with the film, but for that of the recordings with the ids `named`."""
    yield from (_lost(each) for each in survey.lost if each.recording.id not in named)
    yield from map(_still_there, survey.still_there)
    told = {each.recording.path for each in survey.lost}
    for film in survey.unknown:
        if film.path not in told:
            how = "" if film.can_be_named else " To be added, the file must be renamed."
            yield f"{shown_path(film.path)}: no recording names this film.{how}"
    yield from survey.troubles


def _relink(path: Path, progress: Progress, key: Key | None) -> tuple[Survey, list[Found], list[str]]:
    with opened_caseload(path, key) as caseload:
        caseload.by = _who(caseload)
        survey = look(caseload, caseload.all(Recording), progress, thorough=True)
        found = beyond_doubt(survey.lost)
        done, troubles = relink(caseload, found) if found else ([], [])
        status = caseload.flush()
    if done and status.state != "saved":
        raise CannotSaveError(f"{shown_path(path.name)} cannot be saved: {status.why}")
    return survey, done, troubles


def _who(caseload: Caseload) -> str:
    """The name of the person who used this caseload last on this machine."""
    places = Places()
    places.enter(caseload.meta.id, caseload.path)
    person = caseload.get(Person, str(places.get("person")))
    return person.name if person else ""


def _relinked(survey: Survey, recording: Recording, new: str) -> str:
    copies = next(each.found for each in survey.lost if each.recording.id == recording.id)[1:]
    return f"{shown_path(recording.path)} -> {shown_path(new)}{_also(copies)}"


def _lost(lost: Lost) -> str:
    if not lost.found:
        return lost.why
    where = shown_path(lost.found[0]) + _also(lost.found[1:])
    if lost.doubt:
        return (
            f"{lost.why} Perhaps it is {where}: {lost.doubt}. Decide in vigtui, under film that is missing."
        )
    return f"{lost.why} It is at {where} now: --relink takes it from there."


def _also(copies: tuple[str, ...]) -> str:
    return f" (the same film: {', '.join(map(shown_path, copies))})" if copies else ""


def _still_there(film: StillThere) -> str:
    if film.path == film.recording.path:
        return f"{shown_path(film.path)}: recorded as deleted, and the film is still there."
    return f"{shown_path(film.path)}: the film {shown_path(film.recording.path)}, recorded as deleted."
