"""`vigtui audit`: the figures of one caseload, or of a county's, without a screen."""

import contextlib
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from vigtui.cli.on_screen import run_screen
from vigtui.cli.passphrases import read_passphrase
from vigtui.cli.progress import progress_bar
from vigtui.exchange.audits.adding_up import usual_span
from vigtui.exchange.audits.exports import Export, read_export, write_export
from vigtui.exchange.audits.finding import files_in, is_counts
from vigtui.exchange.audits.gathering import Gathered, KeyringFor, gather
from vigtui.exchange.audits.known import missing, read_known, write_known
from vigtui.queries.audit.span import USUAL_LENGTH, Span, months
from vigtui.reports.formats.writing import CSV, HTML, MARKDOWN, TEXT, print_out, write_paper
from vigtui.reports.paper import PaperError
from vigtui.reports.service.audit import audit_paper
from vigtui.store.errors import CaseloadError, CaseloadUnreadableError
from vigtui.values.days import parse_day, today
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.audit import late_words, missing_words, span_words
from vigtui.workspace.places import Places
from vigtui.workspace.settings import load_settings, papers_folder

NOT_ALL = 2
BESIDE = ".pass"
"""What is behind the name of a caseload in that of the file with its passphrase."""
_BESIDE_COUNTS = (
    "--export writes the counts of each caseload, -o and --format a paper of all together: side by side they "
    "tell small numbers, by difference. Write the counts, and then a paper of these: "
    "vigtui audit NAME.audit.json -o OUT."
)
_ENDINGS = {"html": HTML, "md": MARKDOWN, "csv": CSV, "txt": TEXT}


@click.command("audit")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "start", metavar="DAY", help="The first day: 2026-07-01, 1 Jul, 1/7/2026.")
@click.option("--until", "end", metavar="DAY", help="The last day; today, unless given.")
@click.option(
    "--format", "form", type=click.Choice(list(_ENDINGS)), help="How it is written; txt, unless OUT says."
)
@click.option(
    "-o", "out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="A new file for it."
)
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.audit.json",
    help="Write the counts of each caseload to a new file, to be added up with others; not with -o.",
)
@click.option(
    "--known",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Tell which caseloads are missing that were there before, and keep in FILE which were there now.",
)
@click.option(
    "--older-than",
    type=click.IntRange(min=1),
    metavar="DAYS",
    help="Tell which files of counts were made more than so many days ago.",
)
@click.option("--screen", is_flag=True, help="Show the counts in one folder on a screen, and look again.")
@click.option(
    "--passphrases",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where NAME.pass holds, in its first line, the passphrase of the encrypted caseload NAME.",
)
@click.option(
    "--passphrase-file",
    "common",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="A file whose first line is a passphrase that may open the others. Can be given several times.",
)
def audit_command(
    files: tuple[Path, ...],
    *,
    start: str | None,
    end: str | None,
    form: str | None,
    out: Path | None,
    export: Path | None,
    known: Path | None,
    older_than: int | None,
    screen: bool,
    passphrases: Path | None,
    common: tuple[Path, ...],
) -> None:
    """Count the work in caseloads: each FILE, or all files in a folder and the folders in it.

    Families, people and sessions are counted once, by their ids, also where several files hold them. Small
    numbers are left out, and what they could be worked out from. A file that cannot be read is told, and the
    rest is counted; the exit status is 2 then. Files of counts (NAME.audit.json, from --export) are added up.
    Encrypted caseloads are opened by passphrase files: NAME.pass beside the caseload NAME or in the folder of
    --passphrases, else those of --passphrase-file. --screen shows the counts that a service collects in a
    folder, which are late and which are missing, and looks again whenever the folder changes.
    """
    if screen:
        _show(files, known, older_than, with_others=any((start, end, form, out, export, passphrases, common)))
        return
    if export and (out or form):
        raise click.UsageError(_BESIDE_COUNTS)
    paths = files_in(files)
    if not paths:
        raise click.ClickException("There is no caseload here: no file whose name ends in .vig.json.")
    before = read_known(known) if known else {}
    keyring_for = _keyrings(passphrases, [read_passphrase(each) for each in common])
    with progress_bar("Counting") as progress:
        gathered = gather(paths, _span(start, end, paths), today(), keyring_for, progress)
    late = late_words(gathered.days, older_than, today()) if older_than else []
    gone = missing_words(
        [(each.id, each.about, each.day) for each in missing(before, gathered.days)], today()
    )
    for sentence in (*gathered.told, *gathered.refused, *late, *gone):
        click.echo(sentence, err=True)
    if not gathered.caseloads and not gathered.exported:
        raise click.ClickException("None of these could be counted.")
    if known:
        write_known(known, before, gathered.days)
    if export:
        write_export(gathered.export(dt.datetime.now(dt.UTC)), export)
        click.echo(f"Written: {one_line(str(export))}. It holds counts alone.", err=True)
    else:
        _tell(gathered, out, form)
    if gathered.refused:
        sys.exit(NOT_ALL)


