"""`vigtui report`: a paper as a file."""

import datetime as dt
from pathlib import Path

import click

from vigtui.cli.families import family_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.papers.kinds import KINDS, Asked
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.consent.copies import for_each_family
from vigtui.domain.records import Copy, Family
from vigtui.domain.vocabulary import CopyKind, Purpose
from vigtui.reports.families.conference import PURPOSES
from vigtui.reports.formats.writing import CSV, print_out, write_text
from vigtui.reports.paper import Paper, PaperError, PaperRefusedError
from vigtui.reports.templates import UnknownLanguageError
from vigtui.store.caseload import Caseload
from vigtui.values.days import parse_day, today
from vigtui.values.spoken_names import SpokenNames, with_names
from vigtui.values.text import one_line
from vigtui.wording.film.register import entered, not_entered
from vigtui.workspace.settings import load_settings, papers_folder

_REFUSED = 2


@click.command("report")
@click.argument("kind", type=click.Choice(sorted(KINDS)), metavar="KIND")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The new file.")
@click.option(
    "--format", "form", type=click.Choice(["md", "html", "csv", "txt"]), help="Else by the ending of OUT."
)
@click.option("--family", "code", metavar="CODE", help="The code of the family.")
@click.option("--session", "day", metavar="DAY", help="The day of the supervision.")
@click.option("--person", default="", metavar="NAME", help="Who is in training; to whom the letter goes.")
@click.option(
    "--for",
    "purpose",
    type=click.Choice([each.value for each in PURPOSES]),
    default=Purpose.CONFERENCE.value,
    help="What a summary is for.",
)
@click.option("--language", metavar="FOLDER", help="Else that of your settings: en, en-easy, or your own.")
@click.option("--ask-names", is_flag=True, help="Ask how everybody in the family is called at home.")
@click.option("--keep", multiple=True, metavar="WORDS", help="What may stand in evidence; may be repeated.")
@passphrase_file
def report_command(
    kind: str,
    file: Path,
    *,
    out: Path,
    form: str | None,
    code: str | None,
    day: str | None,
    person: str,
    purpose: str,
    language: str | None,
    ask_names: bool,
    keep: tuple[str, ...],
    passphrase_file: Path | None,
) -> None:
    """Write a paper of the caseload FILE to a new file that only you can read.

    KIND is conference, consent, deletion, disclosures, evidence, letter, portfolio, register, review,
    supervision, traject, visit or written. It is entered in the register of copies, as it is when it is
    printed from a screen. Evidence leaves out what might tell who a family is, and lists that: --keep lets
    words stand. With --ask-names the names are asked for, stand on this paper, and are kept nowhere.

    Exit status 2, with a sentence, where a consent or a rule says no.
    """
    try:
        with opened_caseload(file, key_to(file, passphrase_file)) as caseload:
            family = family_with(caseload, code, "written") if code else None
            asked = Asked(
                caseload,
                today(),
                family,
                _day(day) if day else None,
                person,
                _names(family) if ask_names and family else SpokenNames(),
                Purpose(purpose),
                keep,
            )
            paper = _write(asked, kind, out, form, language)
            _enter(caseload, paper, KINDS[kind].title, out)
    except PaperRefusedError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(_REFUSED) from None
    except UnknownLanguageError as error:
        raise click.UsageError(str(error)) from None
    except PaperError as error:
        raise click.ClickException(str(error)) from None


def _day(words: str) -> dt.date:
    try:
        return parse_day(words, today())
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _names(family: Family) -> SpokenNames:
    """Ask how each member is called; whoever has no name there gets a blank."""
    labels = [one_line(each.label) for each in family.members]
    return with_names(
        {each: click.prompt(f"{each} is called", default="", show_default=False) for each in labels}
    )


def _write(asked: Asked, kind: str, out: Path, form: str | None, language: str | None) -> Paper:
    paper = KINDS[kind].make(asked)
    spoken = language or load_settings().papers
    printout = print_out(paper, KINDS[kind].title, spoken, papers_folder()).named(asked.names)
    ending = f".{form}" if form else out.suffix.lower()
    if ending not in printout.endings:
        known = ", ".join(each.removeprefix(".") for each in printout.endings)
        what = "This paper is no list." if ending == CSV else "Say how it is to be written."
        raise click.UsageError(f"{what} It can be written with --format {known}.")
    write_text(printout.written(ending), out)
    return paper


def _enter(caseload: Caseload, paper: Paper, title: str, out: Path) -> None:
    """Enter what was written in the register of copies."""
    click.echo(f"Written: {one_line(str(out))}. Only you can read it.")
    if paper.of_nobody:
        return
    if caseload.read_only:
        click.echo(not_entered(caseload.read_only), err=True)
        return
    copy = Copy(kind=CopyKind.PAPER, about=title, file=out.name, date=today())
    copies = for_each_family(copy, paper.families)
    with caseload.transaction("Enter a paper in the register"):
        for each in copies:
            caseload.save(each)
    status = caseload.flush()
    well = status.state != "not_saved"
    click.echo(entered(copies) if well else not_entered(status.why), err=not well)
