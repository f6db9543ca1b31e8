"""`vigtui merge`: taking what others wrote into a caseload, told in words."""

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigtui.cli.passphrases import passphrase_file, read_passphrase, try_passphrase
from vigtui.values.text import one_line

if TYPE_CHECKING:
    from vigtui.exchange.incoming import Other
    from vigtui.store.caseload import Caseload
    from vigtui.store.format.layout import Tables
    from vigtui.store.merging.undo import Step
    from vigtui.store.rehearsal import Rehearsal
    from vigtui.vault.envelope import Key

NOT_MERGED = 2


@click.command("merge")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("others", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="OTHER...")
@click.option("--dry-run", is_flag=True, help="Only tell what would come in and what would conflict.")
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
    told here; decide between them in vigtui. OTHER is never changed. The exit status is 2 when one of them
    could not be merged; the rest are merged all the same.
    """
    from vigtui.store.errors import CaseloadError

    ring = _Ring(passphrase_file, other_passphrase_file)
    try:
        caseload = ring.opened(file)
    except CaseloadError as error:
        raise click.ClickException(str(error)) from error
    try:
        well = _merge_all(caseload, others, ring, dry_run=dry_run)
    finally:
        caseload.close()
    if not well:
        sys.exit(NOT_MERGED)


def _merge_all(caseload: "Caseload", others: Sequence[Path], ring: "_Ring", *, dry_run: bool) -> bool:
    """Return whether every one of them was merged."""
    from vigtui.store.rehearsal import Rehearsal

    if caseload.read_only and not dry_run:
        raise click.ClickException(caseload.read_only)
    target = Rehearsal(caseload) if dry_run else caseload
    merged = [_merge(target, path, ring, "would come in" if dry_run else "came in") for path in others]
    _tell_conflicts(target)
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")
    elif any(merged):
        status = caseload.flush()
        if status.state == "not_saved":
            raise click.ClickException(f"Not saved: {status.why}")
    return all(merged)


def _merge(target: "Caseload | Rehearsal", path: Path, ring: "_Ring", verb: str) -> bool:
    """Merge one file and tell what came; False when it cannot be merged."""
    from vigtui.exchange.incoming import read_other
    from vigtui.store.errors import CaseloadError

    name = one_line(path.name)
    try:
        other = read_other(path)
        step = target.merge(ring.tables(other), f"Merge {other.name}")
    except CaseloadError as error:
        click.echo(f"{name} is not merged. {error}", err=True)
        return False
    except click.ClickException as error:
        click.echo(f"{name} is not merged. {error.message}", err=True)
        return False
    _tell_came_in(target, other.name, step, verb)
    return True


def _tell_came_in(target: "Caseload | Rehearsal", name: str, step: "Step", verb: str) -> None:
    from vigtui.wording.arrivals import also_gone, told
    from vigtui.wording.changes import in_groups
    from vigtui.wording.names import Names

    names = Names(also_gone(target.get, step.edits), _today())
    found = told(names, step.edits)
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


def _tell_conflicts(target: "Caseload | Rehearsal") -> None:
    from vigtui.wording.arrivals import questions
    from vigtui.wording.names import Names

    found = questions(Names(target.get, _today()), target.conflicts())
    if not found:
        return
    count = "One thing waits" if len(found) == 1 else f"{len(found)} things wait"
    click.echo(f"{count} to be decided in vigtui (key m in the list of families):")
    heading = ""
    for each in found:
        if each.group.heading != heading:
            heading = each.group.heading
            click.echo(f"\n{heading}")
        click.echo(f"  {each.line}")
        authors = [choice.author.words(_today()) for choice in each.choices]
        authors[0] += ", seen now"
        _say_values(zip(authors, (choice.words for choice in each.choices), strict=True))
    click.echo()


def _say_values(values: Iterable[tuple[str, str]]) -> None:
    for who, words in values:
        click.echo(f"    {who}: {words.replace(chr(10), chr(10) + ' ' * 6)}")


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011  the day where the work happens


class _Ring:
    """The keys and passphrases that are known, in the order in which they are tried."""

    def __init__(self, given: Path | None, other: Path | None) -> None:
        self._given, self._other = given, other
        self._keys: list[Key] = []
        self._words: list[str] = []

    def opened(self, path: Path) -> "Caseload":
        """Open the caseload that is merged into. Raises CaseloadError or click.ClickException."""
        from vigtui.store.caseload import Caseload
        from vigtui.store.disk.file import is_encrypted, unlock

        if not is_encrypted(path):
            self._words += [read_passphrase(self._given)] if self._given else []
            return Caseload.open(path)
        words, key = try_passphrase(path, self._given, lambda words: (words, unlock(path, words)))
        self._words.append(words)
        self._keys += [key] if key else []
        return Caseload.open(path, key=key)

    def tables(self, other: "Other") -> "Tables":
        """Return what the other file holds. Raises CaseloadError or click.ClickException."""
        if not other.is_sealed:
            return other.tables()
        for key in self._keys:
            if other.opens_with(key):
                return other.tables(key)
        return other.tables(self._key_to(other))

    def _key_to(self, other: "Other") -> "Key":
        from vigtui.store.errors import CaseloadLockedError

        found = [read_passphrase(self._other)] if self._other else []
        for words in (*found, *self._words):
            try:
                self._keys.append(other.unlock(words))
            except CaseloadLockedError:
                continue
            return self._keys[-1]
        if self._other:
            raise CaseloadLockedError(f"No passphrase that was given opens {other.name}.", wrong=True)
        words, key = try_passphrase(other.path, None, lambda words: (words, other.unlock(words)))
        self._words.append(words)
        self._keys.append(key)
        return key
