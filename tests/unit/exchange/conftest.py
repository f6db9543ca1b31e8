"""A caseload with two families, a supervision session about one of them, and film of it."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.caseloads import FOR_WORK, consents, make
from tests.unit.film import films
from vigtui.domain.records import (
    Clip,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Member,
    Note,
    Person,
    Programme,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    StatusSpan,
    Still,
    Tag,
)
from vigtui.domain.vocabulary import Purpose, RecordingKind, Role, StatusKind, Visibility
from vigtui.exchange.packs.contents import Choose
from vigtui.exchange.packs.gathering import for_session
from vigtui.exchange.packs.packing import Packed, pack
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.key import Key

TODAY = dt.date.today()
LONG_AGO = TODAY - dt.timedelta(days=60)
SECRET = "kingfisher"
"""Stands in every text that must stay at home."""

PEOPLE: tuple[Record, ...] = (
    Person(id="ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,), supervisor="boss"),
    Person(id="ellis", name="Ellis Marr", roles=(Role.TRAINEE,), supervisor="ros"),
    Person(id="boss", name=f"Boss {SECRET}"),
    Person(id="worker", name=f"Worker {SECRET}", roles=(Role.SOCIAL_WORKER,)),
    Programme(id="way", name="Three stages"),
)


def family(name: str) -> tuple[Record, ...]:
    """Family "heron": code F-heron, members heron-a and heron-b, two cycles of two films with two clips."""
    members = (Member(id=f"{name}-a", label="Dana"), Member(id=f"{name}-b", label="Jory"))
    family = Family(id=name, code=f"F-{name}", guider="ellis", social_worker="worker", members=members)
    records: list[Record] = [
        family,
        StatusSpan(id=f"{name}-cin", family=name, kind=StatusKind.CIN, start=LONG_AGO),
        HelpingQuestion(id=f"{name}-question", family=name, owner=f"{name}-a", words="What does he tell me?"),
        Note(about=name, author="ellis", body=f"About the family: {SECRET}"),
        *consents(family, LONG_AGO, (*FOR_WORK, Purpose.COURT)),
    ]
    for number in (1, 2):
        cycle = f"{name}-{number}"
        records += [
            Cycle(id=cycle, family=name, number=number, filmed=LONG_AGO),
            Rating(question=f"{name}-question", rater="Dana", date=LONG_AGO, cycle=cycle, value=number),
        ]
        for kind, short in ((RecordingKind.INTERACTION, "C"), (RecordingKind.SHARED_REVIEW, "SR")):
            film = f"{cycle}-{short}"
            path = f"media/{SECRET}-{film}.mp4"
            records.append(Recording(id=film, cycle=cycle, kind=kind, path=path, duration_ms=3000))
            for order, start in ((1, 500), (2, 2000)):
                clip = f"{film}-{order}"
                companion = f"{cycle}-C-{order}" if short == "SR" else ""
                records += [
                    Clip(
                        id=clip,
                        recording=film,
                        in_ms=start,
                        out_ms=start + 700,
                        order=order,
                        companion=companion,
                    ),
                    Tag(id=f"{clip}-tag", clip=clip, at_ms=start + 100, who=f"{name}-a", principle="1"),
                    Still(id=f"{clip}-still", clip=clip, at_ms=start + 200),
                ]
    return tuple(records)


SESSION: tuple[Record, ...] = (
    Session(id="today", supervisor="ros", trainees=("ellis",), date=TODAY, programme="way", opening="Hello"),
    SessionItem(id="first", session="today", order=1, clip="heron-1-SR-1", trainee_question="How do I wait?"),
    SessionItem(id="second", session="today", order=2, clip="heron-1-C-2"),
    Note(id="said", about="today", author="ellis", body="For everybody"),
    Note(about="today", author="ros", visibility=Visibility.AUTHOR, body=f"For Ros alone: {SECRET}"),
    Session(id="short", supervisor="ros", trainees=("ellis",), date=LONG_AGO),
    SessionItem(session="short", clip="heron-1-C-2"),
    Session(id="before", supervisor="ros", trainees=("ellis",), date=LONG_AGO, opening=SECRET),
    SessionItem(session="before", clip="wren-1-C-1", working_point=SECRET),
    Deletion(recording="wren-2-C", date=TODAY, why=SECRET),
)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caseload's file, not to be changed. The recordings of cycle 1 have film: three seconds in which
    each frame has its own grey."""
    folder = tmp_path_factory.mktemp("model")
    path = folder / "fenland.vig.json"
    shades = films.make(folder / "shades.mp4", films.shades(30))
    (folder / "media").mkdir()
    caseload = Caseload.create(path, service="Fenland VIG", by="Ellis")
    for record in (*PEOPLE, *family("heron"), *family("wren"), *SESSION):
        caseload.save(record)
        if isinstance(record, Recording) and record.cycle.endswith("1"):
            shutil.copy(shades, folder / record.path)
    caseload.close()
    shades.unlink()
    return path


@pytest.fixture
def home(model: Path, tmp_path: Path) -> Path:
    """A copy of that caseload."""
    shutil.copytree(model.parent, tmp_path / "home")
    return tmp_path / "home" / model.name


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A caseload of one family and a supervision, without film."""
    return make(tmp_path / "ours" / "fenland.vig.json", *PEOPLE, *family("heron"), *SESSION, by="Ellis")


@pytest.fixture
def theirs(ours: Path, tmp_path: Path) -> Path:
    """A copy of it, in a folder of its own."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    return Path(shutil.copy(ours, folder / "alex.vig.json"))


@pytest.fixture(scope="session")
def packed(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack for the session called "today", not to be changed."""
    return make_pack(model, for_session("today"), tmp_path_factory.mktemp("packed") / "out").path


def make_pack(home: Path, choose: Choose, out: Path, key: Key | None = None) -> Packed:
    """Pack from the caseload at `home`."""
    source = read_snapshot(home)
    return pack(source, choose, choose(source, TODAY), out, key, lambda *_: None)
