"""`vigtui backups` and `vigtui restore`: the versions of a caseload from before, and one of them put back."""

from pathlib import Path

import click

from vigtui.cli.opened import bring_in_step
from vigtui.cli.passphrases import key_to, passphrase_file, read_passphrase, try_passphrase
from vigtui.cli.progress import progress_bar
from vigtui.store import recovery
from vigtui.store.disk.other_files import is_in_space
from vigtui.store.recovery import Contents, Copy
from vigtui.store.sharing import presence
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.access import without_refusals
from vigtui.wording.spaces import EARLIER_IN_SPACE

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
@click.option(
    "--then-passphrase-file",
    "then_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The same, for the passphrase that the caseload had when a backup was made, if that was another.",
)
def restore_command(
    file: Path, copy: str | None, *, yes: bool, passphrase_file: Path | None, then_file: Path | None
) -> None:
    """Put an earlier version back in place of the present one, which is kept in a file beside it.

    COPY is its number in `vigtui backups FILE`, or its file; without it, the newest that can be read. Close
    the caseload first where it is open: a program that has it open merges what it holds into it again.

    COPY may be a folder with what `vigtui backup` made: then the film that is missing comes back and, where
    FILE is not there or cannot be read, the caseload. What was deleted or erased here does not. Where the
    passphrase is another by now, that of then is asked for, too: film that comes back opens with that of now.
    """
    if copy is not None and Path(copy).is_dir():
        _restore_backup(file, Path(copy), passphrase_file, then_file, yes=yes)
        return
    if presence.is_open(file):
        click.echo("It is open in another program, which will merge what it holds into it again.", err=True)
    keyring = _keyring(passphrase_file)
    chosen = _chosen(file, copy, keyring)
    now, then = recovery.contents(file, keyring), recovery.contents(chosen.path, keyring)
    if not yes:
        _tell("now", "", now)
        _tell("then", chosen.when, then)
    if families := recovery.families_words(now, then):
        click.echo(families)
    if lost := without_refusals(len(now.refusals - then.refusals)):
        click.echo(lost)
    if is_in_space(file):
        click.echo(EARLIER_IN_SPACE)
    if not yes:
        click.confirm("Put it back?", abort=True)
    aside = recovery.put_back(file, chosen.path)
    click.echo(one_line(f"{file.name} is as it was until {chosen.when}."))
    if aside is not None:
        click.echo(one_line(f"What was there is kept in {aside}."))


def _restore_backup(
    file: Path, outer: Path, passphrase_file: Path | None, then_file: Path | None, *, yes: bool
) -> None:
    from vigtui.casefilm.backup.place import find_backup
    from vigtui.casefilm.backup.restoring import are_here, has_another_key, restore, words_in
    from vigtui.casefilm.backup.told import held_words, restored_words
    from vigtui.store.disk.file import unlock

    folder, held = find_backup(outer, file)
    here = are_here(file, None)
    words = folder / held.words.name if here else words_in(folder, held)
    key, then = key_to(file if here else words, passphrase_file), None
    if here and has_another_key(words, key):
        click.echo("The caseload had another passphrase then, and its film opens with that alone.")
        then = try_passphrase(words, then_file, lambda given: unlock(words, given))
    for sentence in held_words(folder, held, here=here):
        click.echo(sentence)
    if not yes:
        click.confirm("Put back what is missing?", abort=True)
    with progress_bar("Looking") as progress:
        done = restore(file, folder, held, key, progress, then)
    bring_in_step(file, key)
    for sentence in restored_words(file, done):
        click.echo(sentence)
    for sentence in done.failed:
        click.echo(sentence, err=True)
    if done.failed:
        raise click.ClickException("The rest could not be put back.")


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
