"""`vigtui import`: a list of families from a spreadsheet; clips, tags and captions from other tools."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from vigtui.cli.families import family_with
from vigtui.cli.opened import opened_caseload
from vigtui.cli.passphrases import key_to, passphrase_file
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.principles import Principles
from vigtui.domain.records import Family
from vigtui.exchange.called import Called
from vigtui.exchange.formats.caseload_list import CaseloadList, DayOrder
from vigtui.exchange.formats.coded import Coded, code_of
from vigtui.exchange.importing.family_plan import plan_families
from vigtui.exchange.importing.film_plan import plan_films
from vigtui.exchange.importing.meanings import said
from vigtui.exchange.importing.plan import ImportRefusedError, Plan, carry_out
from vigtui.exchange.importing.questions import (
    Answers,
    answered,
    likely_recordings,
    people_of,
    recordings_to_choose,
    refuse_unmarked,
    said_otherwise,
    unknown_codes,
    unknown_films,
)
from vigtui.exchange.importing.reading import read_source
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.values.days import today
from vigtui.values.text import and_list, folded, one_line, shortened
from vigtui.workspace.settings import SettingsError
from vigtui.workspace.workspace import load_principles

REFUSED = 2
_MOST_SHOWN = 12
_SOME_FILM = "C1"


class _RefusedError(click.ClickException):
    """A rule says no, or something has to be said first."""

    exit_code = REFUSED


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would be made and what is left out, and why.")
@click.option(
    "--dates",
    type=click.Choice([each.value for each in DayOrder]),
    help="What comes first in the list's days, where they do not tell: 03/04/2026.",
)
@click.option("--family", "code", metavar="CODE", help="The family that the film is of.")
@click.option(
    "--film",
    "films",
    multiple=True,
    metavar="C2",
    help="Which film of the family it is, where its name does not tell; of several in it: NAME=C2.",
)
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="CODE=MEANING",
    help="What a code means: clip, caption, nothing, or a principle: smile=receiving/body. It is kept.",
)
@click.option(
    "--who", "people", multiple=True, metavar="NAME=LABEL", help="Who a name is: a member, or guider."
)
@passphrase_file
def import_command(
    file: Path,
    source: Path,
    *,
    dry_run: bool,
    dates: str | None,
    code: str | None,
    films: tuple[str, ...],
    codes: tuple[str, ...],
    people: tuple[str, ...],
    passphrase_file: Path | None,
) -> None:
    """Take in what another tool wrote: a list of families from a spreadsheet (CSV); clips, tags and captions
    from ELAN (.eaf) or BORIS (.boris); captions from WebVTT or SubRip.

    What is made, what is left out and why, is listed. SOURCE is never changed. What codes mean is kept in the
    caseload, so it is said once. The exit status is 2 where nothing could be made of it before more is said.
    """
    try:
        with opened_caseload(file, key_to(file, passphrase_file), in_step=not dry_run) as caseload:
            found = read_source(source)
            if isinstance(found, CaseloadList):
                order = DayOrder(dates) if dates else None
                plan = plan_families(caseload.where, found, source.name, today(), order)
            else:
                plan = _planned(caseload, found, source.name, code, films, codes, people)
            _carry_out(caseload, plan, dry_run=dry_run)
    except ImportRefusedError as error:
        raise _RefusedError(str(error)) from None


def _planned(
    caseload: Caseload,
    coded: Coded,
    name: str,
    code: str | None,
    films: Sequence[str],
    codes: Sequence[str],
    people: Sequence[str],
) -> Plan:
    refuse_unmarked(coded, name)
    principles = _principles(caseload)
    family = family_with(caseload, code, "imported") if code else None
    answers = answered(caseload.get, caseload.where, principles, coded, family.id if family else "")
    answers = _with_films(caseload, coded, answers, family, films)
    meanings = {
        code_of(each): said(caseload.get, principles, each, meaning.strip())
        for each, meaning in map(_pair, codes)
    }
    answers = replace(answers, meanings={**answers.meanings, **meanings})
    answers = replace(answers, people={**answers.people, **_said_people(caseload, answers, people)})
    if unknown := unknown_codes(coded, answers):
        named = and_list([f"“{shortened(each, 40)}”" for each in unknown[:_MOST_SHOWN]])
        click.echo(f"Nobody has said what these codes mean here: {named}. --code CODE=MEANING says it.")
    return plan_films(caseload.get, caseload.where, principles, coded, answers, name, list(meanings))


def _with_films(
    caseload: Caseload, coded: Coded, answers: Answers, family: Family | None, films: Sequence[str]
) -> Answers:
    """Return the answers with the films that were named. Raises ImportRefusedError where none is known."""
    unknown = unknown_films(coded, answers)
    if not films:
        _refuse_doubtful(caseload, coded, unknown, family)
        if unknown and not answers.recordings:
            raise ImportRefusedError(_no_recording(coded, unknown))
        return answers
    if family is None:
        raise ImportRefusedError("Name the family of the film as well: --family CODE.")
    recordings = dict(answers.recordings)
    for each in films:
        name, _, film = each.rpartition("=")
        recordings[_place(coded, unknown, name)] = _recording(caseload, family, film)
    _refuse_doubtful(caseload, coded, [each for each in unknown if each not in recordings], family)
    more = people_of(caseload.get, caseload.where, coded, recordings)
    return replace(answers, recordings=recordings, people={**answers.people, **more})


def _place(coded: Coded, unknown: Sequence[int], name: str) -> int:
    """Return the place of the film of this name in the file; without one, of the only one that is no
    recording yet, else of the first in which something is marked."""
    marked = [place for place, film in enumerate(coded.films) if film.marks]
    if name:
        found = [place for place in marked if folded(coded.films[place].name) == folded(code_of(name))]
    else:
        found = list(unknown) or marked[:1]
    if len(found) != 1:
        names = and_list([f"“{shortened(coded.films[each].name, 60)}”" for each in marked[:_MOST_SHOWN]])
        raise ImportRefusedError(f"Say which film in it is meant, as in --film NAME=C2. There is {names}.")
    return found[0]


def _recording(caseload: Caseload, family: Family, film: str) -> str:
    choices = recordings_to_choose(caseload.get, caseload.where, family.id)
    wanted = folded(f"{one_line(family.code)} {film.strip()}")
    found = [each for each, words in choices if wanted == folded(words)]
    if len(found) != 1:
        films = and_list([words for _, words in choices]) or "none"
        number = f"{len(found)} films are" if found else "No film is"
        raise ImportRefusedError(f"{number} called {shortened(film, 20)} there. There is {films}.")
    return found[0]


def _refuse_doubtful(caseload: Caseload, coded: Coded, unknown: Sequence[int], family: Family | None) -> None:
    """Raise ImportRefusedError where one of these films is called as that of a recording here, and may be
    another."""
    names = dict(recordings_to_choose(caseload.get, caseload.where))
    for film in (coded.films[each] for each in unknown):
        likely = likely_recordings(caseload.get, caseload.where, film, family.id if family else "")
        if not likely:
            continue
        found = and_list([names[each] for each in likely[:_MOST_SHOWN]])
        called = f"“{shortened(film.media[0], 60)}” is what the film of {found} is called"
        but = said_otherwise(caseload.get, caseload.where, film, likely[0]) if len(likely) == 1 else ""
        why = f"{called}, but the one that is meant {but}" if but else called
        raise ImportRefusedError(f"{why}. Say which recording it is: --family CODE --film {_SOME_FILM}.")


def _no_recording(coded: Coded, unknown: Sequence[int]) -> str:
    names = [coded.films[each].name for each in unknown[:_MOST_SHOWN]]
    named = and_list([f"“{shortened(each, 60)}”" for each in names if each]) or "it names none"
    return f"No recording here has such a film: {named}. Say which it is: --family CODE --film {_SOME_FILM}."


def _said_people(caseload: Caseload, answers: Answers, people: Iterable[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name, label in map(_pair, people):
        for recording in answers.recordings.values():
            showing = find_recording(caseload.get, recording)
            if showing is None:
                continue
            who = Called(caseload.get, caseload.where, showing).who(label.strip())
            if not who:
                labels = and_list([one_line(words) for _, words in showing.people(caseload.get)]) or "nobody"
                raise ImportRefusedError(
                    f"{one_line(label)} is not in {one_line(showing.family.code)}: {labels}."
                )
            found[showing.family.id, code_of(name)] = who
    return found


def _pair(words: str) -> tuple[str, str]:
    name, sign, value = words.rpartition("=")
    if not sign:
        raise ImportRefusedError(f"“{shortened(words, 60)}” is not two things with = between them.")
    return name, value


def _principles(caseload: Caseload) -> Principles:
    try:
        return load_principles(caseload.folder)
    except SettingsError as error:
        raise ImportRefusedError(str(error)) from None


def _carry_out(caseload: Caseload, plan: Plan, *, dry_run: bool) -> None:
    if not dry_run:
        if caseload.read_only:
            raise CaseloadError(caseload.read_only)
        carry_out(caseload, plan)
        status = caseload.flush()
        if status.state == "not_saved":
            raise CaseloadError(f"Not saved: {status.why}")
    _tell("This would be made" if dry_run else "This is made", plan.made)
    _tell("This is left out", [str(each) for each in plan.left_out])
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")


def _tell(heading: str, lines: Iterable[str]) -> None:
    click.echo(heading)
    for line in list(lines) or ["Nothing"]:
        click.echo(f"  {line}")
