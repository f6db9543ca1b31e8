"""What one person likes in the app: keys of their own, and the colours of the screens."""

import os

from textual.app import App

from vigtui.values.text import clean
from vigtui.workspace.keymap import keymap_path
from vigtui.workspace.settings import Settings


def use_own_keys(app: App[None], settings: Settings) -> None:
    """Work with the person's own keys; with the standard ones, and a sentence, where those cannot be."""
    if not settings.keys and not keymap_path().exists():
        return
    from vigtui.ui.widgets.keys.own_keys import STANDARD, keymap_of

    keymap, problems = keymap_of(settings.keys)
    app.set_keymap(keymap)
    if problems:
        first = problems[0].replace(f"{keymap_path().parent}{os.sep}", "")
        more = f"{len(problems) - 1} more: `vigtui keys` tells all. " if problems[1:] else ""
        words = f"{first} {more}{STANDARD}"
        app.notify(clean(words), title="Your keys", severity="warning", markup=False, timeout=30)


async def choose_theme(app: App[None]) -> None:
    """Let the person choose the colours of the screens, and keep them. Call it in a worker."""
    from vigtui.ui.dialogs.themes import ThemesScreen, keep_theme

    chosen = await app.push_screen_wait(ThemesScreen(app.theme))
    if chosen is not None:
        app.theme = chosen
        app.notify(clean(await keep_theme(chosen)), markup=False, timeout=6)
