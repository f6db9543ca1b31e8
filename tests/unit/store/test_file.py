"""What is opened, what is refused and in which words, and what stays in a file that vigtui did not write."""

import contextlib
import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from vigtui.domain.records import Amendment, Family, Fit, Member, Person, Programme, Session, Stage
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.errors import (
    CannotSaveError,
    CaseloadDamagedError,
    CaseloadError,
    CaseloadExistsError,
    CaseloadMissingError,
    CaseloadUnreadableError,
    NotACaseloadError,
    ReadOnlyError,
)
from vigtui.store.sharing.presence import Presence
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate

META = {"1": {"schema": 1, "id": "m"}}


def write(path: Path, **tables: Any) -> None:
    path.write_text(json.dumps({"meta": META, **tables}))


def opened(path: Path) -> Caseload:
    caseload = Caseload.open(path)
    caseload.close()
    return caseload


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", CaseloadDamagedError, "is empty"),
        (b" \n\t\n", CaseloadDamagedError, "is empty"),
        (b'{"meta": {"1": {"schema": 1}}, "fam', CaseloadDamagedError, "not complete JSON.*line 1"),
        (b"\x00\x01\xff\xfe", CaseloadDamagedError, "not UTF-8"),
        (b"PK\x03\x04\x14\x00", CaseloadDamagedError, "is a ZIP file: a pack is taken into"),
        (b'{"meta": {"1": {"schema": NaN}}}', CaseloadDamagedError, "NaN"),
        (b'{"meta": {"1": {"schema": 1, "x": 1e999}}}', CaseloadDamagedError, "too large"),
        (b'{"meta": {"1": {"schema": %s}}}' % (b"9" * 9000), CaseloadDamagedError, "too long"),
        (b"[" * 200_000, CaseloadDamagedError, "nested too deeply"),
        (b'{"meta": {"1": {"schema": 1}}, "meta": {}}', CaseloadDamagedError, '"meta" twice'),
        (b'{"meta": {"1": {"schema": 1, "schema": 2}}}', CaseloadDamagedError, '"schema" twice'),
        (b'{"meta": {"1": {"schema": 1}}, "tags": []}', CaseloadDamagedError, '"tags" that is not a table'),
        (b'{"meta": {"1": {"schema": 1}}, "tags": {"a": {}}}', CaseloadDamagedError, "number is expected"),
        (b'{"meta": {"1": {"schema": 1}}, "tags": {"01": {}}}', CaseloadDamagedError, "number is expected"),
        (b'{"meta": {"1": {"schema": 1, "film_kept_days": -1}}}', CaseloadDamagedError, "film_kept_days"),
        (b'[{"meta": 1}]', CaseloadDamagedError, "not a caseload"),
        (b'{"name": "a program", "version": 1}', CaseloadDamagedError, "is JSON, but not a caseload"),
        (b'{"_default": {"1": {"a": 1}}}', NotACaseloadError, "not a vigtui caseload"),
        (b"{}", NotACaseloadError, "not a vigtui caseload"),
        (b'{"meta": {"1": {"schema": "new"}}}', NotACaseloadError, "not a vigtui caseload"),
    ],
)
def test_what_is_no_caseload_is_refused_in_a_sentence_and_left_alone(
    path: Path, content: bytes, kind: type[CaseloadError], words: str
) -> None:
    """An empty or torn file opened as an empty caseload would be saved over the lost one."""
    path.write_bytes(content)
    with pytest.raises(kind, match=words) as refused:
        opened(path)
    assert str(refused.value).startswith("fenland.vig.json")
    assert str(refused.value).isprintable()
    assert path.read_bytes() == content


def test_deep_nesting_in_what_we_do_not_know_is_kept_or_refused(path: Path) -> None:
    """However the limit lies on this machine, never a traceback."""
    for depth in (50, 400, 900, 990, 1100, 5000):
        path.write_text('{"meta": {"1": {"schema": 1}}, "x": {"1": %s}}' % ("[" * depth + "]" * depth))
        with contextlib.suppress(CaseloadDamagedError):
            caseload = Caseload.open(path)
            caseload.save(Family(code="F-017"))
            assert caseload.flush().state == "saved"
            caseload.close()


