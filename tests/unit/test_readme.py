"""The README is true where a program can tell."""

import re
from pathlib import Path

from vigtui.ui.widgets.keys.markdown import markdown

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_the_keys_that_work() -> None:
    listed = re.search(r"<!-- keys[^\n]*-->\n\n(.*?)<!-- end of keys -->", README, re.DOTALL)
    assert listed is not None
    assert listed[1] == markdown(), "run `make keys` and put its answer there"


def test_what_the_readme_shows_and_names_is_there() -> None:
    root = Path(__file__).parents[2]
    assert all((root / path).is_file() for path in re.findall(r"\]\((?!http)([^)]+)\)", README))
    for name in re.findall(r"`(vigtui/[\w/.]+)`", README):
        assert (root / name).exists(), name
