"""Encrypting on the command line: what is asked, what is refused, and what it says when it is done."""

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner, Result

from tests.caseloads import with_films
from vigtui.cli.main import main
from vigtui.domain.records import Family
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.sharing.presence import Presence
from vigtui.vault.derivation import Cost

pytestmark = pytest.mark.slow

WORDS = "heron toast marsh"


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    opened = Caseload.create(tmp_path / "fenland.vig.json", service="Fenland VIG")
    opened.save(Family(code="F-001"))
    opened.close()
    return opened.path


@pytest.fixture
def encrypted(caseload: Path) -> Path:
    encrypting.encrypt(caseload, WORDS, Cost(n=2, r=8, p=1))
    return caseload


def secret(folder: Path, words: str, mode: int = 0o600) -> str:
    """A file with a passphrase in it."""
    path = folder / f"{words.replace(chr(0), '0')} {mode}.txt"
    path.write_text(words + "\r\n")
    path.chmod(mode)
    return str(path)


def vigtui(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_encrypting_says_what_is_encrypted_and_what_is_not(caseload: Path, tmp_path: Path) -> None:
    given = secret(tmp_path, WORDS)
    done = vigtui("encrypt", caseload, "--passphrase-file", given)
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "fenland.vig.json is encrypted.")
    assert "Copies elsewhere are not" in done.output
    assert is_encrypted(caseload)
    assert "encrypted already" in vigtui("encrypt", caseload, "--passphrase-file", given).output


def test_a_passphrase_is_changed_by_whoever_knows_the_old_one(encrypted: Path, tmp_path: Path) -> None:
    first, second = secret(tmp_path, WORDS), secret(tmp_path, "quite another one")
    wrong = vigtui("passphrase", encrypted, "--passphrase-file", second, "--new-passphrase-file", first)
    assert (wrong.exit_code, "This is not the passphrase" in wrong.output) == (1, True)
    assert "nothing to report" in vigtui("check", encrypted, "--passphrase-file", first).output
    done = vigtui("passphrase", encrypted, "--passphrase-file", first, "--new-passphrase-file", second)
    assert "is encrypted with the new passphrase." in done.output
    assert unlock(encrypted, "quite another one") is not None


