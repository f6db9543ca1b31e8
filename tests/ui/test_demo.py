"""What would be lost: the demo at once, and its film as soon as it is drawn."""

import shutil
import textwrap
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.ui.driving import opened, told, until
from tests.ui.snapshot import says
from vigtui.demo import demo_file
from vigtui.demo.steps import STEPS
from vigtui.domain.records import Clip, Family, Recording
from vigtui.domain.vocabulary import Role
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.widgets.keys.said import key_in, keys_for, with_keys
from vigtui.workspace.settings import Settings, demo_folder

FILM = "media/F-017-C1.mp4"
LIST = "Back in the list, "


@pytest.fixture
def without_film(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo, of which no film is drawn."""
    monkeypatch.setattr("vigtui.demo.following.draw_films", lambda *_: "")
    return demo_file(demo_folder())


async def test_the_list_is_there_at_once_and_a_film_opens_as_soon_as_it_is_drawn(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, end = threading.Event(), threading.Event()

    def draw(folder: Path, wanted: Mapping[str, str], drawn: Callable[[str, int], None]) -> str:
        go_on.wait(60)
        (folder / FILM).parent.mkdir()
        shutil.copy(film, folder / FILM)
        drawn(FILM, 1)
        end.wait(60)
        return "libmpv is tired." if wanted else ""

    monkeypatch.setattr("vigtui.demo.following.draw_films", draw)
    async with opened(demo_file(demo_folder()), (100, 24)) as (app, pilot):
        await until(pilot, lambda: says(app, "Look at it as"))
        await pilot.press("escape")
        await until(pilot, lambda: says(app, "drawing film 1 of 20"))
        assert says(app, "12 families")
        caseload = app.workspace.caseload
        recording = next(each for each in caseload.all(Recording) if each.path == FILM)
        clip = next(each for each in caseload.all(Clip) if each.recording == recording.id)
        screen = ClipScreen(clip=clip.id)
        app.push_screen(screen)
        await until(pilot, lambda: says(app, "This film is still being drawn."))
        go_on.set()
        await until(pilot, lambda: screen.film.is_open)
        await until(pilot, lambda: says(app, "drawing film 2 of 20"))
        caseload.save(Family(code="F-099"))
        await pilot.press("u")
        await until(pilot, lambda: not caseload.where(Family, code="F-099"))
        found = caseload.get(Recording, recording.id)
        assert found
        assert found.fingerprint
        end.set()
        await until(pilot, lambda: "The demo is without some of its film. libmpv is tired." in told(app))


@pytest.mark.parametrize("role", list(STEPS), ids=str)
async def test_the_five_steps_of_each_role_lead_where_they_say(role: Role, without_film: Path) -> None:
    """Whoever presses what a step names reaches its screen, and sees the next step there; a supervisor with
    keys of their own as well."""
    own = {
        "list.open": "f8",
        "caseload.supervise": "f9",
        "caseload.trainees": "z",
        "caseload.merge": "ctrl+y",
    }
    likes = Settings(keys=own if role is Role.SUPERVISOR else {})
    async with opened(without_film, (80, 24), likes) as (app, pilot):
        assert app.own_keys.keys() >= likes.keys.keys()
        await until(pilot, lambda: says(app, "Look at it as a trainee, a supervisor, a service lead?"))
        await pilot.press(*f"a {role.label.split()[0]}", "enter")
        for number, step in enumerate(STEPS[role], start=1):
            await until(pilot, lambda number=number: says(app, f"Step {number} of 5"))
            if "Back in the list" in step.words:
                while not isinstance(app.screen, CaseloadScreen):
                    before = app.screen
                    await pilot.press("escape")
                    await until(pilot, lambda before=before: app.screen is not before)
            words = with_keys(step.words, keys_for(app))
            assert says(app, words)
            key = words.removeprefix("Back in the list (escape), ").removeprefix(LIST).split()[0]
            await pilot.press(key.lower() if len(key) > 1 else key)
            if step.reaches == "SupervisionScreen":
                await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
                await pilot.press("enter")
            await until(pilot, lambda step=step: type(app.screen).__name__ == step.reaches)
        await until(pilot, lambda: "Those were the five." in told(app))
        person = app.workspace.person
        assert person
        assert role in person.roles
        assert not says(app, "Step 5")
        assert app.workspace.places.get("steps") == -1


def test_each_step_has_room_in_the_smallest_window() -> None:
    """A line of it that was cut would be the end of what to do."""
    for steps in STEPS.values():
        for step in steps:
            words = with_keys(f"Step 1 of 5 (N next, Q ends): {step.words}", partial(key_in, {}))
            assert len(textwrap.wrap(words, 38)) <= 3, words


async def test_steps_are_skipped_ended_and_not_asked_about_again(without_film: Path) -> None:
    async with opened(without_film, (40, 15)) as (app, pilot):
        await until(pilot, lambda: says(app, "Look at it as"))
        await pilot.press("enter", "N")
        await until(pilot, lambda: says(app, "Step 2 of 5"))
    async with opened(without_film, (40, 15)) as (app, pilot):
        await until(pilot, lambda: says(app, "Step 2 of 5"))
        await pilot.press("Q")
        await until(pilot, lambda: not says(app, "Step 2"))
        await pilot.press("f2", *"five steps")
        await until(pilot, lambda: says(app, "No matches found"))
