"""How a caseload stands in its space, as plain data: for a screen and a command."""

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from vigtui.exchange.spaces.alike import words_apart
from vigtui.exchange.spaces.erased import ErasedFamily
from vigtui.exchange.spaces.membership import Membership
from vigtui.exchange.spaces.reading import Found, Trouble
from vigtui.exchange.spaces.writing import own_name, writer_named
from vigtui.foreign.files import is_folder
from vigtui.store.merging.record_versions import RecordKey

State = Literal["in_step", "not_sent", "offline"]
NOT_WHOLE_SECONDS = 60.0
SILENT_DAYS = 14
"""After so many days it is told that somebody was not heard of, unless a person sets another number."""
_VERSIONS = ".stversions"
_LEVELS = 4


class WriterStanding(Struct, frozen=True):
    """Another writer: who and where, when their file brought something last, until when they have all that
    was written here, if they do, whether a file of theirs is there, and whether words that were erased are
    in it still. `silent`: not heard of for longer than a person waits. `apart` tells this machine from
    another of the same name."""

    writer: str
    person: str
    machine: str
    heard: dt.datetime
    has_until: dt.datetime | None
    there: bool
    holds_erased: bool = False
    silent: bool = False
    taken_in: bool = True
    apart: str = ""


class SpaceStanding(Struct, frozen=True):
    """Where the changes are: `state` since when; `why` the folder cannot be written to. `not_whole`,
    `newer` and `other_code` count the files that are not taken in. `files` counts those that are, ours
    among them, and `free` those of them that hold nothing that was erased; `erased` says whether anything
    ever was. `apart` tells this machine from another of the same name."""

    state: State
    since: dt.datetime | None
    why: str = ""
    writers: tuple[WriterStanding, ...] = ()
    not_whole: int = 0
    newer: int = 0
    other_code: int = 0
    keeps_versions: bool = False
    erased: bool = False
    files: int = 0
    free: int = 0
    families: tuple[ErasedFamily, ...] = ()
    apart: str = ""


def writers_of(
    membership: Membership,
    files: Iterable[Found],
    erased: Collection[RecordKey],
    now: dt.datetime,
    silent_days: int = SILENT_DAYS,
    *,
    offline: bool = False,
) -> tuple[WriterStanding, ...]:
    """Return the other writers, by name. They are silent after `silent_days`. `offline`: nobody can say that
    a file is gone."""
    by_writer: dict[str, list[Found]] = {}
    for each in files:
        # What is not whole is its writer's by its name: it is there, and is not taken in.
        writer = writer_named(each.path.name) if each.line is None else each.line.writer
        by_writer.setdefault(writer, []).append(each)
    found, apart = [], apart_of(membership)
    for writer, heard in membership.heard.items():
        own = by_writer.get(writer, [])
        found.append(
            WriterStanding(
                writer,
                heard.person,
                heard.machine,
                heard.at,
                max((each.at for each in membership.sent if each.count <= heard.has), default=None),
                bool(own) or offline,
                any(each.names.any_of(erased) for each in own),
                now - heard.at > dt.timedelta(days=silent_days),
                all(each.trouble is None for each in own),
                apart.get(writer, ""),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.person.casefold(), each.machine, each.writer)))


def apart_of(membership: Membership) -> dict[str, str]:
    """Return what tells machines of the same name apart, by their writers, this one's among them."""
    others = {writer: (heard.person, heard.machine) for writer, heard in membership.heard.items()}
    return words_apart({**others, membership.writer: (membership.person, membership.machine)})


def troubles_of(files: Iterable[Found], writer: str, now: float) -> tuple[int, int, int]:
    """Return how many files are not whole, though they have had a minute, how many a newer vigtui wrote,
    and how many open with another code; without our own, which is written again."""
    others = [each for each in files if each.trouble is not None and each.path.name != own_name(writer)]
    return (
        sum(each.trouble is Trouble.NOT_WHOLE and now - each.since >= NOT_WHOLE_SECONDS for each in others),
        sum(each.trouble is Trouble.NEWER for each in others),
        sum(each.trouble is Trouble.OTHER_CODE for each in others),
    )


def keeps_versions(folder: Path) -> bool:
    """Whether Syncthing keeps old versions of what is in the folder: beside it, or above it."""
    return any(is_folder(each / _VERSIONS) for each in (folder, *folder.parents[:_LEVELS]))