@pytest.mark.parametrize(
    ("option", "turned"), [("--copies", True), ("--no-copies", False), (None, False)], ids=str
)
def test_others_with_the_same_caseload_are_listed_and_taken_when_that_is_wanted(
    option: str | None, turned: bool, caseload: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "fenland - Copy.vig.json"
    copy.write_bytes(caseload.read_bytes())
    given = secret(tmp_path, WORDS)
    more = [option] if option else []
    done = vigtui("encrypt", caseload, "--passphrase-file", given, *more)
    assert done.output.startswith("The same caseload is in:\n  fenland - Copy.vig.json\n")
    assert is_encrypted(copy) == turned
    assert ("fenland - Copy.vig.json holds it in clear" in done.output) != turned
    assert ("--copies takes them too" in done.output) == (option is None), "nobody can be asked"
    assert is_encrypted(caseload)
    if turned:
        back = vigtui("decrypt", copy, "--passphrase-file", given, "--no-copies")
        assert "The same caseload is in:\n  fenland.vig.json\n" in back.output
        assert (is_encrypted(copy), is_encrypted(caseload)) == (False, True)


@pytest.mark.parametrize(("answer", "turned"), [("y", True), ("n", False), ("", True)])
def test_at_a_terminal_it_is_asked_whether_others_are_encrypted_too(
    answer: str, turned: bool, caseload: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "fenland 2.vig.json"
    copy.write_bytes(caseload.read_bytes())
    code = "from vigtui.cli.main import main; main()"
    words = ["-c", code, "encrypt", str(caseload), "--passphrase-file", secret(tmp_path, WORDS)]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=60)
    child.expect("fenland 2.vig.json\r\nEncrypt them too")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert (is_encrypted(caseload), is_encrypted(copy)) == (True, turned)


def test_a_file_that_somebody_has_open_is_not_encrypted_under_their_hands(
    caseload: Path, tmp_path: Path
) -> None:
    """What they typed last would be nowhere but in memory until they learn the passphrase."""
    opened = Caseload.open(caseload)
    presence = Presence(opened)
    presence.show()
    refused = vigtui("encrypt", caseload, "--passphrase-file", secret(tmp_path, WORDS))
    assert (refused.exit_code, "is open in a program" in refused.output) == (1, True)
    presence.leave()
    opened.close()
    assert vigtui("encrypt", caseload, "--passphrase-file", secret(tmp_path, WORDS)).exit_code == 0


def test_what_stays_clear_beside_an_encrypted_caseload_is_named(caseload: Path, tmp_path: Path) -> None:
    for name in ("fenland.vig.json~", "old.txt", "\x1b[2Jx"):
        (tmp_path / name).write_bytes(caseload.read_bytes())
    done = vigtui("encrypt", caseload, "--passphrase-file", secret(tmp_path, WORDS))
    for name in ("fenland.vig.json~", "old.txt", "[2Jx"):
        assert f"{name} holds it in clear." in done.output
    assert "\x1b" not in done.output


def test_decrypted_it_is_a_plain_file_again(encrypted: Path, tmp_path: Path) -> None:
    given = secret(tmp_path, WORDS)
    assert "is in clear" in vigtui("decrypt", encrypted, "--passphrase-file", given).output
    assert "F-001" in encrypted.read_text()
    for command in ("decrypt", "passphrase"):
        assert "is not encrypted" in vigtui(command, encrypted, "--passphrase-file", given).output


def test_film_is_encrypted_with_the_caseload_and_decrypted_before_it(tmp_path: Path) -> None:
    caseload = with_films(tmp_path / "work" / "c.vig.json", "jigsaw", "toast")
    given, media = secret(tmp_path, WORDS), caseload.parent / "media"
    done = vigtui("encrypt", caseload, "--passphrase-file", given, "--keep-clear")
    assert "2 films are encrypted." in done.output
    assert "media/toast.mp4" in done.output
    assert len(list(media.iterdir())) == 4
    vigtui("encrypt", caseload, "--passphrase-file", given, "--delete-clear")
    assert {each.suffix for each in media.iterdir()} == {".vigfilm"}
    refused = vigtui("decrypt", caseload, "--passphrase-file", given)
    assert (refused.exit_code, "The film of F-001 stays encrypted" in refused.output) == (1, True)
    assert is_encrypted(caseload)
    done = vigtui("decrypt", caseload, "--passphrase-file", given, "--film")
    assert "2 films are in clear." in done.output
    assert sorted(each.name for each in media.iterdir()) == ["F-001-C1 (2).mp4", "F-001-C1.mp4"]
    assert not is_encrypted(caseload)


@pytest.mark.parametrize(
    ("words", "mode", "sentence"),
    [
        ("short", 0o600, "8 characters"),
        ("\0" * 40, 0o600, "nobody can type"),
        ("tab\tstops and words", 0o600, "nobody can type"),
        (WORDS, 0o644, "chmod 600"),
        (WORDS, 0o640, "Others may read"),
    ],
    ids=["short", "zeros", "tab", "all may read", "the group may read"],
)
def test_a_passphrase_that_protects_nothing_or_locks_everybody_out_is_refused(
    caseload: Path, tmp_path: Path, words: str, mode: int, sentence: str
) -> None:
    refused = vigtui("encrypt", caseload, "--passphrase-file", secret(tmp_path, words, mode))
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert not is_encrypted(caseload)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\r", "\nfor the tablet: 1234\n"])
def test_a_passphrase_is_read_whatever_editor_wrote_its_file(
    encoding: str, ending: str, caseload: Path, tmp_path: Path
) -> None:
    """One that Notepad saved, with its mark, must not lock out whoever types the words."""
    words = "reiger één toast"
    given = tmp_path / "words.txt"
    given.write_text(words + ending, encoding=encoding, newline="")
    given.chmod(0o600)
    encrypting.encrypt(caseload, words, Cost(n=2, r=8, p=1))
    assert "nothing to report" in vigtui("check", caseload, "--passphrase-file", given).output


def test_a_mark_that_became_a_part_of_the_passphrase_long_ago_locks_nobody_out(
    caseload: Path, tmp_path: Path
) -> None:
    given = tmp_path / "words.txt"
    given.write_text(WORDS, encoding="utf-8-sig")
    given.chmod(0o600)
    encrypting.encrypt(caseload, f"\ufeff{WORDS}", Cost(n=2, r=8, p=1))
    assert "nothing to report" in vigtui("check", caseload, "--passphrase-file", given).output


def test_a_passphrase_comes_from_another_program_too(encrypted: Path) -> None:
    read, write = os.pipe()
    os.write(write, f"{WORDS}\nmore".encode())
    os.close(write)
    with os.fdopen(read):
        assert (
            "nothing to report" in vigtui("check", encrypted, "--passphrase-file", f"/dev/fd/{read}").output
        )


@pytest.mark.parametrize("content", [b"\xff\xffx", b"x" * 100_000], ids=["no text", "large"])
def test_a_passphrase_file_that_is_none_is_told_in_a_sentence(
    content: bytes, encrypted: Path, tmp_path: Path
) -> None:
    given = tmp_path / "words.txt"
    given.write_bytes(content)
    given.chmod(0o600)
    done = vigtui("check", encrypted, "--passphrase-file", given)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "words.txt cannot be read: it is " in done.output


@pytest.mark.parametrize("command", ["check", "decrypt", "passphrase"])
def test_without_a_terminal_nobody_is_asked(encrypted: Path, command: str) -> None:
    """A script must end with a sentence, not wait for ever."""
    before = encrypted.read_bytes()
    done = vigtui(command, encrypted)
    assert done.exit_code == 1
    assert "Give it with --passphrase-file" in done.output
    assert (
        "no such" in vigtui(command, encrypted, "--passphrase-file", encrypted.parent / "none").output.lower()
    )
    assert encrypted.read_bytes() == before


def test_typed_it_is_never_seen_and_asked_for_three_times(encrypted: Path) -> None:
    code = "from vigtui.cli.main import main; main()"
    for given, last in (
        (["wrong one", WORDS], "nothing to report"),
        (["one", "two", "three"], "Error: This is not the passphrase"),
    ):
        child = pexpect.spawn(
            sys.executable, ["-c", code, "check", str(encrypted)], encoding="utf-8", timeout=60
        )
        seen = ""
        for words in given:
            child.expect("Passphrase of fenland.vig.json: ")
            seen += str(child.before)
            child.sendline(words)
        child.expect(pexpect.EOF)
        seen += str(child.before)
        child.close()
        assert last in seen
        assert not any(words in seen for words in given)


def words_in(output: str) -> str:
    """The words of the recovery key that a command has shown, in one line."""
    rows = [line for line in output.splitlines() if line.startswith("   1 ") or line.strip()[:1].isdigit()]
    return " ".join(row for row in rows if row.startswith("  "))


def test_ways_are_listed_added_and_taken_away(encrypted: Path, tmp_path: Path) -> None:
    mine, theirs = secret(tmp_path, WORDS), secret(tmp_path, "quite another one")
    assert "There is no recovery key" in vigtui("ways", encrypted, "--passphrase-file", mine).output
    added = vigtui(
        "ways", encrypted, "--passphrase-file", mine, "--add", "Noor", "--new-passphrase-file", theirs
    )
    assert added.output.startswith("fenland.vig.json is open to the new passphrase.")
    listed = vigtui("ways", encrypted, "--passphrase-file", theirs).output.splitlines()
    assert [line.partition(", since")[0] for line in listed[:2]] == ["1  passphrase", "2  passphrase “Noor”"]
    assert "(it opened it here)" in listed[1]
    gone = vigtui("ways", encrypted, "--passphrase-file", theirs, "--take-away", "1")
    assert gone.exit_code == 0
    assert "This is not the passphrase" in vigtui("ways", encrypted, "--passphrase-file", mine).output
    last = vigtui("ways", encrypted, "--passphrase-file", theirs, "--take-away", "1")
    assert "only passphrase" in last.output
    for number in ("0", "9"):
        assert (
            "no way in"
            in vigtui("ways", encrypted, "--passphrase-file", theirs, "--take-away", number).output
        )


def test_the_words_of_the_safe_give_it_a_new_passphrase(encrypted: Path, tmp_path: Path) -> None:
    """Somebody has left, and nobody knows what they typed."""
    mine, new = secret(tmp_path, WORDS), secret(tmp_path, "a new beginning")
    made = vigtui("ways", encrypted, "--passphrase-file", mine, "--recovery-key")
    paper = words_in(made.output)
    printed, spoiled = tmp_path / "paper.txt", tmp_path / "spoiled.txt"
    printed.write_text(paper)
    spoiled.write_text(paper.replace(paper.split()[1], "zzzz", 1))
    for path in (printed, spoiled):
        path.chmod(0o600)
    refused = vigtui("recover", encrypted, "--words-file", spoiled, "--new-passphrase-file", new)
    assert "Word 1, “zzzz”" in refused.output
    done = vigtui("recover", encrypted, "--words-file", printed, "--new-passphrase-file", new, "--only")
    assert (done.exit_code, "open to the new passphrase" in done.output) == (0, True)
    assert unlock(encrypted, "a new beginning") is not None
    assert "`vigtui recover` opens it" in vigtui("ways", encrypted, "--passphrase-file", mine).output
    again = vigtui("recover", encrypted, "--words-file", printed, "--new-passphrase-file", mine)
    assert again.exit_code == 0, "the words in the safe go on working"


def test_a_file_in_the_first_layout_is_said_to_change_it(tmp_path: Path) -> None:
    """A colleague with an older vigtui is shut out from then on."""
    old = Path(shutil.copy(Path(__file__).parents[1] / "vault" / "version1" / "fenland.vig.json", tmp_path))
    mine, new = secret(tmp_path, "heron toast marsh é"), secret(tmp_path, "a new beginning")
    assert "in the first layout" in vigtui("ways", old, "--passphrase-file", mine).output
    changed = vigtui("passphrase", old, "--passphrase-file", mine, "--new-passphrase-file", new)
    assert "needs this version of vigtui" in changed.output
    assert b'"vigtui-vault":2' in old.read_bytes()
