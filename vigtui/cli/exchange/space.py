"""`vigtui space`: a caseload that several machines have, kept in step by a folder."""

import datetime as dt
import sys
from pathlib import Path

import click

from vigtui.cli.passphrases import key_to, new_passphrase, passphrase_file, read_passphrase
from vigtui.exchange.agenda_films.standing import films_standing
from vigtui.exchange.spaces import joining, telling
from vigtui.exchange.spaces.membership import Membership, load_membership, require_encrypted
from vigtui.exchange.spaces.once import leave_in_step
from vigtui.exchange.spaces.space import Space
from vigtui.exchange.spaces.standing import WriterStanding
from vigtui.store.caseload import Caseload
from vigtui.values.text import one_line, shown_path
from vigtui.vault.passphrase import TRIES
from vigtui.vault.space.code import MistypedCodeError, read_code, shown_code
from vigtui.wording.film.agenda import films_words
from vigtui.wording.spaces import LEFT, NOT_ALL_SENT, TELL_THE_CODE
from vigtui.workspace.settings import load_settings

_FOLDER = click.Path(path_type=Path, file_okay=False)
_LINES = click.Path(path_type=Path, dir_okay=False)


@click.command("space")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--make", type=_FOLDER, metavar="FOLDER", help="Make a space in this folder.")
@click.option(
    "--join",
    type=_FOLDER,
    metavar="FOLDER",
    help="Join the space that is this folder, whose name ends in .space.",
)
@click.option("--new-code", is_flag=True, help="Make a new code, when somebody has left.")
@click.option("--type-code", is_flag=True, help="Type the new code that another has made.")
@click.option("--remove", metavar="NUMBER", type=int, help="Delete the file of a writer who has left.")
@click.option("--leave", is_flag=True, help="Belong to the space no more; the caseload stays here.")
@click.option(
    "--code-file", type=_LINES, help="The file whose first line is the code, in place of typing it."
)
@click.option("--name", default="", help="Your name, which the others see.")
@click.option(
    "--machine",
    metavar="NAME",
    help="What this machine is called, which the others see; without --make or --join: from now on.",
)
@passphrase_file
@click.option(
    "--new-passphrase-file",
    type=_LINES,
    help="With --join, where FILE is to be made: the file whose first line is its passphrase.",
)
def space_command(
    file: Path,
    *,
    make: Path | None,
    join: Path | None,
    new_code: bool,
    type_code: bool,
    remove: int | None,
    leave: bool,
    code_file: Path | None,
    name: str,
    machine: str | None,
    passphrase_file: Path | None,
    new_passphrase_file: Path | None,
) -> None:
    """Keep a caseload in step with other machines: a folder that Syncthing, Nextcloud, OneDrive or a network
    disk carries between them holds an encrypted file of each. vigtui itself opens no connection.

    Without an option it brings the caseload in step, and tells who is in the space and what each has. Whoever
    makes a space tells its code to the others by voice; each types it once. A FILE that is not there is made
    by --join of what is in the space.
    """
    chosen = (make is not None, join is not None, new_code, type_code, remove is not None, leave)
    if sum(chosen) > 1:
        raise click.UsageError("Give one of --make, --join, --new-code, --type-code, --remove and --leave.")
    if join is not None and not file.exists():
        _join_anew(file, join, code_file, new_passphrase_file, name, machine or "")
        return
    if not file.exists():
        where = one_line(str(file.absolute().parent))
        raise click.ClickException(
            f"There is no file {one_line(file.name)} in {where}. --join makes one of what is in a space."
        )
    key = require_encrypted(key_to(file, passphrase_file), file.name)
    caseload = Caseload.open(file, by=name, key=key)
    try:
        if caseload.read_only:
            raise click.ClickException(caseload.read_only)
        if make is not None:
            membership = joining.make_space(caseload, make, machine or "")
            click.echo(f"The space is {shown_path(membership.folder)}.")
            _tell_code(membership)
        elif join is not None:
            _tell(caseload, joining.join_space(caseload, join, _code(code_file), machine or ""))
        else:
            if machine:
                joining.rename_machine(caseload, joining.membership_of(caseload), machine)
            _with_space(
                caseload, new_code=new_code, type_code=type_code, remove=remove, leave=leave, code=code_file
            )
    finally:
        caseload.close()


