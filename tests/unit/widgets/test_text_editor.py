"""What would be lost: memory, for every letter of a long note, and the last things that were typed."""

from textual.document._edit import Edit
from textual.widgets import TextArea

from vigtui.ui.widgets.text_editor import TextEditor


def typed(editor: TextArea, text: str) -> None:
    editor.edit(Edit(text, editor.document.end, editor.document.end, maintain_selection_offset=True))


def kept(editor: TextArea) -> int:
    return sum(len(step) for step in editor.history.undo_stack)


def test_a_long_note_keeps_its_last_edits_and_forgets_those_long_before() -> None:
    editor = TextEditor()
    for _ in range(3000):
        typed(editor, "a")
    assert 700 <= kept(editor) <= 800
    for _ in range(100):
        editor.undo()
    assert 2200 <= len(editor.text) <= 2300
    for _ in range(1000):
        editor.edit(Edit("", (0, 0), (0, 1), maintain_selection_offset=True))
    assert kept(editor) <= 800


def test_texts_that_are_pasted_are_kept_up_to_a_million_characters_and_the_last_one_always() -> None:
    editor = TextEditor()
    for _ in range(5):
        typed(editor, "a" * 400_000)
    assert kept(editor) == 2
    typed(editor, "b" * 2_000_000)
    editor.undo()
    assert editor.text == "a" * 2_000_000
