"""What would be lost: a person's own keys, or, by a slip in their file, the program."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import vigtui.ui
from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.ui.widgets.keys.own_keys import checked, keymap_of, keymap_to_begin_with, works_together
from vigtui.workspace.keymap import KEYMAP_FILE, OwnKey
from vigtui.workspace.settings import load_settings, settings_path


def written(words: str, name: str = KEYMAP_FILE) -> Path:
    path = settings_path().with_name(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def told(**keys: object) -> list[str]:
    """What is wrong with these keys, by ids with two underscores in place of the dot."""
    own = [OwnKey(name.replace("__", "."), value, Path("keys.toml")) for name, value in keys.items()]
    return [each.removeprefix("keys.toml: ") for each in checked(own)[1]]


def test_an_own_key_is_read_however_its_id_is_written() -> None:
    written('clip.tag = "T"\n"clip.note" = "G"\n[caseload]\ngroup = ["z", "F9"]\n')
    assert keymap_of({"clip.still": "I"}) == (
        {"clip.still": "I", "clip.tag": "T", "clip.note": "G", "caseload.group": "z,f9"},
        [],
    )


def test_the_file_to_begin_with_changes_nothing_when_every_line_of_it_is_taken() -> None:
    """Each standard key is one that a person may write, and no two clash."""
    lines = (line.removeprefix("# ") for line in keymap_to_begin_with().splitlines() if " = " in line)
    written("\n".join(lines))
    keymap, problems = keymap_of({})
    assert problems == []
    assert keymap.keys() == {key.id for keys in TABLE.values() for key in keys}


@pytest.mark.parametrize(
    ("words", "line", "sentence"),
    [
        ('\n\nclip.tagg = "T"\n', 3, "no key has the id “clip.tagg”. Is it clip.tag?"),
        ('[clip]\n# the tag\ntag = "n"\n', 3, "clip.tag and clip.note would both have n"),
        ('clip.tag = "ctrl+shft+t"', 1, "there is no key “ctrl+shft+t”."),
        ("clip.tag = 3", 1, "write a key in quotation marks"),
        ('"clip.tag" = "\x1b[2J"', None, "keys.toml: "),
        ('walk.next = "x"', 1, "walk.next works while you type"),
        ('clip.tag = "T"\nclip.note = N', None, "at line 3"),
        ("x = " + "[" * 30_000, None, "nested too deeply"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line_and_the_standard_keys_work(
    words: str, line: int | None, sentence: str
) -> None:
    path = written('caseload.group = "y"\n' + words if line is None else words)
    keymap, problems = keymap_of({})
    assert keymap == {}
    [problem] = problems
    assert problem.startswith(str(path))
    assert sentence in problem
    assert line is None or problem.startswith(f"{path}, line {line}: ")
    assert problem.isprintable()


def test_a_mistake_in_the_settings_is_told_with_its_line_there() -> None:
    path = written('plain = false\n\n[keys]\n"clip.tag" = "é"\n"caseload.grup" = "y"\n', "settings.toml")
    keymap, problems = keymap_of(load_settings().keys)
    assert (keymap, problems) == (
        {},
        [f"{path}, line 5: no key has the id “caseload.grup”. Is it caseload.group?"],
    )


def test_two_that_change_their_keys_with_each_other_do_not_clash() -> None:
    assert told(clip__tag="n", clip__note="t") == []


def test_what_no_terminal_can_send_is_told_rather_than_left_dead() -> None:
    assert told(clip__tag="ctrl+m") == ["a terminal cannot tell ctrl+m from enter."]


def test_keys_of_screens_that_are_never_seen_together_may_be_the_same() -> None:
    assert told(list__up="k,up", list__down="j,down") == []
    assert told(clip__tag="j") != []


def test_a_key_of_the_whole_program_clashes_with_those_of_every_screen() -> None:
    assert "register.delete" in " ".join(told(app__undo="d"))


def test_two_things_that_are_one_key_get_another_together() -> None:
    keymap, _ = checked([OwnKey("walk.beside", "ctrl+y", Path("keys.toml"))])
    assert keymap == {"walk.beside": "ctrl+y", "walk.other": "ctrl+y"}


def test_the_key_of_the_help_is_the_same_in_dialogs() -> None:
    def keymap(**own: str) -> dict[str, str]:
        return checked([OwnKey(name.replace("__", "."), key, Path("k.toml")) for name, key in own.items()])[0]

    assert keymap(app__help="f14") == {"app.help": "f14", "dialog.help": "f14"}
    assert keymap(app__help="f14", dialog__help="f15")["dialog.help"] == "f15"
    assert "confirm.no" in " ".join(told(app__help="n"))


def test_a_footer_that_says_two_keys_at_once_says_each_alone_when_one_has_changed() -> None:
    keymap, _ = checked([OwnKey("timeline.earlier", "b", Path("keys.toml"))])
    assert keymap == {"timeline.earlier": "b", "timeline.later": "right"}


def classes() -> Iterator[type[DOMNode]]:
    """Every class of the screens that has keys."""
    for module in pkgutil.walk_packages(vigtui.ui.__path__, "vigtui.ui."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, DOMNode):
                yield each


def test_keys_of_one_part_of_a_screen_are_known_to_work_together() -> None:
    """Else a clash between them is not found."""
    parts = {key.id: part for part, keys in TABLE.items() for key in keys}
    for each in set(classes()):
        bound = (key.id for key in each.BINDINGS if isinstance(key, Binding))
        here = {parts[name] for name in bound if name in parts}
        assert all(here <= works_together(part) | {part} for part in here), each
