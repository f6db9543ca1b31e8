"""All caseloads that somebody works with, looked at one after the other without being opened.

Of each only a row is kept. Nothing is written anywhere, and nothing of one comes near another.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.records import Person, Seeing
from vigtui.exchange.incoming import ENDING, Other, read_other
from vigtui.foreign.in_time import in_time
from vigtui.queries.caseload_rows import caseload_records
from vigtui.queries.search.audience import may_read
from vigtui.queries.search.index import Index
from vigtui.queries.search.parts import SEARCHED, Key
from vigtui.queries.shelf import ShelfRow, shelf_row
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file_state import look_if_there
from vigtui.store.disk.other_files import is_in_space
from vigtui.store.errors import CaseloadDamagedError, CaseloadError, CaseloadLockedError, CaseloadMissingError
from vigtui.store.format.documents import is_plain
from vigtui.store.format.layout import LayoutError, decode
from vigtui.store.format.opening import load
from vigtui.store.sharing.presence import is_open
from vigtui.store.snapshot import Snapshot
from vigtui.values import clocks
from vigtui.values.days import today
from vigtui.values.search import haystack
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey
from vigtui.vault.envelope import DamagedError, parse
from vigtui.vault.headers import FirstHeader
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring
from vigtui.wording.names import Names
from vigtui.wording.search import label, whose, words_of
from vigtui.workspace.last_seen import NotAsLastSeenError, refuse_unexpected
from vigtui.workspace.own_keyring import ASKED, OwnKeyring
from vigtui.workspace.places import Places
from vigtui.workspace.workspace import open_caseload

if TYPE_CHECKING:
    from vigtui.exchange.spaces.unopened import Unopened

_BY_NAME = "shelf by name"
_COMMON_NAME = "caseload"
_MOST_HITS = 50
"""So many places are shown of one caseload."""


class State(Enum):
    """What could be seen of a caseload."""

    WAITING = "not looked at yet"
    SHOWN = "shown"
    LOCKED = "locked"
    MISSING = "not there"
    TROUBLE = "cannot be shown"


class OnShelf(Struct, frozen=True):
    """A caseload on the shelf. `words` is why there is no `row`; `space` how it stands in its space, where it
    is in one and that can be seen."""

    path: Path
    caseload: str
    state: State = State.WAITING
    words: str = ""
    row: ShelfRow | None = None
    in_space: bool = False
    space: "Unopened | None" = None

    @property
    def name(self) -> str:
        """What it goes by: its file, or the folder of one that is called as most are."""
        name = self.path.name.removesuffix(ENDING)
        return one_line(self.path.parent.name if name == _COMMON_NAME and self.path.parent.name else name)

    @property
    def hay(self) -> str:
        """What a filter looks through."""
        standing = self.space.words if self.space else "" if self.row else self.state.value
        return f"{haystack([self.name, standing])}\n{self.row.hay if self.row else ''}"

    @property
    def due(self) -> dt.date:
        """By which day it is opened: the day of what cannot wait, which is past all others, else that of what
        is planned next; the last of all days where there is nothing."""
        if self.row is None:
            return dt.date.max
        return dt.date.min if self.row.is_urgent else self.row.next or dt.date.max


class Found(Struct, frozen=True):
    """Words of a caseload in which something was found: whose they are, and which kind."""

    key: Key
    whose: str
    kind: str
    words: str


class Shelf:
    """The caseloads that this person opened here. What is encrypted is shown once `own`, their keyring, opens
    it."""

    def __init__(
        self, places: Places, own: OwnKeyring | None = None, *, space_silent_days: int | None = None
    ) -> None:
        self._places, self._silent_days = places, space_silent_days
        self.own = own or OwnKeyring()
        self._seen: dict[Path, tuple[object, OnShelf]] = {}
        """What was seen, and of which state of the file."""

    def today(self) -> dt.date:
        """The day here, by the machine's own clock."""
        return today()

    def all(self) -> list[OnShelf]:
        """Return what is on the shelf, by name, as it was seen last."""
        found = [
            self._seen[path][1] if path in self._seen else OnShelf(path, caseload)
            for path, caseload in self._places.shelf.items()
        ]
        return sorted(found, key=by_name)

    def look(self, each: OnShelf) -> OnShelf:
        """Return what is seen of a caseload. Reads its file, unless that and its space are as they were."""
        state = (look_if_there(each.path), _state_of_space(each), self.today(), self.own.version)
        if each.path in self._seen and self._seen[each.path][0] == state:
            return self._seen[each.path][1]
        seen = self._look(each)
        state = (state[0], _state_of_space(seen), *state[2:])
        self._seen[each.path] = state, seen
        return seen

    def look_in_time(self, each: OnShelf, seconds: float, stopped: Callable[[], bool]) -> OnShelf:
        """Return what is seen of a caseload as `look` does; or that its disk does not answer, where that
        takes longer, or an earlier look still waits. Raises TimeoutError where it was `stopped`."""
        try:
            return in_time(lambda: self.look(each), seconds, stopped, about=each.path)
        except TimeoutError:
            if stopped():
                raise
        words = f"{each.name}: its disk does not answer. The others are shown."
        return replace(each, state=State.TROUBLE, words=words, row=None, space=None)

    @property
    def is_by_name(self) -> bool:
        """Whether this person has them in the order of their names."""
        return bool(self._places.get_of("", _BY_NAME))

    def order(self, *, by_name: bool) -> None:
        """Have them in the order of their names from here on, or of their days. Blocks for disk."""
        self._places.set_of("", _BY_NAME, int(by_name))
        self._places.save()

    def forget(self) -> None:
        """Forget what was seen, and what the own passphrase opened."""
        self.own.close()
        self._seen.clear()

    def _look(self, each: OnShelf) -> OnShelf:
        space = is_in_space(each.path)
        try:
            snapshot = self._snapshot(each)
        except CaseloadMissingError:
            where = one_line(str(each.path.parent))
            words = (
                f"There is no file {one_line(each.path.name)} in {where}: it was moved, or a disk is missing."
            )
            return replace(each, state=State.MISSING, words=words, row=None)
        except CaseloadLockedError as error:
            return replace(each, state=State.LOCKED, words=str(error), row=None, in_space=space)
        except CaseloadError as error:
            return replace(each, state=State.TROUBLE, words=str(error), row=None, in_space=space)
        to_decide = sum(conflict.number for conflict in snapshot.conflicts())
        me = str(self._places.get_of(snapshot.meta.id, "person") or "")
        seeings = snapshot.where(Seeing)
        row = shelf_row(caseload_records(snapshot), to_decide, self.today(), me, seeings)
        stands = self._space_of(snapshot) if space else None
        return replace(each, state=State.SHOWN, words="", row=row, in_space=space, space=stands)

    def _space_of(self, snapshot: Snapshot) -> "Unopened | None":
        from vigtui.exchange.spaces.standing import SILENT_DAYS
        from vigtui.exchange.spaces.unopened import look_unopened  # Lazy: most caseloads are in no space.

        now, days = clocks.now().astimezone(), self._silent_days or SILENT_DAYS
        try:
            return look_unopened(snapshot, now, is_open=is_open(snapshot.path), silent_days=days)
        except LayoutError:
            return None  # Opening it says what is wrong with it.

    def take_off(self, each: OnShelf) -> None:
        """Show this caseload no more, and have the own keyring, if it is open, open it no more. Its file
        stays as it is. Raises CannotSaveError."""
        path = each.path
        self.own.forget(each.caseload)
        self._places.take_off_shelf(path)
        self._places.set_of(each.caseload, ASKED, None)
        self._places.save()
        self._seen.pop(path, None)

    def ask_again(self) -> None:
        """Ask again about each caseload whether the own passphrase shall open it, when it is opened next."""
        for caseload in self._places.shelf.values():
            self._places.set_of(caseload, ASKED, None)

    def open(self, each: OnShelf, passphrase: str | None = None) -> Caseload:
        """Open a caseload, with its passphrase or by the own keyring. Raises as `open_caseload`."""
        if passphrase is not None or not self.own.is_open:
            return open_caseload(each.path, passphrase, self._places)
        other = read_other(each.path)
        key = self._key(each, other) if other.is_encrypted else None
        return open_caseload(each.path, None, self._places, key=key)

    def search(self, among: Iterable[OnShelf], typed: str) -> Iterator[tuple[OnShelf, Sequence[Found]]]:
        """Yield where all words that were typed stand, caseload by caseload: what everybody who works with
        one may read. Those that are not shown are passed over."""
        for each in among:
            if each.state is State.SHOWN:
                try:
                    yield each, self._found(each, typed)
                except CaseloadError:
                    continue  # It has gone since it was looked at; the list says so at the next look.

    def _found(self, each: OnShelf, typed: str) -> list[Found]:
        snapshot = self._snapshot(each)
        find, where = snapshot.index.find, snapshot.where
        index, me = Index(find), str(self._places.get_of(snapshot.meta.id, "person") or "")
        # Without a reader nothing is found that one keeps alone; with one nothing said in others' sessions.
        names = [Names(find, self.today()), Names(find, self.today(), reader=me)]
        readers = [None, find(Person, me)]
        for kind in SEARCHED:
            index.put(snapshot.where(kind))

        def shown(key: Key) -> bool:
            record = snapshot.index.get(key[0], key[1])
            return record is not None and all(
                may_read(find, where, reader, each.is_hidden, record, key[2])
                for reader, each in zip(readers, names, strict=True)
            )

        keys = index.search(typed, shown, _MOST_HITS).keys
        return [
            Found(key, whose(names[0], record), label(key), words_of(record, key))
            for key in keys
            if (record := snapshot.index.get(key[0], key[1]))
        ]

    def _snapshot(self, each: OnShelf) -> Snapshot:
        """Read a caseload. Raises CaseloadError; NotAsLastSeenError where this person saw another last."""
        other = read_other(each.path)
        key = self._key(each, other) if other.is_encrypted else None
        if other.is_encrypted and key is None:
            raise CaseloadLockedError(self._why_locked(each, other))
        data = other.clear(Keyring(key))
        try:
            tables = decode(data)
        except LayoutError as error:
            raise CaseloadDamagedError(f"{other.name} {error}.") from None
        snapshot = Snapshot(
            each.path, tables, load(each.path, tables, lambda: None, plain=is_plain(data)), key
        )
        identity, generation = snapshot.meta.id, key.generation_of(parse(other.data)) if key else 0
        refuse_unexpected(self._places, each.path, identity, key, generation)
        if key is not None and identity != each.caseload:
            raise NotAsLastSeenError(
                f"{other.name} is another caseload than before.", key, is_explained=False
            )
        return snapshot

    def _key(self, each: OnShelf, other: Other) -> DataKey | None:
        """Return what the own keyring has for an encrypted file. Raises CaseloadDamagedError."""
        try:
            return self.own.key_to(each.caseload, parse(other.data))
        except (DamagedError, WrongKeyError) as error:
            raise CaseloadDamagedError(f"{other.name} {error}.") from None

    def _why_locked(self, each: OnShelf, other: Other) -> str:
        if self.own.opened_before(each.caseload):
            return (
                f"{each.name} has another key than the one in your keyring: somebody has changed who may "
                "open it. Its own passphrase opens it, and vigtui then asks whether yours shall again."
            )
        if isinstance(parse(other.data).header, FirstHeader):
            return (
                f"{each.name} is encrypted in the first layout: only its own passphrase opens it, which enter"
                " asks for. In the second, which its list offers, yours can open it, too."
            )
        return f"{each.name} is encrypted. Enter asks for its passphrase."


def by_name(each: OnShelf) -> tuple[str, str]:
    """Order caseloads by what they go by."""
    return each.name.casefold(), str(each.path)


def by_day(each: OnShelf) -> tuple[bool, dt.date, dt.date, tuple[str, str]]:
    """Order caseloads by the day for which they are opened, what cannot wait first; those that were not seen
    come last."""
    planned = each.row.next if each.row else None
    return each.row is None, each.due, planned or dt.date.max, by_name(each)


def _state_of_space(each: OnShelf) -> object:
    """Return what changes when a caseload's space does; None where it is in none."""
    if not each.in_space:
        return is_in_space(each.path)
    from vigtui.exchange.spaces.unopened import space_state  # Lazy: most caseloads are in no space.

    return space_state(each.path, each.space.folder if each.space else None)
