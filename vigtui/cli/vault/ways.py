"""The commands about the ways into an encrypted caseload: listing them, adding one, taking one away, and
getting in by the recovery key."""

import sys
from pathlib import Path

import click

from vigtui.cli.passphrases import key_to, new_passphrase, passphrase_file, read_passphrase
from vigtui.cli.vault.encrypting import CASELOAD, chosen, copies_option, new_passphrase_option, tell
from vigtui.store import encrypting
from vigtui.store.errors import CaseloadLockedError
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey, TooManyWaysError
from vigtui.vault.headers import WayKind
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring
from vigtui.vault.passphrase import TRIES
from vigtui.vault.recovery_words import MistypedError, new_words, read
from vigtui.vault.unlocking import in_second_layout
from vigtui.vault.ways import WayIn
from vigtui.wording.ways import (
    CHANGES_LAYOUT,
    FIRST_LAYOUT,
    KEEP_THE_WORDS,
    NO_RECOVERY_KEY,
    TOO_MANY,
    way_words,
    why_it_stays,
    word_rows,
)


@click.command("ways")
@click.argument("file", type=CASELOAD)
@passphrase_file
@click.option("--add", metavar="NAME", help="Add a passphrase; NAME says whose it is.")
@new_passphrase_option
@click.option("--recovery-key", is_flag=True, help="Make a recovery key: twelve words, shown once.")
@click.option("--take-away", type=int, metavar="NUMBER", help="Take the way of this number away.")
@copies_option
def ways_command(
    file: Path,
    *,
    passphrase_file: Path | None,
    add: str | None,
    new_passphrase_file: Path | None,
    recovery_key: bool,
    take_away: int | None,
    copies: bool | None,
) -> None:
    """List the ways into an encrypted caseload: passphrases and recovery keys. Add one, or take one away.

    What is taken away opens neither the file nor its earlier versions any more: they are encrypted anew. What
    somebody copied before stays open to them.
    """
    if sum((add is not None, recovery_key, take_away is not None)) > 1:
        raise click.UsageError("Give one of --add, --recovery-key and --take-away.")
    encrypting.refuse_clear(file)
    own = key_to(file, passphrase_file)
    if own is None or (add is None and not recovery_key and take_away is None):
        _list(own)
        return
    key = in_second_layout(own)
    if take_away is not None:
        way = _numbered(key, take_away)
        _write(file, own, key.renewed([way]), f"closed to the {way_words(way, None)}", copies=copies)
        return
    if key is not own:
        click.echo(CHANGES_LAYOUT)
    if add is not None:
        _add(key, "passphrase", new_passphrase(new_passphrase_file), add)
        _write(file, own, key, "open to the new passphrase", copies=copies)
        return
    words = new_words()
    _add(key, "recovery", " ".join(words), "")
    _write(file, own, key, "open to the new recovery key", copies=copies)
    click.echo("")
    for row in word_rows(words):
        click.echo(f"  {row}")
    click.echo("")
    click.echo(KEEP_THE_WORDS)


@click.command("recover")
@click.argument("file", type=CASELOAD)
@click.option(
    "--words-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line are the words of the recovery key.",
)
@new_passphrase_option
@click.option("--name", default="", help="Whose the new passphrase is.")
@click.option(
    "--only/--keep-others",
    default=None,
    help="Whether the passphrases that it has are taken away. Without it you are asked.",
)
@copies_option
def recover_command(
    file: Path,
    *,
    words_file: Path | None,
    new_passphrase_file: Path | None,
    name: str,
    only: bool | None,
    copies: bool | None,
) -> None:
    """Open an encrypted caseload with the words of its recovery key, and give it a new passphrase."""
    encrypting.refuse_clear(file)
    own = _recovered(file, words_file)
    others = [way for way in own.ways if way.kind == "passphrase"]
    for way in others:
        click.echo(way_words(way, None))
    if only is None and others and sys.stdin.isatty():
        only = click.confirm("Take the passphrases that it has now away?", default=False)
    key = own.renewed(others) if only else own
    _add(key, "passphrase", new_passphrase(new_passphrase_file), name)
    _write(file, own, key, "open to the new passphrase", copies=copies)


def _recovered(file: Path, words_file: Path | None) -> DataKey:
    """Return the key that the recovery words open, given or asked for, three times at most."""
    if words_file:
        return encrypting.recover(file, _as_printed(read_passphrase(words_file)))
    if not sys.stdin.isatty():
        raise click.ClickException("The words cannot be asked for here. Give them with --words-file.")
    for left in reversed(range(TRIES)):
        try:
            return encrypting.recover(file, read(click.prompt("The words of the recovery key")))
        except (MistypedError, CaseloadLockedError) as error:
            if not left:
                raise click.ClickException(str(error)) from None
            click.echo(error, err=True)
    raise AssertionError


def _as_printed(typed: str) -> str:
    try:
        return read(typed)
    except MistypedError as error:
        raise click.ClickException(str(error)) from None


def _list(key: Key | None) -> None:
    if not isinstance(key, DataKey):
        click.echo(FIRST_LAYOUT)
        return
    for number, way in enumerate(key.ways, start=1):
        click.echo(f"{number}  {way_words(way, key.opened_by)}")
    if not any(way.kind == "recovery" for way in key.ways):
        click.echo(NO_RECOVERY_KEY)


def _numbered(key: DataKey, number: int) -> WayIn:
    if not 1 <= number <= len(key.ways):
        raise click.ClickException(f"There is no way in of the number {number}: see `vigtui ways`.")
    way = key.ways[number - 1]
    if why := why_it_stays(key.ways, way):
        raise click.ClickException(why)
    return way


def _add(key: DataKey, kind: WayKind, words: str, name: str) -> None:
    try:
        key.add_way(kind, words, one_line(name))
    except TooManyWaysError:
        raise click.ClickException(TOO_MANY) from None


def _write(file: Path, own: Key, key: DataKey, what: str, *, copies: bool | None) -> None:
    keyring = Keyring(own)
    found = encrypting.siblings(file, keyring, encrypted=True)
    also = chosen(found, "Change them too?", copies=copies, likely=True)
    tell(file, what, encrypting.go_on_with(file, keyring, key, also=also), also)
