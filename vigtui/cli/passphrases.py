"""Passphrases on the command line: typed unseen or read from a file, never an argument."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from vigtui.foreign.files import read_open, reason
from vigtui.foreign.text import decode_text
from vigtui.values.text import one_line
from vigtui.vault.passphrase import ADVICE, TRIES, why_weak

if TYPE_CHECKING:
    from vigtui.vault.key import Key

T = TypeVar("T")

_LONGEST = 1 << 16

passphrase_file = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line is the passphrase of an encrypted caseload, in place of typing it.",
)
"""The option that every command has which opens a caseload."""


def key_to(path: Path, given: Path | None) -> "Key | None":
    """Return the key to the caseload at `path`, from the passphrase in the file `given` or asked for, three
    times at most; None when it is not encrypted. Raises CaseloadError or click.ClickException."""
    from vigtui.store.disk.file import unlock
    from vigtui.store.disk.looking import is_encrypted

    key = try_passphrase(path, given, lambda words: unlock(path, words)) if is_encrypted(path) else None
    tell_unexpected(path, key)
    return key


def tell_unexpected(path: Path, key: "Key | None") -> None:
    """Say where a caseload is not what this person saw last, before anything is done with it; ask whether to
    go on where somebody can be asked. Raises click.Abort."""
    from vigtui.store.disk.file import CaseloadFile
    from vigtui.store.errors import CaseloadError
    from vigtui.store.format.opening import caseload_id
    from vigtui.workspace.last_seen import NotAsLastSeenError, refuse_unexpected
    from vigtui.workspace.places import Places

    file = CaseloadFile(path, key)
    with contextlib.suppress(CaseloadError):
        identity = caseload_id(file.read_bytes())
        try:
            refuse_unexpected(Places(), path, identity, key, file.generation)
        except NotAsLastSeenError as error:
            click.echo(error, err=True)
            if sys.stdin.isatty():
                click.confirm("Go on?", abort=True, err=True)


def try_passphrase(path: Path, given: Path | None, attempt: Callable[[str], T]) -> T:
    """Return what `attempt` makes of the passphrase of the encrypted caseload at `path`. It raises
    CaseloadLockedError when that is the wrong one. Raises as `key_to`."""
    from vigtui.store.errors import CaseloadLockedError

    if given:
        return _try_given(read_passphrase(given), attempt)
    for left in reversed(range(TRIES)):
        words = _ask(f"Passphrase of {one_line(path.name)}")
        try:
            return attempt(words)
        except CaseloadLockedError as error:
            if not left:
                raise
            click.echo(error, err=True)
    raise AssertionError


def _try_given(words: str, attempt: Callable[[str], T]) -> T:
    from vigtui.store.errors import CaseloadLockedError

    try:
        return attempt(words)
    except CaseloadLockedError:
        # An editor's mark before the words was taken for a part of them until vigtui knew of such marks.
        with contextlib.suppress(CaseloadLockedError):
            return attempt(f"\ufeff{words}")
        raise


def new_passphrase(given: Path | None) -> str:
    """Return a passphrase for an encrypted caseload, from the file `given` or typed twice. Raises
    click.ClickException."""
    if given:
        words = read_passphrase(given)
        if problem := why_weak(words):
            raise click.ClickException(problem)
        return words
    click.echo(ADVICE)
    while True:
        words = _ask("New passphrase")
        if not (problem := why_weak(words)):
            break
        click.echo(problem, err=True)
    if _ask("The same again") != words:
        raise click.ClickException("The two are not the same. Nothing was changed.")
    return words


def read_passphrase(path: Path) -> str:
    """Return the first line of a file, whatever editor left it. Raises click.ClickException, also when others
    may read the file."""
    name = one_line(str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            # Of what a program writes (a pipe) the first line is there before the end.
            data = read_open(file, _LONGEST) if stat.S_ISREG(mode) else file.readline(_LONGEST)
            words = decode_text(data)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"The passphrase file {name} cannot be read: {reason(error)}.") from None
    if stat.S_ISREG(mode) and mode & 0o077 and sys.platform != "win32":
        raise click.ClickException(
            f"Others may read {name}. Make it readable by you alone first: chmod 600 {name}"
        )
    return words.partition("\n")[0]


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise click.ClickException("The passphrase cannot be asked for here. Give it with --passphrase-file.")
    words: str = click.prompt(prompt, hide_input=True, err=True)
    return words
