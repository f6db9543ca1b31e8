"""What would be lost: a house in which a newcomer finds every behaviour from the names of its rooms."""

from pathlib import Path

import vigtui

MOST = 15


def test_no_package_has_more_modules_than_a_person_can_take_in() -> None:
    """docs/architecture.md promises it: fifteen, and each package says what it is for."""
    root = Path(next(iter(vigtui.__path__)))
    packages = [each.parent for each in root.rglob("__init__.py")]
    modules = {each: [path for path in each.glob("*.py") if path.stem != "__init__"] for each in packages}
    assert not {each.name: len(found) for each, found in modules.items() if len(found) > MOST}
    assert not [each.name for each in packages if not (each / "__init__.py").read_text().startswith('"""')]
