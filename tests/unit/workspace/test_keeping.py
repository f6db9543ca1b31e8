"""What would be lost: what a person wrote into their settings, when the program keeps one of them."""

from pathlib import Path

import pytest

from vigtui.workspace.keeping import keep_setting
from vigtui.workspace.settings import SettingsError, load_settings, settings_path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "nord"\n'),
        ("# mine\nmute = true\n", 'theme = "nord"\n# mine\nmute = true\n'),
        ('mute = true\n"theme" = "x" # old\nplain = false', 'mute = true\ntheme = "nord"\nplain = false'),
        ('[keys]\n"clip.tag" = "T"\n', 'theme = "nord"\n[keys]\n"clip.tag" = "T"\n'),
        ("editor = '''\nvim'''\n", "theme = \"nord\"\neditor = '''\nvim'''\n"),
    ],
)
def test_one_setting_is_kept_and_every_other_line_stays(before: str, after: str) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(before)
    keep_setting("theme", "nord")
    assert settings_path().read_text() == after
    assert load_settings().theme == "nord"


def test_the_first_setting_makes_the_file_for_its_owner() -> None:
    path = keep_setting("theme", "vigtui-light")
    assert load_settings(path).theme == "vigtui-light"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("before", [b"mute =", b"\xff\xfe\xff", b"editor = '''\ntheme = 1'''\n"])
def test_a_file_that_cannot_be_changed_safely_stays_and_it_says_what_to_write(before: bytes) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_bytes(before)
    with pytest.raises(SettingsError, match=r'is left as it is. Write theme = "nord" into it yourself'):
        keep_setting("theme", "nord")
    assert settings_path().read_bytes() == before


def test_a_link_to_settings_kept_elsewhere_stays_a_link(tmp_path: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    (tmp_path / "dotfiles.toml").write_text("mute = true\n")
    settings_path().symlink_to(tmp_path / "dotfiles.toml")
    keep_setting("theme", "nord")
    assert settings_path().is_symlink()
    assert (tmp_path / "dotfiles.toml").read_text() == 'theme = "nord"\nmute = true\n'
