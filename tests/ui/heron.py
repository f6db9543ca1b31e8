"""A small caseload with one complete family, F-017 Heron, for tests. All invented."""

import datetime as dt
from pathlib import Path

from tests.caseloads import make
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Person,
    Rating,
    Recording,
    Session,
    SessionItem,
    Share,
    StatusSpan,
    TrajectEntry,
    Voice,
)
from vigtui.domain.vocabulary import (
    Decision,
    FamilyState,
    Purpose,
    RecordingKind,
    Role,
    SessionState,
    StatusKind,
    TrajectKind,
)

TODAY = dt.date(2025, 4, 12)
FAMILY = "family-heron"
_ROUNDS = (dt.date(2025, 2, 4), dt.date(2025, 2, 18), dt.date(2025, 3, 11), dt.date(2025, 4, 8))
_QUESTIONS = (
    (
        "What's Jory telling me when he goes quiet?",
        "dana",
        {"dana": (3, 5, 6, 8), "social worker": (2, None, 4, 6)},
    ),
    ("How can bedtime be something we both like?", "dana", {"dana": (2, 2, 5, 7)}),
    (
        "How does Jory know Mum's there after a cross moment?",
        "social worker, agreed with Dana",
        {"social worker": (3, None, 5, 6), "dana": (4, 5, 5, 7)},
    ),
)
_CYCLES = (
    ("jigsaw", dt.date(2025, 2, 11), dt.date(2025, 2, 18)),
    ("making toast", dt.date(2025, 3, 3), dt.date(2025, 3, 11)),
    ("bedtime story", dt.date(2025, 3, 25), dt.date(2025, 4, 4)),
)
_CLIPS = {
    "film-1": (
        (9_000, 17_000, "Jory holds a piece still. Dana leans in and waits. He looks up."),
        (22_000, 28_000, "Jory: “Wonky.” Dana: “It is wonky.” Both laugh."),
    ),
    "film-2": (
        (8_000, 15_000, "Dana holds up jam and honey. Jory points; she nods, passes the jam."),
        (
            20_000,
            32_000,
            "The knife drops. Jory goes quiet. Dana crouches: “That was loud.” He moves closer.",
        ),
    ),
    "film-3": ((5_000, 12_000, "Jory pats the page. Dana stops reading and looks where he pats."),),
    "review-1": (
        (4_000, 14_000, "Dana: “He's checking I'm there.” The guider nods and waits; Dana goes on."),
    ),
    "review-2": ((12_000, 25_000, "Dana: “I thought he was sulking.” The guider repeats “sulking”."),),
}
_TRAJECT = (
    ("Basic Communication", TrajectKind.NOW, "Dana notices quiet as a message."),
    ("Basic Communication", TrajectKind.HOPE, "Nursery notices too."),
    ("Daily Life", TrajectKind.CHANGE, "Story before bath works on most nights."),
    ("Development of the Parent", TrajectKind.CHANGE, "I don't have to fill the gap."),
)


def make_heron(path: Path) -> Path:
    """Make the caseload at `path` and return the path."""
    records = (*_people(), *_family(), *_questions(), *_cycles(), *_supervisions(), *_traject())
    return make(path, *records)


