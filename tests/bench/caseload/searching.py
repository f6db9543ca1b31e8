"""How long a letter of a search waits among a hundred thousand records, beside one plain pass of `in`: by the
clock, and in the processor's time, which others who work on the machine do not lengthen as much."""

import datetime as dt
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial

from tests.bench.figures.figure import Figure, beside, middle
from tests.bench.figures.timing import seconds_of
from tests.bench.running.peers import home
from tests.caseloads import make
from vigtui.domain.records import Clip, Cycle, Family, Note, Person, Record, Recording, Session, SessionItem
from vigtui.domain.vocabulary import Role, SessionState
from vigtui.queries.search.parts import SEARCHED, parts_of
from vigtui.store.caseload import Caseload
from vigtui.values.search import spread
from vigtui.wording.names import Names
from vigtui.workspace.searching import Searching

FAMILIES = 1000
TYPED = ("w", "wo", "wobble", "j", "jory", "oast", "heron toast", "jory looks up", "quiet heron says", "zzq")
_SENTENCES = (
    "Jory looks up at the knife and goes quiet; Dana waits, leans in and says it back: “That was loud.” "
    "He moves closer, points, nods, laughs. Toast, jam, honey, bedtime, jigsaw, owl, nursery, café, rhyme"
)
_WORDS = _SENTENCES.split(" ")
_BIRDS = ("Heron", "Wren", "Avocet", "Plover", "Dunlin", "Teal", "Smew", "Linnet")
_ROUNDS = 5


def bench_searching() -> Iterator[Figure]:
    """Yield how long each letter waits, and what the words take in memory."""
    with home() as folder:
        path = make(folder / "big.vig.json", *_records(random.Random(1)))
        caseload = Caseload.open(path)
        searching, names = Searching(caseload), Names(caseload.get, dt.date.today())
        records = [record for kind in SEARCHED for record in caseload.all(kind)]
        about = f"Searching {len(records):,} records"
        tracemalloc.start()
        searching.read()
        yield Figure(about, "their words", tracemalloc.get_traced_memory()[0] / 1e6, "MB")
        tracemalloc.stop()
        again = Searching(caseload)
        yield Figure(about, "reading them at the first search", seconds_of(again.read), "s")
        texts = [spread(part.words(each)) for each in records for _, part in parts_of(each.table)]
        for typed in TYPED:
            search = partial(searching.search, reader=None, is_hidden=names.is_hidden)
            yield from _compared(about, typed, search, texts)
        caseload.close()


def _compared(about: str, typed: str, search: Callable[[str], object], texts: list[str]) -> Iterator[Figure]:
    at_once = [_at_once(search, typed) for _ in range(_ROUNDS)]
    letters = [_by_letter(search, typed) for _ in range(_ROUNDS)]
    word = typed.split()[0]
    peer = [_timed(lambda: [text for text in texts if word in text]) for _ in range(_ROUNDS)]
    asked = f"“{typed}”"
    yield middle(about, f"{asked} at once", [clock for clock, _ in at_once], "ms", goal=50)
    yield middle(about, f"{asked}, its slowest letter", [clock for clock, _ in letters], "ms", goal=50)
    ours, theirs = ([processor for _, processor in each] for each in (at_once, peer))
    yield beside(about, f"{asked}, of a processor", ours, "one pass of `in`", theirs, "ms")


Times = tuple[float, float]
"""By the clock and of the processor, in milliseconds."""


def _at_once(search: Callable[[str], object], typed: str) -> Times:
    search("")  # Nothing is left of what was searched before.
    return _timed(partial(search, typed))


def _by_letter(search: Callable[[str], object], typed: str) -> Times:
    """The slowest of the letters typed one after the other."""
    search("")
    return max(_timed(partial(search, typed[: end + 1])) for end in range(len(typed)))


def _timed(work: Callable[[], object]) -> Times:
    started = time.thread_time()
    wall = seconds_of(work)
    return wall * 1000, (time.thread_time() - started) * 1000


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
