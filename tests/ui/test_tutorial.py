"""docs/tutorial.md, walked through as it is written: whoever follows it sees what it says."""

import re
import shutil
from pathlib import Path

from tests.ui.driving import Driver, opened, until
from tests.ui.snapshot import screen_text
from vigtui.domain.records import Session, SessionItem, Tag
from vigtui.domain.vocabulary import Role, SessionState
from vigtui.ui.app.app import VigtuiApp
from vigtui.workspace.workspace import make_caseload

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
STEP = re.compile(r"^\d+\. .*(?:\n   .*)*", re.MULTILINE)
# A key in backquotes, a text to type in quotation marks after "type", bold words that are then on the screen.
PART = re.compile(r'`(?P<key>[^`]+)`|[Tt]ype\s[^"]{0,40}"(?P<text>[^"]+)"|\*\*(?P<seen>[^*]+)\*\*')
KEYS = {"→": "right", "↓": "down", "↑": "up", "[": "left_square_bracket", "]": "right_square_bracket"}


def steps() -> list[str]:
    return STEP.findall(TUTORIAL.read_text(encoding="utf-8").split("## Add a family")[1])


async def follow(app: VigtuiApp, pilot: Driver, step: str) -> None:
    for part in PART.finditer(step):
        if part["key"]:
            await pilot.press(KEYS.get(part["key"], part["key"].lower()))
        elif part["text"]:
            await pilot.press(*part["text"])
        else:
            words = " ".join(part["seen"].split())
            try:
                await until(pilot, lambda words=words: words in shown(app))
            except AssertionError:
                raise AssertionError(f"{step}\n\nno “{words}” in\n{screen_text(app)}") from None


def shown(app: VigtuiApp) -> str:
    return " ".join(screen_text(app).split())


async def test_who_follows_the_tutorial_comes_to_an_agreed_supervision(tmp_path: Path, film: Path) -> None:
    path = tmp_path / "first.vig.json"
    make_caseload(path, "Harbour Service", "Ellis Marr", Role.TRAINEE).close()
    shutil.copy(film, tmp_path / "first-visit.mp4")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        for step in steps():
            await follow(app, pilot, step)
        caseload = app.workspace.caseload
        (item,) = caseload.all(SessionItem)
        assert item.working_point.endswith("Receive before offering.")
        assert [tag.item for tag in caseload.all(Tag)] == ["waiting"]
        assert [each.state for each in caseload.all(Session)] == [SessionState.AGREED]
