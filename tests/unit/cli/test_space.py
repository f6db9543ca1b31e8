"""What would be lost: two laptops that agree, from a script as well, and words that say how they stand."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.caseloads import make
from tests.unit.exchange.spaces.machines import CHEAP, PASSPHRASE
from vigtui import cli
from vigtui.cli.main import main
from vigtui.domain.records import Family
from vigtui.exchange.spaces.membership import load_membership
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt


class Home:
    """Where somebody has their caseload, and the files that scripts pass."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.caseload = folder / "fenland.vig.json"
        self._passphrase = self._secret(folder / "passphrase", PASSPHRASE)
        self._code = folder / "code"

    def _secret(self, path: Path, words: str) -> Path:
        path.write_text(f"{words}\n")
        path.chmod(0o600)
        return path

    def space(self, *options: object, code: str = "") -> Result:
        words = ["space", str(self.caseload), "--passphrase-file", str(self._passphrase), *map(str, options)]
        if code:
            words += ["--code-file", str(self._secret(self._code, code))]
        return CliRunner().invoke(main, words)

    def run(self, *words: object) -> Result:
        command, file, *rest = map(str, words)
        return CliRunner().invoke(main, [command, file, "--passphrase-file", str(self._passphrase), *rest])

    def join(self, folder: Path, code: str) -> Result:
        return self.space(
            "--join", folder, "--name", "Ellis", "--new-passphrase-file", self._passphrase, code=code
        )

    def families(self) -> list[str]:
        caseload = Caseload.open(self.caseload, key=unlock(self.caseload, PASSPHRASE))
        caseload.close()
        return [each.code for each in caseload.all(Family)]

    def add(self, code: str) -> None:
        caseload = Caseload.open(self.caseload, key=unlock(self.caseload, PASSPHRASE))
        caseload.save(Family(code=code))
        caseload.close()


@pytest.fixture
def ros(tmp_path: Path) -> Home:
    home = Home(tmp_path / "ros")
    make(home.caseload, Family(code="F-017"))
    encrypt(home.caseload, PASSPHRASE, CHEAP)
    return home


def code_in(done: Result) -> str:
    return re.search(r"Its code: ([\w ]+)", done.output)[1]


def test_a_space_is_made_joined_given_a_new_code_and_left(ros: Home, tmp_path: Path) -> None:
    synced = tmp_path / "synced"
    synced.mkdir()
    made = ros.space("--make", synced, "--name", "Ros")
    (folder,) = synced.iterdir()
    ellis = Home(tmp_path / "ellis")
    joined = ellis.join(folder, code_in(made))
    assert "Ros (" in joined.output
    assert ellis.families() == ["F-017"]

    ellis.add("F-021")
    assert ellis.space().exit_code == 0
    shown = ros.space()
    assert ros.families() == ["F-017", "F-021"]
    assert re.search(r"1  Ellis \(.*\): last heard \d\d:\d\d; has all you wrote until", shown.output)

    new = code_in(ros.space("--new-code"))
    assert "1 file in the space opens with another code." in ellis.space().output
    typed = ellis.space("--type-code", code=new)
    assert "another code" not in typed.output
    assert "another code" not in ros.space().output
    assert ellis.join(folder, code_in(made)).exit_code == 1

    away = folder.rename(tmp_path / "away")
    left = ellis.space("--leave")
    assert left.exit_code == 0
    assert "could not be sent" not in left.output  # All was sent before the folder went.
    away.rename(folder)
    removed = ros.space("--remove", "1")
    assert "All that was in it is here." in removed.output
    assert len(list(folder.iterdir())) == 1
    assert "is in no space" in ellis.space().output
    folder.rename(away)
    ros.add("F-030")
    assert "could not be sent" in ros.space("--leave").output


def test_what_is_wrong_is_said_and_nothing_is_made(ros: Home, tmp_path: Path) -> None:
    clear = make(tmp_path / "clear.vig.json")
    done = CliRunner().invoke(main, ["space", str(clear), "--make", str(tmp_path)])
    assert "A space needs that" in done.output
    assert "only me" in ros.space("--make", tmp_path).output
    synced = tmp_path / "synced"
    synced.mkdir()
    code = code_in(ros.space("--make", synced))
    folder = next(synced.glob("*.space"))
    ellis = Home(tmp_path / "ellis")
    assert "mistyped" in ellis.join(folder, ("Z" if code[0] != "Z" else "Y") + code[1:]).output
    assert (
        "is not there" in ros.space("--make", synced).output
        or "already" in ros.space("--make", synced).output
    )
    renamed = folder.rename(synced / "ours.space")
    assert "does not say which caseload" in ellis.join(renamed, code).output
    assert not ellis.caseload.exists()
    assert "There is no file fenland.vig.json in" in ellis.space().output
    assert "The space's folder is not there." in ros.space().output


def test_what_a_command_changes_is_in_the_space_when_it_ends(ros: Home, tmp_path: Path) -> None:
    synced = tmp_path / "synced"
    synced.mkdir()
    ellis = Home(tmp_path / "ellis")
    shutil.copy(ros.caseload, ellis.caseload)
    made = ros.space("--make", synced, "--name", "Ros")
    (folder,) = synced.iterdir()
    ellis.space("--join", folder, "--name", "Ellis", code=code_in(made))
    families = tmp_path / "families.csv"
    families.write_text("code,pseudonym\nF-030,Robin\n")
    ros.space()
    ellis.add("F-021")
    ellis.space()

    done = ros.run("import", ros.caseload, families)
    assert done.exit_code == 0
    assert done.stderr == "It is in the space, too.\n"
    assert sorted(ros.families()) == ["F-017", "F-021", "F-030"]  # What others wrote comes first.
    ellis.space()
    assert "F-030" in ellis.families()

    folder.rename(tmp_path / "away")
    families.write_text("code,pseudonym\nF-031,Linnet\n")
    offline = ros.run("import", ros.caseload, families)
    assert "not in the space yet" in offline.stderr
    assert offline.exit_code == 0
    (tmp_path / "away").rename(folder)
    ros.space()
    ellis.space()
    assert "F-031" in ellis.families()

    assert ros.run("erase", ros.caseload, "--family", "F-031", "--yes").exit_code == 0
    assert "Ros erased family F-031" in ellis.space().output


def test_every_command_that_may_change_a_caseload_sends_it() -> None:
    """Those that are listed only read it; `space` has ways of its own."""
    root = Path(cli.__file__).parent
    own = {"search.py", "space.py", "opened.py"}
    opening = {each.name for each in root.rglob("*.py") if "Caseload.open(" in each.read_text()}
    assert opening == own


def test_a_caseload_in_a_space_is_not_decrypted_under_another_name_either(ros: Home, tmp_path: Path) -> None:
    """What is kept of the space is encrypted with its key: without that nobody is in it any more."""
    (tmp_path / "synced").mkdir()
    ros.space("--make", tmp_path / "synced", "--name", "Ros")
    ros.caseload = ros.caseload.rename(ros.caseload.with_name("other.vig.json"))
    refused = ros.run("decrypt", ros.caseload, "--film")
    assert "is in a space" in refused.output
    new = tmp_path / "ros" / "new"
    new.write_text("owl noise story\n")
    new.chmod(0o600)
    assert ros.run("passphrase", ros.caseload, "--new-passphrase-file", new).exit_code == 0
    caseload = Caseload.open(ros.caseload, key=unlock(ros.caseload, "owl noise story"))
    assert load_membership(caseload) is not None
    caseload.close()
