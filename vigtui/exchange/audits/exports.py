"""Counts as a file: by caseload, and without small numbers. A service lead adds them up from many."""

import contextlib
import datetime as dt
from pathlib import Path
from typing import Annotated, Self

import msgspec
from msgspec import Meta, Struct

from vigtui.foreign.files import read_file, reason
from vigtui.foreign.json_data import decode_json
from vigtui.queries.audit.small_numbers import LEAST_LIMIT
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.telling import Told
from vigtui.store.disk.access import rights_in
from vigtui.store.disk.atomic import create, replace
from vigtui.store.errors import CaseloadError
from vigtui.values.text import clean, one_line

ENDING = ".audit.json"
FORM = 1

_MOST_BYTES, _MOST_VALUES = 16_000_000, 1_000_000
_HIGHEST_LIMIT = 100
_Count = Annotated[int, Meta(ge=0, le=10**9)]
_Id = Annotated[
    str, Meta(pattern=r"^[^\s#]\S*$", max_length=100)
]  # A word of a line in a list of known ones.


class AuditFileError(CaseloadError):
    """A file of counts cannot be read or written. The text is a sentence: which file, what, what to do."""


class CaseloadCounts(Struct, frozen=True):
    """What is told of the caseload with this id: its counts, and the names of those that are left out."""

    id: _Id
    counts: dict[str, _Count] = {}
    left_out: list[str] = []

    @classmethod
    def of(cls, identity: str, told: Told) -> Self:
        """Return what is told of the caseload with this id."""
        return cls(identity, dict(told.counts), sorted(told.left_out))

    @property
    def told(self) -> Told:
        """The same as it is added up."""
        counts = {clean(name): count for name, count in self.counts.items()}
        return Told(counts, frozenset(map(clean, self.left_out)))


class Export(Struct, frozen=True):
    """Counts of a span of days, by caseload, without numbers under `limit`; when they were `made`."""

    audit: Annotated[int, Meta(ge=1)]
    start: dt.date
    end: dt.date
    made: Annotated[dt.datetime, Meta(tz=True)]
    limit: Annotated[int, Meta(ge=LEAST_LIMIT, le=_HIGHEST_LIMIT)]
    caseloads: list[CaseloadCounts]

    @property
    def span(self) -> Span:
        """The days over which was counted."""
        return Span(self.start, self.end)


def read_export(path: Path) -> Export:
    """Return the counts in a file. Raises AuditFileError."""
    name = one_line(path.name)
    try:
        export = decode_json(read_file(path, _MOST_BYTES), Export, most=_MOST_VALUES)
    except FileNotFoundError:
        raise AuditFileError(f"There is no {one_line(str(path))}.") from None
    except msgspec.ValidationError as error:
        why = one_line(str(error))[:160]
        raise AuditFileError(f"{name} holds no counts as vigtui writes them: {why}.") from None
    except msgspec.DecodeError:
        raise AuditFileError(f"{name} holds no counts as vigtui writes them, or was damaged.") from None
    except (OSError, ValueError) as error:
        raise AuditFileError(f"{name} cannot be read: {one_line(reason(error))[:160]}.") from None
    if export.audit > FORM:
        raise AuditFileError(f"{name} was made by a newer vigtui. Update vigtui to add it up.")
    if export.start > export.end:
        raise AuditFileError(f"{name} holds counts of a span that ends before it begins.")
    return export


def write_export(export: Export, path: Path) -> None:
    """Write counts to a new file. Raises AuditFileError."""
    name = one_line(path.name)
    if not path.name.endswith(ENDING):
        raise AuditFileError(f"A file of counts is called NAME{ENDING}: {name} is not. Choose another name.")
    try:
        create(path, _written(export))
    except FileExistsError:
        raise AuditFileError(f"{name} is already there. Choose another name.") from None
    except OSError as error:
        raise AuditFileError(f"{name} cannot be written: {reason(error)}.") from None


def put_export(export: Export, path: Path) -> None:
    """Write counts in place of what is there, open to whom the folder is. Raises AuditFileError."""
    try:
        rights = rights_in(path.parent)
        replace(path, _written(export))
        with contextlib.suppress(OSError):  # Some disks have no rights of their own.
            path.chmod(rights)
    except OSError as error:
        raise AuditFileError(f"{one_line(path.name)} cannot be written: {reason(error)}.") from None


def _written(export: Export) -> list[bytes]:
    return [msgspec.json.format(msgspec.json.encode(export)), b"\n"]
