"""`vigtui erase`: a family, a recording or a clip is erased for good."""

from pathlib import Path

import click

from vigtui.casefilm.erasing import erase, missing_films, plan_erasure
from vigtui.cli.families import clip_with, family_with, recording_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.film.places import has_own_places
from vigtui.domain.records import Record
from vigtui.store.caseload import Caseload
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.removing.erasure import (
    AGREED,
    erased_words,
    missing_words,
    reach,
    what_goes,
    why_not_erased,
)


@click.command("erase")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--family", metavar="CODE", help="The code of a family, such as F-017.")
@click.option("--recording", metavar="CODE", help='The codes of a family and a film, such as "F-017 SR2".')
@click.option("--clip", metavar="CODE", help='The codes of a family and a clip, such as "F-017 C2-1".')
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_file
def erase_command(
    file: Path,
    family: str | None,
    recording: str | None,
    clip: str | None,
    *,
    yes: bool,
    passphrase_file: Path | None,
) -> None:
    """Erase a family, a recording or a clip for good: its film, and its words in the caseload, its history,
    its earlier versions and the copies beside it.

    With a recording go its clips; with a clip its tags, stills and the agenda items about it, while the film
    of its recording stays. Where several recordings have one code, name the film's file instead, as in
    --recording media/toast.mp4.

    Where the caseload is in a space, its file there is written again at once, and the others lose what was
    erased when they take that in. Agreed records go, too. While film is held nothing is erased of it, nor
    what was written of it. Copies elsewhere lose its words when they take in this file; film, packs and
    sticks elsewhere are yours to destroy.
    """
    named = [each for each in (family, recording, clip) if each is not None]
    if len(named) != 1:
        raise click.UsageError("Name one thing: --family, --recording or --clip.")
    key = key_to(file, passphrase_file)
    with opened_caseload(file, key) as caseload:
        if caseload.read_only:
            raise click.ClickException(caseload.read_only)
        record, name = _record(caseload, family, recording, clip)
        erasure = plan_erasure(caseload, record)
        if erasure.held:
            raise click.ClickException(why_not_erased(name, erasure.held))
        if not yes:
            click.echo(what_goes(name, record, erasure.records, *erasure.numbers))
            click.echo(reach(record))
            own_places = has_own_places(caseload.get)
            if words := missing_words(missing_films(caseload, erasure), own_places=own_places):
                click.echo(words)
            click.confirm("Erase it?", abort=True)
            if erasure.agreed:
                click.confirm(AGREED, abort=True)
        done = erase(caseload, erasure, Keyring(key))
    click.echo(erased_words(name, done.changed, [str(each) for each in done.left]))


def _record(
    caseload: Caseload, family: str | None, recording: str | None, clip: str | None
) -> tuple[Record, str]:
    """Return what is to be erased, and what it is called."""
    if recording is not None:
        return recording_with(caseload, recording, "erased"), one_line(recording)
    if clip is not None:
        return clip_with(caseload, clip, "erased"), one_line(clip)
    found = family_with(caseload, family or "", "erased")
    return found, one_line(f"{found.code} {found.pseudonym}")
