"""The program's own source, for tests that say where something may be done."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import vigtui

_PROGRAM = Path(vigtui.__file__).parent


def modules_with(words: Iterable[str], room: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Each module of the program, or of one room of it, in which one of these words is written: its path
    within the program, and its tree. The others are not parsed, which takes seconds for all."""
    for path in sorted((_PROGRAM / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in words):
            yield path.relative_to(_PROGRAM).as_posix(), ast.parse(text)