def test_a_missing_file_a_folder_and_a_device_are_refused(path: Path) -> None:
    with pytest.raises(CaseloadMissingError, match="There is no file"):
        opened(path)
    with pytest.raises(CaseloadMissingError):
        opened(path.parent / "no" / "such" / "folder.vig.json")
    with pytest.raises(CaseloadUnreadableError, match="is a folder"):
        opened(path.parent)
    os.mkfifo(path)
    with pytest.raises(CaseloadUnreadableError, match="not an ordinary file"):
        opened(path)
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(CaseloadUnreadableError, match="symbolic link"):
        opened(path)


def test_a_name_that_steers_the_terminal_is_not_repeated(path: Path) -> None:
    bad = path.with_name("\x1b]0;owned\x07.vig.json")
    bad.write_text("")
    with pytest.raises(CaseloadDamagedError) as refused:
        opened(bad)
    assert str(refused.value).isprintable()


def test_a_new_caseload_never_takes_the_place_of_a_file(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(CaseloadExistsError, match="exists already"):
        Caseload.create(path)
    with pytest.raises(CannotSaveError, match="cannot be made"):
        Caseload.create(path.parent / "no folder" / "a.vig.json")
    assert path.read_text() == "mine"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_newer_file_opens_for_reading_only(path: Path) -> None:
    """An older program that saved it could lose what it does not understand."""
    write(
        path,
        meta={"1": {"schema": 2, "film_kept_days": "long"}},
        families={"1": {"id": "f", "code": "F-017"}, "2": {"id": "g", "code": {"new": "shape"}}},
    )
    before = path.read_bytes()
    caseload = Caseload.open(path)
    assert "newer vigtui" in caseload.read_only
    assert caseload.need(Family, "f").code == "F-017"
    with pytest.raises(ReadOnlyError, match="newer vigtui"):
        caseload.save(Family(code="F-018"))
    with pytest.raises(ReadOnlyError):
        caseload.delete(caseload.need(Family, "f"))
    assert caseload.undo() is None
    caseload.close()
    assert path.read_bytes() == before


def test_what_stands_beside_the_caseloads_own_description_is_told_and_kept(path: Path) -> None:
    """A version of the description that cannot be read comes there: told before a save, not after."""
    write(path)
    file = json.loads(path.read_text())
    file["meta"]["2"] = {"id": 5, "service": "as of last year"}
    path.write_text(json.dumps(file))
    for _ in ("as found", "once saved"):
        caseload = Caseload.open(path)
        assert [(each.table, each.entry) for each in caseload.findings] == [("meta", "2")]
        caseload.save(Family(code="F-020"))
        caseload.close()
    assert json.loads(path.read_text())["meta"]["2"] == file["meta"]["2"]


def test_records_that_cannot_be_read_stay_in_the_file(path: Path) -> None:
    """What this program does not understand is not this program's to throw away."""
    odd: dict[str, Any] = {
        "1": {"id": "f", "code": "F-017"},
        "2": {"id": "g", "code": "F-018", "state": "sleeping\x1b[2J"},
        "3": {"code": "no id"},
        "4": "words",
        "5": {"id": "f", "code": "the same id"},
        "6": {"id": "\x1b", "code": "an id of nothing"},
        "7": {"id": "h"},
    }
    write(path, families=odd, ratings={"1": {"id": "r", "question": "q", "rater": "D", "date": "2026-13-01"}})
    caseload = Caseload.open(path)
    assert [family.id for family in caseload.all(Family)] == ["f"]
    assert [(each.table, each.entry) for each in caseload.findings] == [
        ("families", number) for number in "234567"
    ] + [("ratings", "1")]
    assert all(each.sentence.isprintable() for each in caseload.findings)
    assert '"state"' in caseload.findings[0].sentence
    new = caseload.save(Family(code="F-020"))
    caseload.close()
    kept = json.loads(path.read_text())
    assert {number: kept["families"][number] for number in odd} == odd
    assert kept["families"]["8"]["id"] == new.id


def test_unknown_fields_are_kept_in_every_part(path: Path) -> None:
    """A file that has been in a newer vigtui, or in a service's own tool, must come back whole."""
    family = {
        "id": "f",
        "code": "F-017",
        "postcode": "unknown",
        "fit": {"timescales": "soon", "score": 1},
        "members": [
            {"id": "d", "label": "Dana", "pronoun": "she"},
            {"id": "j", "label": "Jory", "school": {"name": "Reed"}},
        ],
    }
    programme = {"id": "p", "name": "Three stages", "stages": [{"name": "1", "colour": "red"}, {"name": "2"}]}
    amendment = {"by": "Ros", "at": "2026-01-01T10:00:00Z", "words": "More.", "signature": "x"}
    session = {"id": "s", "supervisor": "r", "date": "2026-01-01", "amendments": [amendment]}
    write(
        path,
        families={"1": family},
        programmes={"1": programme},
        sessions={"1": session},
        inventions={"1": {"a": [1]}},
    )
    caseload = Caseload.open(path)
    old = caseload.need(Family, "f")
    dana, jory = old.members
    caseload.save(
        replace(
            old, fit=Fit(timescales="later"), members=(jory, Member(label="Nan"), replace(dana, label="D."))
        )
    )
    stages = caseload.need(Programme, "p").stages
    caseload.save(replace(caseload.need(Programme, "p"), stages=(replace(stages[0], hours=8), stages[1])))
    held = caseload.need(Session, "s")
    extra = Amendment(by="Ros", at=held.amendments[0].at, words="And more.")
    caseload.save(replace(held, amendments=(*held.amendments, extra)))
    caseload.close()
    kept = json.loads(path.read_text())
    document = kept["families"]["1"]
    assert document["postcode"] == "unknown"
    assert document["fit"] == {"timescales": "later", "formulation": "", "chronology": "", "score": 1}
    assert [member.get("pronoun") for member in document["members"]] == [None, None, "she"]
    assert document["members"][0]["school"] == {"name": "Reed"}
    assert kept["programmes"]["1"]["stages"][0]["colour"] == "red"
    assert [each.get("signature") for each in kept["sessions"]["1"]["amendments"]] == ["x", None]
    assert kept["inventions"] == {"1": {"a": [1]}}


def test_hostile_text_is_harmless_once_read(path: Path) -> None:
    """A caseload from somebody else must not steer this terminal."""
    hostile = "\x1b]0;owned\x07\u202egnp.exe\r\nnext\x85line\u2028\x9b2J\x7f"
    write(path, families={"1": {"id": "f", "code": hostile, "members": [{"id": "d", "label": hostile}]}})
    assert b"\\u001b" in path.read_bytes()
    raw = path.with_name("raw.vig.json")
    raw.write_text(
        path.read_text().replace("\\u202e", "\u202e").replace("\\u001b", "").replace("\\u0007", "")
    )
    for each in (path, raw):
        caseload = Caseload.open(each)
        family = caseload.need(Family, "f")
        for text in (family.code, family.members[0].label):
            assert text.endswith("]0;ownedgnp.exe\nnext\nline\n2J")
        caseload.close()


def test_text_is_cleaned_when_it_is_saved_too(caseload: Caseload) -> None:
    saved = caseload.save(Person(name="Ellis\x1b[2J\r\nMarr"))
    assert saved.name == "Ellis[2J\nMarr"
    assert caseload.need(Person, saved.id) == saved


def test_half_a_surrogate_pair_can_be_opened_and_saved(path: Path) -> None:
    write(path, families={"1": {"id": "f", "code": "F-017", "mood": "\ud83d"}})
    caseload = Caseload.open(path)
    caseload.save(replace(caseload.need(Family, "f"), pseudonym="Heron \ud83d"))
    assert caseload.flush().state == "saved"
    caseload.close()
    assert opened(path).need(Family, "f").pseudonym == "Heron "


def test_a_byte_order_mark_from_an_editor_is_no_trouble(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"meta": META}).encode())
    assert opened(path).findings == ()


