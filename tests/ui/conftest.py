"""A real film, and a caseload with one family whose film may be seen."""

import datetime as dt
import math
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.caseloads import consents
from tests.ui.family_driving import stop_the_calendar
from tests.ui.heron import make_heron
from tests.ui.settling import settle
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Family,
    Member,
    Person,
    Recording,
    Seeing,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import Decision, Purpose, RecordingKind, Role, SessionMode
from vigtui.film.making.encode import SOUND_RATE, encode
from vigtui.store.caseload import Caseload
from vigtui.values.days import today
from vigtui.values.identity import id_of

FILM_SECONDS = 20
RATE = 10


@pytest.fixture(autouse=True)
def keys_wait_for_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot goes on as soon as the app has done what its key asked for."""
    monkeypatch.setattr("textual.app.wait_for_idle", settle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", settle)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds, 64 x 48: a bar that moves from left to right, and a tone."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    frames = []
    for number in range(FILM_SECONDS * RATE):
        bar = number * 64 // (FILM_SECONDS * RATE)
        row = b"".join(b"\xff\xd0\x40" if column <= bar else b"\x20\x40\x80" for column in range(64))
        frames.append(row * 48)
    tone = [round(8000 * math.sin(step / 20)) for step in range(SOUND_RATE)]
    sound = struct.pack(f"<{SOUND_RATE}h", *tone) * FILM_SECONDS
    encode(path, width=64, height=48, frames_per_second=RATE, frames=frames, sound=sound)
    return path


@dataclass
class Heron:
    """A caseload file with a family, its film and a planned supervision, and their ids."""

    path: Path
    family: str
    dana: str
    jory: str
    interaction: str
    review: str
    clips: dict[str, str]
    session: str
    items: tuple[str, str]
    trainee: str
    supervisor: str


def own_seeing(item: str, person: str, *, words: str = "", done: bool = False) -> Seeing:
    """What this person sees in an item by themselves."""
    begun, identity = bool(words), id_of("seeing", item, person)
    day = dt.date(2025, 3, 17)
    return Seeing(id=identity, item=item, person=person, date=day, words=words, done=done, begun=begun)


def withdrawn(heron: Heron, purpose: Purpose) -> Consent:
    """What takes back today that Jory may be seen for this."""
    return Consent(
        family=heron.family,
        member=heron.jory,
        purpose=purpose,
        decision=Decision.WITHDRAWN,
        given_by="Dana",
        date=today(),
    )


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the sample family, on the sample's day."""
    stop_the_calendar(monkeypatch)
    return make_heron(tmp_path / "heron.vig.json")


@pytest.fixture
def heron(tmp_path: Path, film: Path) -> Heron:
    """Family F-017: two clips from the interaction, two from the shared review, both consents given."""
    folder = tmp_path / "case load é"
    (folder / "media").mkdir(parents=True)
    for name in ("F-017-C2.mp4", "F-017-SR2.mp4"):
        shutil.copy(film, folder / "media" / name)
    caseload = Caseload.create(folder / "heron.vig.json", by="Ros Tiverton")
    ros = caseload.save(Person(name="Ros Tiverton", roles=(Role.SUPERVISOR,)))
    ellis = caseload.save(Person(name="Ellis Marr", roles=(Role.TRAINEE, Role.GUIDER), supervisor=ros.id))
    dana, jory = Member(label="Dana", relation="parent"), Member(label="Jory", relation="child, 4")
    family = caseload.save(Family(code="F-017", pseudonym="Heron", guider=ellis.id, members=(dana, jory)))
    for consent in consents(family, dt.date(2025, 2, 4)):
        caseload.save(consent)
    cycle = caseload.save(Cycle(family=family.id, number=2, activity="making toast"))
    length = FILM_SECONDS * 1000
    interaction = caseload.save(Recording(cycle=cycle.id, path="media/F-017-C2.mp4", duration_ms=length))
    review = caseload.save(
        Recording(
            cycle=cycle.id, kind=RecordingKind.SHARED_REVIEW, path="media/F-017-SR2.mp4", duration_ms=length
        )
    )

    def clip(recording: Recording, start: int, order: int, title: str, companion: str = "") -> Clip:
        return caseload.save(
            Clip(
                recording=recording.id,
                in_ms=start,
                out_ms=start + 3000,
                order=order,
                title=title,
                companion=companion,
            )
        )

    jam = clip(interaction, 2000, 1, "Jam or honey")
    knife = clip(interaction, 8000, 2, "The knife drops")
    sulking = clip(review, 4000, 1, "Sulking…", knife.id)
    last = clip(review, 12000, 2, "The last question")
    session = caseload.save(
        Session(
            supervisor=ros.id,
            trainees=(ellis.id,),
            date=dt.date(2025, 3, 18),
            mode=SessionMode.REMOTE,
        )
    )
    first = caseload.save(
        SessionItem(
            session=session.id,
            order=1,
            clip=sulking.id,
            companion=knife.id,
            trainee_question="When Dana names something hard, how do I stay with it?",
        )
    )
    second = caseload.save(SessionItem(session=session.id, order=2, clip=last.id))
    for item in (first, second):  # Ellis brings no words of their own: nobody is asked to wait for them.
        caseload.save(own_seeing(item.id, ellis.id, done=True))
    caseload.close()
    clips = {"C2-1": jam.id, "C2-2": knife.id, "SR2-1": sulking.id, "SR2-2": last.id}
    return Heron(
        caseload.path,
        family.id,
        dana.id,
        jory.id,
        interaction.id,
        review.id,
        clips,
        session.id,
        (first.id, second.id),
        ellis.id,
        ros.id,
    )
