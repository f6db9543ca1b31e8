"""VERP in the real app: professionals choose clips of their own work, each with a goal of their own.

A guider who cannot run it keeps it on paper; film shown to a group without consent breaks a family's trust.
"""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import at_the_keyboard, consents, make
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, fill, stop_the_calendar
from tests.ui.snapshot import says
from vigtui.domain.records import (
    Availability,
    Clip,
    Cycle,
    Family,
    Member,
    Person,
    Recording,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import CycleKind, Hours, Purpose, Role, SessionKind, SessionState, Setting
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.screens.thread import ThreadScreen
from vigtui.wording.supervision import minute_after

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 30)
JUNE, ASA = (Member(id=each.lower(), label=each, relation="nursery worker") for each in ("June", "Asa"))
OTTO = Member(id="otto", label="Otto", relation="child, 3")
TERN = Family(
    id="tern",
    code="F-030",
    guider="noor",
    setting=Setting.PROFESSIONAL,
    members=(JUNE, OTTO, replace(ASA, filmed=False)),
)
CYCLE = Cycle(id="cycle", family="tern", number=1, kind=CycleKind.VERP, filmed=TODAY)
FILM = Recording(id="film", cycle="cycle", people=("june", "otto"))
CLIP = Clip(id="clip", recording="film", in_ms=0, out_ms=1000, order=1, title="His block first")
NOOR = Person(
    id="noor",
    name="Noor Castell",
    roles=(Role.GUIDER,),
    availability=(Availability(hours=Hours.ON_LEAVE, end=TODAY),),
)


@pytest.fixture
def tern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A nursery worker has been filmed with a child; to be seen by colleagues, only she agreed."""
    stop_the_calendar(monkeypatch, TODAY)
    given = consents(TERN, TODAY, (Purpose.FILM, Purpose.INTERVISION))
    asked = [each for each in given if each.id != "otto-intervision"]
    path = make(tmp_path / "tern.vig.json", NOOR, TERN, CYCLE, FILM, CLIP, *asked)
    at_the_keyboard(path, "noor")
    return path


async def test_the_participants_choose_clips_and_each_has_a_goal_and_a_working_point(tern: Path) -> None:
    async with opened(tern) as (app, pilot):
        caseload = app.workspace.caseload
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))
        assert "Noor Castell is on leave that day, until 30 Nov." in told(app)
        [session] = caseload.all(Session)
        names = [caseload.need(Person, each).name for each in session.trainees]
        assert (session.kind, session.supervisor, names) == (SessionKind.VERP, "noor", ["June", "Asa"])
        assert says(app, "VERP 1")

        await pilot.press("f3")
        await choose(app, pilot, "June")
        await choose(app, pilot, "His block first")
        await until(pilot, lambda: says(app, "Otto") and says(app, "intervision"))
        await fill(app, pilot, goal="Follow one turn longer.", trainee_question="What do I do here?")
        await until(pilot, lambda: says(app, "consent: missing"))
        [item] = caseload.all(SessionItem)
        june, asa = session.trainees
        assert (item.trainee, item.goal) == (june, "Follow one turn longer.")

        await pilot.press("f3")
        await choose(app, pilot, "Add a clip")
        await choose(app, pilot, "Asa")
        await until(pilot, lambda: says(app, "No clip is left of VERP film that they are in."))
        await pilot.press("escape")

        caseload.save(replace(caseload.need(Session, session.id), trainees=(june,)))
        await until(pilot, lambda: says(app, "consent: ok"))
        caseload.undo()
        await until(pilot, lambda: says(app, "consent: missing"))
        [to_intervision] = [
            each for each in consents(TERN, TODAY, [Purpose.INTERVISION]) if each.member == "otto"
        ]
        caseload.save(to_intervision)
        await until(pilot, lambda: says(app, "consent: ok"))

        caseload.save(replace(caseload.need(SessionItem, item.id), working_point="Wait for his look."))
        own = SessionItem(session=session.id, trainee=asa, working_point="Say what he does.", order=2)
        caseload.save(own)
        held = caseload.save(replace(caseload.need(Session, session.id), state=SessionState.HELD))
        messages = [minute_after(caseload.get, caseload.where, held, each, TODAY) for each in (june, asa)]
        assert ["Wait for his look." in each for each in messages] == [True, False]
        assert ["Say what he does." in each for each in messages] == [False, True]

        await pilot.press("f4")
        await choose(app, pilot, "The minute after")
        for name in ("June", "Asa"):  # One after the other, without asking for it again.
            await choose(app, pilot, name)
            await until(pilot, lambda name=name: says(app, f"The minute after: for {name}"))
            await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))

        await pilot.press("f4")
        await choose(app, pilot, "The record as a paper")
        await until(pilot, lambda: says(app, "VERP 1: the record as a paper"))
        await pilot.press("escape")
        await pilot.press("f11")
        await until(pilot, lambda: isinstance(app.screen, ThreadScreen) and says(app, "Wait for his look."))
        assert not says(app, "Say what he does.")
        await pilot.press("2")
        await until(pilot, lambda: says(app, "His block first"))
