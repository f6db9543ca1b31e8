"""`vigtui hand-over` and `vigtui take-over`: a family goes to another caseload, whole."""

import sys
from pathlib import Path

import click

from vigtui.cli.families import family_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, new_passphrase, passphrase_file, try_passphrase
from vigtui.cli.progress import progress_bar
from vigtui.domain.records import Family, Person
from vigtui.exchange.handing_over.content import HandOver, find, key_of, opened
from vigtui.exchange.handing_over.ending import accept, erase_handed_over
from vigtui.exchange.handing_over.gathering import gather, why_not
from vigtui.exchange.handing_over.making import Request, hand_over, refuse_place, saved
from vigtui.exchange.handing_over.taking import Incoming, clash, code_here, incoming, take_over
from vigtui.store.caseload import Caseload
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key
from vigtui.wording.removing.erasure import REACH, erased_words
from vigtui.wording.removing.handing_over import DISCLOSED, given, goes_with_it, stays_behind, taken

hand_over_passphrase_file = click.option(
    "--hand-over-passphrase-file",
    "secret_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line is the passphrase of the hand-over, in place of typing it.",
)


@click.command("hand-over")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("family")
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.option("--to", help="Who takes the family over: entered in the register.")
@click.option("--why", help="Why: entered in the register.")
@click.option(
    "--own", metavar="NAME", help="The other caseload is NAME's own: notes for NAME alone go along."
)
@click.option("--receipt", help="The words that the receiver read aloud: the family is erased here.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_file
@hand_over_passphrase_file
def hand_over_command(
    file: Path,
    family: str,
    out: Path | None,
    *,
    to: str | None,
    why: str | None,
    own: str | None,
    receipt: str | None,
    yes: bool,
    passphrase_file: Path | None,
    secret_file: Path | None,
) -> None:
    """Hand the family with the code FAMILY over to another caseload: whole, with film, history and consents.

    The new folder OUT, a zip where its name ends so, is encrypted with a passphrase of its own, which is said
    aloud. The family stays here until whoever took it over (`vigtui take-over`) has read the words of the
    receipt aloud: given with --receipt, they erase it here, and nothing else does. Nobody is asked for
    consent, since no clip is seen; to whom and why is entered in the register of film and copies.
    """
    if receipt is None and (out is None or not to or not why):
        raise click.UsageError("Give OUT, --to and --why; or --receipt, once it was taken over.")
    if receipt is not None and (out is not None or to or why or own):
        raise click.UsageError("Give --receipt alone, once the family was taken over.")
    with opened_caseload(file, key_to(file, passphrase_file)) as caseload:
        chosen = family_with(caseload, family, "changed")
        if receipt is not None:
            _erase(caseload, chosen, receipt, yes=yes)
        elif out is not None:
            request = Request(to or "", why or "", _author(caseload, own) if own else "")
            _give(caseload, chosen, request, out, secret_file, yes=yes)


def _author(caseload: Caseload, name: str) -> str:
    found = caseload.where(Person, name=name)
    return found[0].id if len(found) == 1 else name


def _give(
    caseload: Caseload, family: Family, request: Request, out: Path, secret_file: Path | None, *, yes: bool
) -> None:
    refuse_place(out, caseload.folder)
    source = saved(caseload)
    goes = gather(source, family.id, request.author)
    if problem := why_not(source, goes):
        raise click.ClickException(problem)
    for line in stays_behind(goes.stays):
        click.echo(line)
    if goes.stays and not yes and sys.stdin.isatty():
        click.confirm("Hand it over without that?", abort=True)
    key = new_key(new_passphrase(secret_file))
    with progress_bar("Handing over") as progress:
        done = hand_over(caseload, family.id, request, out, key, progress)
    name = f"{family.code} {family.pseudonym}"
    click.echo(given(out.name, name, len(done.records), len(done.films)))
    click.echo(DISCLOSED)


def _erase(caseload: Caseload, family: Family, receipt: str, *, yes: bool) -> None:
    name = one_line(f"{family.code} {family.pseudonym}")
    stays = accept(caseload, family, receipt)
    click.echo(f"{name} is complete in the other caseload.")
    for line in goes_with_it(stays):
        click.echo(line)
    click.echo(REACH)
    if not yes:
        click.confirm("Erase it here?", abort=True)
    done = erase_handed_over(caseload, family, receipt, Keyring(caseload.key))
    click.echo(erased_words(name, done.changed, [str(each) for each in done.left]))


@click.command("take-over")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--code", help="The code that the family gets here, where another one has its own.")
@passphrase_file
@hand_over_passphrase_file
def take_over_command(
    file: Path, folder: Path, *, code: str | None, passphrase_file: Path | None, secret_file: Path | None
) -> None:
    """Take the family in FOLDER, or a zip, which `vigtui hand-over` made, into a caseload.

    In the end all of it has been read back from the disk, and the words of the receipt are told: read them to
    whoever handed it over. Taken over a second time it changes nothing, and tells the same words.
    """
    with opened_caseload(file, key_to(file, passphrase_file)) as caseload:
        content, key = _opened(folder, secret_file)
        coming = incoming(caseload, content)
        with progress_bar("Taking over") as progress:
            done = take_over(caseload, folder, key, coming, code or _code(caseload, coming), progress)
    for line in (*done.remarks, *stays_behind(content.stays)):
        click.echo(line)
    name = f"{done.family.code} {done.family.pseudonym}"
    for line in taken(name, done.records, done.films, done.receipt):
        click.echo(line)


def _opened(folder: Path, secret_file: Path | None) -> tuple[HandOver, Key]:
    other, keyring = find(folder), Keyring()
    if other.is_encrypted:
        try_passphrase(folder, secret_file, lambda words: other.unlock(words, keyring))
    content = opened(other, keyring)
    return content, key_of(other, keyring)


def _code(caseload: Caseload, coming: Incoming) -> str:
    """Return the code that the family gets here; asked for, where another family has its own."""
    code = code_here(caseload, coming)
    while clash(caseload, coming, code):
        if not sys.stdin.isatty():
            raise click.ClickException(
                f"Another family has the code {one_line(code)} here. Give this one another with --code."
            )
        code = click.prompt(f"Another family has the code {one_line(code)} here. The code of this one")
    return code
