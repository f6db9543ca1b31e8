"""`vigtui export`: clips, captions and tags for ELAN, BORIS, a spreadsheet, or as WebVTT."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from vigtui.cli.families import family_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.principles import DEFAULT, Principles
from vigtui.domain.vocabulary import Purpose
from vigtui.exchange.exporting.gathering import NOTES_STAY, ExportRefusedError, Outgoing, gather
from vigtui.exchange.exporting.writing import Format, as_copies, goes_out, in_format, write, written
from vigtui.store.caseload import Caseload
from vigtui.values.clocks import now
from vigtui.values.days import today
from vigtui.values.text import one_line
from vigtui.wording.film.register import entered, not_entered
from vigtui.workspace.settings import SettingsError
from vigtui.workspace.workspace import load_principles

REFUSED = 2


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice([each.value for each in Format]),
    required=True,
    help="ELAN (eaf), BORIS (boris), a spreadsheet (csv), or captions as WebVTT (vtt).",
)
@click.option("--family", "code", metavar="CODE", help="The family, by its code; without it, all families.")
@click.option(
    "--purpose",
    type=click.Choice([each.value for each in Purpose]),
    default=Purpose.SUPERVISION.value,
    help="What it is for: everybody in a film has to agree to that. Supervision, if nothing is said.",
)
@passphrase_file
def export_command(
    file: Path, out: Path, *, kind: str, code: str | None, purpose: str, passphrase_file: Path | None
) -> None:
    """Write clips, captions and tags into the new file OUT; for ELAN and WebVTT, where there are several
    films, into a folder of files.

    What is written about a film leaves only while everybody in it agrees to the purpose. Notes never leave.
    What was written is entered in the register of copies. The exit status is 2 where consent, or a rule,
    keeps something back; the rest is written all the same.
    """
    try:
        with opened_caseload(file, key_to(file, passphrase_file)) as caseload:
            family = family_with(caseload, code, "written").id if code else ""
            closed = _export(caseload, out, Format(kind), Purpose(purpose), family)
    except ExportRefusedError as error:
        click.echo(f"Error: {error}", err=True)
        closed = True
    if closed:
        sys.exit(REFUSED)


def _export(caseload: Caseload, out: Path, kind: Format, purpose: Purpose, family: str) -> bool:
    """Write what may leave, tell it, and enter it. Return whether anything was kept back."""
    found = gather(caseload, caseload.get, _principles(caseload), today(), purpose, family)
    outgoing = in_format(found, kind)
    files = write(outgoing, kind, out, now())
    tell_entered = _enter(caseload, outgoing, kind, out)  # Before anything that a closed output may stop.
    for line in goes_out(outgoing, kind):
        click.echo(line)
    for each in (*outgoing.left_out, NOTES_STAY):
        click.echo(f"Left out: {each}", err=True)
    click.echo(written(out, files))
    tell_entered()
    return outgoing.closed


def _enter(caseload: Caseload, outgoing: Outgoing, kind: Format, out: Path) -> Callable[[], None]:
    """Enter it in the register of copies. Return what tells that, or why that could not be."""
    if caseload.read_only:
        return partial(click.echo, not_entered(caseload.read_only), err=True)
    copies = as_copies(outgoing, kind, out, today(), "")
    with caseload.transaction(f"Enter {one_line(out.name)} in the register"):
        for each in copies:
            caseload.save(each)
    status = caseload.flush()
    well = status.state != "not_saved"
    return partial(click.echo, entered(copies) if well else not_entered(status.why), err=not well)


def _principles(caseload: Caseload) -> Principles:
    try:
        return load_principles(caseload.folder)
    except SettingsError as error:
        click.echo(str(error), err=True)
        return DEFAULT
