"""Which files beside a caseload are looked into; and which of those that cannot be opened are told."""

import pytest

from vigtui.exchange.copy_names import is_called_alike, may_be_copy

ORIGINAL = "fenland.vig.json"
COPIES = [
    "fenland-DESKTOP-4F2K.vig.json",
    "fenland.vig-LAPTOP-9.json",
    "fenland-Anna’s-MacBook.vig.json",
    "fenland (Ros Tiverton's conflicted copy 2026-11-22).vig.json",
    "fenland.vig (In Konflikt stehende Kopie von Ros 2026-11-22).json",
    "fenland.sync-conflict-20261122-101500-ABCDEFG.vig.json",
    "fenland_conflict-20261122-101500.vig.json",
    "fenland (1).vig.json",
    "fenland 2.vig.json",
    "fenland.vig 2.json",
    "fenland - Copy.vig.json",
    "fenland.vig - Kopie (2).JSON",
    "Copy of Fenland.vig.json",
    "Kopie von fenland.vig.json",
    "fenland (Ros, 2026-11-22 10.15).vig.json",
    "fenland [Conflict].vig.json",
]


@pytest.mark.parametrize("name", COPIES)
def test_whatever_a_synced_folder_or_a_file_manager_calls_a_copy_it_is_looked_into(name: str) -> None:
    assert may_be_copy(name, ORIGINAL)
    assert is_called_alike(name, ORIGINAL)


@pytest.mark.parametrize(
    "name",
    [
        ORIGINAL,
        "fenland (1).vig.json.tmp",
        ".fenland.vig.json.swp",
        ".fenland (1).vig.json",
        "fenland.mp4",
        "fenland (put aside, 2026-11-22 10.15.00).vig.json",
        "principles.json",
        "pack.json",
        "",
    ],
)
def test_what_is_no_version_of_it_is_not_looked_into(name: str) -> None:
    assert not may_be_copy(name, ORIGINAL)


@pytest.mark.parametrize(
    "name", ["marsh.vig.json", "fenlandish.vig.json", "fenland2.vig.json", "fen.vig.json"]
)
def test_another_encrypted_caseload_is_not_told_as_a_copy(name: str) -> None:
    """Nobody can tell what is in it; a folder may hold several."""
    assert may_be_copy(name, ORIGINAL)
    assert not is_called_alike(name, ORIGINAL)


def test_names_are_alike_however_accents_are_composed_and_long_ones_by_their_beginning() -> None:
    assert is_called_alike("Kopie e\u0301e\u0301n.json", "één.vig.json")
    assert is_called_alike(f"{'x' * 80} (Ros, 2026-11-22 10.15).vig.json", f"{'x' * 100}.vig.json")
    assert not is_called_alike("a.vig.json", ".vig.json")
