"""What would be lost: the sign that more was written than there is room for."""

from textual.app import App, ComposeResult

from tests.ui.driving import resize, until
from tests.ui.snapshot import screen_text
from vigtui.ui.screens.parts.excerpt import Excerpt


class Page(App[None]):
    CSS = "Excerpt { height: auto; max-height: 2; }"

    def compose(self) -> ComposeResult:
        yield Excerpt(id="words")


async def test_words_end_in_a_sign_where_there_are_more_and_are_whole_where_there_is_room() -> None:
    app = Page()
    async with app.run_test(size=(20, 5)) as pilot:
        excerpt = app.query_one(Excerpt)
        for words, shown in (
            ("Dana waits.", "Dana waits.\n"),
            ("Dana waits, and he looks up.", "Dana waits, and he\nlooks up.\n"),
            ("Dana waits, and he looks up at her face, [/x]", "Dana waits, and he\nlooks up at her…\n"),
            (
                "Dana waits, and he looksupatherface[now] and smiles",
                "Dana waits, and he\nlooksupatherface[no…\n",
            ),
        ):
            excerpt.update(words)
            await pilot.pause()
            assert screen_text(app).rstrip() + "\n" == shown
        await resize(pilot, 60, 5)
        await until(pilot, lambda: screen_text(app).startswith(words))
