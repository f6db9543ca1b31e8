"""The keys at the foot of a screen."""

from textual.widgets import Footer


class KeyFooter(Footer):
    """Textual's footer, without the keys that it no longer shows."""

    async def recompose(self) -> None:
        """Show the keys that work now."""
        before = list(self.children)
        await super().recompose()
        for key in before:
            key.refresh()  # Textual would remember how it was drawn.
        if self.is_attached:
            # Each key follows this value, and is kept for that until the value is told anew.
            self.mutate_reactive(Footer.compact)
