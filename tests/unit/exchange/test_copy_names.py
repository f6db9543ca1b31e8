"""A copy that a synced folder made is noticed by its name; other files of a folder are left in peace."""

import pytest

from vigtui.exchange.copy_names import is_copy_name

ORIGINAL = "fenland.vig.json"


@pytest.mark.parametrize(
    "name",
    [
        "fenland-DESKTOP-4F2K.vig.json",
        "fenland.vig-LAPTOP-9.json",
        "fenland-Anna’s-MacBook.vig.json",
        "fenland (Ros Tiverton's conflicted copy 2026-11-22).vig.json",
        "fenland.vig (Ros Tiverton's conflicted copy 2026-11-22).json",
        "fenland (In Konflikt stehende Kopie von Ros 2026-11-22).vig.json",
        "fenland.sync-conflict-20261122-101500-ABCDEFG.vig.json",
        "fenland.vig.sync-conflict-20261122-101500-ABC2EFG.json",
        "fenland (conflicted copy 2026-11-22 101500).vig.json",
        "fenland.vig (conflicted copy 2026-11-22 101500).json",
        "fenland_conflict-20261122-101500.vig.json",
        "fenland (1).vig.json",
        "fenland.vig (1).json",
        "fenland (Ros, 2026-11-22 10.15).vig.json",
        "fenland (my version, 2026-11-22 10.15 2).vig.json",
        "fenland [Conflict].vig.json",
    ],
)
def test_names_that_synced_folders_give(name: str) -> None:
    assert is_copy_name(name, ORIGINAL)


@pytest.mark.parametrize(
    "name",
    [
        ORIGINAL,
        "fen.vig.json",
        "fenland2.vig.json",
        "fenlandish (1).vig.json",
        "marsh (1).vig.json",
        "fenland (1).vig.json.tmp",
        ".fenland.vig.json.swp",
        "fenland.vig.json",
        "fenland.mp4",
        "fenland (put aside, 2026-11-22 10.15.00).vig.json",
        "fenland.sync-conflict-2026-101500-ABCDEFG.vig.json",
        "fenland and more.vig.json",
        "principles.json",
        "fenland-.vig.json",
        "",
    ],
)
def test_names_of_other_files(name: str) -> None:
    assert not is_copy_name(name, ORIGINAL)


def test_a_file_of_another_ending_and_one_with_a_long_name_have_copies_too() -> None:
    assert is_copy_name("fenland (1).json", "fenland.json")
    assert is_copy_name(f"{'x' * 80} (Ros, 2026-11-22 10.15).vig.json", f"{'x' * 100}.vig.json")
