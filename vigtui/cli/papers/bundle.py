"""`vigtui bundle`: everything held about one member of a family, in a folder."""

from pathlib import Path

import click

from vigtui.cli.families import family_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.records import Family, Member
from vigtui.queries.bundle import as_copy, bundle
from vigtui.reports.families.bundle import bundle_papers, to_decide, write_bundle
from vigtui.reports.paper import PaperError
from vigtui.store.caseload import Caseload
from vigtui.values.days import today
from vigtui.values.text import and_list, folded, one_line
from vigtui.wording.film.packs import bundle_written
from vigtui.wording.film.register import entered, not_entered
from vigtui.wording.names import Names
from vigtui.workspace.settings import load_settings, papers_folder


@click.command("bundle")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--family", "code", required=True, metavar="CODE", help="The code of the family.")
@click.option("--member", "label", required=True, metavar="NAME", help="What the member is called there.")
@click.option(
    "--to-decide", is_flag=True, help="Also write what others wrote, to be decided on before it goes."
)
@passphrase_file
def bundle_command(
    file: Path, out: Path, *, code: str, label: str, to_decide: bool, passphrase_file: Path | None
) -> None:
    """Write everything held about one member of a family into the new folder OUT: what they said, decided and
    did, the films they are in, who saw them.

    What others wrote is left out, and counted: it may tell of somebody else. With --to-decide it is in a
    paper of its own, each with a box to tick, for whoever decides; take that out before you hand anything
    over. Notes that workers keep for themselves alone are never in it.
    """
    with opened_caseload(file, key_to(file, passphrase_file)) as caseload:
        _make(caseload, out, code, label, with_others=to_decide)


def _make(caseload: Caseload, out: Path, code: str, label: str, *, with_others: bool) -> None:
    family = family_with(caseload, code, "written")
    names = Names(caseload.get, today())
    found = bundle(caseload.where, family, _member(family, label), names.is_hidden)
    papers = bundle_papers(names, found, ())
    if with_others:
        papers.append(to_decide(names, found))
    try:
        write_bundle(out, papers, load_settings().papers, papers_folder())
    except PaperError as error:
        raise click.ClickException(str(error)) from None
    click.echo(bundle_written(str(out), len(papers)))
    copy = as_copy(found, out.name, today())
    if caseload.read_only:
        click.echo(not_entered(caseload.read_only), err=True)
        return
    caseload.save(copy)
    status = caseload.flush()
    well = status.state != "not_saved"
    click.echo(entered([copy]) if well else not_entered(status.why), err=not well)


def _member(family: Family, label: str) -> Member:
    found = [each for each in family.members if folded(one_line(each.label)) == folded(one_line(label))]
    if len(found) != 1:
        known = and_list([one_line(each.label) for each in family.members]) or "nobody"
        raise click.ClickException(
            f"{one_line(label)[:60]} is not in {one_line(family.code)}: {known}. Nothing was written."
        )
    return found[0]