def _show(folders: Sequence[Path], known: Path | None, older_than: int | None, *, with_others: bool) -> None:
    """Show the counts that are collected in a folder on a screen."""
    if with_others or len(folders) > 1:
        raise click.UsageError("--screen goes with one folder, --known and --older-than, and nothing else.")
    if folders[0].is_file():
        raise click.UsageError(f"--screen shows a folder: {one_line(folders[0].name)} is a file.")
    from vigtui.ui.screens.navigation import OpenCollected

    run_screen(None, Places(), collected=OpenCollected(folders[0], known, older_than))


def _span(start: str | None, end: str | None, paths: Sequence[Path]) -> Span:
    """Return the days over which is counted: those given, else those of most files of counts, else the last
    months. Raises click.ClickException."""
    if start is None and end is None:
        exports = list[Export]()
        for path in filter(is_counts, paths):
            with contextlib.suppress(CaseloadError):  # What cannot be read is told when it is counted.
                exports.append(read_export(path))
        if usual := usual_span(exports):
            return usual
    try:
        last = parse_day(end, today()) if end else today()
        first = parse_day(start, today()) if start else months(USUAL_LENGTH, last).start
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if first > last:
        raise click.ClickException(f"{span_words(Span(first, last))} ends before it begins.")
    return Span(first, last)


def _keyrings(folder: Path | None, common: Sequence[str]) -> KeyringFor:
    """Return what answers with all that may open an encrypted caseload: its own passphrase, and the common
    ones; None where there is none."""

    def keyring_for(path: Path) -> Keyring | None:
        beside = [path.with_name(path.name + BESIDE)]
        if folder:
            beside.append(folder / (path.name + BESIDE))
        try:
            own = [read_passphrase(each) for each in beside if each.exists()]
        except click.ClickException as error:
            raise CaseloadUnreadableError(error.message) from None
        return Keyring(*own, *common) if own or common else None

    return keyring_for


def _tell(gathered: Gathered, out: Path | None, form: str | None) -> None:
    """Write the paper to a new file, or print it."""
    number = len(gathered.caseloads.keys() | gathered.exported.keys())
    paper = audit_paper(gathered.for_others(), gathered.limit, gathered.span, number, today())
    try:
        printout = print_out(
            paper, f"Audit, {span_words(gathered.span)}", load_settings().papers, papers_folder()
        )
        if out is None:
            click.echo(printout.written(_ENDINGS[form or "txt"]), nl=False)
            return
        if form and out.suffix.lower() != _ENDINGS[form]:
            raise PaperError(
                f"{one_line(out.name)} does not end in {_ENDINGS[form]}. Name it so, or leave --format out."
            )
        write_paper(printout, out)
    except PaperError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Written: {one_line(str(out))}. Only you can read it.", err=True)