def test_a_new_file_is_its_owners_alone_and_a_mode_that_somebody_chose_stays(
    caseload: Caseload, path: Path
) -> None:
    """Children's records lie in it. Who shares it with a colleague means to."""
    for mode in (0o600, 0o640):
        path.chmod(mode)
        caseload.save(Family(code="F-017"))
        caseload.flush()
        assert stat.S_IMODE(path.stat().st_mode) == mode
        Presence(caseload).show()
        assert stat.S_IMODE(backups.folder_of(path).stat().st_mode) == {0o600: 0o700, 0o640: 0o750}[mode]


def test_another_name_of_the_file_is_told_before_it_is_left_behind(path: Path) -> None:
    """Whoever opens the other name would find it as it was, and think that nothing was saved."""
    Caseload.create(path).close()
    path.with_name("other name").hardlink_to(path)
    caseload = Caseload.open(path)
    assert caseload.status.words() == "saved, hard link"
    caseload.save(Family(code="F-017"))
    (caveat,) = caseload.flush().caveats
    assert "has another name on this disk" in caveat.sentence
    caseload.close()


def test_an_edit_that_leaves_size_and_date_as_they_were_is_seen(caseload: Caseload, path: Path) -> None:
    """As `cp -p`, `touch -r` and restoring programs do it."""
    caseload.save(Family(code="F-017"))
    caseload.flush()
    before = path.stat()
    edited = path.read_bytes().replace(b"F-017", b"F-018")
    path.write_bytes(edited)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    caseload.look()
    assert [family.code for family in caseload.all(Family)] == ["F-018"]


