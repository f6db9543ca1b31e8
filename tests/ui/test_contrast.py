"""What would be lost: words that cannot be read on their ground, above all those that are selected."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.dom import DOMNode
from textual.notifications import SeverityLevel

from tests.ui.conftest import Heron
from tests.ui.contrast import DEPTHS, contrast, lines, pairs
from tests.ui.driving import Driver, opened, until
from tests.ui.heron import FAMILY
from tests.ui.sample import make_sample
from tests.ui.snapshot import says
from tests.ui.test_merge_screen import merged
from tests.ui.test_merge_screen import path as path
from tests.ui.walking import walk
from vigtui.domain.records import Note, Tag
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.app.theme import THEMES
from vigtui.ui.dialogs.themes import NAMES
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen

pytestmark = pytest.mark.slow

LEAST = 4.5
LEAST_OF_A_LINE = 3.0
SEVERITIES: tuple[SeverityLevel, ...] = ("information", "warning", "error")
WALK = (
    ([], "Seen together"),
    ([*"She waits."], "She waits."),
    (["f6"], "Play"),
    (["f3"], "The agenda"),
    (["escape", "f4"], "The session has taken place"),
    (["escape", "ctrl+o"], "This goes in"),
)
CLIP = (
    ([], "receiving"),
    (["n"], "Your note"),
    (["escape", "t"], "who"),
    (["escape", "c"], "Caption"),
    (["escape", "delete"], "Remove"),
)
MERGE = ((["m"], "to decide"), (["down"], "seen now"), (["end"], "Open"))
FAMILY_PARTS = (
    ([], "Filmed on 3 March"),
    (["up"], "CIN plan from 21 January"),
    (["C"], "Film and copies"),
    (["escape", "2", "down"], "agreed 4 February"),
    (["3", "down"], "Nursery notices too."),
    (["4", "right"], "Everybody filmed"),
    (["r"], "marked and not signed"),
    (["escape"], "Everybody filmed"),
    (["5", "down"], "interaction"),
    (["H"], "Read on"),
    (["escape", "a"], "A recording"),
)
LISTS = (
    (["escape"], "F-021 Wren"),
    (["down"], "A first visit"),
    (["f2"], "Search for commands"),
    ([*"group"], "Group by guider"),
    (["escape", "C"], "Film and copies"),
    (["escape", "a"], "Families by setting"),
    (["escape", "v"], "Before the visit"),
    (["escape", "s"], "Plan a new session"),
    (["escape", "e"], "esc Cancel"),
    (["escape", "f1"], "Every family you work with"),
    (["escape", "enter"], "No cycle yet"),
    (["2"], "No helping question yet"),
    (["3", "down"], "Daily Life"),
    (["4"], "Nobody is in this family yet"),
    (["5"], "No cycle yet"),
    (["h"], "Read on"),
    (["escape", "escape", "o"], "Make a new caseload"),
    (["down", "enter"], "Folder above"),
    (["escape", "escape", "b"], "Earlier versions"),
    (["escape", "n"], "Save"),
    (["x", "escape"], "Leave without saving"),
    (["right", "enter", "K"], "Colours of the screens"),
)


def hardly_read(app: VigtuiApp) -> set[tuple[str, str, float]]:
    """The words that cannot be read well enough, in which depth of colour, and their contrast."""
    return {
        (words.strip(), depth.name, round(ratio, 1))
        for words, front, back in pairs(app)
        for depth in DEPTHS
        if (ratio := contrast(front, back, depth)) < LEAST
    }


def hardly_seen(app: VigtuiApp) -> set[tuple[str, str, float]]:
    """The lines and signs that cannot be seen well enough."""
    return {
        (sign.strip()[:10], depth.name, round(ratio, 1))
        for sign, front, back in lines(app)
        for depth in DEPTHS
        if (ratio := contrast(front, back, depth)) < LEAST_OF_A_LINE
    }


def styled_otherwise(app: VigtuiApp) -> list[str]:
    """What on the screen in front would look otherwise if all of it were styled anew."""

    def styles() -> dict[DOMNode, Any]:
        return {node: _rules(node) for node in app.screen.walk_children(with_self=True)}

    before = styles()
    app.screen.update_node_styles(animate=False)
    after = styles()
    return [
        f"{node}: {name}"
        for node in before
        for name in before[node].keys() | after[node].keys()
        if before[node].get(name) != after[node].get(name)
    ]


def _rules(node: DOMNode) -> dict[str, Any]:
    parts = getattr(node, "_component_styles", {})
    return {**node.styles.base.get_rules(), **{name: part.get_rules() for name, part in parts.items()}}


def test_every_theme_that_is_offered_is_one_that_is_looked_at_here() -> None:
    assert list(NAMES) == [theme.name for theme in THEMES]


Steps = Sequence[tuple[Sequence[str], str]]


@pytest.fixture
def every(request: pytest.FixtureRequest) -> bool:
    """Whether each step is looked at in every theme (`make prove-themes`)."""
    return bool(request.config.getoption("--every-theme"))


async def look_through(app: VigtuiApp, pilot: Driver, steps: Steps, *, every: bool) -> None:
    """Press keys, wait for words, and look at all that can be read then: two steps in each theme, or each
    step in `every` one."""
    for number, (keys, words) in enumerate(steps):
        if not every:
            app.theme = THEMES[number // 2 % len(THEMES)].name
            await pilot.pause()
        await pilot.press(*keys)
        await until(pilot, lambda words=words: says(app, words))
        assert styled_otherwise(app) == [], (keys, words)
        for theme in [each.name for each in THEMES] if every else [app.theme]:
            app.theme = theme
            await pilot.pause()
            assert (hardly_read(app), hardly_seen(app)) == (set(), set()), (theme, keys, words)


async def test_all_words_can_be_read_in_every_depth_of_colour(tmp_path: Path, *, every: bool) -> None:
    async with opened(make_sample(tmp_path), (100, 30)) as (app, pilot):
        await look_through(app, pilot, LISTS, every=every)
        for severity in SEVERITIES:
            app.notify("Both versions are kept.", title=severity, severity=severity)
            await look_through(app, pilot, (((), severity),), every=True)


async def test_a_clip_and_the_walk_can_be_read(heron: Heron, *, every: bool) -> None:
    caseload = Caseload.open(heron.path)
    clip = heron.clips["C2-2"]
    caseload.save(Tag(clip=clip, at_ms=9000, who=heron.jory, principle="receiving", item="body"))
    caseload.save(Note(about=clip, author=heron.trainee, body="[00:09] Bring this one."))
    caseload.close()
    async with walk(heron, size=(100, 30)) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.axis.sound.complete)
        await look_through(app, pilot, WALK, every=every)
        wanted = ClipScreen(clip=clip)
        app.push_screen(wanted)
        await until(pilot, lambda: wanted.is_mounted and wanted.film.axis.sound.complete)
        await look_through(app, pilot, CLIP, every=every)


async def test_what_came_in_and_what_is_to_be_decided_can_be_read(path: Path, *, every: bool) -> None:
    merged(path)
    async with opened(path, (100, 30)) as (app, pilot):
        await look_through(app, pilot, MERGE, every=every)


async def test_all_of_a_family_can_be_read(path: Path, *, every: bool) -> None:
    async with opened(path, (100, 30)) as (app, pilot):
        app.push_screen(FamilyScreen(FAMILY, "review-2"))
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        await look_through(app, pilot, FAMILY_PARTS, every=every)
