"""`vigtui check`: what is wrong with a caseload and its film."""

import sys
from pathlib import Path

import click

from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.cli.progress import progress_bar

_LOOKING = "Looking for film"


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--relink", is_flag=True, help="Let recordings name their film where it was found again.")
@passphrase_file
def check_command(file: Path, *, relink: bool, passphrase_file: Path | None) -> None:
    """Validate a caseload and its film: one line a finding; exit status 1 when there are any.

    Film that was moved or renamed is found again by its content, in the caseload's folder and below it.
    --relink prints a line "old -> new" for each that it takes, and saves.
    """
    from vigtui.cli.checking import check
    from vigtui.store.errors import CaseloadError

    try:
        key = key_to(file, passphrase_file)
        with progress_bar(_LOOKING) as progress:
            report = check(file, lambda part: progress(_LOOKING, part), key, relinking=relink)
    except CaseloadError as error:
        raise click.ClickException(str(error)) from error
    for line in (*report.relinked, *report.findings):
        click.echo(line)
    if report.findings:
        sys.exit(1)
    if not report.relinked:
        click.echo(f"{file}: nothing to report.")
