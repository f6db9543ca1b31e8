"""A caseload's film on the command line: encrypted with it, and in clear again before it is."""

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import click

from vigtui.casefilm.encrypted.turning import (
    FilmsChanged,
    Progress,
    clear_films,
    decrypt_films,
    delete_clear,
    encrypt_films,
    encrypted_films,
    same_in_clear,
)
from vigtui.cli.opened import opened_caseload
from vigtui.cli.progress import progress_bar
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.records import Recording
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line, shown_path
from vigtui.vault.key import Key

_MOST_TOLD = 20


def encrypt_film_of(file: Path, key: Key, *, delete: bool | None) -> bool:
    """Encrypt all clear film of an encrypted caseload, and delete the clear files if that is wanted; with
    None it is asked. Say what was done. Return whether there was any. Raises CaseloadError, also where film
    stays in clear that should not."""
    with opened_caseload(file, key) as caseload:
        here = bool(clear_films(caseload))
        if here:
            _tell(_watched("Encrypting film", lambda told: encrypt_films(caseload, told)), "encrypted")
        left = same_in_clear(caseload, tuple(chain(*encrypted_films(caseload).values())))
        if left and _are_to_go(left, delete=delete):
            for trouble in delete_clear(caseload, left):
                click.echo(trouble)
        if stays := len(clear_films(caseload)):
            raise CaseloadError(f"{_counted(stays)} still in clear. The same command goes on.")
        return here or bool(left)


def decrypt_film_of(file: Path, key: Key | None, *, all_families: bool) -> None:
    """Write the encrypted film of a caseload in clear, after a question for each family unless all are
    wanted. Raises CaseloadError where the film of one stays encrypted: then nothing is changed."""
    with opened_caseload(file, key) as caseload:
        films = encrypted_films(caseload)
        for code, paths in _by_family(caseload, films).items():
            them = "it" if len(paths) == 1 else "them"
            question = f"{code}: {_counted(len(paths))} encrypted. Write {them} in clear?"
            if not all_families and not (sys.stdin.isatty() and click.confirm(question, default=False)):
                raise CaseloadError(
                    f"The film of {code} stays encrypted, and so does the caseload: without its key nobody "
                    "could open the film. --film decrypts the film of all families."
                )
        done = _watched(
            "Decrypting film", lambda told: decrypt_films(caseload, films, _namer(caseload), told)
        )
        _tell(done, "in clear")


def _by_family(caseload: Caseload, films: dict[str, list[Recording]]) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for path, recordings in films.items():
        showing = find_recording(caseload.get, recordings[0].id)
        found[one_line(showing.family.code) if showing else "A family that was removed"].append(path)
    return dict(sorted(found.items()))


def _namer(caseload: Caseload) -> Callable[[Recording], str]:
    """What the clear film of a recording is called: by codes alone."""

    def name(recording: Recording) -> str:
        showing = find_recording(caseload.get, recording.id)
        return f"{showing.family.code}-C{showing.cycle.number}" if showing else "film"

    return name


def _watched(words: str, work: Callable[[Progress], FilmsChanged]) -> FilmsChanged:
    with progress_bar(words) as progress:
        return work(lambda number, of, part: progress(f"{words} {number} of {of}", (number - 1 + part) / of))


def _tell(done: FilmsChanged, what: str) -> None:
    if done.films:
        click.echo(f"{_counted(len(done.films))} {what}.")
    for trouble in done.troubles:
        click.echo(f"{trouble} It stays as it was.")


def _are_to_go(clear: Sequence[str], *, delete: bool | None) -> bool:
    """Name the clear files of film that is encrypted, and return whether they are to be deleted."""
    click.echo("In clear it is still here:")
    for path in clear[:_MOST_TOLD]:
        click.echo(f"  {shown_path(path)}")
    if len(clear) > _MOST_TOLD:
        click.echo(f"  and {len(clear) - _MOST_TOLD} more")
    if delete is None and sys.stdin.isatty():
        delete = click.confirm("Delete it there, for good?", default=True)
    if delete is None:
        click.echo("It stays there: --delete-clear deletes it.")
    return bool(delete)


def _counted(number: int) -> str:
    return "1 film is" if number == 1 else f"{number} films are"
