"""`vigtui pack`: a part of a caseload for a supervision, with its clips cut from their film."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path

import click

from vigtui.cli.opened import bring_in_step, opened_caseload
from vigtui.cli.passphrases import key_to, new_passphrase, passphrase_file
from vigtui.cli.progress import progress_bar
from vigtui.exchange.packs.contents import Choose, Contents
from vigtui.exchange.packs.entering import entries
from vigtui.exchange.packs.gathering import for_family, for_session
from vigtui.exchange.packs.packing import pack, refuse_place
from vigtui.store.errors import CaseloadError
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.unlocking import new_key
from vigtui.wording.film.packs import IS_CLEAR, SAY_IT, goes_in, made, stays_behind, told
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
    help="The file whose first line is the passphrase of the pack, in place of typing it.",
)
@click.option("--clear", is_flag=True, help="Make a pack in clear. At a terminal you are asked again.")
def pack_command(
    file: Path,
    out: Path,
    *,
    session: str | None,
    family: str | None,
    dry_run: bool,
    passphrase_file: Path | None,
    pack_passphrase_file: Path | None,
    clear: bool,
) -> None:
    """Put what a supervision needs into a folder or, where OUT ends in .zip, into a zip.

    The records go along as they are, and the clips are cut from their film, those alone to which everybody
    filmed has agreed for supervision. Words and film are encrypted with a passphrase of the pack's own.
    Whoever gets the pack opens the caseload in it as any other; `vigtui merge` takes back what they wrote.
    """
    if (session is None) == (family is None):
        raise click.UsageError("Give either --session or --family.")
    choose = for_session(session) if session is not None else for_family(family or "")
    refuse_place(out, file.absolute().parent)
    key = key_to(file, passphrase_file)
    ask = functools.partial(_key_of_pack, pack_passphrase_file, clear=clear)
    _pack(file, choose, out, key, None if dry_run else ask)


def _key_of_pack(given: Path | None, *, clear: bool) -> Key | None:
    """Return the key that the pack is encrypted with; None for one in clear. Raises click.ClickException."""
    if not clear and given is None and not sys.stdin.isatty():
        raise click.UsageError("Give --pack-passphrase-file, or --clear for a pack that anybody can read.")
    if not clear:
        click.echo(SAY_IT)
        return new_key(new_passphrase(given))
    click.echo(IS_CLEAR)
    if sys.stdin.isatty():
        click.confirm("Make it all the same?", abort=True)
    return None


def _pack(
    file: Path, choose: Choose, out: Path, key: Key | None, key_of_pack: Callable[[], Key | None] | None
) -> None:
    if key_of_pack is not None:
        bring_in_step(file, key)
    source = read_snapshot(file, key)
    contents = choose(source, today())
    _tell(contents)
    if key_of_pack is None:
        return
    pack_key = key_of_pack()
    with progress_bar("Cutting") as progress:
        packed = pack(source, choose, contents, out, pack_key, progress)
    for line in told(packed.left_out):
        click.echo(line)
    click.echo(made(packed.path.name, packed.clips))
    _enter(file, source.key, contents, packed.path)


def _enter(file: Path, key: Key | None, contents: Contents, path: Path) -> None:
    """Enter the pack in the register of copies, or say why that could not be."""
    try:
        with opened_caseload(file, key) as caseload:
            copies = entries(caseload.get, contents, path, today(), caseload.by)
            with caseload.transaction(f"Enter {one_line(path.name)} in the register"):
                for each in copies:
                    caseload.save(each)
            status = caseload.flush()
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
