"""`vigtui search`: where words stand in a caseload, one line a place, for people and for scripts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.consent.access import Refusal, Use, permit_view
from vigtui.domain.records import KIND_OF
from vigtui.queries.search.film import film_place
from vigtui.queries.search.parts import Key
from vigtui.store.caseload import Caseload
from vigtui.values.days import today
from vigtui.values.search import wanted
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.names import Names
from vigtui.wording.search import FILM_CLOSED, NOTHING_FOUND, label, words_of
from vigtui.workspace.searching import Searching

_NOTHING_TO_SEARCH = "There is no letter and no digit in what is to be searched."
_MOST = 1_000_000


@click.command("search")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("words", nargs=-1, required=True)
@passphrase_file
def search_command(file: Path, words: tuple[str, ...], passphrase_file: Path | None) -> None:
    """Print where WORDS stand in what is written, the best first; exit status 1 when they stand nowhere.

    A part of a word is enough, whatever the case and the accents; every word must be there, and some may name
    the family. A line has, with tabs between: the family, which kind of words, where, the words, and "film
    closed" where the film may not be shown. What is not for everybody is not searched: notes that somebody
    keeps alone, drafts, and what is written before a session.
    """
    typed = " ".join(words)
    if not wanted(typed):
        raise click.UsageError(_NOTHING_TO_SEARCH)
    caseload = Caseload.open(file, key=key_to(file, passphrase_file))
    try:
        lines = list(_lines(caseload, typed))
    finally:
        caseload.close()
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo(NOTHING_FOUND, err=True)
        sys.exit(1)


def _lines(caseload: Caseload, typed: str) -> Iterator[str]:
    searching, names = Searching(caseload), Names(caseload.get, today())
    searching.read()
    closed: dict[str, bool] = {}
    for key in searching.search(typed, None, names.is_hidden, most=_MOST).keys:
        yield "\t".join(_columns(caseload, names.with_years(), key, typed, closed)).rstrip()


def _columns(
    caseload: Caseload, names: Names, key: Key, typed: str, closed: dict[str, bool]
) -> Iterator[str]:
    """The cells of a line; `closed` keeps which films may not be shown."""
    record = caseload.need(KIND_OF[key[0]], key[1])
    place = film_place(caseload.get, record, typed)
    where = names.name(record)
    if place and place.at_ms is not None and " at " not in where:
        where += f" at {format_timecode(place.at_ms)}"
    if place and place.recording not in closed:
        decision = permit_view(caseload, place.recording, Use.WATCH, None, today())
        closed[place.recording] = isinstance(decision, Refusal)
    yield names.group(record).heading
    yield label(key)
    yield where
    yield one_line(words_of(record, key))
    yield FILM_CLOSED if place and closed[place.recording] else ""