def _people() -> list[Person]:
    return [
        Person(id="person-ellis", name="Ellis Marr", roles=(Role.TRAINEE, Role.GUIDER)),
        Person(id="person-ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,)),
    ]


def _family() -> list[Family | StatusSpan | Consent | Voice]:
    members = (
        Member(id="dana", label="Dana", relation="parent"),
        Member(id="jory", label="Jory", relation="4"),
    )
    day = dt.date(2025, 2, 4)
    decided = {Purpose.FILM: Decision.GIVEN, Purpose.SUPERVISION: Decision.GIVEN}
    decided |= {Purpose.SOCIAL_WORKER: Decision.GIVEN, Purpose.TRAINING_EVENT: Decision.REFUSED}
    return [
        Family(
            id=FAMILY,
            code="F-017",
            pseudonym="Heron",
            guider="person-ellis",
            state=FamilyState.ENDED,
            referred=dt.date(2025, 1, 6),
            members=members,
        ),
        StatusSpan(
            id="span-cp",
            family=FAMILY,
            kind=StatusKind.CP,
            start=dt.date(2024, 9, 10),
            end=dt.date(2025, 1, 20),
        ),
        StatusSpan(id="span-cin", family=FAMILY, kind=StatusKind.CIN, start=dt.date(2025, 1, 21)),
        *(
            Consent(
                id=f"consent-{member.id}-{purpose.value}",
                family=FAMILY,
                member=member.id,
                purpose=purpose,
                decision=decision,
                given_by="Dana",
                date=day,
            )
            for member in members
            for purpose, decision in decided.items()
        ),
        Voice(
            id="voice-1",
            family=FAMILY,
            speaker="dana",
            words="I thought he was sulking.",
            date=dt.date(2025, 3, 11),
        ),
    ]


def _questions() -> list[HelpingQuestion | Rating]:
    found: list[HelpingQuestion | Rating] = []
    for number, (words, owner, raters) in enumerate(_QUESTIONS, start=1):
        question = f"question-{number}"
        found.append(HelpingQuestion(id=question, family=FAMILY, owner=owner, words=words, agreed=_ROUNDS[0]))
        for rater, values in raters.items():
            for place, (day, value) in enumerate(zip(_ROUNDS, values, strict=True), start=1):
                found.append(
                    Rating(
                        id=f"rating-{number}-{rater}-{place}",
                        question=question,
                        rater=rater,
                        date=day,
                        value=value,
                    )
                )
    return found


def _cycles() -> list[Cycle | Recording | Clip | Share]:
    found: list[Cycle | Recording | Clip | Share] = []
    for number, (activity, filmed, reviewed) in enumerate(_CYCLES, start=1):
        cycle = Cycle(
            id=f"cycle-{number}",
            family=FAMILY,
            number=number,
            activity=activity,
            filmed=filmed,
            reviewed=reviewed,
        )
        found.append(cycle)
        for name, kind, day in (
            ("film", RecordingKind.INTERACTION, filmed),
            ("review", RecordingKind.SHARED_REVIEW, reviewed),
        ):
            found.append(
                Recording(
                    id=f"{name}-{number}",
                    cycle=cycle.id,
                    kind=kind,
                    path=f"media/F-017-{name}-{number}.mp4",
                    duration_ms=40_000,
                    size=1_234_000,
                    filmed=day,
                    delete_by=dt.date(2025, 6, 8),
                )
            )
    for recording, clips in _CLIPS.items():
        for order, (start, end, caption) in enumerate(clips, start=1):
            found.append(
                Clip(
                    id=f"clip-{recording}-{order}",
                    recording=recording,
                    in_ms=start,
                    out_ms=end,
                    caption=caption,
                    order=order,
                    shown_in_review=recording.startswith("film"),
                )
            )
    found.append(
        Share(
            id="share-1",
            clip="clip-film-2-1",
            audience="the social worker",
            purpose=Purpose.SOCIAL_WORKER,
            date=dt.date(2025, 3, 20),
            consent="consent-dana-social_worker",
        )
    )
    return found


def _supervisions() -> list[Session | SessionItem]:
    return [
        Session(
            id="session-1",
            supervisor="person-ros",
            trainees=("person-ellis",),
            date=dt.date(2025, 2, 25),
            state=SessionState.HELD,
        ),
        SessionItem(
            id="item-1",
            session="session-1",
            order=1,
            clip="clip-review-1-1",
            companion="clip-film-1-1",
            trainee_question="How do I leave room without seeming blank?",
            working_point="Receive Dana's words before offering mine.",
        ),
        Session(
            id="session-2",
            supervisor="person-ros",
            trainees=("person-ellis",),
            date=dt.date(2025, 3, 18),
            state=SessionState.PLANNED,
        ),
        SessionItem(
            id="item-2", session="session-2", order=1, clip="clip-review-2-1", companion="clip-film-2-2"
        ),
    ]


def _traject() -> list[TrajectEntry]:
    return [
        TrajectEntry(id=f"traject-{number}", family=FAMILY, heading=heading, kind=kind, words=words, date=day)
        for number, ((heading, kind, words), day) in enumerate(zip(_TRAJECT, _ROUNDS, strict=True), start=1)
    ]
