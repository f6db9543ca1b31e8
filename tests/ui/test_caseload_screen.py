"""The caseload list: what somebody with many families would lose if it failed."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.bench.caseload.big import make_big
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, confirm, fill
from tests.ui.sample import HOSTILE, make_sample
from tests.ui.snapshot import same_screen, says, screen_text
from vigtui.domain.records import Family, Person
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.caseload import CaseloadScreen


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return make_sample(tmp_path)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_family_stands_in_the_list_with_what_it_needs(
    sample: Path, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    async with opened(sample, size) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and "Heron" in screen_text(app))
        same_screen(app, f"caseload-{size[0]}x{size[1]}", request)


async def test_typing_finds_a_family_by_words_from_anywhere_in_its_record(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "slash", *"QUIET")
        await until(pilot, lambda: "1 family" in screen_text(app))
        assert "F-017 Heron" in screen_text(app)
        assert "F-021" not in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "3 families" in screen_text(app))


async def test_a_family_entered_by_mistake_is_removed_and_comes_back(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "delete")
        assert "Remove F-019 Plover?" in await confirm(app, pilot)
        await until(pilot, lambda: "F-019" not in screen_text(app))
        await pilot.press("u")
        await until(pilot, lambda: "F-019 Plover" in screen_text(app))


@pytest.mark.parametrize(
    ("words", "found"),
    [("delete", "Remove a family"), ("backup", "earlier versions"), ("report", "Who changed what")],
)
async def test_a_command_is_found_by_what_people_call_it(sample: Path, words: str, found: str) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "f2", *words)
        await until(pilot, lambda: found in screen_text(app))


async def test_a_filter_that_finds_nothing_says_how_to_go_on(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "slash", *"zebra")
        await until(pilot, lambda: "clears the filter" in screen_text(app))


async def test_an_empty_caseload_says_what_to_do_first(tmp_path: Path) -> None:
    path = tmp_path / "empty.vig.json"
    Caseload.create(path).close()
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: len(app.screen_stack) > 2)
        await pilot.press("escape")
        await until(
            pilot, lambda: "n adds the first: a code and a pseudonym, never a real name." in screen_text(app)
        )


async def test_the_groups_follow_one_another_and_are_remembered(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: "by guider" in screen_text(app))
        assert "─ Ellis Marr, trainee" in screen_text(app)
        await pilot.press("g")
        await until(pilot, lambda: "by trainee" in screen_text(app))
        await pilot.press("g")
        await until(pilot, lambda: "by code" in screen_text(app))
        assert "─ Ellis Marr" not in screen_text(app)
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: "by code" in screen_text(app))


async def test_the_cursor_passes_over_headings_and_comes_back_where_it_was(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "down", "down")
        await until(pilot, lambda: "Plover: " in screen_text(app) or "Plover. " in screen_text(app))
        await pilot.press("down", "down", "up", "home", "end")
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: "Plover." in screen_text(app))


async def test_who_is_here_is_asked_once_and_signs_what_is_saved(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press(*"noor", "enter")
        await until(pilot, lambda: "Noor Castell, trainee" in screen_text(app))
        caseload = app.workspace.caseload
        assert caseload.save(Family(code="F-030")).by == "Noor Castell"
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: "Noor Castell, trainee" in screen_text(app))


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.vig.json"
    caseload = Caseload.create(path, service=text)
    guider = caseload.save(Person(name=text))
    caseload.save(Family(code=text, pseudonym=text, guider=guider.id))
    caseload.close()
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: len(app.workspace.caseload.all(Family)) == 1)
        await pilot.press("down", "g", "g", "slash", "x", "escape")
        await pilot.pause()
        shown = screen_text(app)
        assert "\x1b" not in shown
        assert "\x07" not in shown
        if text.startswith("["):
            assert text[:8] in shown
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await until(pilot, lambda: says(app, "Keep Remove"))


async def test_a_family_is_erased_only_once_its_code_was_typed(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "E")
        await choose(app, pilot, "Erase it")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press(*"F-021", "ctrl+s")
        await until(pilot, lambda: "Type F-019 to erase it" in screen_text(app))
        assert "ctrl+s Erase" in screen_text(app)  # It said "Save", and erased.
        await pilot.press("ctrl+u", *"f-019", "ctrl+s")
        await until(pilot, lambda: "F-019 Plover is erased" in told(app))
        await until(pilot, lambda: "2 families" in screen_text(app))
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in told(app))
    files = [each for each in sample.parent.rglob("*") if each.is_file()]
    assert files
    assert all("Plover" not in each.read_text() for each in files)


async def test_the_words_of_a_family_are_kept_until_another_day_with_a_reason(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "E")
        await choose(app, pilot, "Keep it")
        await fill(app, pilot, until="1 Jan 2001", reason="A complaint is open")
        await until(pilot, lambda: "Say a day to come." in screen_text(app))
        await fill(app, pilot, until="1 Jan 2090")
        [family] = app.workspace.caseload.where(Family, code="F-019")
        assert (family.kept.until, family.kept.reason) == (dt.date(2090, 1, 1), "A complaint is open")
        assert family.kept.decided is not None
        await pilot.press("u")
        await until(pilot, lambda: app.workspace.caseload.need(Family, family.id).kept.until is None)


async def test_the_written_record_is_read_before_it_is_printed(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "E")
        await choose(app, pilot, "Print")
        await until(pilot, lambda: "What is written of F-019 Plover" in screen_text(app))
        await pilot.press("escape")
        await pilot.pause()


async def test_among_many_families_a_filter_finds_what_was_changed_a_moment_ago(tmp_path: Path) -> None:
    """Of many, what it looks through is worked out beside the screen, and kept where nothing changes."""
    async with opened(make_big(tmp_path / "many.vig.json", 220)) as (app, pilot):
        await pilot.press("slash", *"f-007")
        await until(pilot, lambda: "1 family" in screen_text(app))
        family = next(each for each in app.workspace.caseload.all(Family) if each.code == "F-007")
        app.workspace.caseload.save(replace(family, pseudonym="Bittern"))
        await until(pilot, lambda: "F-007 Bittern" in screen_text(app))
        await pilot.press("escape")
        await pilot.press("slash", *"bittern")
        await until(pilot, lambda: "1 family" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "220 families" in screen_text(app))
