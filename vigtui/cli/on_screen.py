"""Runs the program on the screen. Needs no click: what is opened by its name alone does without."""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # What a film needs is there sooner without the rest.
    from vigtui.film.pane.driver.taken import TakenTerminal
    from vigtui.ui.screens.navigation import OpenCollected
    from vigtui.workspace.places import Places
    from vigtui.workspace.settings import Settings
    from vigtui.workspace.workspace import Opening

_DEMO, _PLAY, _COMPLETING = "demo", "play", "_VIGTUI_COMPLETE"
LARGE = 12_000_000
"""From how many bytes on a file is shown before it is open."""


class NoTerminalError(Exception):
    """There is no terminal to show a screen in."""

    def __init__(self) -> None:
        super().__init__("This needs a terminal: its input or output is going somewhere else.")


def told_errors() -> tuple[type[Exception], ...]:
    """Return the errors whose text is a sentence for the person."""
    from vigtui.film.errors import FilmError
    from vigtui.store.errors import CaseloadError
    from vigtui.workspace.settings import SettingsError

    return CaseloadError, FilmError, SettingsError, NoTerminalError


def open_at_once(words: list[str]) -> bool:
    """Do what these words of the command line say, if that is to open a caseload or to play a film and no
    more; False where it is for click to understand them. Ends the program when it was done."""
    if not has_terminal() or _COMPLETING in os.environ:
        return False
    try:
        if (film := _film_named(words)) is not None:
            from vigtui.cli.playing import play_film

            sys.exit(play_film(film))
        if (path := _named(words)) is None:
            return False
        from vigtui.workspace.places import Places

        run_file(path, Places())
    except told_errors() as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(1)
    return True


def _named(words: list[str]) -> Path | None:
    """The file that is meant, where that is certain: no command has a dot or a slash in its name. Without any
    words it is the last one, of somebody who works with one."""
    if not words:
        from vigtui.workspace.places import Places

        places = Places()
        last = places.last_caseload
        return last if last and last.is_file() and not places.has_several else None
    if words == [_DEMO]:
        from vigtui.demo import demo_file
        from vigtui.workspace.settings import demo_folder

        return demo_file(demo_folder())
    if len(words) != 1 or words[0].startswith("-") or not any(sign in words[0] for sign in "./"):
        return None
    path = Path(words[0])
    return path if path.is_file() else None


def _film_named(words: list[str]) -> Path | None:
    """The film that is to be played, where that is all that is said."""
    is_meant = len(words) == 2 and words[0] == _PLAY and not words[1].startswith("-")
    return Path(words[1]) if is_meant else None


def run_file(path: Path, places: "Places", passphrase: str | None = None) -> None:
    """Open a file, and show it; an encrypted one without passphrase is asked for there. The list of families
    is drawn before the screen itself is imported, where that can be done."""
    # Until the first screen is there nothing is garbage, and looking for some costs a fifth of the wait.
    gc.disable()
    need_terminal()
    from vigtui.workspace.settings import load_settings

    settings = load_settings()
    with ctrl_c_ends():
        large = _is_large(path)
    if passphrase is not None or large:
        _run_while_opening(path, places, settings, passphrase)
    else:
        _run_opened(path, places, settings)


def _run_while_opening(path: Path, places: "Places", settings: "Settings", passphrase: str | None) -> None:
    """Open on a thread of its own what takes most of a second: a large file, or a key to be derived."""
    from vigtui.foreign.in_time import begun

    taken = _glance(path, places, settings) if passphrase is None else None
    from vigtui.workspace.workspace import Opening, open_caseload

    opening = begun(lambda: open_caseload(path, passphrase, places), "opening")
    run_screen(Opening(path, opening), places, settings=settings, taken=taken)


def _glance(path: Path, places: "Places", settings: "Settings") -> "TakenTerminal | None":
    """Draw the first page of a large file, which is read while what draws it is imported."""
    from vigtui.foreign.files import read_own_file
    from vigtui.foreign.in_time import begun

    read = begun(lambda: read_own_file(path), "reading")
    from vigtui.ui.ahead.first_page import draw_glance

    return draw_glance(path, read.result, settings, places)


def _run_opened(path: Path, places: "Places", settings: "Settings") -> None:
    """Open a file at once, and draw its first page before the screen is imported."""
    from concurrent.futures import Future

    from vigtui.store.caseload import Caseload
    from vigtui.store.errors import CaseloadError
    from vigtui.workspace.workspace import Opening, open_caseload

    taken: TakenTerminal | None = None
    opening: Future[Caseload] = Future()
    try:
        with ctrl_c_ends():
            caseload = open_caseload(path, None, places)
    except CaseloadError as error:
        opening.set_exception(error)
    else:
        from vigtui.ui.ahead.first_page import draw_first_page

        taken = draw_first_page(caseload, settings, places)
        opening.set_result(caseload)
    run_screen(Opening(path, opening), places, settings=settings, taken=taken)


@contextmanager
def ctrl_c_ends() -> Iterator[None]:
    """Have ctrl+C end the program as it is: Python's own way would wait until the disk has answered."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _is_large(path: Path) -> bool:
    """Whether opening a file takes so long that it is shown before."""
    try:
        return path.stat().st_size > LARGE
    except OSError:
        return False


def run_screen(
    opening: "Opening | None",
    places: "Places",
    *,
    new: Path | None = None,
    collected: "OpenCollected | None" = None,
    settings: "Settings | None" = None,
    taken: "TakenTerminal | None" = None,
) -> None:
    """Run the program on the screen until it is left; see `VigtuiApp` for what it begins with."""
    need_terminal()
    from vigtui.values.memory import hold_little_memory
    from vigtui.workspace.settings import load_settings

    settings = settings or load_settings()
    hold_little_memory()
    import_asyncio()
    try:
        from vigtui.ui.app.app import VigtuiApp

        app = VigtuiApp(opening, settings, places, new=new, collected=collected, taken=taken)
        try:
            app.run()
        finally:
            app.close()
    finally:
        if taken is not None:
            taken.give_back()
    if app.return_code and app.error_console.quiet:
        sys.stderr.write("vigtui ended with an error. The caseload is encrypted, so no more is shown here.\n")
    # Textual returns normally after an exception that nobody caught.
    sys.exit(app.return_code or 0)


def has_terminal() -> bool:
    """Whether what is read and written is a terminal's."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def need_terminal() -> None:
    """Raise NoTerminalError where there is none."""
    if not has_terminal():
        raise NoTerminalError


def import_asyncio() -> None:
    """Import asyncio as where Python has no `ssl`: that is four megabytes for connections which nobody makes
    here. Whoever needs it later can import it."""
    if {"asyncio", "ssl"}.isdisjoint(sys.modules):
        sys.modules["ssl"] = None  # type: ignore[assignment]  # so Python says that there is none
        try:
            importlib.import_module("asyncio")
        finally:
            del sys.modules["ssl"]
