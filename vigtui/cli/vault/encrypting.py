"""The commands that encrypt a caseload, decrypt it, and change its passphrase: this file, its earlier
versions, its film, and other files with the same caseload when they are wanted too."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from vigtui.cli.passphrases import key_to, new_passphrase, passphrase_file, try_passphrase
from vigtui.cli.vault.film import decrypt_film_of, encrypt_film_of
from vigtui.foreign.files import open_file, read_own
from vigtui.store import encrypting
from vigtui.store.clear_text import find_clear_text
from vigtui.store.disk.file import unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.disk.other_files import identity
from vigtui.store.encrypting import EncryptionChanged, Sibling
from vigtui.store.sharing.presence import is_open
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.ways import CHANGES_LAYOUT
from vigtui.workspace.last_seen import note_decrypted
from vigtui.workspace.places import Places

CASELOAD = click.Path(path_type=Path, dir_okay=False)
_MOST_TOLD = 20

copies_option = click.option(
    "--copies/--no-copies",
    default=None,
    help="Whether other files with the same caseload beside it are taken too. Without it you are asked.",
)
new_passphrase_option = click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line is the new passphrase.",
)


@click.command("encrypt")
@click.argument("file", type=CASELOAD)
@passphrase_file
@copies_option
@click.option(
    "--delete-clear/--keep-clear",
    default=None,
    help="Whether the clear films are deleted once they are encrypted. Without it you are asked.",
)
def encrypt_command(
    file: Path, *, passphrase_file: Path | None, copies: bool | None, delete_clear: bool | None
) -> None:
    """Encrypt a caseload, its earlier versions and its film with a passphrase.

    Where it is encrypted already, film that is not is encrypted: what was broken off goes on. What is beside
    it and holds the same caseload in clear is listed.
    """
    if is_encrypted(file) and not encrypting.is_in_first_layout(file):
        key = key_to(file, passphrase_file)
        if key is None or not encrypt_film_of(file, key, delete=delete_clear):
            encrypting.refuse_encrypted(file)
        return
    encrypting.refuse_encrypted(file)
    if is_open(file):
        raise click.ClickException(
            f"{one_line(file.name)} is open in a program. Close it there first: what is not saved there "
            "could not be saved until somebody gives it the passphrase."
        )
    words = new_passphrase(passphrase_file)
    caseload = identity(file.resolve(), Keyring())
    found = encrypting.siblings(file, Keyring(), encrypted=False)
    also = chosen(found, "Encrypt them too?", copies=copies, likely=True)
    done = encrypting.encrypt(file, words, also=also)
    tell(file, "encrypted", done, also)
    _tell_clear(file.resolve().parent, caseload)
    click.echo("Copies elsewhere are not: on sticks, in mail, in older versions of a cloud folder.")
    if done.key is not None:
        encrypt_film_of(file, done.key, delete=delete_clear)


@click.command("decrypt")
@click.argument("file", type=CASELOAD)
@passphrase_file
@copies_option
@click.option(
    "--film", is_flag=True, help="Decrypt the film of all families. Without it you are asked for each."
)
def decrypt_command(file: Path, *, passphrase_file: Path | None, copies: bool | None, film: bool) -> None:
    """Write an encrypted caseload, its earlier versions and its film in clear again.

    Where the film of a family is to stay encrypted, the caseload does, too.
    """
    encrypting.refuse_clear(file)
    keyring = _opened(file, passphrase_file)
    encrypting.refuse_in_space(file, keyring)
    with open_file(file) as content:
        key = keyring.key_to(read_own(content))
    decrypt_film_of(file, key, all_families=film)
    found = encrypting.siblings(file, keyring, encrypted=True)
    also = chosen(found, "Decrypt them too?", copies=copies, likely=False)
    done = encrypting.decrypt(file, keyring, also=also)
    places = Places()
    note_decrypted(places, file, identity(file.resolve(), keyring))
    places.save()
    tell(file, "in clear", done, also)
    click.echo("Whoever has the file can read it.")


@click.command("passphrase")
@click.argument("file", type=CASELOAD)
@passphrase_file
@new_passphrase_option
@copies_option
def passphrase_command(
    file: Path, passphrase_file: Path | None, new_passphrase_file: Path | None, copies: bool | None
) -> None:
    """Change the passphrase of an encrypted caseload and of its earlier versions."""
    encrypting.refuse_clear(file)
    keyring = _opened(file, passphrase_file)
    found = encrypting.siblings(file, keyring, encrypted=True)
    also = chosen(found, "Change their passphrase too?", copies=copies, likely=True)
    if encrypting.is_in_first_layout(file):
        click.echo(CHANGES_LAYOUT)
    done = encrypting.change_passphrase(file, keyring, new_passphrase(new_passphrase_file), also=also)
    tell(file, "encrypted with the new passphrase", done, also)


def _opened(file: Path, given: Path | None) -> Keyring:
    return Keyring(*try_passphrase(file, given, lambda words: (words, unlock(file, words))))


def chosen(
    found: Sequence[Sibling], question: str, *, copies: bool | None, likely: bool
) -> Sequence[Sibling]:
    """List the other files with the same caseload, and return them if they are wanted too."""
    if not found:
        return ()
    click.echo("The same caseload is in:")
    for each in found:
        click.echo(f"  {_named(each)}")
    if copies is None and sys.stdin.isatty():
        copies = click.confirm(question, default=likely)
    if copies is None:
        click.echo("They stay as they are: --copies takes them too.")
    return found if copies else ()


def _named(sibling: Sibling) -> str:
    earlier = sum(path.name != sibling.name for path in sibling.files)
    more = {0: "", 1: ", 1 earlier version"}.get(earlier, f", {earlier} earlier versions")
    return one_line(sibling.name) + more


def tell(file: Path, what: str, done: EncryptionChanged, also: Iterable[Sibling]) -> None:
    """Say what was done, and which files were left as they are."""
    click.echo(f"{one_line(file.name)} is {what}.")
    if done.earlier:
        one = done.earlier == 1
        click.echo(
            f"Its {'earlier version is' if one else f'{done.earlier} earlier versions are'} {what} too."
        )
    for each in also:
        click.echo(f"{_named(each)}: {what} too.")
    for path in done.left:
        words = f"{one_line(str(path))} could not be opened and is as it was: remove it if nobody needs it."
        click.echo(words)


def _tell_clear(folder: Path, caseload: str) -> None:
    """Name what is in the caseload's folder, or below it, and holds it in clear."""
    found = find_clear_text(folder, caseload)
    for path in found.paths[:_MOST_TOLD]:
        click.echo(f"{one_line(str(path.relative_to(folder)))} holds it in clear. vigtui leaves it as it is.")
    if len(found.paths) > _MOST_TOLD:
        click.echo(f"{len(found.paths) - _MOST_TOLD} more files hold it in clear.")
    if not found.complete:
        click.echo("There is more in the folder than could be searched.")
