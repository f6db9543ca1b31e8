"""`vigtui check`: what is wrong with a caseload and its film."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from vigtui.commands.passphrases import key_to, passphrase_file


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--relink", is_flag=True, help="Let recordings name their film where it was found again.")
@passphrase_file
def check_command(file: Path, *, relink: bool, passphrase_file: Path | None) -> None:
    """Validate a caseload and its film: one line a finding; exit status 1 when there are any.

    Film that was moved or renamed is found again by its content, in the caseload's folder and below it.
    --relink prints a line "old -> new" for each that it takes, and saves.
    """
    from vigtui.checking import check
    from vigtui.store.errors import CaseloadError

    try:
        key = key_to(file, passphrase_file)
        with _progress_bar("Looking for film") as progress:
            report = check(file, progress, key, relinking=relink)
    except CaseloadError as error:
        raise click.ClickException(str(error)) from error
    for line in (*report.relinked, *report.findings):
        click.echo(line)
    if report.findings:
        sys.exit(1)
    if not report.relinked:
        click.echo(f"{file}: nothing to report.")


@contextlib.contextmanager
def _progress_bar(label: str) -> Iterator[Callable[[float], None]]:
    """Show the part done, 0 to 1, where somebody watches; what is printed stays free of it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=100, label=label, show_eta=False, file=sys.stderr) as bar:

        def progress(part: float) -> None:
            if int(part * 100) > bar.pos:
                bar.update(int(part * 100) - bar.pos)

        yield progress
