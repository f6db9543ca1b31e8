"""What every screen works with: the caseload, the film player, who is here, and where they were."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from vigtui.domain.people import supervises
from vigtui.domain.principles import DEFAULT, Principles, parse
from vigtui.domain.records import Person
from vigtui.domain.vocabulary import Role
from vigtui.foreign.files import read_file, reason
from vigtui.foreign.json_data import decode_json
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.disk.other_files import is_in_space
from vigtui.values.days import today
from vigtui.values.text import folded, one_line
from vigtui.vault.key import Key
from vigtui.workspace.last_seen import refuse_unexpected, remember
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings, SettingsError

if TYPE_CHECKING:
    from vigtui.demo.following import FilmFollows
    from vigtui.domain.lookup import Find
    from vigtui.exchange.spaces.worker import SpaceWorker
    from vigtui.film.playing.player import Player
    from vigtui.store.merging.steps import Change, Step
    from vigtui.wording.arrivals import Arrival
    from vigtui.wording.names import Names
    from vigtui.workspace.copying import FilmCopies
    from vigtui.workspace.searching import Searching


class Opening(Struct, frozen=True):
    """A caseload that is being opened on another thread."""

    path: Path
    caseload: Future[Caseload]


T = TypeVar("T")

PRINCIPLES_FILE = "principles.json"
_IN_SPACE = "in a space"
_MOST_BYTES = 1 << 20


def load_principles(folder: Path) -> Principles:
    """The service's own wording of the principles, from `principles.json` in the caseload's folder, if there.

    Raises SettingsError, whose sentence names the file and what is wrong in it.
    """
    path = folder / PRINCIPLES_FILE
    try:
        return parse(decode_json(read_file(path, _MOST_BYTES), dict[str, Any]))
    except FileNotFoundError:
        return DEFAULT
    except (OSError, ValueError) as error:
        why = one_line(reason(error)).rstrip(".")[:200]
        raise SettingsError(f"{path}: {why}. The usual wording is used instead.") from None


@dataclass
class Workspace:
    """One open caseload and everything around it. `person` is who uses vigtui; None until they say. `others`
    are the names of those who have the file open too, `shown_elsewhere` the ids of what they show to
    families. `space` keeps it in step with other machines; `lost_space`: it was in one when this person had
    it open here last, and nothing is kept of that where it lies. While it is open, `merged` is what other
    files brought, and `news` what others wrote into this one; `opened_late` are the recordings whose film was
    opened though it was to be deleted by now, `told_of_copy` those of which it has been told that a
    lighter copy is seen. `last_search` is what whoever is here searched for last; `follows` makes the film
    of a demo that was opened before it was there, `copies` the working copies of film that is heavy."""

    caseload: Caseload
    settings: Settings
    places: Places
    principles: Principles = DEFAULT
    person: Person | None = None
    others: tuple[str, ...] = ()
    shown_elsewhere: tuple[str, ...] = ()
    space: "SpaceWorker | None" = None
    merged: "list[Arrival]" = field(default_factory=list)
    news: "dict[tuple[str, str], Change]" = field(default_factory=dict)
    opened_late: set[str] = field(default_factory=set)
    told_of_copy: set[str] = field(default_factory=set)
    follows: "FilmFollows | None" = None
    copies: "FilmCopies | None" = None
    _players: "dict[int, Player]" = field(default_factory=dict, repr=False)
    _chosen_sounds: dict[Path, int] = field(default_factory=dict, repr=False)
    _making: Lock = field(default_factory=Lock, repr=False)
    last_search: str = ""
    lost_space: bool = False
    _told_of_space: Callable[[], None] = field(default=lambda: None, repr=False)
    _searching: "Searching | None" = field(default=None, repr=False)
    _erasing: Callable[[], None] = field(default=lambda: None, repr=False)
    _closed: bool = field(default=False, repr=False)

    def enter(self, person: Person | None) -> None:
        """From here on `person` is at the keyboard; their name goes into each record they save. What somebody
        else searched for is not shown to them."""
        if person is None or self.person is None or person.id != self.person.id:
            self.last_search = ""
        self.person = person
        self.caseload.by = person.name if person else ""
        self.places.set("person", person.id if person else None)

    def recognised(self) -> Person | None:
        """Return who is likely to be at the keyboard: whoever was here last, who has the name that was just
        typed, in the demo its supervisor, or the only one who works with this caseload. None when they have
        to be asked."""
        caseload = self.caseload
        return recognised(caseload.all(Person), self.places, typed=caseload.by, demo=caseload.meta.demo)

    def note_news(self, made: "Iterable[Change]") -> None:
        """Add to the `news`. Called by one thread at a time, while others read what was there."""
        news = dict(self.news)
        for change in made:
            news[change.key] = news[change.key].then(change) if change.key in news else change
        self.news = news

    def film(self, number: int = 0) -> "Player":
        """The player of this number, made on first use and kept from screen to screen.

        Every film plays in player 0; a second one beside it in player 1, which is silent until it is asked
        to be heard. Raises vigtui.film.errors.LibraryMissing where libmpv is not installed.
        """
        with self._making:
            if number not in self._players:
                from vigtui.film.playing.player import Player

                muted = number > 0 or self.settings.start_muted
                self._players[number] = Player(
                    muted=muted, sounds=self._chosen_sounds, hardware=self.settings.hardware_decoder
                )
            return self._players[number]

    @property
    def searching(self) -> "Searching":
        """The search over this caseload, kept from screen to screen once somebody has searched."""
        with self._making:
            if self._searching is None:
                from vigtui.workspace.searching import Searching  # The first screen does without.

                self._searching = Searching(self.caseload)
            return self._searching

    def names(self, find: "Find") -> "Names":
        """What the records that `find` finds are called, in words for whoever is at the keyboard."""
        from vigtui.wording.names import Names  # The first screen does without.

        reader = self.person.id if self.person else ""
        return Names(find, self.today(), principles=self.principles, reader=reader)

    def today(self) -> date:
        """The day here, by the machine's own clock."""
        return today()

    def finish_erasing(self) -> None:
        """Delete from now on what is left here of what was erased elsewhere, or by a program that was killed
        before it was done: each time in a thread of its own."""

        def note(step: "Step") -> None:
            if any(each.after.erased and not each.before.erased for each in step.changes):
                Thread(target=self._finish_erasing, name="erasing", daemon=True).start()

        self._erasing = self.caseload.subscribe(note)
        Thread(target=self._finish_erasing, name="erasing", daemon=True).start()

    def _finish_erasing(self) -> None:
        with self.caseload.erasing.at_work:
            if not self._closed and self.caseload.erasing.left() is not None:
                from vigtui.casefilm.erasing import finish_erasing  # Lazy: hardly ever needed.

                finish_erasing(self.caseload)

    @property
    def in_space(self) -> str:
        """How the caseload stands in its space, in words for the title; "" where it is in none."""
        space = self.space  # Asked once: it ends in another thread.
        return space.words if space else ""

    @property
    def space_folder(self) -> Path | None:
        """The folder of the caseload's space; None where it is in none, or that is not known yet."""
        space = self.space
        membership = space.membership if space else None
        return membership.path if membership else None

    def join_in(self, changed: Callable[[], None] = lambda: None) -> None:
        """Keep a caseload that is in a space in step with it from now on. `changed` is called, in another
        thread, when that stands otherwise than before."""
        self._told_of_space = changed
        in_space = self.caseload.encrypted and is_in_space(self.caseload.path)
        self.lost_space = bool(self.places.get(_IN_SPACE)) and not in_space
        if in_space or self.lost_space:
            self.places.set(_IN_SPACE, 1 if in_space else None)
        if self.lost_space:
            changed()
        if self.space is None and in_space:
            from vigtui.exchange.spaces.worker import SpaceWorker  # Lazy: most caseloads are in none.

            silent, left = self.settings.space_silent_days, self.settings.space_film_left_days
            self.space = SpaceWorker(self.caseload, changed, silent_days=silent, film_left_days=left)
            self.space.start()

    def change_space(self, task: Callable[[], T]) -> T:
        """Do what makes, joins, changes or leaves the caseload's space, while nothing else works with that;
        then go on as it is now. Raises what `task` does. Blocks for disk."""
        if self.space is not None:
            self.space.stop()
            self.space = None
        if self.places.get(_IN_SPACE):
            self.places.set(_IN_SPACE, None)  # Whoever leaves one has not lost it.
        try:
            return task()
        finally:
            self.join_in(self._told_of_space)
            self._told_of_space()

    @property
    def to_decide(self) -> int:
        """How much several people have changed in different ways, and nobody has decided yet."""
        return sum(conflict.number for conflict in self.caseload.conflicts())

    @property
    def being_made(self) -> str:
        """What film is being made in the background; "" for none."""
        return next((each.words for each in (self.follows, self.copies) if each and each.words), "")

    def plays_film(self) -> bool:
        """Whether any film plays. May be called from any thread."""
        with self._making:
            return any(player.state.playing for player in self._players.values())

    def hold_film(self) -> None:
        """Pause every film, and take it out of a window of its own."""
        with self._making:
            for player in self._players.values():
                player.pause()
                player.close_window()

    def close(self) -> None:
        """Stop the film, send what is not in the space yet, save the caseload, overwrite its key in
        memory, and remember the places."""
        if self.space is not None:
            self.space.stop()
        if self.follows is not None:
            self.follows.stop()
        if self.copies is not None:
            self.copies.stop()
        with self._making:
            while self._players:
                self._players.popitem()[1].close()
        self._erasing()
        with self.caseload.erasing.at_work:  # What is not done by then is noted beside the caseload.
            self._closed = True
        key = self.caseload.key
        self.caseload.close()
        remember(self.places, self.caseload)
        if key is not None:
            key.wipe()
        self.places.save()


