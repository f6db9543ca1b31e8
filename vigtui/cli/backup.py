"""`vigtui backup`: the caseload and its film on another disk, as it is now."""

import datetime as dt
from pathlib import Path

import click

from vigtui.casefilm.backup import description
from vigtui.casefilm.backup.limits import too_large_for
from vigtui.casefilm.backup.making import Made, back_up, verify_backup
from vigtui.casefilm.backup.place import Place, find_place
from vigtui.casefilm.backup.told import files_words, problems, told, why_too_large
from vigtui.casefilm.pack_list import read_list
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.cli.progress import progress_bar
from vigtui.store.recovery import when_words
from vigtui.values.text import one_line, shown_path
from vigtui.workspace.backup_places import remember_place
from vigtui.workspace.places import Places


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--verify", "whole", is_flag=True, help="Read back what is there already, too.")
@click.option("--yes", is_flag=True, help="Make the first backup in a folder without asking.")
@passphrase_file
def backup_command(file: Path, folder: Path, *, whole: bool, yes: bool, passphrase_file: Path | None) -> None:
    """Bring the backup of a caseload, with its film, up to date in FOLDER: a stick, or a share.

    It gets a folder of its own there. Only what changed since the last time is copied, as encrypted as it is,
    and read back before it counts. Film that was deleted here, and what was erased, leaves it. Broken off, it
    goes on the next time where it stopped. `vigtui restore FILE FOLDER` puts it back.
    """
    try:
        with opened_caseload(file, key_to(file, passphrase_file)) as caseload:
            if caseload.read_only:
                raise click.ClickException(caseload.read_only)
            if read_list(caseload) is not None:
                raise click.ClickException("This is a pack: back up the caseload that it was made from.")
            place = find_place(caseload, folder)
            _tell_place(place, yes=yes)
            if too_large := too_large_for(caseload, folder):
                click.echo(f"{why_too_large(tuple(too_large))} All else goes there.", err=True)
            with progress_bar("Looking") as progress:
                if whole and place.earlier is not None:
                    damaged = verify_backup(place.folder, place.earlier, progress)
                else:
                    damaged = []
                made = back_up(caseload, place, dt.datetime.now(dt.UTC), progress)
            remember_place(Places(), caseload.meta.id, folder)
    except OSError as error:
        raise click.ClickException(f"The backup cannot be read: {error.strerror or error}.") from None
    _tell(place, made, damaged)


def _tell_place(place: Place, *, yes: bool) -> None:
    where = shown_path(str(place.folder))
    if place.same_disk:
        click.echo("That is the caseload's own disk: what is there is lost with it.", err=True)
    if place.earlier is None:
        click.echo(f"There is no backup of this caseload yet in {shown_path(str(place.folder.parent))}.")
        if not yes:
            click.confirm("Make the first one there?", abort=True)
    else:
        made = place.earlier.made
        click.echo(f"{where}: {f'of {when_words(made)}' if made else 'begun'}.")


def _tell(place: Place, made: Made, damaged: list[str]) -> None:
    if damaged:
        click.echo(f"{files_words(len(damaged))} in it could not be read as written, and came anew.")
    for sentence in (*told(made), *problems(made)):
        click.echo(sentence)
    now = description.read(place.folder)
    when = when_words(now.made) if now and now.made else ""
    click.echo(
        one_line(f"{place.folder.name} is up to date: {when}. It is in the register of film and copies.")
    )
