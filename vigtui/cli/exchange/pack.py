"""`vigtui pack`: a part of a caseload for a supervision, with its clips cut from their film."""

from pathlib import Path

import click

from vigtui.cli.passphrases import key_to, new_passphrase, passphrase_file
from vigtui.cli.progress import progress_bar
from vigtui.exchange.packs.contents import Choose, Contents
from vigtui.exchange.packs.entering import entries
from vigtui.exchange.packs.gathering import for_family, for_session
from vigtui.exchange.packs.packing import pack, refuse_place
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.unlocking import new_key
from vigtui.wording.film.packs import ALL_IS_CLEAR, FILM_IS_CLEAR, goes_in, made, stays_behind, told
from vigtui.wording.film.register import entered, not_entered


@click.command("pack")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--session", help="The supervision session, by its day (2026-03-18) or its id.")
@click.option("--family", help="The family, by its code or its id.")
@click.option("--dry-run", is_flag=True, help="Only show what would go into it, and what would not.")
@passphrase_file
@click.option(
    "--pack-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose first line is another passphrase, for the pack. Its film is never encrypted.",
)
def pack_command(
    file: Path,
    out: Path,
    *,
    session: str | None,
    family: str | None,
    dry_run: bool,
    passphrase_file: Path | None,
    pack_passphrase_file: Path | None,
) -> None:
    """Put what a supervision needs into a folder or, where OUT ends in .zip, into a zip.

    The records go along as they are, and the clips are cut from their film, those alone to which everybody
    filmed has agreed for supervision. Whoever gets the pack opens the caseload in it as any other; `vigtui
    merge` takes back what they wrote.
    """
    if (session is None) == (family is None):
        raise click.UsageError("Give either --session or --family.")
    choose = for_session(session) if session is not None else for_family(family or "")
    refuse_place(out, file.absolute().parent)
    key = key_to(file, passphrase_file)
    _pack(file, choose, out, key, dry_run=dry_run, pack_passphrase_file=pack_passphrase_file)


def _pack(
    file: Path,
    choose: Choose,
    out: Path,
    key: Key | None,
    *,
    dry_run: bool,
    pack_passphrase_file: Path | None,
) -> None:
    source = read_snapshot(file, key)
    contents = choose(source, today())
    _tell(contents)
    if dry_run:
        return
    if pack_passphrase_file:
        key = new_key(new_passphrase(pack_passphrase_file))
    click.echo(FILM_IS_CLEAR if key else ALL_IS_CLEAR)
    with progress_bar("Cutting") as progress:
        packed = pack(source, choose, contents, out, key, progress)
    for line in told(packed.left_out):
        click.echo(line)
    click.echo(made(packed.path.name, packed.clips))
    _enter(file, source.key, contents, packed.path)


def _enter(file: Path, key: Key | None, contents: Contents, path: Path) -> None:
    """Enter the pack in the register of copies, or say why that could not be."""
    try:
        caseload = Caseload.open(file, key=key)
        copies = entries(caseload.get, contents, path, today(), caseload.by)
        with caseload.transaction(f"Enter {one_line(path.name)} in the register"):
            for each in copies:
                caseload.save(each)
        status = caseload.flush()
        caseload.close()
    except CaseloadError as error:
        click.echo(not_entered(str(error)), err=True)
        return
    if status.state == "not_saved":
        click.echo(not_entered(status.why), err=True)
    else:
        click.echo(entered(copies))


def _tell(contents: Contents) -> None:
    for heading, lines in (
        (f"{contents.about}: this goes in", goes_in(contents)),
        ("This stays behind", stays_behind(contents)),
    ):
        click.echo(heading)
        for line in lines:
            click.echo(f"  {line}")
