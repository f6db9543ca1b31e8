"""What would be lost: the way from what was found to the place where it stands."""

import datetime as dt
from pathlib import Path

import pytest
from textual.message import Message

from tests.caseloads import make
from vigtui.domain.records import (
    ChosenClip,
    Clip,
    Consent,
    Cycle,
    Family,
    HelpingQuestion,
    Moment,
    Note,
    PlannedMoment,
    PointStep,
    Rating,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
    Still,
    TrajectEntry,
    Voice,
)
from vigtui.domain.vocabulary import (
    Decision,
    PointState,
    Purpose,
    RecordingKind,
    SessionState,
    TrajectKind,
    Visibility,
)
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.navigation import (
    OpenChart,
    OpenClip,
    OpenFamily,
    OpenFilming,
    OpenPiece,
    OpenPortfolio,
    OpenRecording,
    OpenReview,
    OpenSession,
    OpenThread,
    OpenVoices,
)
from vigtui.ui.screens.parts.ways import Words, way_to, way_without_film
from vigtui.wording.names import Names

DAY = dt.date(2026, 11, 3)
NOTE = Note(
    id="note", about="clip", author="ros", body="[00:02] First.\n\n[00:07] He waits. [C9-9 01:00] Then on."
)
CASES: dict[str, tuple[Record, Words, Message]] = {
    "a family": (Family(id="f", code="F-1"), Words("name"), OpenFamily("f")),
    "its formulation": (
        Family(id="f", code="F-1"),
        Words("formulation"),
        OpenFamily("f", "fit:formulation", "referral"),
    ),
    "a question": (
        HelpingQuestion(id="q", family="f", owner="", words=""),
        Words("words"),
        OpenFamily("f", "q", "questions"),
    ),
    "a rating": (Rating(id="r", question="q", rater="", date=DAY), Words("words"), OpenChart("q", "r")),
    "a voice": (
        Voice(id="v", family="f", speaker="", words="", date=DAY),
        Words("words"),
        OpenFamily("f", "v", "questions"),
    ),
    "a voice of no family": (Voice(id="v", speaker="", words="", date=DAY), Words("words"), OpenVoices("v")),
    "a line of the plan": (
        TrajectEntry(id="t", family="f", heading="", kind=TrajectKind.NOW, words="", date=DAY),
        Words("words"),
        OpenFamily("f", "t", "traject"),
    ),
    "a child's view": (
        Consent(id="c", family="f", member="m", purpose=Purpose.FILM, decision=Decision.GIVEN, date=DAY),
        Words("child_view"),
        OpenFamily("f", "c", "consents"),
    ),
    "a cycle": (Cycle(id="cycle", family="f", number=1), Words("next_step"), OpenFamily("f", "cycle")),
    "why film is held": (
        Recording(id="film", cycle="cycle"),
        Words("hold_reason"),
        OpenFamily("f", "film", "film"),
    ),
    "a caption": (Clip(id="clip", recording="film", in_ms=1, out_ms=2), Words("caption"), OpenClip("clip")),
    "a still": (Still(id="s", clip="clip", at_ms=7), Words("caption"), OpenClip("clip", 7)),
    "a moment": (
        Moment(id="m", cycle="cycle", recording="film", at_ms=9),
        Words("words"),
        OpenRecording("film", 9),
    ),
    "a moment by the clock": (
        Moment(id="m", cycle="cycle", at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC)),
        Words("words"),
        OpenFilming("cycle", RecordingKind.INTERACTION),
    ),
    "a planned moment": (
        PlannedMoment(id="p", cycle="cycle", clip="clip"),
        Words("ask"),
        OpenReview("cycle", "p"),
    ),
    "a note, at its time": (NOTE, Words("body", "waits"), OpenClip("clip", 7000, with_notes=True)),
    "a note, before its times": (NOTE, Words("body", "then"), OpenClip("clip", 7000, with_notes=True)),
    "a note on a session": (
        Note(id="n", about="session", author="", visibility=Visibility.AUTHOR),
        Words("body"),
        OpenSession("session", text="private"),
    ),
    "a working point": (
        SessionItem(id="item", session="session", trainee="ellis"),
        Words("working_point"),
        OpenSession("session", "item", "working_point"),
    ),
    "an own question": (
        SessionItem(id="item", session="session"),
        Words("trainee_question"),
        OpenSession("session", "item"),
    ),
    "an own seeing": (
        Seeing(id="x", item="item", person="ellis"),
        Words("words"),
        OpenSession("session", "item"),
    ),
    "strengths": (
        Session(id="session", supervisor="ros", trainees=("ellis",), date=DAY),
        Words("strengths"),
        OpenSession("session", text="strengths"),
    ),
    "how a point goes": (
        PointStep(id="step", item="item", state=PointState.OPEN, date=DAY),
        Words("words"),
        OpenThread("ellis", "item"),
    ),
    "a written piece": (Reflection(id="piece", person="ellis"), Words("body"), OpenPiece("piece")),
    "a chosen clip": (ChosenClip(id="ch", person="ellis", clip="clip"), Words("why"), OpenPortfolio("ellis")),
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    path: Path = tmp_path_factory.mktemp("ways") / "c.vig.json"
    make(
        path,
        Family(id="f", code="F-1"),
        Cycle(id="cycle", family="f", number=1),
        Recording(id="film", cycle="cycle"),
        Clip(id="clip", recording="film", in_ms=0, out_ms=9),
        Session(id="session", supervisor="ros", trainees=("ellis",), date=DAY, state=SessionState.HELD),
        SessionItem(id="item", session="session", trainee="ellis"),
    )
    caseload = Caseload.open(path)
    caseload.close()
    return Names(caseload.get, DAY)


@pytest.mark.parametrize("case", CASES)
def test_what_was_found_is_opened_where_it_stands(names: Names, case: str) -> None:
    record, words, way = CASES[case]
    assert way_to(names, record, words) == way


@pytest.mark.parametrize(
    "case", [case for case, (_, _, way) in CASES.items() if isinstance(way, OpenClip | OpenRecording)]
)
def test_what_is_of_closed_film_is_opened_at_its_recording_in_the_family(names: Names, case: str) -> None:
    record, words, _ = CASES[case]
    assert way_without_film(names, record, words) == OpenFamily("f", "film", "film")
