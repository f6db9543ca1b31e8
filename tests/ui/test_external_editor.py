"""What would be lost: words written in the person's own editor, whatever that does, and those before it."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.conftest import Heron
from tests.ui.driving import told, until
from tests.ui.walking import editor, item_of, walk
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.outside import OutsideScreen
from vigtui.ui.screens.parts.external_editor import NoEditorError, OutsideText, find_editor, memory_folder
from vigtui.workspace.settings import Settings


def script(folder: Path, lines: str) -> Path:
    """An editor that does this with the file, which is $1."""
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o700)
    return path


def edit_outside(text: str, command: list[str], *, folder: Path | None = None) -> str:
    """Let the editor change `text`, and return what it left."""
    with contextlib.closing(OutsideText(text, folder)) as outside:
        outside.edit(command)
        news = outside.news()
        return text if news is None else news


def test_the_persons_own_editor_changes_the_text(tmp_path: Path) -> None:
    """Somebody at home in their own editor writes there, and nobody else can read the file meanwhile."""
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\nstat -c %a "$2" "$(dirname "$2")" > "$1"\nprintf "and more\\n" >> "$2"\n')
    script.chmod(0o700)
    seen = tmp_path / "seen"
    assert edit_outside("He waits ", [*find_editor(f"'{script}' '{seen}'")]) == "He waits and more"
    assert seen.read_text().split() == ["600", "700"]
    assert edit_outside("a\n", ["true"]) == "a\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_what_another_editor_wrote_is_read_whatever_mark_and_line_ends_it_left(
    encoding: str, tmp_path: Path
) -> None:
    left, script = tmp_path / "left", tmp_path / "my editor"
    left.write_text("één\r\ntwee\r\n", encoding=encoding, newline="")
    script.write_text(f'#!/bin/sh\ncp "{left}" "$1"\n')
    script.chmod(0o700)
    assert edit_outside("", [str(script)]) == "één\ntwee"


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ('printf " and more" >> "$1"; exit 1', "He waits and more"),
        ('printf " and more" >> "$1"; kill -KILL $$', "He waits and more"),
        ('printf "He waits and more" > "$1.new"; mv "$1.new" "$1"', "He waits and more"),
        ('printf " and more" >> "$1"; kill -INT $PPID; kill -QUIT $PPID', "He waits and more"),
        ("printf 'H\\0e\\0 \\0\\351\\0' > \"$1\"", "He é"),
        ("true", "He waits"),
    ],
)
def test_what_was_written_is_taken_however_the_editor_ends(lines: str, left: str, tmp_path: Path) -> None:
    """It fails, is killed, swaps the file, is interrupted by ctrl+c, writes another encoding."""
    assert edit_outside("He waits", [str(script(tmp_path, lines))]) == left


@pytest.mark.parametrize(
    "lines",
    [': > "$1"', 'printf "\\n\\n" > "$1"', 'rm "$1"', 'rm "$1"; mkfifo "$1"', 'rm -r "$(dirname "$1")"'],
)
def test_an_editor_that_leaves_nothing_takes_no_words_away(lines: str, tmp_path: Path) -> None:
    """A full disk, a crash, a slip: the text stays, and that is said. An empty text may stay empty."""
    with pytest.raises(NoEditorError, match="What was there before is kept"):
        edit_outside("He waits", [str(script(tmp_path, lines))])
    assert edit_outside("", [str(script(tmp_path, lines))]).strip() == ""


def test_an_editor_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["false"], ["/no/such/editor"]):
        with pytest.raises(NoEditorError, match="The text is as it was"):
            edit_outside("words", command)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(NoEditorError, match=r"Set \$EDITOR"):
        find_editor("")
    with pytest.raises(NoEditorError, match="cannot be understood"):
        find_editor("vi 'x")


@contextlib.contextmanager
def lent(app: VigtuiApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """The terminal can be lent to an editor; whether it is, each time that changes."""
    found: list[bool] = []

    @contextlib.contextmanager
    def suspend() -> Iterator[None]:
        found.append(True)
        yield
        found.append(False)

    with monkeypatch.context() as patch:
        patch.setattr(app, "suspend", suspend)
        yield found


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which folders are in memory")
def test_another_editor_gets_the_words_in_memory_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A temporary file on the disk would be the clear text that the vault promises not to leave."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/proc")
    told = tmp_path / "told"
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\necho "$1" > "{told}"; printf " more" >> "$1"\n')
    script.chmod(0o700)
    folder = memory_folder()
    assert edit_outside("words", [str(script)], folder=folder) == "words more"
    passed = Path(told.read_text().strip())
    assert passed.parent.parent == folder
    assert not passed.parent.exists()
    monkeypatch.setattr(Path, "is_dir", lambda self: False)
    with pytest.raises(NoEditorError, match="in clear"):
        memory_folder()


async def test_after_an_editor_that_cannot_be_started_the_terminal_is_ours_again(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual takes it back only where nothing is raised meanwhile: the screen would stay dark for good."""
    async with walk(heron, settings=Settings(editor="/no/such/editor")) as (app, pilot, _):
        with lent(app, monkeypatch) as found:
            await pilot.press("ctrl+e")
            await until(pilot, lambda: found == [True, False])
        assert "The text is as it was." in told(app)


async def test_what_an_editor_in_its_own_window_saves_after_it_returned_is_kept(
    heron: Heron, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It hands the file to a window and ends at once; two paragraphs saved there later were gone."""
    own = script(tmp_path, f'echo "$1" > "{tmp_path}/where"')
    async with walk(heron, settings=Settings(editor=f"'{own}'")) as (app, pilot, screen):
        editor(screen, "seen_together").text = "He waits."
        screen.save_pending()
        with lent(app, monkeypatch):
            await pilot.press("ctrl+e")
            await until(pilot, lambda: isinstance(app.screen, OutsideScreen))
        file = Path((tmp_path / "where").read_text().strip())
        for words in ("He waits. She looks.", "He waits. She looks. Both laugh."):
            file.write_text(words + "\n")
            await until(pilot, lambda words=words: item_of(app, heron).seen_together == words)
        file.write_text("")
        file.write_text("All of it.\n")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and not file.exists())
        assert item_of(app, heron).seen_together == "All of it."
