"""What would be lost: a key that is cut at the foot of a screen, and a click on a key."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType

from tests.ui.driving import resize, until
from tests.ui.snapshot import screen_text
from vigtui.ui.widgets.keys.footer import KeyFooter


class ManyKeys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "bell", "First"),
        ("b", "quit", "Second"),
        ("c", "pop_screen", "Third"),
        ("f1", "help", "Help"),
    ]

    def compose(self) -> ComposeResult:
        yield KeyFooter()

    def action_help(self) -> None:
        self.exit("helped")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """The first cannot be done now, and is shown all the same."""
        return None if action == "bell" else True


async def test_keys_are_shown_whole_or_left_out_with_a_sign_and_the_help_stays() -> None:
    async with (app := ManyKeys()).run_test(size=(38, 3)) as pilot:
        for width, shown in (
            (38, " a First  b Second  c Third  f1 Help"),
            (37, " a First  b Second  c Third  f1 Help"),
            (36, " a First  b Second  …  f1 Help"),
            (22, " a First  …  f1 Help"),
            (12, " …  f1 Help"),
            (60, " a First  b Second  c Third  f1 Help"),
        ):
            await resize(pilot, width, 3)
            await until(pilot, lambda shown=shown: screen_text(app).splitlines()[-1] == shown)


async def test_a_click_presses_the_key_under_it_also_beside_those_left_out() -> None:
    async with (app := ManyKeys()).run_test(size=(22, 3)) as pilot:
        await until(pilot, lambda: screen_text(app).splitlines()[-1] == " a First  …  f1 Help")
        footer = app.query_one(KeyFooter)
        await pilot.hover(KeyFooter, offset=(3, 0))
        assert footer.tooltip == "First"
        for nothing in (3, 10):
            await pilot.click(KeyFooter, offset=(nothing, 0))
        assert app.return_value is None
        await pilot.click(KeyFooter, offset=(16, 0))
    assert app.return_value == "helped"
