"""What would be lost: a reason why the screens do not look as the settings say."""

from pathlib import Path

import pytest

from vigtui.cli.doctor import (
    examine_letters,
    examine_picture,
    examine_screens,
    examine_settings,
    examine_terminal,
)
from vigtui.workspace.settings import settings_path


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings_path().parent.mkdir(parents=True, exist_ok=True)


def test_a_theme_that_there_is_not_is_told_with_those_that_there_are() -> None:
    settings_path().write_text('theme = "vigtiu"\n', encoding="utf-8")
    line = examine_settings()
    assert not line.well
    assert "there is no theme “vigtiu”" in line.words
    assert "vigtui-light" in line.words


@pytest.mark.parametrize("theme", ["vigtui", "vigtui-contrast", "nord"])
def test_a_theme_that_there_is_is_well(theme: str) -> None:
    settings_path().write_text(f'theme = "{theme}"\n', encoding="utf-8")
    assert examine_settings().well


def test_whoever_needs_words_alone_is_told_of_the_setting_and_that_it_holds() -> None:
    assert "plain = true" in examine_screens().words
    settings_path().write_text("plain = true\n", encoding="utf-8")
    assert "in words alone" in examine_screens().words


def test_the_letters_that_somebody_chose_are_told_and_film_has_no_others() -> None:
    settings_path().write_text('letters = "console"\n', encoding="utf-8")
    assert "console's font has, as the settings say" in examine_letters().words
    assert "a shade (the settings say so)" in examine_picture().words


@pytest.mark.parametrize(("columns", "rows", "well"), [(39, 24, False), (80, 14, False), (40, 15, True)])
def test_a_window_too_small_for_any_screen_is_told(
    monkeypatch: pytest.MonkeyPatch, columns: int, rows: int, well: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(rows))
    assert examine_terminal().well is well
    assert "vigtui works from 40x15" in examine_terminal().words
