"""What every screen works with: the caseload, the film player, who is here, and where they were."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vigtui.domain.records import Person
from vigtui.domain.vocabulary import Role
from vigtui.settings import Places, Settings
from vigtui.store.caseload import Caseload

if TYPE_CHECKING:
    from vigtui.video.player import Player


@dataclass(frozen=True)
class Opening:
    """A caseload that is being opened on another thread."""

    path: Path
    caseload: Future[Caseload]


@dataclass
class Workspace:
    """One open caseload and everything around it. `person` is who uses vigtui; None until they say."""

    caseload: Caseload
    settings: Settings
    places: Places
    person: Person | None = None
    _player: "Player | None" = field(default=None, repr=False)

    def enter(self, person: Person | None) -> None:
        """From here on `person` is at the keyboard; their name goes into each record they save."""
        self.person = person
        self.caseload.by = person.name if person else ""
        self.places.set("person", person.id if person else None)

    def film(self) -> "Player":
        """The one player, made on first use and kept from screen to screen.

        Raises vigtui.video.errors.LibraryMissing where libmpv is not installed.
        """
        if self._player is None:
            from vigtui.video.player import Player

            self._player = Player(muted=self.settings.start_muted)
        return self._player

    def today(self) -> date:
        """The day here, by the machine's own clock."""
        return date.today()  # noqa: DTZ011  the day where the work happens, not in UTC

    def close(self) -> None:
        """Stop the film, save the caseload and remember the places."""
        if self._player is not None:
            self._player.close()
            self._player = None
        self.caseload.close()
        self.places.save()


def make_caseload(path: Path, service: str, name: str, role: Role) -> Caseload:
    """Make a caseload file with its first person in it. Raises CaseloadError."""
    caseload = Caseload.create(path, service=service, by=name)
    caseload.save(Person(name=name, roles=(role,)))
    return caseload
