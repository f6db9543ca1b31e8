"""What would be lost: the demo at once, and its film as soon as it is drawn."""

import shutil
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.ui.driving import opened, told, until
from tests.ui.snapshot import says
from vigtui.demo import demo_file
from vigtui.domain.records import Clip, Family, Recording
from vigtui.ui.screens.clip import ClipScreen
from vigtui.workspace.settings import demo_folder

FILM = "media/F-017-C1.mp4"


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
        await until(pilot, lambda: says(app, "drawing film 1 of 19"))
        assert says(app, "12 families")
        caseload = app.workspace.caseload
        recording = next(each for each in caseload.all(Recording) if each.path == FILM)
        clip = next(each for each in caseload.all(Clip) if each.recording == recording.id)
        screen = ClipScreen(clip=clip.id)
        app.push_screen(screen)
        await until(pilot, lambda: says(app, "This film is still being drawn."))
        go_on.set()
        await until(pilot, lambda: screen.film.is_open)
        await until(pilot, lambda: says(app, "drawing film 2 of 19"))
        caseload.save(Family(code="F-099"))
        await pilot.press("u")
        await until(pilot, lambda: not caseload.where(Family, code="F-099"))
        found = caseload.get(Recording, recording.id)
        assert found
        assert found.fingerprint
        end.set()
        await until(pilot, lambda: "The demo is without some of its film. libmpv is tired." in told(app))
