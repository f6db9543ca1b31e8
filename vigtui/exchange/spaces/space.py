"""A caseload in its space: what others wrote is taken in, and what is here is put into the own file."""

import contextlib
import datetime as dt
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vigtui.casefilm.erasing import finish_erasing
from vigtui.exchange.spaces.content import Line, SpaceFile, digest_of, digest_of_tables, names_in, pack
from vigtui.exchange.spaces.erased import (
    ErasedFamily,
    erased_in,
    erased_keys,
    families_in,
)
from vigtui.exchange.spaces.membership import Membership, keep_own_places, save_membership
from vigtui.exchange.spaces.outgoing import shared_part
from vigtui.exchange.spaces.reading import Found, Reader, Trouble
from vigtui.exchange.spaces.standing import (
    SILENT_DAYS,
    SpaceStanding,
    State,
    apart_of,
    keeps_versions,
    troubles_of,
    writers_of,
)
from vigtui.exchange.spaces.timing import NOTHING, Written, due
from vigtui.exchange.spaces.writing import own_name, put, writer_named
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import Tables
from vigtui.store.merging.differences import TwoFiles
from vigtui.store.merging.record_versions import RecordKey
from vigtui.values.memory import not_collecting

if TYPE_CHECKING:
    from vigtui.store.merging.steps import Step

_TOLD_FAMILIES = 20


class _NotSavedHereError(Exception):
    """The caseload's own file cannot be written: nothing goes out that is not on this disk."""


