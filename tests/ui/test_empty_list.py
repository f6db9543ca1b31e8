"""What would be lost: what to do where a list is empty, and keys that do something."""

from rich.text import Text
from textual.app import App, ComposeResult

from tests.ui.driving import until
from tests.ui.snapshot import screen_text
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.line_list import Line, LineList

NOTHING = "Nobody's words yet. a adds what a parent, a child, a carer or a worker said of the work."


class OneList(App[None]):
    def compose(self) -> ComposeResult:
        yield LineList()
        yield KeyFooter()


async def test_why_a_list_is_empty_is_read_to_its_end_and_no_key_opens_nothing() -> None:
    async with (app := OneList()).run_test(size=(30, 8)) as pilot:
        lines = app.query_one(LineList)
        lines.set_lines([Line(lambda _: Text(NOTHING))])
        await until(pilot, lambda: " ".join(screen_text(app).split()) == NOTHING)
        lines.set_lines([Line(lambda _: Text("“It helps.”"), "voice")])
        await until(pilot, lambda: "Open" in screen_text(app) and "“It helps.”" in screen_text(app))
        lines.set_lines([Line(lambda _: Text("Nothing matches."))])
        await until(pilot, lambda: screen_text(app).split() == ["Nothing", "matches."])
