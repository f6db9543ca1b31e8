"""The list of lines: what is in sight when it opens."""

from rich.text import Text
from textual.app import App, ComposeResult

from vigtui.ui.widgets.line_list import Line, LineList

NAMES = ("", *"abcd", "", *"efgh")


class Opening(App[None]):
    """Opens with the cursor where it was left."""

    def __init__(self, left: str) -> None:
        super().__init__()
        self._left = left

    def compose(self) -> ComposeResult:
        lines = LineList()
        lines.set_lines([Line(lambda _, name=each: Text(name), each) for each in NAMES], self._left)
        yield lines


async def test_where_a_list_opens_with_the_cursor_further_down_the_lines_above_stay_in_sight() -> None:
    """The heading, with whose families these are and when they were supervised, was out of sight."""
    for left, top in (("b", 0), ("f", 2)):
        app = Opening(left)
        async with app.run_test(size=(30, 6)) as pilot:
            await pilot.pause()
            shown = app.query_one(LineList)
            assert (shown.current, shown.scroll_offset.y) == (left, top)


async def test_of_a_list_that_is_shown_again_only_the_lines_that_changed_are_drawn() -> None:
    """A screen that draws all of it whenever somebody else has written stands still for that long."""
    drawn: list[str] = []

    def lines(**words: str) -> list[Line]:
        def line(each: str) -> Line:
            text = words.get(each, each)

            def draw(_width: int) -> Text:
                drawn.append(text)
                return Text(text)

            return Line(draw, each, text)

        return [line(each) for each in "abcdefgh"]

    app = Opening("b")
    async with app.run_test(size=(30, 4)) as pilot:
        shown = app.query_one(LineList)
        shown.set_lines(lines(), "b")
        await pilot.pause()
        drawn.clear()
        shown.set_lines(lines(c="changed", h="out of sight"), "b")
        await pilot.pause()
        assert drawn == ["changed"]
        await pilot.press("end")
        await pilot.pause()
        assert drawn[-1] == "out of sight"
