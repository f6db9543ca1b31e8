"""The commands, run as a person runs them: a process, its words and its exit status."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from vigtui.cli.main import main
from vigtui.domain.records import Consent, Cycle, Family, Person, Recording
from vigtui.domain.vocabulary import Decision, Purpose, Role
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.sharing.presence import Presence
from vigtui.workspace.settings import SettingsError

COMMANDS = (
    "backups",
    "check",
    "completion",
    "decrypt",
    "demo",
    "doctor",
    "encrypt",
    "merge",
    "new",
    "open",
    "pack",
    "passphrase",
    "play",
    "restore",
)
TELL_LOADED = """
import sys
from vigtui.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("LOADED", sorted({"textual", "numpy", "mpv", "rich", "cryptography"} & set(sys.modules)))
"""


def run(
    *words: str, code: str = "from vigtui.cli.main import main; main()"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    path = tmp_path / "a caseload.vig.json"
    opened = Caseload.create(path, service="Fenland VIG")
    opened.save(Family(code="F-001"))
    opened.close()
    return path


@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["doctor"], ["completion", "bash"], ["check", "FILE"], ["backups", "FILE"]],
)
def test_a_command_without_a_screen_starts_without_what_screens_and_film_need(
    words: list[str], caseload: Path
) -> None:
    done = run(*(str(caseload) if word == "FILE" else word for word in words), code=TELL_LOADED)
    assert done.stdout.splitlines()[-1] == "LOADED []", done.stderr


def test_the_screens_start_where_unix_is_not() -> None:
    """Windows has no termios; what a screen needs of it is asked for only where it is."""
    without = "import sys; sys.modules.update(dict.fromkeys(('termios', 'fcntl', 'tty', 'pwd')))"
    screens = "import vigtui.ui.app.app, vigtui.ui.app.play, vigtui.ui.screens.supervision, vigtui.cli.doctor"
    finished = run(code=f"{without}\n{screens}")
    assert finished.returncode == 0, finished.stderr


def test_help_names_every_command() -> None:
    words = run("--help").stdout
    assert all(f"\n  {command} " in words for command in COMMANDS)


def test_the_list_of_commands_tells_each_in_a_whole_sentence_and_imports_none() -> None:
    listed = run("--help", code=TELL_LOADED + "print('store' in str(sys.modules))").stdout
    assert listed.splitlines()[-1] == "False"
    assert "..." not in listed.partition("Commands:")[2]
    with click.Context(main) as context:
        assert all(main.get_command(context, name) for name in COMMANDS)


@pytest.mark.parametrize("error", [CaseloadError, FilmError, SettingsError])
def test_whatever_a_command_cannot_do_is_a_sentence_and_an_exit_status(error: type[Exception]) -> None:
    @click.command()
    def failing() -> None:
        raise error("It is not there.")

    group = type(main)(commands={"fail": failing})
    done = CliRunner().invoke(group, ["fail"])
    assert (done.exit_code, done.output) == (1, "Error: It is not there.\n")


def test_checking_a_caseload_that_is_well_says_so(caseload: Path) -> None:
    done = run("check", str(caseload))
    assert (done.returncode, done.stdout) == (0, f"{caseload}: nothing to report.\n")


def test_checking_tells_each_film_that_is_not_there(caseload: Path) -> None:
    opened = Caseload.open(caseload)
    cycle = opened.save(Cycle(family=opened.all(Family)[0].id, number=1))
    opened.save(Recording(cycle=cycle.id, path="media/F-001 C1 ä.mp4", duration_ms=1000))
    opened.close()
    done = run("check", str(caseload))
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "media/F-001 C1 ä.mp4" in done.stdout


def test_an_earlier_version_is_listed_and_put_back_and_nothing_is_lost_by_it(caseload: Path) -> None:
    opened = Caseload.open(caseload, by="Ros Tiverton")
    opened.save(Family(code="F-002"))
    opened.close()
    now, first, how = run("backups", str(caseload)).stdout.splitlines()
    assert now.split()[0] == "now"
    assert "2 families, 0 cycles, 0 notes; last changed " in now
    assert now.endswith(" by Ros Tiverton.")
    assert first.split()[0] == "1"
    assert "1 family, 0 cycles, 0 notes; " in first
    assert "vigtui restore" in how
    asked = run("restore", str(caseload), "1")
    assert asked.returncode == 1, "nobody said yes"
    assert run("restore", str(caseload), "7", "--yes").stderr.startswith(
        "Error: There is no earlier version 7"
    )
    done = run("restore", str(caseload), "--yes")
    assert done.returncode == 0, done.stderr
    assert "(put aside, " in done.stdout
    assert "1 family" in run("backups", str(caseload)).stdout.splitlines()[0]
    assert "2 families" in run("backups", str(caseload)).stdout.splitlines()[1]


def test_a_withdrawal_that_an_earlier_version_does_not_have_is_told_before_it_is_put_back(
    caseload: Path,
) -> None:
    opened = Caseload.open(caseload)
    [family] = opened.all(Family)
    opened.save(
        Consent(
            family=family.id,
            member="dana",
            purpose=Purpose.FILM,
            decision=Decision.WITHDRAWN,
            date=dt.date(2026, 11, 1),
        )
    )
    opened.close()
    told = "1 refusal or withdrawal of now is not in it: film that is closed now may be shown again."
    asked = run("restore", str(caseload), "1")
    assert told in asked.stdout
    assert asked.returncode == 1, "nobody said yes"
    assert told in run("restore", str(caseload), "1", "--yes").stdout
    assert "not in it" not in run("restore", str(caseload), "1", "--yes").stdout


def test_putting_a_version_back_under_an_open_program_is_warned_of(caseload: Path) -> None:
    """It is merged again with what that program holds; the one who puts it back would wonder."""
    opened = Caseload.open(caseload)
    opened.save(Family(code="F-002"))
    opened.flush()
    sign = Presence(opened)
    sign.show()
    warning = "It is open in another program"
    assert warning in run("restore", str(caseload), "--yes").stderr
    sign.leave()
    opened.close()
    assert warning not in run("restore", str(caseload), "--yes").stderr


def test_without_earlier_versions_it_says_so(tmp_path: Path) -> None:
    for command in ("backups", "restore"):
        done = run(command, str(tmp_path / "none.vig.json"))
        assert (done.returncode, done.stderr) == (1, "Error: There is no earlier version of none.vig.json.\n")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"a": 1}', b"\xff\xfe\x00", json.dumps({"families": {}}).encode(), b"[" * 100_000],
)
@pytest.mark.parametrize("command", ["check", "open"])
def test_a_file_that_is_no_caseload_is_refused_in_a_sentence_and_left_as_it_is(
    content: bytes, command: str, tmp_path: Path
) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(content)
    done = run(command, str(path))
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert path.read_bytes() == content


@pytest.mark.parametrize("command", ["check", "backups", "restore", "encrypt", "decrypt", "merge", "open"])
@pytest.mark.parametrize("what", ["pipe", "device", "folder", "link to itself", "hole"])
def test_what_is_no_file_is_a_sentence_whatever_the_command(
    command: str, what: str, tmp_path: Path, caseload: Path
) -> None:
    """None of them waits for a pipe, reads a device, or fills the memory with nothing."""
    path = tmp_path / "thing.vig.json"
    {
        "pipe": lambda: os.mkfifo(path),
        "device": lambda: path.symlink_to("/dev/zero"),
        "folder": path.mkdir,
        "link to itself": lambda: path.symlink_to(path),
        "hole": lambda: (path.touch(), os.truncate(path, 1 << 40)),
    }[what]()
    words = ["merge", str(caseload), str(path)] if command == "merge" else [command, str(path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code in (1, 2)
    assert isinstance(done.exception, SystemExit)
    assert done.output


def test_a_script_makes_a_caseload_of_options_alone_and_nothing_is_asked(tmp_path: Path) -> None:
    path, secret = tmp_path / "new.vig.json", tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text("salt lamp orbit fern\n")
    done = run("new", str(path), "--name", "Ros", "--role", "trainee")
    assert (done.returncode, done.stdout) == (0, f"Made {path}.\n")
    assert [(each.name, each.roles) for each in Caseload.open(path).all(Person)] == [("Ros", (Role.TRAINEE,))]
    again = run("new", str(path), "--name", "Ros")
    assert again.returncode == 1
    assert "exists already" in again.stderr
    hidden = tmp_path / "hidden.vig.json"
    assert run("new", str(hidden), "--name", "Ros", "--passphrase-file", str(secret)).returncode == 0
    assert b"Ros" not in hidden.read_bytes()


def test_options_without_a_name_are_not_left_aside_in_silence(tmp_path: Path) -> None:
    done = run("new", str(tmp_path / "new.vig.json"), "--encrypt")
    assert done.returncode == 2
    assert "Say --name as well" in done.stderr


def test_without_a_terminal_it_says_so(caseload: Path) -> None:
    done = run(str(caseload))
    assert done.returncode == 1
    assert "terminal" in done.stderr


def test_the_doctor_says_what_film_is_drawn_with_and_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.delenv("COLORTERM")
    words = next(line for line in run("doctor").stdout.splitlines() if " picture " in line)
    assert "quadrants (nearly every font has them), 256 colours (TERM=xterm-256color" in words
    path = tmp_path / "home" / "config" / "vigtui" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text('glyphs = "sextant"\ncolours = "grey"\n')
    words = next(line for line in run("doctor").stdout.splitlines() if " picture " in line)
    assert "sextants (the settings say so), greys (the settings say so)" in words


def test_a_mistake_in_the_settings_names_the_file_and_the_key(tmp_path: Path) -> None:
    from vigtui.workspace.settings import SettingsError, load_settings

    path = tmp_path / "settings.toml"
    path.write_text('mute = "perhaps"\n')
    with pytest.raises(SettingsError, match=rf"{path}.*\$\.mute"):
        load_settings(path)
    path.write_text('glyphs = "braille"\n')
    with pytest.raises(SettingsError, match=r"\$\.glyphs"):
        load_settings(path)
    path.write_text('glyphs = "octant"\ncolours = "grey"\n')
    assert load_settings(path).colours == "grey"
    path.write_text("mutte = true\n")
    with pytest.raises(SettingsError, match="mutte"):
        load_settings(path)


def test_places_come_back_and_are_kept_from_other_eyes(tmp_path: Path) -> None:
    from vigtui.workspace.places import Places

    path = tmp_path / "state" / "places.json"
    places = Places(path)
    places.enter("one", tmp_path / "a.vig.json")
    places.set("family", "F")
    places.enter("two", tmp_path / "b.vig.json")
    places.save()
    again = Places(path)
    assert again.last_caseload == tmp_path / "b.vig.json"
    again.enter("one", tmp_path / "a.vig.json")
    assert again.get("family") == "F"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"torn")
    assert Places(path).last_caseload is None
