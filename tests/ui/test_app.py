"""The app around the screens: help, commands, undo, saving, and every way out."""

from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.conftest import Heron
from tests.ui.driving import is_left, opened, told, until
from tests.ui.sample import make_sample
from tests.ui.snapshot import same_screen, same_screens, says, screen_text
from vigtui.domain.records import Family, Person
from vigtui.store.caseload import Caseload
from vigtui.store.disk import lock
from vigtui.ui.app import saving
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.ui.widgets import case_screen
from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.ui.widgets.keys.help import HelpScreen
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.workspace.keymap import keymap_path
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings, demo_folder, settings_path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return make_sample(tmp_path)


async def test_help_tells_what_the_screen_is_for_and_every_key_that_works_there(
    sample: Path, request: pytest.FixtureRequest
) -> None:
    async with opened(sample, (80, 60)) as (app, pilot):
        await pilot.press("escape", "f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.pause()
        same_screen(app, "help-80x60", request)
        only_while_filtering = {"caseload.list"}
        keys = [key for key in (*TABLE["caseload"], *TABLE["list"]) if key.id not in only_while_filtering]
        assert all(says(app, with_keys(key.tooltip, keys_for(app))) for key in keys)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))


async def test_the_help_of_a_list_of_choices_writes_each_key_by_itself(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "K")
        await until(pilot, lambda: says(app, "↑↓ Choose"))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await until(pilot, lambda: says(app, " ↓ Down") and says(app, "esc Close"))


async def test_the_palette_finds_a_command_by_its_words(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "f2")
        await until(pilot, lambda: len(app.screen_stack) > 2)
        await pilot.press(*"group by")
        await until(pilot, lambda: "Group by guider" in screen_text(app))
        await until(pilot, lambda: all(worker.is_finished for worker in app.workers))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "by trainee" in screen_text(app))


@pytest.mark.parametrize(
    ("words", "screen"), [("shared review plan", "PlanScreen"), ("letter client", "FormScreen")]
)
async def test_the_palette_leads_from_the_list_to_what_is_done_at_a_family(
    words: str, screen: str, sample: Path
) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "f2")
        await until(pilot, lambda: len(app.screen_stack) > 2)
        await pilot.press(*words)
        await until(pilot, lambda: "Heron: The" in screen_text(app))
        await until(pilot, lambda: all(worker.is_finished for worker in app.workers))
        await pilot.press("down", "enter")
        await until(pilot, lambda: type(app.screen).__name__ == screen)
        assert any(isinstance(each, FamilyScreen) for each in app.screen_stack)


