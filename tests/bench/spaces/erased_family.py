"""A family is erased by a command in one of three homes, after all three have met: then every file of the
homes, and of the folders that real Syncthing keeps in step, is searched for its words and its film."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.bench.film_files.residue import home
from tests.bench.spaces.carried import Missing, wait_for
from tests.bench.spaces.syncthing import VERSIONS, syncthings
from tests.unit.casefilm import filmed_case
from tests.unit.casefilm.filmed_case import BIRD, CODE, TITLE, WORDS
from tests.unit.casefilm.residue import Residue
from vigtui.store.disk.file import unlock
from vigtui.vault.film.layout import ENDING as FILM
from vigtui.vault.keyring import Keyring
from vigtui.vault.space.code import read_code
from vigtui.vault.space.file import SpaceFileError, decrypt
from vigtui.vault.space.key import SpaceKey

_PEOPLE = ("Ros", "Ellis", "Dana")
_MARKS = tuple(each.encode() for each in (BIRD, BIRD.lower(), CODE, TITLE))
_SECONDS = 240.0
_PROGRAM = "tests.unit.exchange.spaces.open_at_home"

_LEFT = "LEFT "


def bench_erased_family() -> int:
    """Print what was found, and return in how many files something was left."""
    print(
        "A family is erased in one of three homes in a space, carried by three Syncthing that keep versions"
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            said = list(prove_erased(Path(folder)))
            print("".join(f"  {each}\n" for each in said) + f"  ({time.monotonic() - began:.0f} s)\n")
            return sum(each.startswith(_LEFT) for each in said)
    except Missing as problem:
        print(f"{problem}\n")
        return 1


class _Home:
    """One person's home: its folders, and a program there that has the caseload open."""

    def __init__(self, root: Path, name: str, synced: Path) -> None:
        self.name, self.synced = name, synced
        self.root, self.environment = home(root / name)
        self.path = self.root / "person" / "case" / "fenland.vig.json"
        self.secret = root / "secret"
        self._program: subprocess.Popen[str] | None = None

    def command(self, *words: object) -> str:
        """Give a command, and return what it says."""
        told = subprocess.run(
            [sys.executable, "-m", "vigtui", *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode:
            raise AssertionError(f"{self.name}: {words[0]}: {told.stderr}")
        return told.stdout

    def start(self) -> None:
        command = [sys.executable, "-m", _PROGRAM, str(self.path), self.name]
        self._program = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, act: str) -> Any:
        """Have the program do something, and return what it found."""
        program = self._program
        assert program is not None
        assert program.stdin
        assert program.stdout
        program.stdin.write(f"{act}\n")
        program.stdin.flush()
        return json.loads(program.stdout.readline())

    def stop(self) -> None:
        if self._program is not None:
            with self._program:
                self.ask("close")
            self._program = None


def prove_erased(root: Path) -> Iterator[str]:
    """Yield, in a sentence each, what was searched and found. Raises Missing, AssertionError and
    TimeoutError."""
    with syncthings(root, _PEOPLE, 1) as engines:
        homes = [_Home(root, each.name, each.synced) for each in engines]
        code, films = _join(root, homes)
        try:
            for each in homes:
                each.start()
            _meet(homes)
            before = _found(root, homes, code, films)
            yield f"before: words or film in {len(before)} files   (goal: many)"
            dana = homes[-1]
            dana.stop()
            dana.command("erase", dana.path, "--family", CODE, "--yes", "--passphrase-file", dana.secret)
            dana.start()
            _until(lambda: all(each.ask("families") == 0 for each in homes), "it is not erased everywhere")
            _until(lambda: all(_is_free(each.ask("standing")) for each in homes), "a file still has it")
            told = [each.ask("standing") for each in homes]
        finally:
            for each in homes:
                each.stop()
        found = _found(root, homes, code, films)
        kept = [each for each in found if VERSIONS in each]
        left = [each for each in found if VERSIONS not in each]
        yield f"after: in {len(left)}   (goal: none)"
        yield from (f"{_LEFT}{each}" for each in left)
        yield (
            f"the engine's {VERSIONS}, which is told in {sum(each['keeps versions'] for each in told)} of"
            f" {len(told)} homes: {len(kept)} earlier files, encrypted"
        )


def _join(root: Path, homes: list[_Home]) -> tuple[str, Mapping[str, bytes]]:
    """Make the caseload with its film in the first home, and a space, which the others join. Return the
    space's code, and the film."""
    ros, *others = homes
    _write_secret(ros.secret, WORDS)
    filmed_case.make(ros.path, heavy=False)
    films = {
        each.name: each.read_bytes() for each in filmed_case.clear_films(ros.path) if each.suffix == ".mp4"
    }
    filmed_case.encrypt(ros.path)
    told = ros.command("space", ros.path, "--make", ros.synced, "--passphrase-file", ros.secret)
    code = read_code(told.split("Its code:")[1].splitlines()[0])
    _write_secret(root / "code", code)
    for each in others:
        _until(lambda each=each: _space_in(each.synced) is not None, "the space does not come")
        each.path.parent.mkdir(parents=True)
        words = ["space", each.path, "--join", _space_in(each.synced), "--code-file", root / "code"]
        each.command(*words, "--name", each.name, "--new-passphrase-file", each.secret)
    return code, films


def _write_secret(path: Path, words: str) -> None:
    path.touch(0o600)
    path.write_text(f"{words}\n")


def _space_in(synced: Path) -> Path | None:
    return next((each.parent for each in synced.glob("fenland ?*.space/*.vigspace")), None)


def _meet(homes: list[_Home]) -> None:
    """Let all write, and one send film; wait until each has everything, and has seen it. A conflicted copy
    and earlier versions lie beside the caseloads then."""
    for each in homes:
        each.ask("write")
    sent = homes[0].ask("send")
    assert sent == 1, f"film sent of {sent} clips"
    _until(lambda: all(each.ask("notes") == len(homes) for each in homes), "not all have met")
    _until(
        lambda: all(isinstance(size := each.ask("see"), int) and size > 0 for each in homes[1:]), "no film"
    )
    for each in homes:
        each.stop()
        shutil.copy(
            each.path, each.path.with_name(f"fenland ({each.name}'s conflicted copy 2026-11-30).vig.json")
        )
        each.start()
        each.ask("write")
    _until(lambda: all(each.ask("notes") == 2 * len(homes) for each in homes), "not all have met again")


def _is_free(standing: dict[str, Any]) -> bool:
    return bool(standing["state"] == "in_step" and standing["free"] == standing["files"] == len(_PEOPLE))


def _until(condition: Callable[[], bool], why: str) -> None:
    wait_for(condition, why, _SECONDS)


def _found(root: Path, homes: list[_Home], code: str, films: Mapping[str, bytes]) -> list[str]:
    """Return where words of the family, or film of it, are: in clear, or in what a passphrase or the code
    opens. Film that is encrypted is any there is: all of it is of this family."""
    found = Residue(root, films, _MARKS).found(elsewhere=True)
    space = _space_in(homes[0].synced)
    assert space is not None
    space_key = SpaceKey(code, space.name.removesuffix(".space").split(" ")[-1])
    keyring = Keyring(*(unlock(each.path, WORDS) for each in homes))
    for path in filter(Path.is_file, root.rglob("*")):
        if path.suffix == FILM:
            found.append(f"film {path}")
        elif any(mark in _opened(path, keyring, space_key) for mark in _MARKS):
            found.append(f"words in {path}")
    return found


def _opened(path: Path, keyring: Keyring, space_key: SpaceKey) -> bytes:
    data = path.read_bytes()
    try:
        return decrypt(space_key, data)
    except SpaceFileError:
        pass
    try:
        return keyring.open(data)
    except Exception:
        return b""  # In clear, and searched so; or no file of ours.
