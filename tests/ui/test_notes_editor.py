"""The notes editor: what a person writes is stamped, kept and played as they expect."""

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.pilot import Pilot

from tests.ui.driving import until
from vigtui.domain.film.stamps import FilmPosition
from vigtui.ui.widgets import notes_editor
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.workspace.drafts import Draft

HERE = FilmPosition(1_275_000)


class Desk(App[None]):
    """An editor with a film beside it."""

    def __init__(self, moment: FilmPosition | None = HERE) -> None:
        super().__init__()
        self.moment = moment
        self.kept: list[str] = []
        self.followed: list[tuple[int, str]] = []
        self.paused = 0
        self.refused = 0

    def compose(self) -> ComposeResult:
        yield NotesEditor(id="note", moment=lambda: self.moment)

    def on_mount(self) -> None:
        self.editor.focus()
        self.editor.show(Draft("", self.kept.append))

    @property
    def editor(self) -> NotesEditor:
        return self.query_one(NotesEditor)

    def on_notes_editor_typed(self) -> None:
        self.paused += 1

    def on_notes_editor_followed(self, event: NotesEditor.Followed) -> None:
        self.followed.append((event.link.ms, event.link.clip))

    def on_notes_editor_locked(self) -> None:
        self.refused += 1


async def write(pilot: Pilot[Any], words: str) -> None:
    for letter in words:
        await pilot.press("enter" if letter == "\n" else letter)


async def test_typing_stamps_once_and_pauses_the_film() -> None:
    """The moment somebody speaks of is noted without a key of its own."""
    desk = Desk()
    async with desk.run_test() as pilot:
        await write(pilot, "He waits.\nOpen face.")
        assert desk.editor.text == "[21:15] He waits.\nOpen face."
        assert desk.paused > 0
        desk.moment = FilmPosition(1_282_000)
        await write(pilot, "\nDana turns.\n\nagain")
        assert desk.editor.text.endswith("\n[21:22] Dana turns.\n\n[21:22] again")


async def test_pasting_pauses_the_film_as_typing_does() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.post_message(Paste("He waits.\nDana turns."))
        await until(pilot, lambda: "Dana turns." in desk.editor.text)
        assert desk.paused == 1


async def test_a_stamp_rubbed_out_stays_away() -> None:
    """Who does not want a time must not fight the editor for it."""
    desk = Desk()
    async with desk.run_test() as pilot:
        await write(pilot, "H")
        await pilot.press("backspace", "backspace")
        assert desk.editor.text == ""
        await write(pilot, "He")
        assert desk.editor.text == "He"


async def test_without_film_nothing_is_stamped_and_a_link_is_refused() -> None:
    desk = Desk(None)
    async with desk.run_test() as pilot:
        await write(pilot, "He waits")
        assert desk.editor.text == "He waits"
        assert not desk.editor.insert_stamp()


async def test_another_clip_is_named_in_the_stamp() -> None:
    """A time of the companion clip must not be played in the wrong film."""
    desk = Desk(FilmPosition(470_000, "C2-2"))
    async with desk.run_test() as pilot:
        await write(pilot, "x")
        assert desk.editor.text == "[C2-2 07:50] x"
        assert desk.editor.follow()
        await pilot.pause()
        assert desk.followed == [(470_000, "C2-2")]


async def test_a_link_plays_by_key_and_by_click() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.show(Draft("before [21:22] after", desk.kept.append))
        desk.editor.place = 0
        await pilot.pause()
        assert not desk.editor.follow()
        desk.editor.place = 9
        assert desk.editor.follow()
        await pilot.click(NotesEditor, offset=(10, 0))
        assert desk.followed == [(1_282_000, "")] * 2
        await pilot.click(NotesEditor, offset=(2, 0))
        assert len(desk.followed) == 2


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types does not pause, however slow the machine is."""
    monkeypatch.setattr(notes_editor, "PAUSE", 600.0)
    monkeypatch.setattr(notes_editor, "LONGEST", 600.0)


async def test_what_is_typed_is_kept_at_a_pause_and_on_every_way_out() -> None:
    """A dropped line must not take the last sentence with it."""
    desk = Desk(None)
    async with desk.run_test() as pilot:
        await write(pilot, "He waits")
        desk.editor.save_pending()
        assert desk.kept[-1] == "He waits"  # after a pause in it on a busy machine
        await write(pilot, ", she")
        await until(pilot, lambda: desk.kept[-1] == "He waits, she")
        await write(pilot, "!")
        desk.editor.show(Draft("another item", lambda _: None))
        assert desk.kept[-1] == "He waits, she!"
        desk.editor.save_pending()
        assert desk.kept[-1] == "He waits, she!"


@pytest.mark.usefixtures("no_pause")
async def test_words_changed_elsewhere_appear_but_never_over_what_is_being_typed() -> None:
    desk = Desk(None)
    async with desk.run_test() as pilot:
        desk.editor.reread(Draft("from elsewhere", desk.kept.append))
        assert desk.editor.text == "from elsewhere"
        await write(pilot, "x")
        desk.editor.reread(Draft("from elsewhere again", lambda _: None))
        assert "x" in desk.editor.text
        desk.editor.save_pending()
        assert desk.kept == ["xfrom elsewhere"]


@pytest.mark.usefixtures("no_pause")
async def test_what_is_written_goes_on_from_the_version_that_is_seen() -> None:
    """Saved over a newer version, these words would wipe out what somebody else wrote in it."""
    desk, later = Desk(None), list[str]()
    async with desk.run_test() as pilot:
        await write(pilot, "x")
        desk.editor.reread(Draft("theirs", later.append))
        desk.editor.save_pending()
        assert (desk.kept, later) == (["x"], [])
        desk.editor.reread(Draft("theirs", later.append, versions=(("theirs", "Ellis"), ("x", "Ros"))))
        await write(pilot, "y")
        desk.editor.save_pending()
        assert (desk.kept, later) == (["x", "xy"], [])
        desk.editor.reread(Draft("decided", later.append))
        await write(pilot, "!")
        desk.editor.save_pending()
        assert later == ["decided!"]


async def test_a_locked_text_stays_as_it_is_and_says_so() -> None:
    """An agreed record must not change under somebody's fingers."""
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.editor.show(Draft("Agreed. [21:22]", desk.kept.append, locked=True))
        await write(pilot, "x")
        await pilot.press("backspace")
        assert desk.editor.text == "Agreed. [21:22]"
        assert desk.refused == 1
        assert not desk.editor.insert_stamp()
        desk.editor.place = 12
        await pilot.press("enter")
        assert desk.followed == [(1_282_000, "")]


async def test_hostile_text_stays_text() -> None:
    """A pasted escape sequence must reach neither the terminal nor the file."""
    desk = Desk(None)
    hostile = "[/foo] [@click=app.quit]x[/] \x1b]0;owned\x07 \u202eabc שלום 👩‍👧"
    async with desk.run_test() as pilot:
        desk.editor.insert(hostile)
        desk.editor.save_pending()
        await pilot.pause()
        assert desk.kept == ["[/foo] [@click=app.quit]x[/] ]0;owned abc שלום 👩‍👧"]


async def test_ten_thousand_characters_are_kept_in_one_piece() -> None:
    desk = Desk()
    long = "Dana waits and looks. " * 500
    async with desk.run_test() as pilot:
        desk.editor.show(Draft(long, desk.kept.append))
        desk.editor.place = 5_000
        await write(pilot, "x")
        desk.editor.save_pending()
        assert desk.kept == [long[:5_000] + "x" + long[5_000:]]
        assert desk.editor.place == 5_001
