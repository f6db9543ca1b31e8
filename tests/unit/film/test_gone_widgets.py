"""What would be lost: memory that stays as it is, however many dialogs are opened over film in a day."""

import gc
import weakref

from textual._styles_cache import StylesCache
from textual.color import Color

from vigtui.film.pane.gone_widgets import let_go_of_gone_widgets


def test_what_a_widget_drew_goes_with_it_and_its_colours_are_mixed_as_before() -> None:
    ground, half = Color(10, 20, 30), Color(200, 100, 0, 0.5)
    before = StylesCache().get_inner_outer(ground, half)
    let_go_of_gone_widgets()
    let_go_of_gone_widgets()
    lines = StylesCache()
    assert lines.get_inner_outer(ground, half) == before
    gone = weakref.ref(lines)
    del lines
    gc.collect()
    assert gone() is None