def _local_time() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Space:
    """Keeps an open caseload in step with its space's folder. `work` is one look and, when it is time, one
    writing: call it once a second in one thread, and `leave` at the end. `clock` gives seconds that only go
    forward, `chance` a number from 0 to 1; `give_way` is called after each file that changed something here.
    Another is silent who was not heard of for `silent_days`."""

    def __init__(
        self,
        caseload: Caseload,
        membership: Membership,
        *,
        clock: Callable[[], float] = time.monotonic,
        time_of_day: Callable[[], dt.datetime] = _local_time,
        chance: Callable[[], float] = random.random,
        give_way: Callable[[], None] = lambda: None,
        silent_days: int = SILENT_DAYS,
    ) -> None:
        self.caseload, self.membership = caseload, membership
        self._silent_days, self._give_way = silent_days, give_way
        self._clock, self._time_of_day, self._chance = clock, time_of_day, chance
        self._reader = Reader(membership.path, membership.key(caseload.meta.id), caseload.meta.id)
        self._written = Written()
        self._waiting = NOTHING
        self._noting = threading.Lock()
        self._receiving = threading.local()
        self._own: SpaceFile | None = None
        self._erased: frozenset[RecordKey] = frozenset()
        self._finished = -1
        self._families: list[ErasedFamily] = []
        self._state: State = "in_step"
        self._since: dt.datetime | None = membership.sent[-1].at if membership.sent else None
        self._unsent: dt.datetime | None = None
        self._why = ""
        self._opened = False
        self._unsubscribe = caseload.subscribe(self._note_change)

    # What happens here

    def _note_change(self, step: "Step") -> None:
        """Note what was changed here, by this program or by another that has the caseload open."""
        if getattr(self._receiving, "now", False):
            return
        now, came = self._clock(), all(each.came for each in step.changes) and not step.words
        with self._noting:
            if self._unsent is None and not came:
                self._unsent = self._time_of_day()
            self._waiting = self._waiting.took_in(now) if came else self._waiting.changed(now)
            if erased := erased_in(step.changes):
                self._erased |= {each.key for each in erased}
                self._waiting = self._waiting.erases(now, self._chance())

    # Once a second

    def work(self) -> None:
        """Take in what is new, and write the own file when it is time."""
        if self.look():
            moment = due(self._waiting, self._written)
            if moment is not None and moment <= self._clock():
                self.write()

    def leave(self) -> None:
        """Look once more, put what is not in the own file into it, and note no more."""
        if self.look() and (not self._waiting.nothing or self._written.broken):
            self.write()
        self._unsubscribe()

    def look(self) -> bool:
        """Take in every file that is new. Return whether the folder is there."""
        heard = False
        if not self._opened:  # An earlier version that was put back may be from before the space.
            with contextlib.suppress(CaseloadError):
                keep_own_places(self.caseload)
        try:
            with not_collecting():
                for found, held in self._reader.changed(self._clock()):
                    heard = self._take_in(found, held) or heard
        except OSError:
            if self._state != "offline":
                self._state, self._since = "offline", self._time_of_day()
            return False
        self._note_own_file()
        if self._state == "offline":
            self._state, self._since = "in_step", self._time_of_day()
        if heard:
            self._since = self._time_of_day()
            self._keep()
        if not self._opened:
            self._opened = True
            if self._written.broken or digest_of_tables(self._shared()) != self.membership.content:
                with self._noting:
                    self._waiting = self._waiting.changed(self._clock())
        self._finish_erasing()
        self._remove_copies()
        return True

    def _finish_erasing(self) -> None:
        """Delete what there is still here of what was erased, also when a program was killed before it had
        done that. What the disk refuses is tried again after the next erasure, or opening."""
        if self._finished != self.caseload.erasing.number:
            self._finished = self.caseload.erasing.number
            finish_erasing(self.caseload)

    def _take_in(self, found: Found, held: SpaceFile | None) -> bool:
        """Merge what a file holds. Return whether it was news of another writer."""
        if held is None:
            return False
        names = names_in(held.tables)  # Before the screens have something to do, too.
        try:
            step = self._receive(held.tables)
        except CaseloadError:
            self._reader.refuse(found, Trouble.NEWER, self._clock())
            return False
        found.names = names
        if step.by_key:
            self._note_taken_in(step)
            self._give_way()
        if held.line.writer != self.membership.writer:
            return self.membership.note_heard(held.line, found.key, self._time_of_day())
        if found.is_as_named:
            self._own = held
        return False

    def _note_taken_in(self, step: "Step") -> None:
        """Note what others changed, and of what they erased what is told."""
        erased, now = erased_in(step.changes), self._clock()
        with self._noting:
            self._waiting = self._waiting.took_in(now)
            if erased:
                self._waiting = self._waiting.erases(now, self._chance())
        if erased:
            self._erased |= {each.key for each in erased}
            told = [*self._families, *families_in(erased, self.caseload.by, self.caseload.get)]
            self._families = told[-_TOLD_FAMILIES:]

    def _receive(self, tables: Tables) -> "Step":
        self._receiving.now = True
        try:
            return self.caseload.receive(tables)
        finally:
            self._receiving.now = False

    def _note_own_file(self) -> None:
        """Find out whether the own file is as it was written last: if not, it is written at once."""
        own, held = self._reader.files.get(own_name(self.membership.writer)), self._own
        broken = own is None or own.trouble is not None or own.digest != self.membership.file
        if broken and held is not None and own is not None and own.is_as_named:
            broken = held.line.count < self.membership.count
            if not broken:
                self._go_on_from(held)
        self._own = None
        before = self._written
        if broken != before.broken:
            self._written = Written(before.at, before.size, before.failed, broken)

    def _go_on_from(self, held: SpaceFile) -> None:
        """Take a file for the last one of ours that another program wrote: one that was killed, that has the
        caseload open, too, or that is a copy of this writer on another machine."""
        content = digest_of_tables(self._shared()) if self._says_all(held.tables) else ""
        self.membership.note_sent(held.line, held.digest, content, self._time_of_day())
        self._keep()
        if not content:
            with self._noting:
                self._waiting = self._waiting.changed(self._clock())

    def _says_all(self, tables: Tables) -> bool:
        """Whether these tables say all that goes into the space, and nothing else."""
        files = TwoFiles(self.caseload.meta, self._shared(), tables)
        return not files.others and next(files.differences(), None) is None

    def _shared(self) -> Tables:
        tables = self.caseload.snapshot()
        self._erased = erased_keys(tables)
        return shared_part(tables)

    # Writing

    def write(self) -> bool:
        """Save the caseload, and then write the own file unless it says all of this already. Return whether
        it does now."""
        with self._noting:
            waiting, self._waiting = self._waiting, NOTHING
            unsent, self._unsent = self._unsent, None
        try:
            tables = self._shared()
            if self.caseload.flush().state != "saved":
                raise _NotSavedHereError
            content = digest_of_tables(tables)
            if content != self.membership.content or self._written.broken:
                self._put(tables, content)
        except (OSError, ValueError, _NotSavedHereError) as error:
            with self._noting:
                self._waiting = self._waiting.also(waiting)
                self._unsent = unsent or self._unsent
            not_here = isinstance(error, _NotSavedHereError)  # Saving says why.
            self._why = "" if not_here else getattr(error, "strerror", None) or str(error)
            self._written = Written(self._written.at, self._written.size, self._clock(), self._written.broken)
            if self._state == "in_step":
                self._state, self._since = "not_sent", unsent or self._time_of_day()
            return False
        self._why = ""
        if self._written.failed is not None:
            self._written = Written(self._written.at, self._written.size, None, self._written.broken)
        self._state, self._since = "in_step", self._time_of_day()
        self._remove_copies()
        return True

    def _put(self, tables: Tables, content: str) -> None:
        membership = self.membership
        membership.person = self.caseload.by or membership.person
        own = self._reader.files.get(own_name(membership.writer))
        there = own.line.count if own is not None and own.line is not None else 0
        line = Line(
            self.caseload.meta.id,
            membership.writer,
            membership.person[:200],
            membership.machine,
            max(membership.count, there) + 1,
            {writer: heard.count for writer, heard in membership.heard.items()},
            dict(membership.taken_out),
        )
        data = pack(self._reader.key, line, tables)
        put(membership.path, membership.writer, data)
        path = membership.path / own_name(membership.writer)
        # Without a state it is read once more, and not unpacked again if it is what was written.
        self._reader.files[path.name] = Found(
            path, None, digest_of(data), line, self._reader.key.name.hex(), names=names_in(tables)
        )
        membership.note_sent(line, digest_of(data), content, self._time_of_day())
        self._written = Written(self._clock(), len(data))
        self._keep()

    def _keep(self) -> None:
        # What is not kept is found out again: then a file is written once more.
        with contextlib.suppress(OSError, CaseloadError):
            save_membership(self.caseload, self.membership)

    def _remove_copies(self) -> None:
        """Delete the conflicted copies whose content is in the own file, and what opens with a code that was
        given up once everybody has the new one."""
        if not self._waiting.nothing or self._written.broken or self.membership.file == "":
            return
        for found in list(self._reader.files.values()):
            copy = found.line is not None and found.trouble is None and not found.is_as_named
            if (copy or self._is_given_up(found)) and found.is_still():
                with contextlib.suppress(OSError):
                    found.path.unlink()

    def _is_given_up(self, found: Found) -> bool:
        membership, key = self.membership, self._reader.key.name.hex()
        if found.trouble is not Trouble.OTHER_CODE or found.key not in membership.earlier:
            return False
        return writer_named(found.path.name) in membership.taken_out or all(
            heard.key == key for heard in membership.heard.values()
        )

    # What is shown

    def has_sent_all(self) -> bool:
        """Whether the file that was written last says all that goes into the space, wherever that is."""
        return digest_of_tables(self._shared()) == self.membership.content

    @property
    def folder(self) -> Path:
        """The space's folder."""
        return self.membership.path

    @property
    def standing(self) -> SpaceStanding:
        """How the caseload stands in its space now."""
        files, now = list(self._reader.files.values()), self._clock()
        state, since = self._state, self._since
        if state == "in_step" and self._unsent is not None and self._is_late():
            state, since = "not_sent", self._unsent
        not_whole, newer, other_code = troubles_of(files, self.membership.writer, now)
        held = [each for each in files if each.line is not None]
        return SpaceStanding(
            state,
            since,
            self._why,
            writers_of(
                self.membership,
                files,
                self._erased,
                self._time_of_day(),
                self._silent_days,
                offline=state == "offline",
            ),
            not_whole,
            newer,
            other_code,
            keeps_versions(self.membership.path),
            bool(self._erased),
            len(held),
            sum(not each.names.any_of(self._erased) for each in held),
            tuple(self._families),
            apart_of(self.membership).get(self.membership.writer, ""),
        )

    def _is_late(self) -> bool:
        unsent = self._unsent
        return unsent is not None and self._time_of_day() - unsent >= dt.timedelta(minutes=1)
