"""The one door to a caseload's film opens for what was permitted, and for nothing else."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.permissions import permission
from tests.sources import modules_with
from vigtui.casefilm.cutting import cut_clip
from vigtui.casefilm.home import Folder
from vigtui.casefilm.opening import open_film
from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.records import Clip, Recording
from vigtui.film.errors import FilmMissing

pytestmark = pytest.mark.slow

FILM = Recording(id="film", cycle="cycle", path="media/film.mp4")
CLIP = Clip(recording="film", in_ms=0, out_ms=1000)


def watch(folder: Path, permitted: Permission) -> object:
    return open_film(Folder(folder), permitted)


def hear(folder: Path, permitted: Permission) -> object:
    return open_film(Folder(folder), permitted, use=Use.LISTEN)


def cut(folder: Path, permitted: Permission) -> object:
    return cut_clip(Folder(folder), permitted, CLIP, folder / "clip.mp4")


WAYS = ((watch, Use.WATCH), (hear, Use.LISTEN), (cut, Use.CUT))


@pytest.mark.parametrize(("way", "use"), WAYS)
def test_each_use_needs_a_permission_for_itself(
    way: Callable[[Path, Permission], object], use: Use, tmp_path: Path
) -> None:
    for other in Use:
        if other is not use:
            with pytest.raises(ValueError, match="a permission to"):
                way(tmp_path, permission(FILM, other))
    with pytest.raises(FilmMissing):  # the permission will do; there is no such film
        way(tmp_path, permission(FILM, use))


@pytest.mark.parametrize(("way", "use"), WAYS)
def test_what_was_not_permitted_opens_nothing(
    way: Callable[[Path, Permission], object], use: Use, tmp_path: Path
) -> None:
    with pytest.raises(AttributeError):
        way(tmp_path, object.__new__(Permission))


def test_permissions_are_made_in_one_place() -> None:
    """Neither by calling the class nor by going round its `__new__`."""
    made = {
        module
        for module, tree in modules_with(["Permission"])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and any(isinstance(each, ast.Name) and each.id == "Permission" for each in (node.func, *node.args))
        and not (isinstance(node.func, ast.Name) and node.func.id == "isinstance")
    }
    assert made == {"domain/consent/access.py"}


def test_nobody_inside_goes_round_the_gate_by_the_film_s_public_face() -> None:
    """`from vigtui.film import FileSource` is for other apps; import contracts see modules only."""
    found = {
        module
        for module, tree in modules_with(["vigtui.film "])
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "vigtui.film"
        for name in node.names
        if name.name != "files" or not module.startswith("casefilm/")
    }
    assert found == set()
