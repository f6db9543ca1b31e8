"""README.md and docs/ are true where a program can tell."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import vigtui.ui
from vigtui.cli.main import main
from vigtui.cli.manual import man_page
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.ui.widgets.keys.markdown import SECTIONS, renewed
from vigtui.workspace.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
CALLED = {"EarlierScreen": "Earlier versions", "NotesEditor": "While writing"}
"""What the page calls those that have no keys but those of every screen."""
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def commands_in(page: Path) -> list[str]:
    """What the page shows as a command line: the rest of a line of code after `vigtui `."""
    code = "\n".join(CODE.findall(text_of(page)))
    return re.findall(r"(?:^|[`(/])vigtui +([a-z][^\n`]*)", code, re.MULTILINE)


def headings_of(page: Path) -> set[str]:
    """The headings as links name them."""
    found = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in found}


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\((?!http)([^)]+)\)", text_of(page)):
        path, _, heading = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not heading or heading in headings_of(target), link


@pages
def test_paths_that_are_named_are_there(page: Path) -> None:
    for name in re.findall(r"`((?:vigtui|tests|docs)/[\w/.*-]+)`", text_of(page)):
        assert list(ROOT.glob(name.rstrip("/"))), name


def test_modules_that_the_architecture_names_are_there() -> None:
    rooms = sorted(path.name for path in (ROOT / "vigtui").iterdir() if path.is_dir())
    named = re.findall(rf"\b((?:{'|'.join(rooms)})(?:/[a-z_]+)+)", text_of(ROOT / "docs" / "architecture.md"))
    assert named
    for name in named:
        assert list(ROOT.glob(f"vigtui/{name}")) or list(ROOT.glob(f"vigtui/{name}.py")), name


@pages
def test_commands_and_options_that_are_named_are_there(page: Path) -> None:
    context = click.Context(main, info_name="vigtui")
    for line in commands_in(page):
        name, *words = line.split()
        command = main.get_command(context, name.rstrip(",.;:"))
        assert command is not None, line
        options = {each for parameter in command.params for each in parameter.opts} | {"--help"}
        named = {word.strip("[],.") for word in words if word.strip("[").startswith("--")}
        assert named <= options, line


@pages
def test_make_targets_that_are_named_are_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text_of(page), re.MULTILINE)) <= targets


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(re.findall(r"\]\((docs/[\w.-]+)", text_of(ROOT / "README.md")))
    assert {f"docs/{page.name}" for page in PAGES[2:]} <= linked


def test_every_picture_is_shown_somewhere() -> None:
    shown = set(re.findall(r"pictures/([\w.]+)\)", "".join(map(text_of, PAGES))))
    assert {path.name for path in (ROOT / "docs" / "pictures").iterdir()} == shown


def test_the_readme_can_be_read_in_one_go() -> None:
    assert 4_000 <= (ROOT / "README.md").stat().st_size <= 9_000


def test_the_keys_that_are_listed_are_those_that_work() -> None:
    page = text_of(ROOT / "docs" / "keys.md")
    assert page == renewed(page), "run `make keys`"


def test_every_part_of_the_table_of_keys_and_every_setting_is_on_the_page() -> None:
    """A key or a setting that no page names is found by nobody."""
    page = text_of(ROOT / "docs" / "keys.md")
    assert [key.id for keys in TABLE.values() for key in keys if f"| `{key.id}` |" not in page] == []
    assert [name for name in Settings.__struct_fields__ if f"\n| `{name}` |" not in page] == []
    assert [name for name in Settings.__struct_fields__ if f"\n{name}\n" not in man_page()] == []


def test_every_part_of_the_program_is_explained_on_the_page_of_its_keys() -> None:
    """Its name stands there in bold, before the tables, where somebody looks who does not know the keys."""
    prose, _, tables = text_of(ROOT / "docs" / "keys.md").partition("\n## Keys\n")
    explained = {name.rstrip(".,:").casefold() for name in re.findall(r"\*\*([^*\n]+)\*\*", prose)}
    assert [title for title in SECTIONS if title.casefold() not in explained] == []
    assert [title for title in SECTIONS if f"\n### {title}\n" not in tables] == []


def test_every_screen_and_dialog_is_one_of_those_parts() -> None:
    """Or is called by the name under which the page explains it."""
    prose, _, _ = text_of(ROOT / "docs" / "keys.md").partition("\n## Keys\n")
    titles = {key.id: title for title, parts in SECTIONS.items() for part in parts for key in TABLE[part]}
    for each in screens_and_dialogs():
        own = {titles[key.id] for key in each.BINDINGS if isinstance(key, Binding) and key.id in titles}
        name = CALLED.get(each.__name__)
        assert own - {"Everywhere", "Every dialog"} or (name and f"**{name}**" in prose), each


def screens_and_dialogs() -> Iterator[type[DOMNode]]:
    """Every screen, and every part of one that has help of its own."""
    for module in pkgutil.walk_packages(vigtui.ui.__path__, "vigtui.ui."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == module.name:
                is_whole = issubclass(each, Screen) and not each.__subclasses__()
                if each is not CaseScreen and (is_whole or "HELP" in vars(each)):
                    yield each


def test_the_man_page_tells_of_every_command() -> None:
    page = text_of(ROOT / "docs" / "vigtui.1")
    assert page == man_page(), "run `make man`"
    for name in main.list_commands(click.Context(main)):
        assert f".SS vigtui {name.replace('-', chr(92) + '-')} " in page


def test_make_installs_what_the_package_needs() -> None:
    pinned = {line.partition("==")[0].lower() for line in text_of(ROOT / "constraints.txt").splitlines()}
    needed = re.findall(r'^    "([\w-]+)[><=]', text_of(ROOT / "pyproject.toml"), re.MULTILINE)
    assert needed
    assert {name.lower() for name in needed} <= pinned, "run `make lock`"


def test_pre_commit_runs_what_make_check_runs() -> None:
    assert "entry: make check" in text_of(ROOT / ".pre-commit-config.yaml")


def test_the_readme_names_every_command() -> None:
    """Whoever has only read the README would not know of a command that it leaves out."""
    readme = text_of(ROOT / "README.md")
    named = {command.split()[0] for command in commands_in(ROOT / "README.md")}
    named |= set(re.findall(r"`([a-z]+)`", readme))
    # `vigtui FILE` opens a caseload.
    assert set(main.list_commands(click.Context(main))) - named == {"open"}
