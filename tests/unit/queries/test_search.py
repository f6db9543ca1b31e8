"""What would be lost: what is written and cannot be found; or found by somebody for whom it is not meant."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import agreed, make
from vigtui.domain.records import (
    ChosenClip,
    Clip,
    Cycle,
    Description,
    Family,
    HelpingQuestion,
    Member,
    Note,
    Person,
    PointStep,
    Rating,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
    TrajectEntry,
    Voice,
)
from vigtui.domain.vocabulary import (
    Described,
    DescribedWhen,
    PointState,
    Role,
    SessionState,
    TrajectKind,
    Visibility,
)
from vigtui.queries.search.index import Index
from vigtui.queries.search.parts import Key
from vigtui.store.caseload import Caseload
from vigtui.values.identity import id_of
from vigtui.wording.names import Names
from vigtui.workspace.searching import Searching

DAY = dt.date(2026, 11, 3)
ROS = Person(id="ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,))
ELLIS, NOOR = (
    Person(id="ellis", name="Ellis Marr", roles=(Role.TRAINEE,), supervisor="ros"),
    Person(id="noor", name="Noor Castell", roles=(Role.TRAINEE,), supervisor="ros"),
)
HERON = Family(
    id="heron", code="F-017", pseudonym="Heron", guider="ellis", members=(Member(id="dana", label="Dana"),)
)
WREN = Family(id="wren", code="F-021", pseudonym="Wren", guider="noor", reasons="Bedtimes are hard.")
SESSION = Session(id="s", supervisor="ros", trainees=("ellis",), date=DAY, strengths="Strengthword")
ITEM = SessionItem(
    id="item",
    session="s",
    clip="c1",
    trainee_question="How do I stay with it?",
    seen_together="Seenword",
    working_point="Pointword",
    next_step="Stepword",
)
SEEING = Seeing(
    id=id_of("seeing", "item", "ellis"), item="item", person="ellis", words="Ownword", begun=True, done=True
)
RECORDS: tuple[Record, ...] = (
    ROS,
    ELLIS,
    NOOR,
    HERON,
    WREN,
    HelpingQuestion(id="q", family="heron", owner="dana", words="What's Jory telling me when he goes quiet?"),
    Rating(id="r", question="q", rater="dana", date=DAY, value=3, words="Some days"),
    Cycle(id="one", family="heron", number=1, activity="making toast", next_step="Film bath and bed"),
    Cycle(id="two", family="wren", number=1, activity="making toast"),
    Recording(id="film", cycle="one", path="film.mp4"),
    Clip(id="c1", recording="film", in_ms=0, out_ms=9, title="Jam", caption="Quiet: he waits in the CAFÉ."),
    Clip(id="c2", recording="film", in_ms=0, out_ms=9, caption="Both laugh. Disquieting no more."),
    SESSION,
    ITEM,
    SEEING,
    Note(id="private", about="c1", author="ellis", visibility=Visibility.AUTHOR, body="Aloneword"),
    Note(id="note", about="c1", author="ellis", body="Sharedword"),
    PointStep(id="step", item="item", state=PointState.PRACTISED, date=DAY, words="Practisedword"),
    Voice(id="voice", family="heron", speaker="dana", words="I don't have to fill the gap.", date=DAY),
    TrajectEntry(
        id="t",
        family="heron",
        heading="Daily Life",
        kind=TrajectKind.HOPE,
        words="The rhyme group.",
        date=DAY,
    ),
    Description(
        id="d",
        family="heron",
        speaker="dana",
        of=Described.CHILD,
        when=DescribedWhen.START,
        words="He shuts me out.",
        date=DAY,
    ),
    Reflection(id="draft", person="ellis", body="Draftword"),
    Reflection(id="piece", person="ellis", body="Pieceword", finished=DAY),
    ChosenClip(id="chosen", person="ellis", clip="c1", why="Chosenword"),
)


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    caseload = Caseload.open(make(tmp_path / "c.vig.json", *RECORDS))
    yield caseload
    caseload.close()


def finds(
    caseload: Caseload, typed: str, reader: Person | None = ROS, *, searching: Searching | None = None
) -> list[str]:
    """Where the words stand, as "id field"; for this reader."""
    searching = searching or Searching(caseload)
    searching.read()
    names = Names(caseload.get, DAY, reader=reader.id if reader else "")
    return [f"{key[1]} {key[2]}" for key in searching.search(typed, reader, names.is_hidden).keys]


def test_everything_that_is_written_is_found(caseload: Caseload) -> None:
    for typed, place in {
        "F-017": "heron name",
        "jory": "q words",
        "some days": "r words",
        "bath": "one next_step",
        "rhyme": "t words",
        "shuts": "d words",
        "fill the gap": "voice words",
        "sharedword": "note body",
        "stay with": "item trainee_question",
        "bedtimes": "wren reasons",
    }.items():
        assert finds(caseload, typed)[0] == place


def test_words_are_found_in_the_middle_and_without_accents_but_whole_ones_come_first(
    caseload: Caseload,
) -> None:
    assert finds(caseload, "cafe") == ["c1 caption"]
    assert finds(caseload, "quiet") == ["q words", "c1 caption", "c2 caption"]
    assert finds(caseload, "uieti") == ["c2 caption"]


def test_several_words_may_name_the_family_too(caseload: Caseload) -> None:
    assert finds(caseload, "heron toast") == ["one activity"]
    assert finds(caseload, "toast wren") == ["two activity"]
    assert finds(caseload, "wren laugh") == []


def test_a_note_for_oneself_is_found_by_nobody_else(caseload: Caseload) -> None:
    assert finds(caseload, "aloneword", ELLIS) == ["private body"]
    assert not any(finds(caseload, "aloneword", each) for each in (ROS, NOOR, None))


def test_what_others_write_before_a_session_waits_for_the_trainees_own_seeing(caseload: Caseload) -> None:
    words = ("seenword", "pointword", "stepword", "strengthword")
    caseload.save(replace(caseload.need(Seeing, SEEING.id), done=False))
    assert not any(finds(caseload, word, reader) for word in words for reader in (ELLIS, None))
    assert all(finds(caseload, word, ROS) for word in words)
    caseload.save(replace(caseload.need(Seeing, SEEING.id), done=True))
    assert [word for word in words if not finds(caseload, word, ELLIS)] == ["strengthword"]
    caseload.save(replace(caseload.need(Session, "s"), state=SessionState.HELD))
    assert finds(caseload, "strengthword", ELLIS) == ["s strengths"]


def test_an_own_seeing_is_found_by_others_once_the_walk_shows_it(caseload: Caseload) -> None:
    assert finds(caseload, "ownword", ELLIS)
    assert not any(finds(caseload, "ownword", each) for each in (ROS, NOOR, None))
    caseload.save(agreed(replace(caseload.need(Session, "s"), state=SessionState.HELD), "ros", "ellis"))
    assert finds(caseload, "ownword", ROS)
    assert not finds(caseload, "ownword", None)


def test_drafts_threads_and_portfolios_are_found_by_whoever_may_open_them(caseload: Caseload) -> None:
    assert finds(caseload, "draftword", ELLIS)
    assert not finds(caseload, "draftword", ROS)
    for word in ("pieceword", "practisedword", "chosenword"):
        assert finds(caseload, word, ROS), word
        assert finds(caseload, word, ELLIS), word
        assert not finds(caseload, word, NOOR), word
        assert not finds(caseload, word, None), word


def test_what_is_changed_undone_or_removed_is_found_as_it_is_now(caseload: Caseload) -> None:
    searching = Searching(caseload)
    assert finds(caseload, "jam", searching=searching)
    caseload.save(replace(caseload.need(Clip, "c1"), title="Honey"))
    assert finds(caseload, "honey", searching=searching) == ["c1 caption"]
    assert not finds(caseload, "jam", searching=searching)
    caseload.undo()
    assert finds(caseload, "jam", searching=searching)
    caseload.delete(caseload.need(Family, "heron"))
    assert not finds(caseload, "jam", searching=searching)
    caseload.undo()
    assert finds(caseload, "jam", searching=searching)


def test_what_another_program_writes_is_found(caseload: Caseload, tmp_path: Path) -> None:
    searching = Searching(caseload)
    assert not finds(caseload, "marmalade", searching=searching)
    other = Caseload.open(tmp_path / "c.vig.json")
    other.save(replace(other.need(Clip, "c1"), title="Marmalade"))
    other.close()
    caseload.look()
    assert finds(caseload, "marmalade", searching=searching) == ["c1 caption"]


def test_more_words_than_may_be_kept_are_found_all_the_same() -> None:
    clips = {
        str(number): Clip(id=str(number), recording="", in_ms=0, out_ms=1, caption=f"word {number} end")
        for number in range(9)
    }
    index = Index(lambda _, record_id: clips.get(record_id), most_letters=40)
    index.put(clips.values())
    assert len(index.search("word", lambda _: True).keys) == 9
    assert [key[1] for key in index.search("8 word", lambda _: True).keys] == ["8"]
    index.drop("clips", "8")
    assert not index.search("8", lambda _: True).keys


def test_of_very_many_the_best_are_told_and_that_there_are_more(caseload: Caseload) -> None:
    index = Index(caseload.get)
    index.put(Note(id=str(number), about="c1", body="many") for number in range(30))
    index.put([HelpingQuestion(id="best", family="heron", owner="", words="Many?")])
    hits = index.search("many", lambda key: key[1] != "29", most=3)
    assert [key[1] for key in hits.keys] == ["best", "28", "27"]
    assert hits.more
    assert not index.search("many", lambda key: key[1] in ("1", "2"), most=3).more


def test_what_somebody_keeps_alone_is_looked_up_for_nobody_else(caseload: Caseload) -> None:
    """Looked up one by one, thirty thousand of them would hold up a letter."""
    index = Index(caseload.get)
    kept = Note(id="kept", about="c1", author=ELLIS.id, visibility=Visibility.AUTHOR, body="many")
    index.put([kept, Note(id="told", about="c1", author=ELLIS.id, body="many")])
    asked: list[str] = []

    def may_read(key: Key) -> bool:
        asked.append(key[1])
        return True

    assert [key[1] for key in index.search("many", may_read, reader=ROS.id).keys] == ["told"]
    assert asked == ["told"]
    assert {key[1] for key in index.search("many", may_read, reader=ELLIS.id).keys} == {"told", "kept"}
