"""How long a letter of a search waits among a hundred thousand records, beside one plain pass of `in`."""

import datetime as dt
import os
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.caseloads import make
from vigtui.domain.records import Clip, Cycle, Family, Note, Person, Record, Recording, Session, SessionItem
from vigtui.domain.vocabulary import Role, SessionState
from vigtui.queries.search.parts import SEARCHED, parts_of
from vigtui.store.caseload import Caseload
from vigtui.values.search import spread
from vigtui.wording.names import Names
from vigtui.workspace.searching import Searching

FAMILIES = 1000
TYPED = ("w", "wo", "wob", "wobb", "wobble", "wobblex", "j", "jory looks", "oast", "heron toast", "zzq")
_SENTENCES = (
    "Jory looks up at the knife and goes quiet; Dana waits, leans in and says it back: “That was loud.” "
    "He moves closer, points, nods, laughs. Toast, jam, honey, bedtime, jigsaw, owl, nursery, café, rhyme"
)
_WORDS = _SENTENCES.split(" ")
_BIRDS = ("Heron", "Wren", "Avocet", "Plover", "Dunlin", "Teal", "Smew", "Linnet")
_ROUNDS = 5


def bench_searching() -> None:
    """Print how long each letter waits, and what the words take in memory."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        path = make(Path(folder) / "big.vig.json", *_records(random.Random(1)))
        caseload = Caseload.open(path)
        searching, names = Searching(caseload), Names(caseload.get, dt.date.today())
        records = [record for kind in SEARCHED for record in caseload.all(kind)]
        tracemalloc.start()
        searching.read()
        megabytes = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        print(f"Searching {len(records)} records: their words take {megabytes:.0f} MB")
        again = Searching(caseload)
        print(f"  read at the first search in {_seconds(again.read):.2f} s, on a thread of its own")
        texts = [spread(part.words(each)) for each in records for _, part in parts_of(each.table)]
        for typed in TYPED:
            _compare(typed, partial(searching.search, typed, None, names.is_hidden), texts)
        caseload.close()
        print()


def _compare(typed: str, search: Callable[[], object], texts: list[str]) -> None:
    word = typed.split()[0]
    ours, peer = (
        statistics.median(_seconds(work) for _ in range(_ROUNDS)) * 1000
        for work in (search, lambda: [text for text in texts if word in text])
    )
    asked = f"“{typed}”"
    print(f"  {asked:<14}{ours:5.1f} ms (goal 50); one pass {peer:4.1f} ms; ratio {ours / peer:.2f}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _records(chance: random.Random) -> Iterator[Record]:
    """A hundred records for each family: clips, notes, and the items of supervisions, of which
    some are still to come: what is not for the reader is passed over."""

    def words(most: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(3, most)))

    ros, ellis = Person(name="Ros Tiverton", roles=(Role.SUPERVISOR,)), Person(name="Ellis Marr")
    yield from (ros, ellis)
    for number in range(FAMILIES):
        family = Family(code=f"F-{number:03}", pseudonym=chance.choice(_BIRDS), guider=ellis.id)
        cycle = Cycle(family=family.id, number=1, activity="making toast")
        film = Recording(cycle=cycle.id, path=f"media/F-{number:03}.mp4", duration_ms=60_000)
        state = SessionState.HELD if number % 10 else SessionState.PLANNED
        session = Session(supervisor=ros.id, trainees=(ellis.id,), date=dt.date.today(), state=state)
        yield from (family, cycle, film, session)
        for _ in range(32):
            clip = Clip(recording=film.id, in_ms=1000, out_ms=8000, caption=words(16))
            yield clip
            yield Note(about=clip.id, author=ellis.id, body=words(40))
            yield SessionItem(
                session=session.id, clip=clip.id, trainee_question=words(9), working_point=words(9)
            )
