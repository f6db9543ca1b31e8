"""What every screen works with."""

import json
import os
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make, with_films
from vigtui.domain.principles import DEFAULT
from vigtui.domain.records import Family, Person
from vigtui.domain.vocabulary import Role
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt
from vigtui.vault.derivation import Cost
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings, SettingsError, load_settings
from vigtui.workspace.workspace import PRINCIPLES_FILE, Workspace, load_principles


def test_a_service_s_own_wording_of_the_principles_takes_the_place_of_ours(tmp_path: Path) -> None:
    assert load_principles(tmp_path) is DEFAULT
    own = {
        "attribution": "Fenland",
        "principles": [{"id": "a", "name": "Being there", "items": [{"id": "b", "name": "waiting"}]}],
    }
    (tmp_path / PRINCIPLES_FILE).write_text(json.dumps(own))
    assert load_principles(tmp_path).words("a", "b") == "Being there: waiting"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"principles": [{"id": 1}]}',
        b'{"a":' * 30_000,
        b'{"principles": [' + b"[]," * 200_000 + b"[]]}",
        b" " * 2_000_000,
    ],
    ids=["empty", "list", "nothing", "no text", "number", "deep", "many", "large"],
)
def test_a_wrong_file_of_principles_is_named_with_what_is_wrong(content: bytes, tmp_path: Path) -> None:
    (tmp_path / PRINCIPLES_FILE).write_bytes(content)
    with pytest.raises(SettingsError, match=PRINCIPLES_FILE):
        load_principles(tmp_path)


def test_principles_are_read_whatever_editor_left_them(tmp_path: Path) -> None:
    words = json.dumps({"principles": [{"id": "a", "name": "één", "items": []}]}, ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / PRINCIPLES_FILE).write_text(words.replace(" ", "\r\n"), encoding=encoding, newline="")
        assert load_principles(tmp_path).words("a") == "één"


def test_a_pipe_in_the_place_of_a_file_holds_nothing_up(tmp_path: Path) -> None:
    """Whoever can write into a shared folder must not keep others from opening the caseload there."""
    for name in (PRINCIPLES_FILE, "settings.toml", "places.json"):
        os.mkfifo(tmp_path / name)
    for read in (load_principles, lambda folder: load_settings(folder / "settings.toml")):
        with pytest.raises(SettingsError, match="it is a pipe, not an ordinary file"):
            read(tmp_path)
    assert Places(tmp_path / "places.json").last_caseload is None


@pytest.mark.parametrize(
    "content", [b"x = " + b"[" * 30_000, b"x = 1" * 20_000, b"\xff", b'theme = "\x1b[2J'], ids=range(4)
)
def test_settings_that_cannot_be_used_are_told_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings\.toml: .*nothing was changed") as told:
        load_settings(tmp_path / "settings.toml")
    assert str(told.value).isprintable()


def test_settings_are_read_whatever_editor_left_them(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "settings.toml").write_text('theme = "nord"\r\n', encoding=encoding, newline="")
        assert load_settings(tmp_path / "settings.toml").theme == "nord"


@pytest.mark.parametrize("content", [b'{"":' * 30_000, b"[]", b"\xff", b'{"": {"last": ' + b"[" * 3000])
def test_places_that_cannot_be_read_are_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "places.json").write_bytes(content)
    assert Places(tmp_path / "places.json").last_caseload is None


def test_what_somebody_searched_for_is_not_shown_to_the_next(tmp_path: Path) -> None:
    """On a machine that a service shares."""
    workspace = Workspace(Caseload.create(tmp_path / "a.vig.json", service="Fenland"), Settings(), Places())
    ros = Person(name="Ros")
    workspace.enter(ros)
    workspace.last_search = "quiet"
    workspace.enter(replace(ros, name="Ros Tiverton"))
    assert workspace.last_search == "quiet"
    workspace.enter(Person(name="Ellis"))
    assert workspace.last_search == ""
    workspace.close()


def test_whoever_was_here_last_is_recognised_and_the_only_one_and_in_the_demo_its_supervisor(
    tmp_path: Path,
) -> None:
    """Nobody is asked for their name at every start, and nobody writes under another's."""

    def recognised(
        name: str,
        people: list[Person],
        *,
        demo: bool = False,
        last: Person | None = None,
        typed: str = "",
    ) -> str:
        caseload = Caseload.create(tmp_path / f"{name}.vig.json", service="Fenland", demo=demo)
        for person in people:
            caseload.save(person)
        workspace = Workspace(caseload, Settings(), Places(tmp_path / "places.json"))
        workspace.enter(last)
        caseload.by = typed or caseload.by
        found = workspace.recognised()
        workspace.close()
        return found.name if found else ""

    ros = Person(name="Ros", roles=(Role.SUPERVISOR,))
    ellis = Person(name="Ellis", roles=(Role.TRAINEE,))
    gone = Person(name="Noor", active=False)
    assert recognised("last", [ros, ellis], last=ellis) == "Ellis"
    assert recognised("left", [ros, ellis, gone], last=gone) == ""
    assert recognised("two", [ros, ellis]) == ""
    assert recognised("alone", [ellis, gone]) == "Ellis"
    assert recognised("demo", [ellis, ros], demo=True) == "Ros"
    assert recognised("joined", [ros, ellis], demo=True, typed="ellis") == "Ellis"
    assert recognised("joined by another", [ros], typed="Ellis") == ""


def test_the_film_of_what_another_file_erased_goes_while_the_caseload_is_open(tmp_path: Path) -> None:
    path = with_films(tmp_path / "here" / "c.vig.json", "jigsaw")
    elsewhere = tmp_path / "elsewhere.vig.json"
    elsewhere.write_bytes(path.read_bytes())
    colleague = Caseload.open(elsewhere)
    colleague.erase(colleague.need(Family, "family"))
    workspace = Workspace(Caseload.open(path), Settings(), Places(tmp_path / "places.json"))
    workspace.finish_erasing()
    workspace.caseload.merge(colleague.snapshot(), "Merge")
    colleague.close()
    for thread in threading.enumerate():
        if thread.name == "erasing":
            thread.join()
    workspace.close()
    assert not any((path.parent / "media").iterdir())


def test_a_caseload_that_lost_its_space_says_so_once(tmp_path: Path) -> None:
    """It was moved without its hidden folder: else somebody works on alone and does not know."""
    path = make(tmp_path / "c.vig.json", Family(code="F-017"))
    (tmp_path / ".vigtui-backups" / path.name).mkdir(parents=True, exist_ok=True)
    encrypt(path, "toast and honey", Cost(n=2, r=1, p=1))
    kept = tmp_path / ".vigtui-backups" / path.name / "space.json"
    kept.write_bytes(b"of another key")
    places = Places(tmp_path / "places.json")
    lost = []
    for _ in range(3):
        caseload = Caseload.open(path, key=unlock(path, "toast and honey"))
        places.enter(caseload.meta.id, path)
        workspace = Workspace(caseload, Settings(), places)
        workspace.join_in()
        lost.append(workspace.lost_space)
        workspace.close()
        kept.unlink(missing_ok=True)
    assert lost == [False, True, False]
