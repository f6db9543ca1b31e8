"""What would be lost: a file on a stick whose name says whose film it is."""

import pytest

from vigtui.domain.consent.sharing import told_by_name
from vigtui.domain.records import Family, Member

HERON = Family(code="F-017", pseudonym="Heron", members=(Member(label="Dana"), Member(label="Jo")))


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("clip-2026-11-30.mp4", ""),
        ("join.mp4", ""),
        ("f017 clip.mp4", "F-017"),
        ("F_017.mp4", "F-017"),
        ("the HERON.mp4", "Heron"),
        ("jo-and-mum.mp4", "Jo"),
    ],
)
def test_a_name_tells_of_a_family_by_its_code_its_pseudonym_or_a_member(file: str, told: str) -> None:
    assert told_by_name(file, HERON) == told
