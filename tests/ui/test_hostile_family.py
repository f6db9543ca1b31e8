"""Text from somebody else's file on the parts of a family and its papers: it is shown, and does nothing."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.driving import Driver, opened, until
from tests.ui.family_driving import fill, stop_the_calendar
from tests.ui.heron import FAMILY, make_heron
from tests.ui.sample import HOSTILE
from tests.ui.snapshot import screen_text
from vigtui.domain.records import (
    Closure,
    Description,
    Family,
    Fit,
    HelpingQuestion,
    Rating,
    TrajectEntry,
    TrajectHeading,
    Voice,
)
from vigtui.domain.vocabulary import Described, DescribedWhen
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.audit import AuditScreen
from vigtui.ui.screens.chart import ChartScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.workspace.settings import Settings

TEXT = " ".join(HOSTILE)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    caseload = Caseload.open(path)
    with caseload.transaction("Spoil"):
        family = caseload.need(Family, FAMILY)
        members = tuple(
            replace(each, label=f"{TEXT}{number}", relation=TEXT if number else "parent")
            for number, each in enumerate(family.members)
        )
        fit, closure = (
            Fit(timescales=TEXT, formulation=TEXT, chronology=TEXT),
            Closure(reason=TEXT, words=TEXT),
        )
        spoilt = dict.fromkeys(("code", "pseudonym", "reasons", "whose_idea"), TEXT)
        caseload.save(replace(family, members=members, fit=fit, closure=closure, **spoilt))
        for question in caseload.all(HelpingQuestion):
            caseload.save(replace(question, words=TEXT, owner="dana"))
        for rating in caseload.all(Rating):
            caseload.save(replace(rating, rater=TEXT if rating.rater != "dana" else "dana", words=TEXT))
        for line in caseload.all(TrajectEntry):
            caseload.save(replace(line, words=TEXT, heading=TEXT))
        caseload.save(TrajectHeading(family=FAMILY, words=TEXT))
        for when in DescribedWhen:
            caseload.save(
                Description(
                    family=FAMILY, speaker="dana", of=Described.CHILD, when=when, words=TEXT, date=rating.date
                )
            )
        for voice in caseload.all(Voice):
            caseload.save(replace(voice, words=TEXT, speaker="dana"))
    caseload.close()
    return path


async def harmless(app: VigtuiApp, pilot: Driver, shown: type) -> None:
    """The words are on this screen, as words."""
    await until(pilot, lambda: isinstance(app.screen, shown) and "[/foo]" in screen_text(app))
    assert not {"\x1b", "\x07", "\u202e"} & set(screen_text(app))


@pytest.mark.parametrize("plain", [False, True])
async def test_hostile_text_is_only_text_in_every_part_of_a_family(path: Path, *, plain: bool) -> None:
    async with opened(path, settings=Settings(plain=plain), keeps_rules=False) as (app, pilot):
        app.push_screen(FamilyScreen(FAMILY))
        await harmless(app, pilot, FamilyScreen)
        for key in "2346":
            await pilot.press(key)
            await harmless(app, pilot, FamilyScreen)
        await pilot.press("2", "c")
        await harmless(app, pilot, ChartScreen)
        await pilot.press("escape")
        await pilot.press("L")
        await fill(app, pilot)
        await harmless(app, pilot, PaperScreen)
        await pilot.press("escape", "3", "p")
        await harmless(app, pilot, PaperScreen)
        await pilot.press("escape")
        app.push_screen(AuditScreen())
        await harmless(app, pilot, AuditScreen)
