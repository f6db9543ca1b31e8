"""Who changed what, read on the screens; taking back and doing again, wherever it was done."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from tests.ui.conftest import Heron
from tests.ui.driving import opened, until
from tests.ui.family_driving import fill
from tests.ui.sample import HOSTILE, make_sample
from tests.ui.snapshot import screen_text
from tests.ui.walking import editor, item_of, walk
from vigtui.domain.records import Clip, Family, Session, Tag
from vigtui.domain.vocabulary import SessionState
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.history import HistoryScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.widgets import notes_editor


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return make_sample(tmp_path)


def change_heron(path: Path, **changes: str) -> None:
    """Somebody changes family F-017 in another program."""
    caseload = Caseload.open(path, by="Mari Brandt")
    (heron,) = caseload.where(Family, code="F-017")
    caseload.save(replace(heron, **changes))
    caseload.close()


def found(app: VigtuiApp) -> list[str]:
    """What the palette offers."""
    return [str(option.prompt).strip() for option in app.screen.query_one(OptionList).options]


async def test_history_tells_of_what_is_under_the_cursor_and_is_narrowed_by_words(sample: Path) -> None:
    """A service lead asks what happened in a family's records, and who did it."""
    change_heron(sample, reasons="Quiet since the summer.")
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "h")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        shown = screen_text(app)
        assert "History of family F-017 Heron" in shown
        assert "Mari Brandt  reasons changed" in shown
        assert "rating by Dana (8 on " in shown
        await pilot.press(*"mari reas")
        await until(pilot, lambda: "rating by Dana" not in screen_text(app))
        assert "Mari Brandt  reasons changed" in screen_text(app)
        await pilot.press(*"xyz")
        await until(pilot, lambda: "Nothing matches what you typed." in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        await pilot.press("4", "h")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert "History of consent of Dana to" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        await pilot.press("H")
        await until(pilot, lambda: "History of family F-017 Heron" in screen_text(app))
        await pilot.press(*["pagedown"] * 5)
        await until(pilot, lambda: "said before is not kept." in screen_text(app))


async def test_hostile_words_are_only_words_in_the_history(sample: Path) -> None:
    caseload = Caseload.open(sample, by=HOSTILE[0])
    for words in HOSTILE:
        caseload.by = words
        (heron,) = caseload.where(Family, code="F-017")
        caseload.save(replace(heron, pseudonym=words))
    caseload.close()
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "h")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        await until(pilot, lambda: "[@click=app.quit]x[/]" in screen_text(app))
        assert "\x1b" not in screen_text(app)


async def test_an_agreed_record_shows_its_amendments_and_its_history(heron: Heron) -> None:
    """At 80x24 they are below the edge: a key must lead to them."""
    async with walk(heron) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("f4", *"taken", "enter")
        await until(pilot, lambda: screen.session and screen.session.state is SessionState.HELD)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "Who agrees the record now?" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: screen.session and screen.session.agreed)
        assert all(item.agreed for item in screen.items())
        await pilot.press("f4", "enter")
        await fill(app, pilot, words="Laughter.")
        await until(pilot, lambda: "agreed, 1 amendment" in screen_text(app))
        screen.films.at_hand.pane.focus()
        await pilot.press("shift+tab")
        await until(pilot, lambda: "Laughter." in screen_text(app))
        await pilot.press("f4", *"who", "enter")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        shown = screen_text(app)
        assert "Ros Tiverton  amendment: Laughter." in shown
        assert "Ros Tiverton and Ellis Marr  agreed the record" in shown
        await pilot.press("escape")
        caseload.undo()
        assert not caseload.need(Session, heron.session).amendments


async def test_a_letter_that_is_typed_is_a_letter_and_commands_are_found_by_name(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The word is kept at once, as one step to undo, however long its letters take.
    monkeypatch.setattr(notes_editor, "PAUSE", 60.0)
    monkeypatch.setattr(notes_editor, "LONGEST", 60.0)
    async with walk(heron) as (app, pilot, screen):
        editor(screen, "next_step").focus()
        await pilot.press(*"hHuU")
        screen.save_pending()
        assert item_of(app, heron).next_step == "hHuU"
        await pilot.press("f2", *"undo the last")
        await until(pilot, lambda: found(app) == ["Undo the last change"])
        await pilot.press("down", "enter")
        await until(pilot, lambda: item_of(app, heron).next_step == "")
        await until(pilot, lambda: editor(screen, "next_step").text == "")
        await pilot.press("f2", *"do again what")
        await until(pilot, lambda: found(app) == ["Do again what was undone last"])
        await pilot.press("down", "enter")
        await until(pilot, lambda: editor(screen, "next_step").text == "hHuU")


async def test_a_clip_with_its_tags_goes_and_comes_in_one_step_on_any_screen(heron: Heron) -> None:
    caseload = Caseload.open(heron.path)
    clip = heron.clips["C2-1"]
    for at_ms in (2000, 3000):
        caseload.save(Tag(clip=clip, at_ms=at_ms, who=heron.dana, principle="attentive"))
    caseload.close()
    async with opened(heron.path) as (app, pilot):
        records = app.workspace.caseload

        def there() -> tuple[bool, int]:
            return records.get(Clip, clip) is not None, len(records.where(Tag, clip=clip))

        await pilot.press("escape")
        app.push_screen(FamilyScreen(heron.family))
        app.push_screen(ClipScreen(clip=clip))
        await until(pilot, lambda: isinstance(app.screen, ClipScreen) and app.screen.films.is_there)
        await pilot.press("delete", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: there() == (False, 0))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        theirs = Caseload.open(heron.path, by="Mari Brandt")
        theirs.save(replace(theirs.need(Family, heron.family), reasons="Quiet."))
        theirs.close()
        records.look()
        await pilot.press("u")
        await until(pilot, lambda: "Undone: Remove the clip C2-1" in screen_text(app))
        assert there() == (True, 2)
        await pilot.press("U")
        await until(pilot, lambda: "Done again: Remove the clip C2-1" in screen_text(app))
        assert there() == (False, 0)
        await pilot.press("u", "escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        records.save(replace(records.need(Family, heron.family), pseudonym="Grey heron"))
        await pilot.press("U")
        await until(pilot, lambda: "There is nothing to do again." in screen_text(app))
        assert there() == (True, 2)
        assert records.need(Family, heron.family).reasons == "Quiet."
