"""`vigtui erase`: a family is erased for good."""

from pathlib import Path

import click

from vigtui.casefilm.erasing import erase_family, missing_films, plan_erasure
from vigtui.cli.families import family_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.film.places import has_own_places
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.removing.erasure import (
    AGREED,
    REACH,
    erased_words,
    missing_words,
    what_goes,
    why_not_erased,
)


@click.command("erase")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--family", "code", required=True, metavar="CODE", help="The code of the family.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_file
def erase_command(file: Path, code: str, *, yes: bool, passphrase_file: Path | None) -> None:
    """Erase a family for good: its film, and its words in the caseload, its history, its earlier versions and
    the copies beside it.

    Where it is in a space, its file there is written again at once, and the others lose the family when
    they take that in. Agreed records go, too. A family whose film is held is not erased. Copies elsewhere
    lose its words when they take in this file; film, packs and sticks elsewhere are yours to destroy.
    """
    key = key_to(file, passphrase_file)
    with opened_caseload(file, key) as caseload:
        if caseload.read_only:
            raise click.ClickException(caseload.read_only)
        erasure = plan_erasure(caseload, family_with(caseload, code, "changed"))
        name = one_line(f"{erasure.family.code} {erasure.family.pseudonym}")
        if erasure.held:
            raise click.ClickException(why_not_erased(name, erasure.held))
        if not yes:
            click.echo(what_goes(name, *erasure.numbers))
            click.echo(REACH)
            own_places = has_own_places(caseload.get)
            if words := missing_words(missing_films(caseload, erasure), own_places=own_places):
                click.echo(words)
            click.confirm("Erase it?", abort=True)
            if erasure.agreed:
                click.confirm(AGREED, abort=True)
        done = erase_family(caseload, erasure, Keyring(key))
    click.echo(erased_words(name, done.changed, [str(each) for each in done.left]))
