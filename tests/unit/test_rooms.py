"""What would be lost: a house in which a newcomer finds every behaviour from the names of its rooms."""

import tomllib
from pathlib import Path

import vigtui

MOST = 15
BETWEEN_SCREENS = {"navigation", "parts"}
"""What screens are shown by, and made of."""


def test_no_package_has_more_modules_than_a_person_can_take_in() -> None:
    """docs/architecture.md promises it: fifteen, and each package says what it is for."""
    root = Path(next(iter(vigtui.__path__)))
    packages = [each.parent for each in root.rglob("__init__.py")]
    modules = {each: [path for path in each.glob("*.py") if path.stem != "__init__"] for each in packages}
    assert not {each.name: len(found) for each, found in modules.items() if len(found) > MOST}
    assert not [each.name for each in packages if not (each / "__init__.py").read_text().startswith('"""')]


def test_every_screen_is_kept_from_importing_another() -> None:
    """A screen that the contract does not name may import others, and nobody would be told."""
    root = Path(next(iter(vigtui.__path__)))
    found = {each.stem for each in (root / "ui" / "screens").iterdir() if each.suffix in ("", ".py")}
    screens = {each for each in found if not each.startswith("_")} - BETWEEN_SCREENS
    contracts = tomllib.loads((root.parent / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    kept_apart = next(each["modules"] for each in contracts if each["type"] == "independence")
    assert {f"vigtui.ui.screens.{each}" for each in screens} == set(kept_apart)
