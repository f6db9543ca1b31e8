"""The colours of the screens: each is seen at once while one moves through them."""

import asyncio
from typing import ClassVar

from textual import on
from textual.widgets import OptionList

from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.workspace.keeping import keep_setting
from vigtui.workspace.settings import SettingsError

NAMES = {
    "vigtui": "Calm, dark",
    "vigtui-evening": "Warm, dark",
    "vigtui-contrast": "High contrast, dark",
    "vigtui-light": "Calm, light",
    "vigtui-paper": "High contrast, light",
}
"""The themes that are offered, and what they are called."""


class ThemesScreen(ChooseScreen):
    """One of the themes. It is seen as soon as the cursor is on it; escape brings back the one before."""

    HELP: ClassVar[str] = (
        "The screens take the colours of the line under the cursor at once. Enter keeps them, in your "
        "settings; escape goes back to what was before. The film keeps its own colours."
    )

    def __init__(self, present: str) -> None:
        super().__init__("Colours of the screens", list(NAMES.items()))
        self._present = present

    def on_mount(self) -> None:
        super().on_mount()
        if self._present in NAMES:
            self.query_one("#options", OptionList).highlighted = list(NAMES).index(self._present)

    @on(OptionList.OptionHighlighted)
    def _see(self, event: OptionList.OptionHighlighted) -> None:
        if self.is_current and self._shown:
            self.app.theme = self._shown[event.option_index]

    def action_cancel(self) -> None:
        """Go back to the colours before."""
        self.app.theme = self._present
        super().action_cancel()


async def keep_theme(name: str) -> str:
    """Keep the theme in the settings; return the sentence that tells of it."""
    try:
        path = await asyncio.to_thread(keep_setting, "theme", name)
    except SettingsError as error:
        return f"These colours stay until you leave. {error}"
    return f"{NAMES[name]}: kept in {path}."