def _with_space(
    caseload: Caseload, *, new_code: bool, type_code: bool, remove: int | None, leave: bool, code: Path | None
) -> None:
    membership = load_membership(caseload)
    if membership is None:
        name = one_line(caseload.path.name)
        raise click.ClickException(f"{name} is in no space. --make makes one, --join joins one.")
    if leave:
        sent = joining.leave_space(caseload, membership)
        click.echo(LEFT)
        if not sent:
            click.echo(NOT_ALL_SENT, err=True)
    elif remove is not None:
        writer = _numbered(caseload, membership, remove)
        joining.remove_writer(caseload, membership, writer.writer)
        click.echo(f"The file of {telling.name_of(writer)} is deleted. All that was in it is here.")
    elif new_code:
        _tell_code(joining.change_code(caseload, membership))
        click.echo("Have the owner of the folder take it away from whoever has left.")
    elif type_code:
        _tell(caseload, joining.change_code(caseload, membership, _code(code)))
    else:
        _tell(caseload, membership)


def _join_anew(
    file: Path, folder: Path, code_file: Path | None, passphrase_file: Path | None, name: str, machine: str
) -> None:
    from vigtui.vault.unlocking import new_key  # Lazy: only here is a key made.

    code = _code(code_file)
    key = new_key(new_passphrase(passphrase_file), name=name)
    caseload = joining.join_anew(file, folder, code, key, name, machine)
    try:
        click.echo(f"Made {one_line(str(file))} of what is in the space.")
        membership = load_membership(caseload)
        if membership is not None:
            _tell(caseload, membership)
    finally:
        caseload.close()


def _tell(caseload: Caseload, membership: Membership) -> None:
    """Bring the caseload in step, and say how it stands."""
    settings = load_settings()
    space = Space(caseload, membership, silent_days=settings.space_silent_days)
    leave_in_step(space, film_left_days=settings.space_film_left_days)
    standing, now = space.standing, dt.datetime.now().astimezone()
    click.echo(f"{shown_path(membership.folder)}: {telling.title(standing, now)}")
    for number, row in enumerate(telling.rows(standing, now), start=1):
        click.echo(f"  {number}  {row}" if number <= len(standing.writers) else f"  {row}")
    if not standing.writers:
        click.echo("  Nobody else has written into it yet.")
    if words := films_words(films_standing(caseload, membership.path), now.date()):
        click.echo(f"  {words}")
    for sentence in telling.warnings(standing, now):
        click.echo(sentence)


def _numbered(caseload: Caseload, membership: Membership, number: int) -> WriterStanding:
    space = Space(caseload, membership)
    space.leave()
    writers = space.standing.writers
    if not 1 <= number <= len(writers):
        raise click.ClickException(
            f"There is no writer {number}. `vigtui space FILE` lists them with numbers."
        )
    return writers[number - 1]


def _tell_code(membership: Membership) -> None:
    click.echo(f"Its code: {shown_code(membership.code)}")
    click.echo(TELL_THE_CODE)


def _code(given: Path | None) -> str:
    """Return the code that is in the file or typed, three times at most. Raises click.ClickException."""
    if given is None and not sys.stdin.isatty():
        raise click.ClickException("The code cannot be asked for here. Give it with --code-file.")
    for left in reversed(range(TRIES if given is None else 1)):
        typed = read_passphrase(given) if given else click.prompt("The code of the space", err=True)
        try:
            return read_code(typed)
        except MistypedCodeError as error:
            if not left:
                raise click.ClickException(str(error)) from None
            click.echo(error, err=True)
    raise AssertionError
