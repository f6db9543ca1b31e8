"""How a caseload stands in its space, as far as its files say it: it is not opened, nothing is taken in, and
nothing is written."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from vigtui.exchange.spaces.content import digest_of_tables
from vigtui.exchange.spaces.membership import Membership, membership_at
from vigtui.exchange.spaces.outgoing import shared_part
from vigtui.exchange.spaces.reading import Found, Reader
from vigtui.exchange.spaces.standing import SILENT_DAYS, SpaceStanding, State, troubles_of, writers_of
from vigtui.exchange.spaces.telling import title, warnings
from vigtui.exchange.spaces.writing import own_name
from vigtui.foreign.files import entries
from vigtui.foreign.in_time import in_time
from vigtui.store.disk.file_state import FileState, look_if_there
from vigtui.store.disk.other_files import spaces_of
from vigtui.store.format.layout import Tables
from vigtui.store.snapshot import Snapshot
from vigtui.wording.spaces import news_sentence, news_words, not_sent_words, since_words, writer_name

_ALL = float("inf")
PATIENCE = 2.0  # seconds; a network disk that is gone may hold up the others for minutes
_PATIENCE_FOR_READING = 60.0  # a slow machine takes its time for many files, and is not offline


class Unopened(Struct, frozen=True):
    """What is said of a caseload in its space: `words` in short, whether all `is_well`, and in `sentences`
    what is not."""

    folder: Path
    words: str
    is_well: bool
    sentences: tuple[str, ...] = ()


def look_unopened(
    snapshot: Snapshot, now: dt.datetime, *, is_open: bool = False, silent_days: int = SILENT_DAYS
) -> Unopened | None:
    """Return how the caseload in a file stands; None where it is in no space. A folder that does not answer
    is offline. What a program that has it open (`is_open`) has not sent or taken in is on its way. Blocks
    while the files are read. Raises LayoutError."""
    membership = membership_at(snapshot.path, snapshot.key) if snapshot.key is not None else None
    if membership is None:
        return None
    reader = Reader(membership.path, membership.key(snapshot.meta.id), snapshot.meta.id)
    try:
        in_time(lambda: _states_in(membership.path), PATIENCE, about=membership.path)
        files = in_time(partial(_read_all, reader), _PATIENCE_FOR_READING, about=membership.path)
    except OSError:
        return _told(membership, [], "offline", now, silent_days)
    is_sent = is_open or (_own_is_there(membership, files) and _is_sent(membership, snapshot.tables))
    found = _told(membership, files, "in_step" if is_sent else "not_sent", now, silent_days)
    names = [] if is_open else sorted(set(_news(membership, files)))
    if not names or not is_sent:
        return found
    return Unopened(
        found.folder, news_words(names), is_well=False, sentences=(news_sentence(names), *found.sentences)
    )


def space_state(caseload: Path, folder: Path | None) -> object:
    """Return what changes when a caseload's space does, the `folder` of which is known from an earlier
    look."""
    kept = [look_if_there(path) for path in spaces_of(caseload.resolve())]
    try:
        there = in_time(lambda: _states_in(folder), PATIENCE, about=folder) if folder is not None else None
    except OSError:
        there = None
    return kept, there


def _told(
    membership: Membership, files: Sequence[Found], state: State, now: dt.datetime, silent_days: int
) -> Unopened:
    """Say how it stands: since when it does is known only of what is in step."""
    sent, heard = (each.at for each in membership.sent), (each.at for each in membership.heard.values())
    until = max((*sent, *heard), default=None)
    writers = writers_of(membership, files, (), now, silent_days)
    troubles = troubles_of(files, membership.writer, _ALL)
    standing = SpaceStanding(state, until if state == "in_step" else None, "", writers, *troubles)
    sentences = warnings(standing, now)
    if state == "not_sent":
        sentences.insert(0, not_sent_words(since_words(until, now) if until else ""))
    return Unopened(
        membership.path, title(standing, now), is_well=state == "in_step", sentences=tuple(sentences)
    )


def _own_is_there(membership: Membership, files: Sequence[Found]) -> bool:
    """Whether the own file is the one that was written last."""
    name = own_name(membership.writer)
    return any(each.path.name == name and each.digest == membership.file for each in files)


def _is_sent(membership: Membership, tables: Tables) -> bool:
    """Whether all that goes into the space is in the own file."""
    copied = {name: dict(table) for name, table in tables.items()}
    return digest_of_tables(shared_part(copied)) == membership.content


def _news(membership: Membership, files: Sequence[Found]) -> Iterator[str]:
    """Yield whose files say something that was not taken in."""
    for each in files:
        if each.line is not None and each.line.writer != membership.writer:
            heard = membership.heard.get(each.line.writer)
            if heard is None or heard.count < each.line.count:
                yield writer_name(each.line.person, each.line.machine)


def _read_all(reader: Reader) -> list[Found]:
    return [found for found, _ in reader.changed(0.0)]


def _states_in(folder: Path) -> dict[str, FileState | None]:
    return {path.name: look_if_there(path) for path in entries(folder)}
