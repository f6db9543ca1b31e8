"""Forms and choosers: nothing typed is lost, nothing wrong is taken, everything is text."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input, Label, TextArea

from tests.ui.driving import Driver, until
from tests.ui.sample import HOSTILE
from tests.ui.snapshot import same_screens, says, screen_text
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.files import FILM_ENDINGS, FileScreen, FolderScreen
from vigtui.ui.dialogs.forms import Field, FormScreen

pytestmark = pytest.mark.slow

FIELDS = (
    Field("owner", "Owner", required=True, hint="whose question it is"),
    Field("words", "Words", "words", "What's Jory telling me?"),
    Field("setting", "Setting", "choice", "birth", (("birth", "birth family"), ("foster", "foster carers"))),
    Field("roles", "Roles", "choices", ("a",), (("a", "trainee"), ("b", "guider"))),
    Field("agreed", "Agreed", "date", dt.date(2026, 11, 3)),
    Field("minutes", "Minutes", "number", 50),
    Field("filmed", "Filmed", "yes_no", value=True),
    Field("at", "At", "timecode", 470_000),
)


class Asking(App[Any]):
    """Shows one dialog and ends with its answer."""

    def __init__(self, dialog: Screen[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.answered = False
        self.answer: Any = None

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self._answered)

    def _answered(self, answer: Any) -> None:
        self.answered, self.answer = True, answer


async def answered(app: Asking, pilot: Driver) -> Any:
    await until(pilot, lambda: app.answered)
    return app.answer


async def test_what_a_stray_letter_took_the_place_of_comes_back() -> None:
    """All of a field is selected when it is entered: one letter, and the family's name is gone."""
    app = Asking(FormScreen("A form", [Field("owner", "Owner", value="Dana"), Field("at", "At")]))
    async with app.run_test(size=(80, 24)) as pilot:
        owner = app.screen.query_one("#field-owner", Input)
        await pilot.press("x", "y")
        await until(pilot, lambda: owner.value == "xy")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: owner.value == "Dana")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: owner.value == "xy")
        await pilot.press("ctrl+z", "end", *" M", "backspace", "ctrl+z")
        await until(pilot, lambda: owner.value == "Dana M")
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        await until(pilot, lambda: owner.value == "Dana")


async def test_a_form_gives_back_every_kind_of_value(request: pytest.FixtureRequest) -> None:
    app = Asking(FormScreen("A form", FIELDS, intro="Why this is asked."))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Dana")
        await pilot.pause()
        await same_screens(pilot, "form", request)
        await pilot.press("ctrl+s")
        assert await answered(app, pilot) == {
            "owner": "Dana",
            "words": "What's Jory telling me?",
            "setting": "birth",
            "roles": ("a",),
            "agreed": dt.date(2026, 11, 3),
            "minutes": 50,
            "filmed": True,
            "at": 470_000,
        }


async def test_the_label_of_the_field_in_hand_is_bold_and_no_other() -> None:
    """With few colours nothing else shows where one is; the first one's stayed bold."""
    app = Asking(FormScreen("A form", FIELDS))
    async with app.run_test(size=(80, 40)) as pilot:
        for field in FIELDS[:3]:
            labels = list(app.screen.query(".field-label").results(Label))
            await until(
                pilot,
                lambda labels=labels, field=field: (
                    [str(each.render()) for each in labels if each.styles.text_style.bold] == [field.label]
                ),
            )
            await pilot.press("tab")


async def test_a_required_field_left_empty_gets_the_focus_and_is_seen_above_the_reason() -> None:
    """In a window that has no room for the form."""
    app = Asking(FormScreen("A form", FIELDS))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("shift+tab", "ctrl+s")
        owner, problem = app.screen.query_one("#field-owner"), app.screen.query_one("#dialog-problem")
        await until(pilot, lambda: "“Owner” is still empty." in screen_text(app))
        await until(pilot, lambda: problem.region.y == owner.region.bottom)
        assert app.screen.focused is owner
        assert owner.region.y >= 0
        assert not app.answered


@pytest.mark.parametrize(("name", "typed"), [("agreed", "31 feb"), ("minutes", "many"), ("at", "7:99")])
async def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(name: str, typed: str) -> None:
    app = Asking(FormScreen("A form", FIELDS))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press(*"Dana")
        field = app.screen.query_one(f"#field-{name}", Input)
        field.value = typed
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.focused is field)
        assert typed in str(app.screen.query_one("#dialog-problem").render())
        assert app.screen.query_one("#field-owner", Input).value == "Dana"


