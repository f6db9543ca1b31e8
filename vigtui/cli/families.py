"""The family that a command names."""

import click

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.values.text import one_line


def family_with(caseload: Caseload, code: str, done: str) -> Family:
    """Return the only family with this code. Raises ClickException, which says also what is not `done`, as in
    "changed"."""
    found = caseload.where(Family, code=code)
    if len(found) != 1:
        number = "No family has" if not found else f"{len(found)} families have"
        raise click.ClickException(f"{number} the code {one_line(code)[:60]}. Nothing was {done}.")
    return found[0]
