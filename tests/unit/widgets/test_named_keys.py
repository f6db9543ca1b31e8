"""What would be lost: a sentence that tells somebody with keys of their own to press one that does nothing.

No sentence of the program names a key by itself. It asks `key_for` for that of a binding (`vigtui.wording`: a
function that it is given), or has the binding's id in braces, which `with_keys` takes out.
"""

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

import vigtui
from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.ui.widgets.keys.said import key_in, with_keys, written

HOME = Path(vigtui.__file__).parent
IDS = {key.id for keys in TABLE.values() for key in keys}
SIGNS = {written(name) for keys in TABLE.values() for key in keys for name in key.keys.split(",")}
CODE = re.compile(r"\\|\| |^\n|^<|%[A-Z]")
WITH_ID = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
VALUE = "…"
"""What stands for a value that is put into a sentence."""

# Where two are given, the second is what a key would be taken for.
A_KEY = re.compile(
    rf"""
      `(?P<quoted>[^`\s]+)`                                    # `u` undoes it
    | (?P<chord>\b(?:ctrl|alt|shift)\+[\w]+ | \bF\d\d?\b)      # F10 shows both
    | \b[Pp]ress\ (?![{{`{VALUE}])(?P<pressed>\S+)             # press x
    | \b(?<!A\ )(?P<named>page\ ?up|page\ ?down|backspace)\b | \((?P<bracketed>a|delete|home|end|space)\)
    | (?<![\w'’{VALUE}{{.&+-])(?P<letter>[b-zB-HJ-Z])(?![\w'’}}+-]|\.\w)    # (x), m shows both
    | (?:^|\s)(?P<sign>[\[\]()<>,.;/*?+=-])(?=\ (?:\w+s|and|or)\b)       # [ and ] make one
    | ^(?P<digit>[1-9])(?=\ [A-Z]\w)                                       # 1 Working points
    | (?:^|[.:;,]\ )(?P<a>a)(?=\ \w+[^\Ws]s\b)                           # a adds the first
    """,
    re.VERBOSE,
)
# Keys that are not in the table, as they belong to the text editor, the terminal or a form of Textual's; and
# what is no key at all.
NONE_OF_OURS = {
    ("film/kernel/calls.py", "x"),
    ("film/kernel/loading.py", "C"),
    ("ui/dialogs/forms.py", "shift+tab"),
    ("ui/widgets/notes_editor.py", "ctrl+z"),
    ("ui/widgets/notes_editor.py", "ctrl+y"),
    ("ui/widgets/notes_editor.py", "backspace"),
    ("ui/dialogs/files.py", "/"),
    ("ui/dialogs/records/rating.py", "t"),
    ("ui/widgets/keys/own_keys.py", "T"),
    ("wording/training/way.py", "h"),
}
THE_TABLE = "ui/widgets/keys/all_keys.py"
SAID = "ui/widgets/keys/said.py"
STEPS = "demo/steps.py"
ELSEWHERE = ("cli", "demo/scenes", "film/making", "vault")
"""Commands, and what knows nothing of keys."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOME.rglob("*.py")):
        name = path.relative_to(HOME).as_posix()
        if not name.startswith(tuple(f"{each}/" for each in ELSEWHERE)):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


@cache
def parsed() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(modules())


def literals(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Each string of a module that is no docstring, with `VALUE` for each value that is put into it."""
    within = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            within.add(node.value)
        if isinstance(node, ast.JoinedStr):
            within.update(each for each in ast.walk(node) if isinstance(each, ast.Constant))
            parts = (each.value if isinstance(each, ast.Constant) else VALUE for each in node.values)
            yield node, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in within:
            yield node, node.value


def is_sentence(words: str) -> bool:
    """Whether these are words to be read: no pattern, style sheet, type or list of names."""
    return len(re.findall(r"[A-Za-z]{2,}", words)) > 1 and " " in words and not CODE.search(words)


