"""What would be lost: anything that three people write in one space, whatever happens to its folder."""

from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from tests.unit.exchange.spaces.proving import WRONG, prove
from vigtui.exchange.spaces.membership import Membership
from vigtui.store.format.version import Version
from vigtui.store.merging import record_versions


def test_nothing_is_lost_between_three_writers(tmp_path: Path) -> None:
    found = prove(tmp_path / "world", 150, 7)
    assert not {name: found[name] for name in (*WRONG, "which") if found[name]}
    assert found["acknowledged"] > 50


def test_a_merge_that_keeps_one_version_is_found_out(tmp_path: Path) -> None:
    newest = record_versions._newest

    def first(found: Sequence[Version]) -> tuple[Version, ...]:
        return newest(found)[:1]

    with mock.patch.object(record_versions, "_newest", first):
        assert prove(tmp_path / "world", 150, 7)["lost"] > 0


def test_somebody_who_does_not_heed_being_taken_out_is_found_out(tmp_path: Path) -> None:
    heed = Membership.take_out

    def ignore(own: Membership, writer: str, count: int) -> bool:
        return writer != own.writer and heed(own, writer, count)

    with mock.patch.object(Membership, "take_out", ignore):
        assert prove(tmp_path / "world", 10, 7)["not listed"] > 0
