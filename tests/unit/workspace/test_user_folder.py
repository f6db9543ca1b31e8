"""What would be lost: settings and places that somebody has, looked for somewhere else."""

import platformdirs
import pytest

from vigtui.workspace.settings import user_folder


@pytest.mark.parametrize("named", [None, "", "/somewhere/else", "relative", " ", "~/own"])
def test_folders_are_where_platformdirs_has_them(named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        if named is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, named)
    assert user_folder("config") == platformdirs.user_config_path("vigtui")
    assert user_folder("data") == platformdirs.user_data_path("vigtui")
    assert user_folder("state") == platformdirs.user_state_path("vigtui")
