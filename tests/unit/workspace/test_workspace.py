"""What every screen works with."""

import json
from pathlib import Path

import pytest

from vigtui.domain.principles import DEFAULT
from vigtui.workspace.settings import SettingsError
from vigtui.workspace.workspace import PRINCIPLES_FILE, load_principles


def test_a_service_s_own_wording_of_the_principles_takes_the_place_of_ours(tmp_path: Path) -> None:
    assert load_principles(tmp_path) is DEFAULT
    own = {
        "attribution": "Fenland",
        "principles": [{"id": "a", "name": "Being there", "items": [{"id": "b", "name": "waiting"}]}],
    }
    (tmp_path / PRINCIPLES_FILE).write_text(json.dumps(own))
    assert load_principles(tmp_path).words("a", "b") == "Being there: waiting"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"principles": [{"id": 1}]}'])
def test_a_wrong_file_of_principles_is_named_with_what_is_wrong(content: bytes, tmp_path: Path) -> None:
    (tmp_path / PRINCIPLES_FILE).write_bytes(content)
    with pytest.raises(SettingsError, match=PRINCIPLES_FILE):
        load_principles(tmp_path)