def recognised(
    people: Iterable[Person], places: Places, *, typed: str = "", demo: bool = False
) -> Person | None:
    """Return who of these is likely to be at the keyboard, as `Workspace.recognised`; `typed` is the name
    that was just typed."""
    active = {person.id: person for person in people if person.active}
    last = active.get(str(places.get("person")))
    if last is not None:
        return last
    if typed:
        named = [each for each in active.values() if folded(each.name) == folded(typed)]
        return named[0] if len(named) == 1 else None
    if demo:
        return next((each for each in active.values() if supervises(each)), None)
    return next(iter(active.values())) if len(active) == 1 else None


def open_caseload(
    path: Path, passphrase: str | None = None, places: Places | None = None, *, key: Key | None = None
) -> Caseload:
    """Open a caseload, with its passphrase if it is encrypted; that takes most of a second, but where its key
    is known. Raises CaseloadError; NotAsLastSeenError where it is not what the person of these places would
    expect."""
    if passphrase is not None:
        key = unlock(path, passphrase)
    if places is None:
        return Caseload.open(path, key=key)
    return Caseload.open(path, key=key, expect=partial(refuse_unexpected, places, path))


def make_caseload(path: Path, service: str, name: str, role: Role, key: Key | None = None) -> Caseload:
    """Make a caseload file with its first person in it, encrypted if there is a key. Raises CaseloadError."""
    caseload = Caseload.create(path, service=service, by=name, key=key)
    caseload.save(Person(name=name, roles=(role,)))
    return caseload
