"""The commands that encrypt a caseload, decrypt it, and change its passphrase."""

from pathlib import Path

import click

from vigtui.cli.passphrases import new_passphrase, passphrase_file, try_passphrase
from vigtui.store import encrypting
from vigtui.store.disk.file import unlock
from vigtui.values.text import one_line

CASELOAD = click.Path(path_type=Path, dir_okay=False)


@click.command("encrypt")
@click.argument("file", type=CASELOAD)
@passphrase_file
def encrypt_command(file: Path, passphrase_file: Path | None) -> None:
    """Encrypt a caseload and every copy of it with a passphrase. Film stays as it is."""
    encrypting.refuse_encrypted(file)
    done = encrypting.encrypt(file, new_passphrase(passphrase_file))
    _tell(f"{file.name} is encrypted.", encrypting.words(done, "encrypted"))
    click.echo(
        "Its film is not, nor are copies elsewhere: on sticks, in mail, in older versions of a cloud folder."
    )


@click.command("decrypt")
@click.argument("file", type=CASELOAD)
@passphrase_file
def decrypt_command(file: Path, passphrase_file: Path | None) -> None:
    """Write an encrypted caseload and its copies in clear again."""
    encrypting.refuse_clear(file)
    done = try_passphrase(file, passphrase_file, lambda words: encrypting.decrypt(file, words))
    _tell(f"{file.name} is in clear: whoever has the file can read it.", encrypting.words(done, "in clear"))


@click.command("passphrase")
@click.argument("file", type=CASELOAD)
@passphrase_file
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line is the new passphrase.",
)
def passphrase_command(file: Path, passphrase_file: Path | None, new_passphrase_file: Path | None) -> None:
    """Change the passphrase of an encrypted caseload and of its copies."""
    encrypting.refuse_clear(file)
    old = try_passphrase(file, passphrase_file, lambda words: (words, unlock(file, words)))[0]
    done = encrypting.change_passphrase(file, old, new_passphrase(new_passphrase_file))
    _tell(f"{file.name} opens with the new passphrase only.", encrypting.words(done, "encrypted with it"))


def _tell(sentence: str, more: list[str]) -> None:
    for words in (sentence, *more):
        click.echo(one_line(words))