async def test_values_that_do_not_go_together_are_refused_with_the_check_s_sentence() -> None:
    app = Asking(FormScreen("A form", FIELDS[:1], check=lambda values: f"No {values['owner']} here."))
    async with app.run_test() as pilot:
        await pilot.press(*"Dana", "ctrl+s")
        await until(pilot, lambda: "No Dana here." in screen_text(app))


async def test_leaving_a_changed_form_asks_first_and_an_unchanged_one_does_not() -> None:
    app = Asking(FormScreen("A form", FIELDS))
    async with app.run_test() as pilot:
        await pilot.press("D", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert app.screen.query_one("#field-owner", Input).value == "D"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("right", "enter")
        assert await answered(app, pilot) is None
    untouched = Asking(FormScreen("A form", FIELDS))
    async with untouched.run_test() as pilot:
        await pilot.press("escape")
        assert await answered(untouched, pilot) is None


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_in_forms_and_lists_is_shown_as_text(text: str) -> None:
    fields = [
        Field("a", text, value=text, hint=text),
        Field("b", "Words", "words", text),
        Field("c", "One", "choice", "x", (("x", text),)),
        Field("d", "Some", "choices", ("x",), (("x", text),)),
    ]
    for dialog in (
        FormScreen(text, fields, intro=text),
        ChooseScreen(text, [("x", text)]),
        ConfirmScreen(text, text, text),
    ):
        app = Asking(dialog)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            shown = screen_text(app)
            assert "\x1b" not in shown
            assert "\x07" not in shown
            if text.startswith("["):
                assert text[:6] in shown


async def test_typing_finds_a_choice_in_an_open_list() -> None:
    app = Asking(FormScreen("A form", FIELDS[2:3]))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "esc Close"))
        await pilot.press(*"foster", "enter", "ctrl+s")
        assert await answered(app, pilot) == {"setting": "foster"}


