"""Forms and questions: every dialog that asks the person something."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, OptionList, Select, SelectionList, Static, TextArea

from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.widgets.keys.active import with_words
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.text_editor import LineEditor, TextEditor
from vigtui.ui.widgets.tick_boxes import TickBox, TickList
from vigtui.values.days import parse_day, today
from vigtui.values.text import clean, one_line
from vigtui.values.timecode import format_timecode, parse_timecode

Kind = Literal["text", "words", "choice", "choices", "date", "number", "yes_no", "timecode", "file", "secret"]


@dataclass(frozen=True)
class Field:
    """One line of a form.

    What comes back for it: `text`, `file`, `choice`, `secret` and `words` (several lines) a str; `choices` a
    tuple of str; `date` a date or None; `number` an int or None; `timecode` an int of milliseconds or None;
    `yes_no` a bool.
    `choices` holds pairs of the value and the words shown for it. A `past` date is not after today. `wrong`
    returns a sentence about a text that cannot be meant, else ""; enter does not leave it then.
    """

    name: str
    label: str
    kind: Kind = "text"
    value: object = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    hint: str = ""
    past: bool = False
    wrong: Callable[[str], str] = lambda _: ""


def make_widget(field: Field) -> Widget:
    """The widget that edits this field, holding its present value."""
    identity = f"field-{field.name}"
    if field.kind == "words":
        return TextEditor(clean(str(field.value or "")), id=identity, compact=True, tab_behavior="focus")
    if field.kind == "yes_no":
        return TickBox(value=bool(field.value), id=identity, compact=True)
    if field.kind == "choice":
        # A rich Text is what Select can search in while one types.
        options = [(Text(one_line(words)), value) for value, words in field.choices]
        values = [value for value, _ in field.choices]
        known = field.value in values
        return Select(
            options,
            value=field.value if known else Select.NULL,
            prompt="(enter: choose)",
            # Where a word of its own stands for nothing, there are not two lines for that.
            allow_blank=not (known and (field.required or "" in values)),
            id=identity,
            compact=True,
        )
    if field.kind == "choices":
        chosen = field.value if isinstance(field.value, tuple) else ()
        return TickList(
            *((Content(one_line(words)), value, value in chosen) for value, words in field.choices),
            id=identity,
            compact=True,
        )
    # In brackets, so that a hint is never taken for an answer that is there already.
    hint = f"({one_line(field.hint)})" if field.hint else ""
    if field.kind == "secret":
        return Input(_as_typed(field), placeholder=hint, id=identity, compact=True, password=True)
    if field.kind == "number" and hint:
        # What a number counts is read beside it, also where there is one already.
        return LineEditor(_as_typed(field), id=identity, compact=True, classes="measured")
    return LineEditor(_as_typed(field), placeholder=hint, id=identity, compact=True)


def _as_typed(field: Field) -> str:
    value = field.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if field.kind == "timecode" and isinstance(value, int):
        return format_timecode(value, digits=3)
    return "" if value is None else clean(str(value))


def read_widget(field: Field, widget: Widget) -> Any:
    """The value that stands in the widget. Raises ValueError with a sentence when it cannot be read."""
    if isinstance(widget, Checkbox):
        return widget.value
    if isinstance(widget, Select):
        value: Any = "" if widget.is_blank() else widget.value
    elif isinstance(widget, SelectionList):
        chosen = set(widget.selected)
        value = tuple(choice for choice, _ in field.choices if choice in chosen)
    elif isinstance(widget, TextArea):
        value = clean(widget.text).strip()
    elif isinstance(widget, Input):
        value = widget.value if field.kind == "secret" else _read_typed(field, one_line(widget.value))
    else:
        raise TypeError(f"no field is edited by {widget!r}")
    if field.required and value in ("", None, ()):
        raise ValueError(f"“{field.label}” is still empty.")
    if isinstance(value, str) and (sentence := field.wrong(value)):
        raise ValueError(sentence)
    return value


def _read_typed(field: Field, words: str) -> Any:
    if field.kind == "date":
        return parse_day(words, today()) if words else None
    if field.kind == "timecode":
        return parse_timecode(words) if words else None
    if field.kind == "number":
        if words and not words.isdecimal():
            raise ValueError(f"“{field.label}” is a whole number; “{words}” is not one.")
        return int(words) if words else None
    return words


class FormScreen(ModalScreen[dict[str, Any] | None]):
    """A form. Answers a value for each field by its name, or None when it was left.

    `check` sees the values before they are taken and returns a sentence when they do not go together. The
    cursor begins in the field named `first`, else in the first field. `does` is the footer's word for what
    comes of it, where that is not to save.
    """

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("form", "dialog")
    HELP: ClassVar[str] = (
        "Tab and shift+tab go from field to field, enter opens a list, space ticks. "
        "`{line.undo}` brings back what stood in a field. "
        "Days may be typed as `22 Nov`, `22/11/2026` or `today`, times in a film as `07:50`."
    )

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        check: Callable[[dict[str, Any]], str] | None = None,
        intro: str = "",
        first: str = "",
        does: str = "Save",
    ) -> None:
        super().__init__()
        self._does = does
        self._title = one_line(title)
        self._fields = tuple(fields)
        self._check = check
        self._intro = intro
        self._first = first
        self._before: Mapping[str, object] = {}

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; the one that ends the form says what comes of it."""
        return with_words(super().active_bindings, self._word_for)

    def _word_for(self, active: ActiveBinding) -> str:
        if active.binding.id == "form.save":
            return self._does
        # Textual calls an opened list of choices a menu.
        of_choices = active.binding.action == "dismiss" and isinstance(active.node, OptionList)
        return "Close" if of_choices else ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", can_focus=False):
            yield Label(self._title, id="dialog-title", markup=False)
            if self._intro:
                yield Static(clean(self._intro), id="dialog-intro", markup=False)
            for field in self._fields:
                with Horizontal(classes=f"field field-{field.kind}"):
                    yield Label(one_line(field.label), classes="field-label", markup=False)
                    yield make_widget(field)
                    if field.kind == "number" and field.hint:
                        yield Label(one_line(field.hint), classes="field-beside", markup=False)
                if field.hint and field.kind in ("words", "choices", "yes_no", "choice"):
                    yield Label(one_line(field.hint), classes="field-hint", markup=False)
            yield Static("", id="dialog-problem", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self._before = self._raw()
        if self._first:
            self.query_one(f"#field-{self._first}").focus()

    def _widget(self, field: Field) -> Widget:
        return self.query_one(f"#field-{field.name}", Widget)

    def _raw(self) -> Mapping[str, object]:
        """What is in every widget, unread, to tell whether anything was changed."""
        raw: dict[str, object] = {}
        for field in self._fields:
            widget = self._widget(field)
            if isinstance(widget, TextArea):
                raw[field.name] = widget.text
            elif isinstance(widget, SelectionList):
                raw[field.name] = tuple(sorted(widget.selected))
            elif isinstance(widget, Input | Select | Checkbox):
                raw[field.name] = widget.value
        return raw

    @on(Input.Submitted)
    def _to_next(self, event: Input.Submitted) -> None:
        field = next(each for each in self._fields if self._widget(each) is event.input)
        sentence = field.wrong(one_line(event.value)) if event.value else ""
        self._refuse(sentence, field)
        if sentence:
            return
        if self.focused is self._widget(self._fields[-1]):
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Take the values, or say what is in the way and go there."""
        values: dict[str, Any] = {}
        for field in self._fields:
            widget = self._widget(field)
            try:
                values[field.name] = read_widget(field, widget)
            except ValueError as error:
                widget.focus()
                self._refuse(str(error), field)
                return
        sentence = self._check(values) if self._check else ""
        if sentence:
            self._refuse(sentence)
        else:
            self.dismiss(values)

    def _refuse(self, sentence: str, field: Field | None = None) -> None:
        """Say what is in the way: below the field that it is about, else below all of them."""
        dialog, problem = self.query_one("#dialog"), self.query_one("#dialog-problem", Static)
        others = [each for each in dialog.children if each is not problem]
        row = self._widget(field).parent if field else None
        below = row if isinstance(row, Widget) else others[-1]
        dialog.move_child(problem, after=below)
        problem.update(clean(sentence))
        if sentence:
            self.call_after_refresh(problem.scroll_visible)

    def action_cancel(self) -> None:
        """Leave; ask first when something was typed."""
        if self._raw() == self._before:
            self.dismiss(None)
            return
        question = ConfirmScreen("Leave without saving what you changed here?", "Leave", "Stay")
        self.app.push_screen(question, self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)
