"""Where this person has the counts of a caseload put once a week, and putting them there."""

import datetime as dt
from pathlib import Path

from vigtui.exchange.audits.exports import AuditFileError
from vigtui.exchange.audits.weekly import put_counts, week_before
from vigtui.values.days import show_long_day
from vigtui.values.text import shown_path
from vigtui.workspace.places import FOLDER_OF_COUNTS, Places
from vigtui.workspace.workspace import Workspace


def counts_folder(places: Places) -> Path | None:
    """Return the folder in which the service collects the counts; None where they are put nowhere."""
    folder = places.get(FOLDER_OF_COUNTS)
    return Path(folder) if isinstance(folder, str) and folder else None


def put_weekly_in(places: Places, folder: Path | None) -> None:
    """From here on put the counts of this caseload there once a week; None: nowhere. Blocks for disk."""
    places.set(FOLDER_OF_COUNTS, str(folder) if folder else None)
    places.save()


def put_weekly(workspace: Workspace, made: dt.datetime) -> str:
    """Put the counts of the last week where they are collected, if that is wanted and not done yet. Return
    what is to be said of it, or "". Blocks for disk."""
    folder = counts_folder(workspace.places)
    if folder is None or workspace.caseload.meta.demo:
        return ""
    today, where = workspace.today(), shown_path(str(folder))
    try:
        if not put_counts(workspace.caseload, folder, today, made):
            return ""
    except AuditFileError as error:
        return f"The week’s counts are not in {where}. {error} The next opening tries again."
    until = show_long_day(week_before(today).end, today)
    return f"The counts until {until} are in {where}: without small numbers, names and words."
