"""The lines of docs/film.md: film in an app that knows nothing else of vigtui."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from tests.ui.driving import until
from vigtui.film import FileSource, FilmApp, Player, TimeAxis, VideoPane

DOCUMENT = Path(__file__).parents[2] / "docs" / "film.md"


def lines_of_the_document() -> str:
    return DOCUMENT.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]


@pytest.fixture
def cinema(film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FilmApp[None]:
    """The app that the lines make and would run, in a folder with the film."""
    shutil.copy(film, tmp_path / "film.mp4")
    monkeypatch.chdir(tmp_path)
    made: list[FilmApp[None]] = []
    with monkeypatch.context() as patch:
        patch.setattr(App, "run", lambda app: made.append(app))
        exec(lines_of_the_document(), {})  # noqa: S102  what a reader would copy
    return made[0]


async def test_the_documents_lines_play_a_film_and_say_who_speaks_when(cinema: FilmApp[None]) -> None:
    async with cinema.run_test(size=(80, 24)) as pilot:
        pane, axis = cinema.query_one(VideoPane), cinema.query_one(TimeAxis)
        await until(pilot, lambda: pane.held or pane.state.position_ms > 500)
        await until(pilot, lambda: axis.stretch.duration == pane.state.duration_ms > 19_000)
        await until(pilot, lambda: axis.sound.complete and axis.sound.known_ms > 19_000)
        pane.focus()
        await pilot.press("space")
        await until(pilot, lambda: pane.held)
        pane.player.close()


def test_the_documents_lines_are_ten_and_import_nothing_else_of_vigtui() -> None:
    lines = lines_of_the_document().splitlines()
    assert len(lines) == 10
    code = (
        "\n".join(lines[:-1])
        + "\nimport sys; print(*(name for name in sys.modules if name[:7] == 'vigtui.'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {".".join(name.split(".")[:2]) for name in ran.stdout.split()}
    assert rooms == {"vigtui.film", "vigtui.foreign", "vigtui.values"}  # None knows the field.


class Plain(App[None]):
    """An app that is no `FilmApp`."""

    def compose(self) -> ComposeResult:
        yield VideoPane()


async def test_in_an_app_that_is_no_film_app_the_film_plays_too(film: Path) -> None:
    async with Plain().run_test(size=(80, 24)) as pilot:
        pane, player = pilot.app.query_one(VideoPane), Player(muted=True)
        pane.show(player, FileSource(film), playing=True)
        await until(pilot, lambda: pane.state.position_ms > 500 and pane.picture_region.area)
        pane.focus()
        await pilot.press("space")
        await until(pilot, lambda: pane.held)
        player.close()
