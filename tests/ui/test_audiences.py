"""What would be lost: knowing before one shows a clip to somebody whether everybody in it agreed to that."""

import shutil
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.caseloads import change
from tests.ui.driving import opened, until
from tests.ui.family_driving import stop_the_calendar
from tests.ui.heron import make_heron
from tests.ui.snapshot import same_screens, says
from vigtui.domain.records import Consent
from vigtui.domain.vocabulary import Copies
from vigtui.ui.dialogs.records.share import AudiencesScreen
from vigtui.ui.screens.clip import ClipScreen


async def test_one_key_on_a_clip_tells_to_whom_it_may_be_shown_and_why_not_to_others(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    stop_the_calendar(monkeypatch)
    (tmp_path / "media").mkdir()
    shutil.copy(film, tmp_path / "media" / "F-017-film-1.mp4")
    path = make_heron(tmp_path / "heron.vig.json")
    change(path, Consent, "consent-jory-social_worker", copies=Copies.NO)
    async with opened(path) as (app, pilot):
        screen = ClipScreen(clip="clip-film-1-1")
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_mounted and screen.film.closed != "The film is being opened.")
        await pilot.press("X")
        await until(pilot, lambda: isinstance(app.screen, AudiencesScreen) and app.screen.query(Static))
        await pilot.pause()
        assert says(app, "✓ in supervision")
        assert says(app, "Jory said on 4 February that no copies of the film may be given out.")
        assert says(app, "× at a training event")
        assert says(app, "· in court")
        await same_screens(pilot, "audiences", request)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
