"""`vigtui merge`: taking what others wrote into a caseload, and saying what came."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import passphrase_file, read_passphrase, tell_unexpected, try_passphrase
from vigtui.exchange.incoming import Other, read_other
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.store.format.layout import Tables
from vigtui.store.merging.steps import Step
from vigtui.store.rehearsal import Rehearsal
from vigtui.values.days import today
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring
from vigtui.wording.arrivals import questions
from vigtui.wording.changes import also_removed, in_groups, told
from vigtui.wording.names import Names

NOT_MERGED = 2


@click.command("merge")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("others", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="OTHER...")
@click.option("--dry-run", is_flag=True, help="Only show what would come in and what would conflict.")
@passphrase_file
@click.option(
    "--other-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line is the passphrase of OTHER, where it is another one.",
)
def merge_command(
    file: Path,
    others: tuple[Path, ...],
    *,
    dry_run: bool,
    passphrase_file: Path | None,
    other_passphrase_file: Path | None,
) -> None:
    """Take into a caseload what others wrote: in a copy of it, in a conflicted copy that a cloud folder made,
    in a pack that comes back (a folder or a zip).

    Nothing that anybody wrote is lost. Where two people changed the same words, both versions are kept, and
    listed here; decide between them in vigtui. OTHER is never changed. The exit status is 2 when one of them
    could not be merged; the rest are merged all the same.
    """
    keyring = Keyring(*([read_passphrase(other_passphrase_file)] if other_passphrase_file else ()))
    ask = other_passphrase_file is None
    with opened_caseload(file, _key_to(file, passphrase_file, keyring), in_step=not dry_run) as caseload:
        well = _merge_all(caseload, others, keyring, ask=ask, dry_run=dry_run)
    if not well:
        sys.exit(NOT_MERGED)


def _merge_all(
    caseload: Caseload, others: Sequence[Path], keyring: Keyring, *, ask: bool, dry_run: bool
) -> bool:
    """Return whether every one of them was merged."""
    if caseload.read_only and not dry_run:
        raise click.ClickException(caseload.read_only)
    target = Rehearsal(caseload) if dry_run else caseload
    verb = "would come in" if dry_run else "came in"
    merged = [_merge(target, path, keyring, verb, ask=ask) for path in others]
    _tell_conflicts(target)
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")
    elif any(merged):
        status = caseload.flush()
        if status.state == "not_saved":
            raise click.ClickException(f"Not saved: {status.why}")
        for caveat in status.caveats:
            click.echo(caveat.sentence, err=True)
    return all(merged)


def _merge(target: Caseload | Rehearsal, path: Path, keyring: Keyring, verb: str, *, ask: bool) -> bool:
    """Merge one file and tell what came; False when it cannot be merged."""
    name = one_line(path.name)
    try:
        other = read_other(path)
        step = target.merge(_tables(other, keyring, ask=ask), f"Merge {other.name}")
    except (CaseloadError, click.ClickException) as error:
        click.echo(f"{name} is not merged. {error}", err=True)
        return False
    _tell_came_in(target, other.name, step, verb)
    return True


def _tell_came_in(target: Caseload | Rehearsal, name: str, step: Step, verb: str) -> None:
    names = Names(also_removed(target.get, step.changes), today())
    found = told(names, step.changes)
    if not found:
        click.echo(f"{name}: nothing new.")
        return
    changes = "one change" if len(found) == 1 else f"{len(found)} changes"
    click.echo(f"{name}: {changes} {verb}.")
    for group, records in in_groups(found):
        click.echo(f"\n{group.heading}")
        for each in records:
            click.echo(f"  {each.line}")
            for field in each.fields:
                name = f"{field.words}, " if len(each.fields) > 1 else ""
                _say_values(((f"{name}before", field.before), (f"{name}now", field.after)))
    click.echo()


def _tell_conflicts(target: Caseload | Rehearsal) -> None:
    found = questions(Names(target.get, today()), target.conflicts())
    if not found:
        return
    count = "One thing is" if len(found) == 1 else f"{len(found)} things are"
    click.echo(f"{count} to be decided in vigtui, under Merge:")
    heading = ""
    for each in found:
        if each.group.heading != heading:
            heading = each.group.heading
            click.echo(f"\n{heading}")
        click.echo(f"  {each.line}")
        authors = [choice.author.words(today()) for choice in each.choices]
        authors[0] += ", seen now"
        _say_values(zip(authors, (choice.words for choice in each.choices), strict=True))
    click.echo()


def _say_values(values: Iterable[tuple[str, str]]) -> None:
    for who, words in values:
        click.echo(f"    {who}: {words.replace(chr(10), chr(10) + ' ' * 6)}")


def _key_to(path: Path, given: Path | None, keyring: Keyring) -> Key | None:
    """Return the key to the caseload that is merged into, which the keyring gets, too. Raises CaseloadError
    or click.ClickException."""
    key = None
    if is_encrypted(path):
        words, key = try_passphrase(path, given, lambda words: (words, unlock(path, words)))
        for secret in (words, key):
            if secret:
                keyring.add(secret)
    elif given:
        keyring.add(read_passphrase(given))
    tell_unexpected(path, key)
    return key


def _tables(other: Other, keyring: Keyring, *, ask: bool) -> Tables:
    """Return what the other file holds; where nothing on the keyring opens it, ask for its passphrase, which
    is tried for the files after it too. Raises CaseloadError or click.ClickException."""
    try:
        return other.tables(keyring)
    except CaseloadLockedError:
        if not ask:
            raise CaseloadLockedError(
                f"No passphrase that was given opens {other.name}.", wrong=True
            ) from None

    def attempt(words: str) -> None:
        other.unlock(words, keyring)
        keyring.add(words)

    try_passphrase(other.path, None, attempt)
    return other.tables(keyring)
