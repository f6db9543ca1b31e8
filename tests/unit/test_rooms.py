"""What would be lost: a house in which a newcomer finds every behaviour from the names of its rooms."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import vigtui

MOST = 15
BETWEEN_SCREENS = {"navigation", "parts"}
"""What screens are shown by, and made of."""
MAY_IMPORT = {
    "mpv": {"vigtui.film.libmpv"},
    "tinydb": {"vigtui.store.format", "vigtui.store.tinydb_storage"},
    "textual": {"vigtui.ui", "vigtui.film.pane", "vigtui.cli"},
    "cryptography": {"vigtui.vault"},
}
"""Who may import a library, or imports what does."""


@pytest.mark.parametrize("house", ["vigtui", "tests/bench"])
def test_no_package_has_more_modules_than_a_person_can_take_in(house: str) -> None:
    """docs/architecture.md promises it: fifteen, and each package says what it is for."""
    root = Path(next(iter(vigtui.__path__))).parent / house
    packages = sorted({each.parent for each in root.rglob("*.py")})
    modules = {each: [path for path in each.glob("*.py") if path.stem != "__init__"] for each in packages}
    assert not {each.name: len(found) for each, found in modules.items() if len(found) > MOST}
    assert not [each.name for each in packages if not (each / "__init__.py").read_text().startswith('"""')]


def test_the_environment_is_written_in_one_place() -> None:
    """Written beside a thread that reads it, as libraries do while they are loaded, it ends the program."""
    root = Path(next(iter(vigtui.__path__)))
    writes = re.compile(
        r"environ(\[[^]]+\] =[^=]|\.(setdefault|update|pop|popitem|clear)\(| \|=)|del os\.environ|putenv\("
    )
    found = {each.name for each in root.rglob("*.py") if writes.search(each.read_text(encoding="utf-8"))}
    assert found == {"__main__.py", "library.py"}


def test_every_screen_is_kept_from_importing_another() -> None:
    """A screen that the contract does not name may import others, and nobody would be told."""
    root = Path(next(iter(vigtui.__path__)))
    found = {each.stem for each in (root / "ui" / "screens").iterdir() if each.suffix in ("", ".py")}
    screens = {each for each in found if not each.startswith("_")} - BETWEEN_SCREENS
    kept_apart = next(each["modules"] for each in _contracts(root) if each["type"] == "independence")
    assert {f"vigtui.ui.screens.{each}" for each in screens} == set(kept_apart)


@pytest.mark.parametrize("library", MAY_IMPORT)
def test_every_module_is_kept_from_importing_a_library_that_is_not_its_own(library: str) -> None:
    """One that was added to a room and not to the contract may import it, and nobody would be told."""
    root = Path(next(iter(vigtui.__path__)))
    (kept,) = [
        each
        for each in _contracts(root)
        if each["type"] == "forbidden"
        and library in each["forbidden_modules"]
        and len(each["source_modules"]) > 1
    ]
    named = {*kept["source_modules"], *MAY_IMPORT[library], "vigtui.__main__"}
    paths = (path.relative_to(root.parent) for path in root.rglob("*.py") if path.stem != "__init__")
    modules = {".".join(path.with_suffix("").parts) for path in paths}
    assert not {each for each in modules if not any(f"{each}.".startswith(f"{room}.") for room in named)}


def _contracts(root: Path) -> list[dict[str, Any]]:
    settings = tomllib.loads((root.parent / "pyproject.toml").read_text())
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return contracts
