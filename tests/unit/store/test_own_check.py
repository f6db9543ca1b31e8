"""What the program does itself, on two machines, its own check finds nothing in."""

import datetime as dt
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vigtui.domain.records import (
    KIND_OF,
    Clip,
    Consent,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Note,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Tag,
)
from vigtui.domain.removal import plan_member_removal, plan_removal
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format.layout import encode
from vigtui.store.snapshot import snapshot_of
from vigtui.store.validation import validate

R = TypeVar("R", bound=Record)
DAY = dt.date(2026, 1, 1)


class AtWork:
    """Somebody who does by chance what the screens let them do."""

    def __init__(self, caseload: Caseload, luck: random.Random) -> None:
        self.caseload, self.luck = caseload, luck

    def one(self, kind: type[R]) -> R | None:
        found = self.caseload.all(kind)
        return self.luck.choice(found) if found else None

    def member(self) -> str:
        found = [member.id for family in self.caseload.all(Family) for member in family.members]
        return self.luck.choice(found) if found else "somebody"

    def add(self) -> None:
        family, question, cycle = self.one(Family), self.one(HelpingQuestion), self.one(Cycle)
        recording, clip, session = self.one(Recording), self.one(Clip), self.one(Session)
        about = [each for each in (family, cycle, clip, session) if each is not None]
        found: list[Record] = [Session(supervisor="", date=DAY)]
        if family is not None:
            found += [
                HelpingQuestion(family=family.id, owner=self.member(), words="Why?"),
                Cycle(family=family.id, number=self.luck.randrange(1, 9)),
            ]
            if family.members:
                member = self.luck.choice(family.members).id
                consent = Consent(
                    family=family.id, member=member, purpose=Purpose.FILM, date=DAY, decision=GIVEN
                )
                found.append(consent)
        if question is not None:
            at = cycle.id if cycle is not None else ""
            found.append(Rating(question=question.id, rater=self.member(), date=DAY, cycle=at, value=3))
        if cycle is not None:
            found.append(Recording(cycle=cycle.id, duration_ms=9_000))
        if recording is not None:
            asked = (question.id,) if question is not None else ()
            companion = clip.id if clip is not None else ""
            found.append(
                Clip(recording=recording.id, in_ms=0, out_ms=9, questions=asked, companion=companion)
            )
        if clip is not None:
            found.append(Tag(clip=clip.id, at_ms=1, who=self.member(), principle="attentive"))
            if session is not None:
                found.append(SessionItem(session=session.id, clip=clip.id))
        if about:
            found.append(Note(about=self.luck.choice(about).id, body="Words."))
        self.caseload.save(self.luck.choice(found))

    def ask_anew(self) -> None:
        question = self.one(HelpingQuestion)
        if question is not None:
            with self.caseload.transaction("Ask anew"):
                newer = self.caseload.save(
                    HelpingQuestion(family=question.family, owner=question.owner, words="How?")
                )
                self.caseload.save(replace(question, superseded_by=newer.id, ended=DAY))

    def add_member(self) -> None:
        family = self.one(Family)
        if family is not None:
            self.caseload.save(
                replace(family, members=(*family.members, Member(label=f"M{self.luck.random()}")))
            )

    def remove_member(self) -> None:
        family = self.one(Family)
        if family is not None and family.members:
            member = self.luck.choice(family.members)
            removal = plan_member_removal(self.caseload.where, family, member)
            with self.caseload.transaction("Remove a member"):
                for record in removal.along:
                    self.caseload.delete(record)
                for record in removal.changed:
                    self.caseload.save(record)

    def remove(self) -> None:
        record = self.one(self.luck.choice((HelpingQuestion, Cycle, Recording, Clip, Tag, Note, Session)))
        if record is not None:
            removal = plan_removal(self.caseload.get, self.caseload.where, record)
            if removal.refusal is None:
                with self.caseload.transaction("Remove"):
                    for changed in removal.changed:
                        self.caseload.save(changed)
                    for gone in (*removal.along, record):
                        self.caseload.delete(gone)

    def decide(self) -> None:
        conflicts = self.caseload.conflicts()
        if conflicts:
            conflict = self.luck.choice(conflicts)
            if conflict.removal is not None and self.luck.random() < 0.5:
                self.caseload.delete(self.caseload.need(KIND_OF[conflict.table], conflict.id))
            else:
                values = {name: self.luck.choice(said).value for name, said in conflict.fields.items()}
                self.caseload.resolve(conflict, values)

    def undo(self) -> None:
        self.caseload.undo()

    def redo(self) -> None:
        self.caseload.redo()


GIVEN = Decision.GIVEN


def acts(one: AtWork, other: AtWork) -> Sequence[tuple[Callable[[], object], int]]:
    def merge() -> None:
        one.caseload.merge(other.caseload.snapshot(), "Merge")

    return (
        *((one.add, 12), (one.ask_anew, 2), (one.add_member, 2), (one.remove_member, 2), (one.remove, 4)),
        *((one.decide, 3), (one.undo, 4), (one.redo, 2), (merge, 4)),
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_our_own_work_is_never_found_fault_with(seed: int) -> None:
    """Else nobody believes the check when something is wrong."""
    luck = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        first = Caseload.create(Path(folder) / "a.vig.json", by="Ros")
        first.save(Person(name="Ros"))
        first.save(Family(code="F-017", members=(Member(label="Dana"), Member(label="Jory"))))
        first.flush()
        other = Caseload.open(Path(shutil.copy(first.path, f"{folder}/b.vig.json")), by="Ellis")
        one, two = AtWork(first, luck), AtWork(other, luck)
        done = []
        for _ in range(40):
            at_work = [(one, two), (two, one)][luck.randrange(2)]
            ways = acts(*at_work)
            act = luck.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
            done.append((at_work[0].caseload.by, act.__name__))
            try:
                act()
            except RecordInvalidError:
                continue
            data = b"".join(encode(at_work[0].caseload.snapshot()))
            assert not validate(snapshot_of(Path("x"), data)), done
        for caseload in (first, other):
            caseload.close()