def keys_named(words: str) -> Iterator[str]:
    """The keys that a sentence names by themselves."""
    if is_sentence(words):
        for found in A_KEY.finditer(words):
            name = next(filter(None, found.groups()))
            if not found["quoted"] or name in SIGNS:
                yield name


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("No cycle yet. a adds the first.", ["a"]),
        ("a begins a programme.", ["a"]),
        ("Decided. u undoes it.", ["u"]),
        ("[ and ] make one in its recording.", ["["]),
        ("One so far; page down opens it.", ["page down"]),
        ("Press x to go on.", ["x"]),
        ("It is in the register (C in the list).", ["C"]),
        ("1 Working points", ["1"]),
        ("Both are kept: M or F10 shows them.", ["M", "F10"]),
        ("Words go along: `m` says which.", ["m"]),
        (f"This is held. {VALUE} takes the hold off; press {VALUE}.", []),
        ("A film is a clip's; cycles (3) and classes.", []),
        ("Days as `22 Nov` or `today`.", []),
    ],
)
def test_a_key_in_a_sentence_is_seen(words: str, named: list[str]) -> None:
    assert list(keys_named(words)) == named


def test_no_sentence_names_a_key_by_itself() -> None:
    found = [
        f"vigtui/{name}:{node.lineno}: {key} in {words!r}"
        for name, tree in parsed()
        for node, words in literals(tree)
        for key in keys_named(words)
        if (name, key) not in NONE_OF_OURS and name not in (THE_TABLE, SAID)
    ]
    found += [
        f"{key.id}: {key.tooltip}" for keys in TABLE.values() for key in keys if [*keys_named(key.tooltip)]
    ]
    assert not found, "name it by the id of its binding:\n" + "\n".join(found)


def test_what_is_named_by_its_id_is_in_the_table() -> None:
    """An id that there is not would end the program where the sentence is said."""
    for name, tree in parsed():
        named = {each for _, words in literals(tree) for each in WITH_ID.findall(words)}
        for call in _calls(tree, "key_for", "key"):
            named |= {str(each.value) for each in call.args if isinstance(each, ast.Constant)}
        assert named <= IDS, f"vigtui/{name}"


def test_no_id_gets_onto_the_screen() -> None:
    """A sentence with an id in it is a constant that goes through `with_keys` wherever it is shown. The
    demo's steps and help are each shown in one place."""
    constants: set[tuple[str, str]] = set()
    for name, tree in parsed():
        held = dict(_held_by_constants(tree))
        loose = [words for node, words in literals(tree) if WITH_ID.search(words) and node not in held]
        assert not loose, f"vigtui/{name}: {loose}"
        if name not in (THE_TABLE, STEPS):
            constants |= {(name, each) for node, each in held.items() if WITH_ID.search(_words(node))}
    for name, tree in parsed():
        shown = [
            node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        ]
        resolved = {each for call in _calls(tree, "with_keys") for each in ast.walk(call)}
        here = {each for where, each in constants if where == name} | set(_imported(tree, constants))
        bare = {each.id for each in shown if each.id in here and each not in resolved}
        bare |= {
            "key.tooltip"
            for node in ast.walk(tree)
            if name != THE_TABLE and isinstance(node, ast.Attribute) and node not in resolved
            if ast.unparse(node) == "key.tooltip"
        }
        assert not bare, f"vigtui/{name}: {bare} is shown with ids in it"


def _held_by_constants(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each part of what a module or a class names once for all, with that name."""
    for body in (tree.body, *(each.body for each in tree.body if isinstance(each, ast.ClassDef))):
        for node in body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                yield from ((each, ast.unparse(target)) for each in ast.walk(node.value))


def _words(node: ast.AST) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _calls(tree: ast.Module, *functions: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in functions:
            yield node


def _imported(tree: ast.Module, constants: Collection[tuple[str, str]]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            path = node.module.removeprefix("vigtui.").replace(".", "/") + ".py"
            yield from (each.name for each in node.names if (path, each.name) in constants)


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({}, "F1 explains, u undoes, [ begins, ctrl+space plays"),
        (
            {"app.help": "f4,h", "app.undo": "at", "writing.play": "f5"},
            "F4 explains, @ undoes, [ begins, F5 plays",
        ),
    ],
)
def test_a_sentence_names_the_persons_own_keys(keymap: dict[str, str], said: str) -> None:
    words = "{app.help} explains, {app.undo} undoes, {clip.in} begins, {writing.play} plays"
    assert with_keys(words, lambda act: key_in(keymap, act)) == said
