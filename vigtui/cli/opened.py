"""A caseload that a command works with, and leaves in step with its space."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigtui.domain.consent.agenda_film import OTHERS_DAYS
from vigtui.store.caseload import Caseload
from vigtui.store.disk.other_files import is_in_space
from vigtui.wording.spaces import NOT_SENT_BY_COMMAND, SENT_BY_COMMAND
from vigtui.workspace.settings import load_settings

if TYPE_CHECKING:
    from vigtui.exchange.spaces.space import Space
    from vigtui.vault.key import Key


@contextlib.contextmanager
def opened_caseload(file: Path, key: "Key | None", *, in_step: bool = True) -> Iterator[Caseload]:
    """Open a caseload, and close it in the end. What is left of an erasure is done, before and after.

    Where it is in a space, what others wrote is taken in first, and what was changed is sent at once; film
    for agendas that has to go by now is deleted there. What is changed is by whoever worked here last, as all
    that goes into the space from here. Without `in_step` nothing of that. Every command that may change a
    caseload opens it here. Raises CaseloadError.
    """
    caseload = Caseload.open(file, key=key)
    try:
        space = _space_of(caseload) if in_step else None
        # Settings that cannot be read are told before anything is done.
        left_days = load_settings().space_film_left_days if space is not None else OTHERS_DAYS
        if space is not None:
            caseload.by = space.membership.person
            space.look()
        _finish_erasing(caseload)
        try:
            yield caseload
        finally:
            _finish_erasing(caseload)
            if space is not None:
                _send(space, left_days)
    finally:
        caseload.close()


def bring_in_step(file: Path, key: "Key | None") -> None:
    """Take in what others wrote, for a command that only reads the file: a consent may be withdrawn."""
    if is_in_space(file):
        with opened_caseload(file, key):
            pass


def _space_of(caseload: Caseload) -> "Space | None":
    if caseload.read_only or caseload.key is None or not is_in_space(caseload.path):
        return None
    from vigtui.exchange.spaces.membership import load_membership  # Lazy: most caseloads are in no space.
    from vigtui.exchange.spaces.space import Space

    membership = load_membership(caseload)
    return None if membership is None else Space(caseload, membership)


def _finish_erasing(caseload: Caseload) -> None:
    if caseload.erasing.left() is not None:
        from vigtui.casefilm.erasing import finish_erasing  # Lazy: hardly ever needed.

        finish_erasing(caseload)


def _send(space: "Space", film_left_days: int) -> None:
    from vigtui.exchange.spaces.once import leave_in_step  # Lazy, as the space itself.

    before = space.membership.count
    leave_in_step(space, film_left_days=film_left_days)
    if space.membership.count != before:
        click.echo(SENT_BY_COMMAND, err=True)
    elif not space.has_sent_all():
        click.echo(NOT_SENT_BY_COMMAND, err=True)
