"""The family that a command names, or the recording or the clip of one."""

from collections.abc import Sequence
from typing import TypeVar

import click

from vigtui.domain.film.clips import clip_code, film_code
from vigtui.domain.records import Clip, Cycle, Family, Recording
from vigtui.store.caseload import Caseload
from vigtui.values.text import and_list, folded, one_line

T = TypeVar("T")


def family_with(caseload: Caseload, code: str, done: str) -> Family:
    """Return the only family with this code. Raises ClickException, which says also what is not `done`, as in
    "changed"."""
    found = caseload.where(Family, code=code)
    if len(found) != 1:
        number = "No family has" if not found else f"{len(found)} families have"
        raise click.ClickException(f"{number} the code {one_line(code)[:60]}. Nothing was {done}.")
    return found[0]


def recording_with(caseload: Caseload, code: str, done: str) -> Recording:
    """Return the only recording with this code, as in "F-017 SR2", or with this file, as the caseload names
    it. Raises ClickException as `family_with`."""
    found = caseload.where(Recording, path=code)
    if not found:
        of, _, wanted = code.rpartition(" ")
        films = _films(caseload, family_with(caseload, of, done))
        found = [film for film, cycle in films if folded(film_code(film, cycle)) == folded(wanted)]
    files = and_list([one_line(film.path) for film in found])
    return _only(found, "recording", code, done, f" Their files: {files}." if found else "")


def clip_with(caseload: Caseload, code: str, done: str) -> Clip:
    """Return the only clip with this code, as in "F-017 C2-1". Raises ClickException as `family_with`."""
    of, _, wanted = code.rpartition(" ")
    found = [
        clip
        for film, cycle in _films(caseload, family_with(caseload, of, done))
        for clip in caseload.where(Clip, recording=film.id)
        if folded(clip_code(clip, film, cycle)) == folded(wanted)
    ]
    return _only(found, "clip", code, done)


def _films(caseload: Caseload, family: Family) -> list[tuple[Recording, Cycle]]:
    cycles = caseload.where(Cycle, family=family.id)
    return [(film, cycle) for cycle in cycles for film in caseload.where(Recording, cycle=cycle.id)]


def _only(found: Sequence[T], what: str, code: str, done: str, more: str = "") -> T:
    if len(found) != 1:
        number = f"No {what} has" if not found else f"{len(found)} {what}s have"
        raise click.ClickException(f"{number} the code {one_line(code)[:60]}. Nothing was {done}.{more}")
    return found[0]
