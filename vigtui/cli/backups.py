"""`vigtui backups` and `vigtui restore`: the versions of a caseload from before, and one of them put back."""

from pathlib import Path

import click

from vigtui.cli.passphrases import passphrase_file, read_passphrase
from vigtui.store import recovery
from vigtui.store.recovery import Contents, Copy
from vigtui.store.sharing import presence
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.access import without_refusals

_CASELOAD = click.Path(path_type=Path, dir_okay=False)


@click.command("backups")
@click.argument("file", type=_CASELOAD)
@passphrase_file
def backups_command(file: Path, passphrase_file: Path | None) -> None:
    """List the versions of a caseload from before, newest first: until when, how large, what each holds.

    The passphrase is needed only to say what an encrypted version holds.
    """
    copies = _copies(file)
    keyring = _keyring(passphrase_file)
    _tell("now", "", recovery.contents(file, keyring))
    for number, copy in enumerate(copies, start=1):
        _tell(str(number), copy.when, recovery.contents(copy.path, keyring), put_aside=copy.put_aside)
    click.echo(f"`vigtui restore {one_line(file.name)} 1` puts the first of them back.")


@click.command("restore")
@click.argument("file", type=_CASELOAD)
@click.argument("copy", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_file
def restore_command(file: Path, copy: str | None, *, yes: bool, passphrase_file: Path | None) -> None:
    """Put an earlier version back in place of the present one, which is kept in a file beside it.

    COPY is its number in `vigtui backups FILE`, or its file; without it, the newest that can be read. Close
    the caseload first where it is open: a program that has it open merges what it holds into it again.
    """
    if presence.is_open(file):
        click.echo("It is open in another program, which will merge what it holds into it again.", err=True)
    keyring = _keyring(passphrase_file)
    chosen = _chosen(file, copy, keyring)
    now, then = recovery.contents(file, keyring), recovery.contents(chosen.path, keyring)
    if not yes:
        _tell("now", "", now)
        _tell("then", chosen.when, then)
    if lost := without_refusals(len(now.refusals - then.refusals)):
        click.echo(lost)
    if not yes:
        click.confirm("Put it back?", abort=True)
    aside = recovery.put_back(file, chosen.path)
    click.echo(one_line(f"{file.name} is as it was until {chosen.when}."))
    if aside is not None:
        click.echo(one_line(f"What was there is kept in {aside}."))


def _copies(file: Path) -> list[Copy]:
    found = recovery.copies(file)
    if not found:
        raise click.ClickException(f"There is no earlier version of {one_line(file.name)}.")
    return found


def _chosen(file: Path, copy: str | None, keyring: Keyring | None) -> Copy:
    found = _copies(file)
    if copy is None:
        readable = (each for each in found if recovery.contents(each.path, keyring).readable)
        chosen = next(readable, None)
    elif copy.isdecimal():
        chosen = next((each for number, each in enumerate(found, start=1) if number == int(copy)), None)
    else:
        chosen = next((each for each in found if each.path.name == Path(copy).name), None)
    if chosen is None:
        which = "that can be read" if copy is None else one_line(copy)
        raise click.ClickException(f"There is no earlier version {which}: see `vigtui backups`.")
    return chosen


def _keyring(given: Path | None) -> Keyring | None:
    return Keyring(read_passphrase(given)) if given else None


def _tell(which: str, when: str, found: Contents, *, put_aside: bool = False) -> None:
    aside = " Put aside when another was put back." if put_aside else ""
    click.echo(f"{which:>4}  {when:>20}  {found.size_words:>8}  {one_line(found.words)}{aside}")