async def test_undo_takes_back_the_last_change_and_says_which(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        app.workspace.caseload.save(Family(code="F-030", pseudonym="Dunlin"))
        await until(pilot, lambda: "F-030" in screen_text(app))
        await pilot.press("u")
        await until(pilot, lambda: "F-030 Dunlin" not in screen_text(app) and "Undone" in screen_text(app))


async def test_what_is_changed_is_on_disk_after_q(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        app.workspace.caseload.save(Family(code="F-030"))
        await pilot.press("q")
        await until(pilot, lambda: is_left(app))
        assert "F-030" in sample.read_text()


async def test_leaving_with_unsaved_changes_asks_and_another_place_saves_them(
    sample: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        # The stick is pulled: the folder is gone, and a file lies where it was.
        folder, away = sample.parent, tmp_path.with_name("away")
        folder.rename(away)
        folder.write_text("")
        app.workspace.caseload.save(Family(code="F-030"))
        await until(pilot, lambda: "NOT SAVED" in screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one("#narrow", Input).value = str(away / "rescued.vig.json")
        await pilot.press("enter")
        await until(pilot, lambda: app.workspace.caseload.status.state == "saved")
        assert "F-030" in (away / "rescued.vig.json").read_text()
        folder.unlink()
        away.rename(folder)


async def test_a_file_that_somebody_else_changed_holds_their_change_and_ours(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        theirs = Caseload.open(sample)
        theirs.save(Family(code="F-098"))
        theirs.close()
        app.workspace.caseload.save(Family(code="F-030"))
        await until(pilot, lambda: "F-098" in screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: is_left(app))
    assert list(sample.parent.glob("*.json")) == [sample]
    assert "F-030" in sample.read_text()
    assert "F-098" in sample.read_text()


async def test_a_file_that_somebody_else_broke_is_left_alone_and_ours_is_kept_beside_it(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        sample.write_text("half of somebody's wri")
        app.workspace.caseload.save(Family(code="F-030"))
        await until(pilot, lambda: "NOT SAVED: Somebody else changed" in screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: is_left(app))
    (beside,) = (path for path in sample.parent.glob("*.json") if path != sample)
    assert "F-030" in beside.read_text()
    assert sample.read_text() == "half of somebody's wri"


async def test_what_saving_cannot_keep_is_told_before_anything_is_saved(sample: Path) -> None:
    sample.with_name("other name").hardlink_to(sample)
    before = sample.read_bytes()
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: "saved, hard link" in screen_text(app))
        await until(pilot, lambda: "has another name on this disk" in screen_text(app))
        assert sample.read_bytes() == before


async def test_saving_is_told_when_it_takes_long_and_not_with_every_change(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "_USUAL_SECONDS", 0.3)
    monkeypatch.setattr(lock, "LOCK_SECONDS", 60)
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        bar, said = app.screen.query_one(TitleBar), set[str]()
        app.watch(bar, "status", lambda words: said.add(words))
        for number in range(3):
            app.workspace.caseload.save(Family(code=f"F-03{number}"))
            app.workspace.caseload.flush()
            await until(pilot, partial(says, app, f"F-03{number}"))
        assert {words.partition(" ")[0] for words in said} == {"saved"}
        with lock.locked(sample):
            app.workspace.caseload.save(Family(code="F-040"))
            await until(pilot, lambda: "saving" in said)
        await until(pilot, lambda: bar.status.startswith("saved"))


async def test_a_lock_that_cannot_be_had_is_told(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        with lock.locked(sample):
            app.workspace.caseload.save(Family(code="F-030"))
            await until(pilot, lambda: ", no lock" in screen_text(app))
        await until(pilot, lambda: "Another program holds the lock" in screen_text(app))
    assert "F-030" in sample.read_text()


async def test_a_family_opens_and_escape_comes_back_to_the_same_line(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        assert "Plover" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, CaseloadScreen)


async def test_the_screen_that_was_open_is_open_again_after_a_restart(sample: Path) -> None:
    async with opened(sample) as (app, pilot):
        await pilot.press("enter")
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await pilot.press("q")
        await until(pilot, lambda: is_left(app))
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await until(pilot, lambda: "F-019 Plover" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))


async def test_a_persons_own_key_works_and_is_named_in_footer_help_and_sentences(sample: Path) -> None:
    keymap_path().parent.mkdir(parents=True)
    keymap_path().write_text('app.undo = "z"\n')
    own = {"caseload.group": "j", "caseload.merge": "w,ctrl+y", "caseload.way": "m", "caseload.find": "f9"}
    async with opened(sample, (80, 60), Settings(keys=own)) as (app, pilot):
        await pilot.press("escape", "j")
        await until(pilot, lambda: "by trainee" in screen_text(app))
        assert "n New  j Group  F9 Find" in screen_text(app)
        assert "F9 to filter" in screen_text(app)
        await pilot.press("f1")
        await until(pilot, lambda: "w ctrl+y  Merge another file" in screen_text(app))
        assert says(app, "Remove a family that was entered by mistake; z undoes it")
        assert "   j  Group by guider" in screen_text(app)


async def test_a_sentence_in_the_corner_is_read_to_its_end_in_the_smallest_window(sample: Path) -> None:
    sentence = "No family is under the cursor; put it on one, and what was asked for is done there."
    async with opened(sample, (40, 15)) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        app.screen.tell(sentence)
        await until(pilot, lambda: all(word in screen_text(app) for word in sentence.split()))


async def test_a_sentence_stands_as_long_as_it_takes_to_read(sample: Path) -> None:
    """What to do with the passphrase of a hand-over was gone after four seconds, in the middle of a line."""
    async with opened(sample) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        assert isinstance(app.screen, CaseloadScreen)
        app.screen.tell("Short.")
        await until(pilot, lambda: [each.timeout for each in app._notifications] == [4])
        app.screen.tell("word " * 60)
        await until(pilot, lambda: [each.timeout for each in app._notifications] == [20])


async def test_a_problem_goes_with_its_screen_and_what_concerns_the_file_stays(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_screen, "SECONDS_OF_A_PROBLEM", 600)
    async with opened(sample) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        screen = app.screen
        assert isinstance(screen, CaseloadScreen)
        screen.tell("This family has no guider yet.", problem=True)
        app.notify("The disk is full.", title="Not saved", timeout=600)
        await until(pilot, lambda: "no guider" in told(app) and "The disk is full." in told(app))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and "no guider" not in told(app))
        assert told(app) == "The disk is full."
        await pilot.press("escape")
        screen.tell("This family has no guider yet.", problem=True)
        app.notify("The disk is full.", title="Not saved", timeout=600)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and "no guider" not in told(app))
        assert told(app) == "The disk is full."
        app.screen.leave("This family is no longer in the caseload.")
        await until(pilot, lambda: app.screen is screen and "no longer in the caseload" in told(app))


async def test_keys_that_cannot_be_are_told_and_the_standard_ones_work(sample: Path) -> None:
    keymap_path().parent.mkdir(parents=True)
    keymap_path().write_text('caseload.group = "n"\nclip.tag = "ctrl+m"\n')
    async with opened(sample) as (app, pilot):
        await until(
            pilot, lambda: "keys.toml, line 2: a terminal cannot tell ctrl+m from enter." in told(app)
        )
        assert "1 more: `vigtui keys` tells all." in told(app)
        await pilot.press("escape", "g")
        await until(pilot, lambda: "by trainee" in screen_text(app))


async def test_colours_are_seen_at_once_left_as_they_were_or_kept_in_the_settings(sample: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("# mine\nmute = true\n")
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "K")
        await until(pilot, lambda: says(app, "Colours of the screens"))
        assert says(app, "F-017 Heron"), "the work is seen beside the list"
        await pilot.press("down")
        await until(pilot, lambda: app.theme == "vigtui-evening")
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == "vigtui")
        await pilot.press("K", *"light")
        await until(pilot, lambda: app.theme == "vigtui-light")
        await pilot.press("down", "enter")
        await until(pilot, lambda: "High contrast, light: kept in" in told(app))
        assert app.theme == "vigtui-paper"
    assert settings_path().read_text() == 'theme = "vigtui-paper"\n# mine\nmute = true\n'


async def test_a_quiet_line_animates_and_blinks_nothing(sample: Path) -> None:
    async with opened(sample, settings=Settings(low_bandwidth=True)) as (app, pilot):
        await pilot.press("escape", "slash")
        assert app.animation_level == "none"
        assert app.screen.query_one("#filter", Input).cursor_blink is False


def test_no_two_keys_of_the_table_share_an_id_and_every_key_is_explained() -> None:
    keys = [key for part in TABLE.values() for key in part]
    assert len({key.id for key in keys}) == len(keys)
    assert all(key.tooltip for key in keys)


async def first_run(last: Path | None = None, new: Path | None = None) -> VigtuiApp:
    places = Places()
    if last is not None:
        places.enter("x", last)
    return VigtuiApp(None, Settings(), places, new=new)


async def test_the_first_run_makes_a_caseload_with_its_first_person(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    app = await first_run()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.pause()
        await same_screens(pilot, "welcome", request)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one("#narrow", Input).value = str(tmp_path / "mine.vig.json")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#field-service"))
        await pilot.press(*"Fenland", "tab", *"Ros", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        await until(pilot, lambda: "Ros, supervisor" in screen_text(app))
    app.close()
    assert [person.name for person in Caseload.open(tmp_path / "mine.vig.json").all(Person)] == ["Ros"]


async def test_vigtui_new_asks_on_a_screen_and_makes_the_caseload_where_it_was_said(tmp_path: Path) -> None:
    path = tmp_path / "first.vig.json"
    app = await first_run(new=path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: says(app, "A new caseload") and app.screen.query("#field-service"))
        await pilot.press("tab", *"Ros", "ctrl+s")
        await until(pilot, lambda: "Ros, supervisor" in screen_text(app))
    app.close()
    assert [person.name for person in Caseload.open(path).all(Person)] == ["Ros"]


@pytest.mark.parametrize("name", ["there.vig.json", "no folder/first.vig.json"])
async def test_where_no_caseload_can_be_made_it_is_said_before_anything_is_typed(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "there.vig.json").write_text("mine")
    app = await first_run(new=tmp_path / name)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: says(app, "exists already") or says(app, "There is no folder"))
        assert isinstance(app.screen, WelcomeScreen)
    assert (tmp_path / "there.vig.json").read_text() == "mine"


async def test_a_demo_that_cannot_be_made_is_a_sentence_on_the_first_screen() -> None:
    demo_folder().parent.parent.mkdir(parents=True)
    demo_folder().parent.write_text("a file in the way")
    app = await first_run()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "The demo cannot be made" in screen_text(app))
        assert isinstance(app.screen, WelcomeScreen)


async def test_a_torn_file_is_refused_and_its_newest_good_backup_can_be_put_back(sample: Path) -> None:
    caseload = Caseload.open(sample)
    caseload.save(Family(code="F-099"))
    caseload.close()
    good = sample.read_bytes()
    sample.write_bytes(good[: len(good) // 2])
    app = await first_run(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "Put its newest good version back, of " in screen_text(app))
        assert sample.read_bytes() == good[: len(good) // 2]
        await pilot.press("enter")
        await until(pilot, lambda: "F-017 Heron" in screen_text(app) or isinstance(app.screen, ChooseScreen))
        assert app.workspace.caseload.all(Family)
    app.close()
    aside = [path for path in sample.parent.iterdir() if "put aside" in path.name]
    assert [path.read_bytes() for path in aside] == [good[: len(good) // 2]]


async def test_leaving_while_a_form_is_being_made_ends_with_no_error(heron: Heron) -> None:
    """It showed what the form is made of, names of people too, on the shell's screen."""
    async with opened(heron.path) as (app, pilot):
        await until(pilot, lambda: app.screen.focused)
        app.push_screen(FormScreen("A form", [Field("name", "Name")]))
        app.exit()
    assert app.return_code == 0
