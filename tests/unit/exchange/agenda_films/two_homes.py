"""Two homes in one space: the trainee's, with a film, and the supervisor's, which has none.

What passes for film is enough where nobody plays it: cutting takes half a second, and is tried elsewhere.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import MP4, consents
from tests.unit.exchange.spaces.machines import Folder, Machine, machines_in, settle
from tests.unit.film.films import RATE, shades
from vigtui.casefilm.home import FilmHome
from vigtui.domain.consent.access import Permission
from vigtui.domain.records import (
    AgendaFilm,
    Clip,
    Consent,
    Cycle,
    Family,
    Member,
    Person,
    Recording,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import Decision, Purpose, RecordingKind, Role
from vigtui.exchange.agenda_films.keeping import keep_films
from vigtui.exchange.agenda_films.place import Place
from vigtui.exchange.agenda_films.sending import Sent, plan_sending, send_films
from vigtui.film.making.encode import encode
from vigtui.film.making.target import FilmTarget

DAY = dt.date(2026, 5, 3)
SESSION = dt.date(2026, 5, 10)
LAST = dt.date(2026, 5, 24)
SECONDS = 3


class Homes:
    """Ros, who brings her clips, and Ellis, who sees them; both clips are of one recording."""

    def __init__(self, folder: Folder, ros: Machine, ellis: Machine) -> None:
        self.folder, self.ros, self.ellis = folder, ros, ellis

    def place(self, machine: Machine) -> Place:
        return Place(machine.link, machine.space.membership.writer)

    def settle(self) -> None:
        settle(self.folder, [self.ros, self.ellis])

    def send(self, last_day: dt.date = LAST, on: dt.date = DAY) -> Sent:
        """Send what Ros has for the session, and let Ellis hear of it."""
        place = self.place(self.ros)
        plan = plan_sending(self.ros.caseload, place, "session", on)
        sent = send_films(self.ros.caseload, place, plan, last_day, on, "ros", lambda _: None)
        self.settle()
        return sent

    def keep(self, on: dt.date, *machines: Machine) -> None:
        """Let these machines, or both, delete what has to go on a day."""
        for machine in machines or (self.ros, self.ellis):
            keep_films(machine.caseload, self.place(machine), on)

    def files(self) -> list[Path]:
        """What lies in the space's folder of film."""
        films = self.folder.path / "film"
        return sorted(films.iterdir()) if films.is_dir() else []

    def film(self, clip: str = "toast", machine: Machine | None = None) -> AgendaFilm:
        (found,) = (machine or self.ellis).caseload.where(AgendaFilm, clip=clip)
        return found

    def withdraw(self, machine: Machine, purpose: Purpose = Purpose.SUPERVISION) -> None:
        """Jory may not be seen for this any more."""
        consent = machine.caseload.need(Consent, f"jory-{purpose}")
        machine.caseload.save(replace(consent, decision=Decision.WITHDRAWN))


def pretend_to_cut(
    home: FilmHome, permission: Permission, clip: Clip, target: FilmTarget, progress: Callable[[float], None]
) -> int:
    """Give the target what passes for the film of a clip, as `vigtui.casefilm.cutting.cut_clip` does."""
    progress(1.0)
    assert not isinstance(target, Path)
    target(io.BytesIO(f"{clip.id} ".encode() * 60_000), ".mp4")
    return clip.in_ms


@contextmanager
def two_homes(root: Path, *, real: bool = False) -> Iterator[Homes]:
    """The two, in step, with nothing sent yet; with a `real` film, if wanted."""
    with machines_in(root, "Ros", "Ellis") as (folder, (ros, ellis)):
        film = ros.home / "media" / "toast.mp4"
        film.parent.mkdir()
        film.write_bytes(MP4)
        if real:
            film.unlink()
            frames = list(shades(SECONDS * RATE))
            encode(film, width=160, height=96, frames_per_second=RATE, frames=frames, sound=None)
        _fill(ros)
        homes = Homes(folder, ros, ellis)
        homes.settle()
        yield homes


def _fill(machine: Machine) -> None:
    caseload = machine.caseload
    family = Family(
        id="heron",
        code="F-017",
        guider="ros",
        members=(Member(id="dana", label="Dana"), Member(id="jory", label="Jory")),
    )
    with caseload.transaction("Fill it"):
        caseload.save(Person(id="ros", name="Ros", roles=(Role.TRAINEE, Role.GUIDER), supervisor="ellis"))
        caseload.save(Person(id="ellis", name="Ellis", roles=(Role.SUPERVISOR,)))
        caseload.save(family)
        for each in consents(family, dt.date(2026, 2, 4)):
            caseload.save(each)
        caseload.save(Cycle(id="cycle", family="heron", number=2))
        recording = Recording(
            id="review",
            cycle="cycle",
            kind=RecordingKind.SHARED_REVIEW,
            path="media/toast.mp4",
            duration_ms=SECONDS * 1000,
        )
        caseload.save(recording)
        caseload.save(Clip(id="toast", recording="review", in_ms=500, out_ms=1500, order=1))
        caseload.save(Clip(id="jam", recording="review", in_ms=1500, out_ms=2500, order=2))
        caseload.save(Session(id="session", supervisor="ellis", trainees=("ros",), date=SESSION))
        caseload.save(SessionItem(id="first", session="session", order=1, clip="toast", companion="jam"))
