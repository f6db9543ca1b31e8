"""A caseload with as many families as wanted, all alike in kind and none alike in detail."""

import datetime as dt
import random
import shutil
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace
from platformdirs import user_cache_path

from tests.caseloads import at_the_keyboard, consents
from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Person,
    Rating,
    Recording,
    StatusSpan,
)
from vigtui.domain.vocabulary import Decision, FamilyState, Role, StatusKind
from vigtui.store.caseload import Caseload

_SUPERVISOR = "00000000-0000-7000-8000-000000000001"
_BIRDS = ("Heron", "Wren", "Avocet", "Plover", "Dunlin", "Teal", "Smew", "Linnet")


def make_big(path: Path, families: int) -> Path:
    """Make a caseload at `path` with about twenty-five records for each family. Its supervisor is remembered
    as the one who uses vigtui there, as on any day but the first."""
    caseload = Caseload.create(path, service="Fenland VIG")
    chance, today = random.Random(1), dt.date.today()
    with caseload.transaction("Make a caseload"):
        supervisor = caseload.save(Person(id=_SUPERVISOR, name="Ros Tiverton", roles=(Role.SUPERVISOR,)))
        guiders = [
            caseload.save(
                Person(name=f"Ellis Marr {number}", roles=(Role.TRAINEE,), supervisor=supervisor.id)
            )
            for number in range(12)
        ]
        for number in range(families):
            _add_family(caseload, number, chance.choice(guiders), chance, today)
    caseload.close()
    at_the_keyboard(path, supervisor.id)
    return path


def copy_big(path: Path, families: int) -> Path:
    """Do the same with a copy: ten thousand families take half a minute to make. The cache keeps it."""
    mark = zlib.crc32(Path(__file__).read_bytes())
    kept = user_cache_path("vigtui") / "bench" / f"families-{families}-{mark:08x}.vig.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as folder:
            make_big(Path(folder) / "big.vig.json", families).replace(kept)
    shutil.copy(kept, path)
    at_the_keyboard(path, _SUPERVISOR)
    return path


def _add_family(
    caseload: Caseload, number: int, guider: Person, chance: random.Random, today: dt.date
) -> None:
    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    members = (Member(label="Dana", relation="parent"), Member(label="Jory", relation="4"))
    family = caseload.save(
        Family(
            code=f"F-{number:03}",
            pseudonym=chance.choice(_BIRDS),
            guider=guider.id,
            state=chance.choice(list(FamilyState)),
            members=members,
        )
    )
    caseload.save(StatusSpan(family=family.id, kind=chance.choice(list(StatusKind)), start=ago(100)))
    for consent in consents(family, ago(90)):
        decision = Decision.GIVEN if chance.random() < 0.9 else Decision.NOT_ASKED
        caseload.save(replace(consent, decision=decision))
    question = caseload.save(
        HelpingQuestion(
            family=family.id, owner="Dana", words=f"What is Jory telling me, {number}?", agreed=ago(90)
        )
    )
    for cycle_number in range(1, 4):
        days = 90 - 20 * cycle_number
        cycle = caseload.save(
            Cycle(family=family.id, number=cycle_number, filmed=ago(days), reviewed=ago(days - 7))
        )
        film = caseload.save(
            Recording(cycle=cycle.id, path=f"media/F-{number:03}-C{cycle_number}.mp4", duration_ms=60_000)
        )
        caseload.save(Clip(recording=film.id, in_ms=1000, out_ms=8000, caption="Jory looks up."))
        caseload.save(Rating(question=question.id, rater="Dana", date=ago(days), value=chance.randint(1, 9)))