def test_a_symbolic_link_stays_and_its_target_is_written(caseload: Caseload, path: Path) -> None:
    """Somebody keeps the file elsewhere and a link here; a save must not make two of it."""
    caseload.close()
    elsewhere = path.parent / "elsewhere"
    elsewhere.mkdir()
    target = path.rename(elsewhere / "real.vig.json")
    path.symlink_to(target)
    linked = Caseload.open(path)
    linked.save(Family(code="F-017"))
    linked.close()
    assert path.is_symlink()
    assert len(opened(target).all(Family)) == 1


def test_what_dead_programs_left_behind_is_removed_and_nothing_else(caseload: Caseload, path: Path) -> None:
    caseload.close()
    code = (
        "import sys, os; from pathlib import Path; from vigtui.store.disk import temporary;"
        "[temporary.path_for(Path(name)).write_text('torn') for name in sys.argv[1:]]"
    )
    other = path.with_name("other.vig.json")
    subprocess.run([sys.executable, "-c", code, path, other], check=True)
    mine = path.with_name(".vigtui-notes.tmp")
    mine.write_text("mine")
    assert len(list(path.parent.glob(".vigtui-*.tmp"))) == 3
    opened(path)
    assert list(path.parent.glob(".vigtui-*.tmp")) == [mine]


def test_deleted_records_leave_no_words_and_can_be_told_from_missing_ones(
    caseload: Caseload, path: Path
) -> None:
    family = caseload.save(Family(code="F-017", pseudonym="Heron"))
    caseload.delete(family)
    caseload.close()
    with TinyDB(path) as stock:
        (tombstone,) = stock.table("deleted").all()
    assert (tombstone["id"], tombstone["table"]) == (family.id, "families")
    assert "Heron" not in path.read_text()
    again = Caseload.open(path)
    again.save(family)
    again.close()
    assert json.loads(path.read_text())["deleted"] == {}


def test_importing_the_store_brings_no_tinydb_and_no_screen() -> None:
    """`vigtui --help` and every start would wait for it."""
    code = (
        "import sys, vigtui.store.caseload as _;"
        "print([name for name in ('tinydb', 'ctypes', 'textual', 'numpy', 'mpv') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_stages_without_ids_keep_their_unknown_fields_when_moved(path: Path) -> None:
    stages = [{"name": "1", "colour": "red"}, {"name": "2", "colour": "blue"}, {"name": "3"}]
    write(path, programmes={"1": {"id": "p", "name": "P", "stages": stages}})
    caseload = Caseload.open(path)
    one, two, three = caseload.need(Programme, "p").stages
    caseload.save(replace(caseload.need(Programme, "p"), stages=(two, Stage(name="1b"), one, three)))
    caseload.close()
    kept = json.loads(path.read_text())["programmes"]["1"]["stages"]
    assert [stage.get("colour") for stage in kept] == ["blue", None, "red", None]


def test_a_caseload_with_any_byte_changed_opens_or_is_refused_in_a_sentence(path: Path) -> None:
    """A bad stick or a bad copy must not end in a traceback, nor in an escape sequence on the screen."""
    luck = random.Random(17)
    write(path, families={"1": {"id": "f", "code": "F-017", "members": [{"id": "d", "label": "Dana"}]}})
    good = path.read_bytes()
    outcomes = set()
    for _ in range(300):
        bad = bytearray(good)
        bad[luck.randrange(len(bad))] = luck.randrange(256)
        path.write_bytes(bad)
        try:
            said = [str(finding) for finding in validate(read_snapshot(path))]
            outcomes.add("findings" if said else "well")
        except CaseloadError as error:
            said = [str(error)]
            outcomes.add("refused")
        assert all(sentence.isprintable() for sentence in said)
    assert outcomes == {"findings", "well", "refused"}