async def test_a_choice_with_a_word_for_nothing_says_that_once() -> None:
    choices = (("", "not said"), ("yes", "may be given out"))
    app = Asking(FormScreen("A form", [Field("copies", "Copies", "choice", "", choices)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "may be given out" in screen_text(app))
        assert "enter: choose" not in screen_text(app)
        await pilot.press("escape", "ctrl+s")
        assert await answered(app, pilot) == {"copies": ""}


async def test_words_keep_their_lines() -> None:
    app = Asking(FormScreen("A form", [Field("words", "Words", "words")]))
    async with app.run_test() as pilot:
        app.screen.query_one(TextArea).text = "one\ntwo"
        await pilot.press("ctrl+s")
        assert (await answered(app, pilot))["words"] == "one\ntwo"


async def test_typing_narrows_a_list_and_enter_takes_what_is_marked() -> None:
    people = [("1", "Ellis Marr"), ("2", "Noor Castell"), ("3", "Émile Noor")]
    app = Asking(ChooseScreen("Who?", people))
    async with app.run_test() as pilot:
        await pilot.press(*"noor", "down", "enter")
        assert await answered(app, pilot) == "3"


async def test_a_choice_that_needs_two_lines_goes_on_indented() -> None:
    long = ("a", f"{'Ellis Marr ' * 8}and Noor Castell")
    app = Asking(ChooseScreen("Which session?", [long, ("b", "Plan a new session")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Plan a new session" in screen_text(app))
        lines = screen_text(app).splitlines()
        first, further, following = (
            next(len(line) - len(line.lstrip()) for line in lines if words in line)
            for words in ("Ellis", "and Noor Castell", "Plan")
        )
        assert (further, following) == (first + 2, first)


async def test_a_list_with_nothing_in_it_says_so_and_can_be_left() -> None:
    app = Asking(ChooseScreen("Who?", [], empty="Nobody yet. p adds somebody."))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Nobody yet. p adds somebody." in screen_text(app))
        await pilot.press("enter", "escape")
        assert await answered(app, pilot) is None


async def test_the_safe_answer_is_the_one_that_enter_gives() -> None:
    app = Asking(ConfirmScreen("Remove it?", "Remove"))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert await answered(app, pilot) is False


@pytest.fixture
def films(tmp_path: Path) -> Path:
    folder = tmp_path / "films"
    (folder / "Äpfel und Birnen").mkdir(parents=True)
    (folder / "Äpfel und Birnen" / "aufrecht é.mp4").write_bytes(b"")
    (folder / "b.mov").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"")
    return folder


async def test_what_a_number_counts_is_read_beside_it_also_where_there_is_one_already() -> None:
    kept = Field("film_kept_days", "Film is kept", "number", 60, hint="days after the work")
    app = Asking(FormScreen("Settings", [kept]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: says(app, "Film is kept 60 days after the work"))


async def test_a_film_is_chosen_by_walking_through_folders(films: Path) -> None:
    app = Asking(FileScreen("A film", films, endings=FILM_ENDINGS))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "b.mov" in screen_text(app))
        assert "notes.txt" not in screen_text(app)
        await pilot.press(*"apfel", "enter")
        await until(pilot, lambda: "aufrecht" in screen_text(app))
        await pilot.press("enter")
        assert await answered(app, pilot) == films / "Äpfel und Birnen" / "aufrecht é.mp4"


async def test_a_path_can_be_typed_and_a_wrong_one_is_said(films: Path) -> None:
    app = Asking(FileScreen("A film", films, endings=FILM_ENDINGS))
    async with app.run_test() as pilot:
        field = app.screen.query_one("#narrow", Input)
        field.value = str(films / "nothing.mp4")
        await pilot.press("enter")
        await until(pilot, lambda: "There is no" in screen_text(app))
        field.value = str(films / "b.mov")
        await pilot.press("enter")
        assert await answered(app, pilot) == films / "b.mov"


async def test_a_file_typed_for_a_folder_is_said_and_what_is_typed_stays(films: Path) -> None:
    app = Asking(FolderScreen("A folder", films))
    async with app.run_test() as pilot:
        field = app.screen.query_one("#narrow", Input)
        field.value = str(films / "b.mov")
        await pilot.press("enter")
        await until(pilot, lambda: "b.mov is no folder." in screen_text(app))
        assert field.value == str(films / "b.mov")
        assert not app.answered


async def test_a_new_file_goes_into_the_folder_that_was_opened_with_the_arrows(films: Path) -> None:
    app = Asking(FileScreen("Where?", films, endings=FILM_ENDINGS, new="c.mov"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "b.mov" in screen_text(app) and "Take" in screen_text(app))
        await pilot.press("up", "down", "enter")
        await until(pilot, lambda: "aufrecht" in screen_text(app))
        await pilot.press("enter")
        assert await answered(app, pilot) == films / "Äpfel und Birnen" / "c.mov"


async def test_a_folder_typed_for_a_new_file_is_gone_into_and_the_name_is_there_again(films: Path) -> None:
    app = Asking(FileScreen("Where?", films.parent, endings=FILM_ENDINGS, new="c.mov"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Take" in screen_text(app))
        app.screen.query_one("#narrow", Input).value = str(films)
        await pilot.press("enter")
        await until(pilot, lambda: "b.mov" in screen_text(app) and "c.mov" in screen_text(app))
        await pilot.press("enter")
        assert await answered(app, pilot) == films / "c.mov"


async def test_a_name_that_no_file_has_is_said(films: Path) -> None:
    app = Asking(FileScreen("A film", films, endings=FILM_ENDINGS))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "b.mov" in screen_text(app))
        await pilot.press(*"xyz", "enter")
        await until(pilot, lambda: "Nothing here matches what you typed." in screen_text(app))


async def test_a_new_file_never_takes_the_place_of_one_that_is_there(films: Path) -> None:
    app = Asking(FileScreen("Where?", films, endings=FILM_ENDINGS, new="b.mov"))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "already there" in screen_text(app))
        app.screen.query_one("#narrow", Input).value = "c.mov"
        await pilot.press("enter")
        assert await answered(app, pilot) == films / "c.mov"


async def test_a_folder_that_is_gone_is_said_in_a_sentence(films: Path) -> None:
    app = Asking(FileScreen("A film", films / "gone", endings=FILM_ENDINGS))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "cannot be read" in screen_text(app))
        await pilot.press("escape")
        assert await answered(app, pilot) is None
