"""What would be lost: a family's trust that only what they agreed to leaves the house, and the way back."""

import datetime as dt
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.exchange.conftest import LONG_AGO, SECRET, TODAY, make_pack
from vigtui.casefilm.home import Folder, film_in
from vigtui.casefilm.pack_list import read_list
from vigtui.cli.check import check
from vigtui.domain.records import KINDS, Clip, Consent, Moment, Note, Recording, SessionItem
from vigtui.domain.vocabulary import Copies, Decision, Purpose, RecordingState, Visibility
from vigtui.exchange.packs.contents import Choose, Contents
from vigtui.exchange.packs.gathering import NothingToPackError, for_family, for_session
from vigtui.exchange.packs.packing import CannotPackError, pack
from vigtui.film.files import FileSource
from vigtui.film.probing import probe
from vigtui.film.subtitles import Line, lines_of
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import Tables
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key


def chosen(home: Path, choose: Choose) -> Contents:
    return choose(read_snapshot(home), TODAY)


def tables(path: Path) -> Tables:
    return CaseloadFile(path).read()[0]


def change(home: Path, change_it: Callable[[Caseload], object]) -> None:
    caseload = Caseload.open(home, by="Ros")
    change_it(caseload)
    caseload.close()


def withdraw(
    caseload: Caseload,
    member: str = "heron-b",
    on: dt.date = TODAY,
    decision: Decision = Decision.WITHDRAWN,
) -> None:
    caseload.save(
        Consent(
            family=member.partition("-")[0],
            member=member,
            purpose=Purpose.SUPERVISION,
            decision=decision,
            date=on,
        )
    )


def test_a_session_takes_along_what_its_agenda_shows_and_nothing_else(packed: Path, tmp_path: Path) -> None:
    data = (packed / "out.vig.json").read_bytes()
    inside = Caseload.open(packed / "out.vig.json")
    ids = {kind.table: {each.id for each in inside.all(kind)} for kind in KINDS}
    inside.close()
    assert ids["sessions"] == {"today"}
    assert ids["session_items"] == {"first", "second"}
    assert ids["clips"] == {"heron-1-SR-1", "heron-1-C-1", "heron-1-C-2"}
    assert ids["families"] == {"heron"}
    assert ids["cycles"] == {"heron-1"}
    assert ids["people"] == {"ros", "ellis"}
    assert ids["consents"] == {f"heron-{who}-{what}" for who in "ab" for what in ("film", "supervision")}
    assert ids["notes"] == {"said"}
    assert len(ids["ratings"]) == len(ids["questions"]) == len(ids["programmes"]) == 1
    assert not ids["status_spans"] | ids["traject"] | ids["deletions"] | ids["voices"]
    # The paths of recordings are theirs, and go along.
    assert data.count(SECRET.encode()) == data.count(f"media/{SECRET}".encode()) == 2


def test_each_clip_brings_its_own_film_and_no_more_under_a_name_that_says_nothing(packed: Path) -> None:
    listed = read_list(Folder(packed))
    assert listed
    assert [(piece.clip, piece.starts_ms) for piece in listed.pieces] == [
        ("heron-1-SR-1", 500),
        ("heron-1-C-1", 500),
        ("heron-1-C-2", 2000),
    ]
    for number, piece in enumerate(listed.pieces, start=1):
        assert piece.path == f"media/clip-{number}.mp4"
        assert probe(FileSource(packed / piece.path)).duration_ms == 700
    assert len(list((packed / "media").iterdir())) == 3


def test_a_pack_can_be_made_from_a_pack(packed: Path, tmp_path: Path) -> None:
    make_pack(packed / "out.vig.json", for_session("today"), tmp_path / "again")
    again = read_list(Folder(tmp_path / "again"))
    assert again
    assert again.pieces == (read_list(Folder(packed)) or again).pieces
    assert probe(FileSource(tmp_path / "again" / again.pieces[2].path)).duration_ms == 700


def test_a_pack_with_a_passphrase_shows_its_clips_and_has_nothing_in_clear(
    home: Path, tmp_path: Path
) -> None:
    source, out = read_snapshot(home), tmp_path / "encrypted"
    said = home.parent / source.index.find(Recording, "heron-1-C").path
    said.with_suffix(".srt").write_text("1\n00:00:00,000 --> 00:00:09,000\nWonky.\n")
    choose = for_session("today")
    key = new_key("toast and honey", Cost(n=2, r=1, p=1))
    pack(source, choose, choose(source, TODAY), out, key, lambda _, __: None)
    made = read_snapshot(out / "encrypted.vig.json", key)
    listed = read_list(made)
    assert listed
    for piece in listed.pieces:
        assert probe(film_in(made, piece.path)).duration_ms == 700
    assert {line.text for each in listed.pieces for line in lines_of(film_in(made, each.path))} == {"Wonky."}
    for path in out.rglob("*.*"):
        assert not any(sign in path.read_bytes() for sign in (b"Wonky", b"ftyp", b"heron", SECRET.encode()))


def test_only_its_owner_may_open_a_pack(packed: Path) -> None:
    for path in (packed, *packed.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_pack_has_nothing_to_report_though_much_of_it_stayed_at_home(
    packed: Path, home: Path, tmp_path: Path
) -> None:
    assert check(packed / "out.vig.json", lambda _: None).findings == []
    change(home, withdraw)
    make_pack(home, for_session("today"), tmp_path / "out")
    assert check(tmp_path / "out" / "out.vig.json", lambda _: None).findings == []


def test_a_pack_that_comes_back_as_it_was_changes_nothing(packed: Path, home: Path) -> None:
    caseload = Caseload.open(home)
    assert caseload.merge(tables(packed / "out.vig.json"), "Merge").changes == []
    caseload.close()


def test_what_was_written_in_a_pack_comes_back_and_nothing_else(
    packed: Path, home: Path, tmp_path: Path
) -> None:
    away = Path(shutil.copy(packed / "out.vig.json", tmp_path))
    change(away, lambda there: there.save(replace(there.need(SessionItem, "first"), seen_together="A wait")))
    caseload = Caseload.open(home)
    step = caseload.merge(tables(away), "Merge")
    assert {change.key for change in step.changes} == {("session_items", "first")}
    assert caseload.need(SessionItem, "first").seen_together == "A wait"
    assert caseload.conflicts() == []
    caseload.close()


def test_a_conflict_goes_along_with_both_its_versions(home: Path, tmp_path: Path) -> None:
    away = Path(shutil.copy(home, tmp_path))
    for path, words in ((home, "ours"), (away, "theirs")):
        change(path, lambda c, words=words: c.save(replace(c.need(SessionItem, "first"), next_step=words)))
    change(home, lambda caseload: caseload.merge(tables(away), "Merge"))
    shutil.rmtree(home.parent / "media")
    make_pack(home, for_session("today"), tmp_path / "out")
    inside = Caseload.open(tmp_path / "out" / "out.vig.json")
    assert len(inside.conflicts()) == 1
    inside.close()


def test_a_clip_without_everybodys_consent_stays_and_it_is_said_whose_is_missing(
    home: Path, tmp_path: Path
) -> None:
    change(home, withdraw)
    contents = chosen(home, for_session("today"))
    assert contents.cuts == ()
    assert [each.what for each in contents.left_out] == ["F-heron SR1-1", "F-heron C1-1", "F-heron C1-2"]
    assert all("Jory's consent for supervision was withdrawn" in each.why for each in contents.left_out)
    assert not {"clips", "recordings", "tags", "stills", "families", "consents"} & contents.records.keys()
    assert "session_items" in contents.records


def test_what_was_written_about_a_whole_recording_goes_along_while_everybody_agrees(home: Path) -> None:
    """It tells what is seen in the film, as a clip's words do."""
    note = Note(about="heron-1-C", author="ellis", body="Calm from beginning to end")
    own = Note(about="heron-1-C", author="ros", visibility=Visibility.AUTHOR, body=SECRET)
    change(home, lambda caseload: [caseload.save(each) for each in (note, own)])
    packed = chosen(home, for_family("heron")).records["notes"]
    assert (note.id in packed, own.id in packed) == (True, False)
    change(home, withdraw)
    left = chosen(home, for_family("heron"))
    assert note.id not in left.records["notes"]
    told = {each.what: each.why for each in left.left_out}
    assert "was withdrawn" in told["F-heron interaction of cycle 1, the notes about it"]


def test_the_moments_of_a_recording_go_along_while_everybody_agrees(home: Path) -> None:
    """Their words tell what is seen in the film."""
    moment = Moment(cycle="heron-1", recording="heron-1-C", at_ms=1_000, words="he looks up")
    change(home, lambda caseload: caseload.save(moment))
    assert moment.id in chosen(home, for_family("heron")).records["moments"]
    change(home, withdraw)
    left = chosen(home, for_family("heron"))
    assert "moments" not in left.records
    told = {each.what: each.why for each in left.left_out}
    assert "was withdrawn" in told["F-heron interaction of cycle 1, the moments marked in it"]


def test_moments_that_are_on_no_recording_yet_stay(home: Path) -> None:
    """Nobody can tell who is in the film that they are about."""
    at = dt.datetime(2026, 3, 18, 14, 0, tzinfo=dt.UTC)
    change(home, lambda caseload: caseload.save(Moment(cycle="heron-1", at=at, words="he looks up")))
    contents = chosen(home, for_family("heron"))
    assert "moments" not in contents.records
    assert "F-heron cycle 1, the moments marked by the clock" in [each.what for each in contents.left_out]


def test_a_consent_that_ends_tomorrow_goes_along_with_what_will_replace_it(home: Path) -> None:
    later = TODAY + dt.timedelta(days=1)
    change(home, lambda caseload: withdraw(caseload, "heron-b", later, Decision.GIVEN))
    contents = chosen(home, for_session("today"))
    assert len(contents.records["consents"]) == 5
    change(home, lambda caseload: withdraw(caseload, "heron-b", LONG_AGO - dt.timedelta(days=9)))
    assert len(chosen(home, for_session("today")).records["consents"]) == 5


def test_a_consent_withdrawn_while_the_film_is_cut_stops_the_pack(home: Path, tmp_path: Path) -> None:
    source, choose = read_snapshot(home), for_session("short")
    told: list[str] = []

    def withdraw_once(words: str, _part: float) -> None:
        if not told:
            change(home, withdraw)
        told.append(words)

    with pytest.raises(CannotPackError, match="changed meanwhile"):
        pack(source, choose, choose(source, TODAY), tmp_path / "out", None, withdraw_once)
    assert told[0] == "Cutting F-heron C1-2, 1 of 1"
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_a_clip_whose_film_is_missing_or_deleted_brings_its_words(home: Path, tmp_path: Path) -> None:
    def lose_film(caseload: Caseload) -> None:
        film = caseload.need(Recording, "heron-1-SR")
        (caseload.folder / film.path).unlink()
        caseload.save(replace(caseload.need(Recording, "heron-1-C"), state=RecordingState.DELETED))

    change(home, lose_film)
    contents = chosen(home, for_session("today"))
    assert contents.cuts == ()
    assert {"heron-1-SR-1", "heron-1-C-1"} <= contents.records["clips"]
    missing, deleted, _ = contents.left_out
    assert missing.what == "F-heron SR1-1, its film"
    assert "is not in" in missing.why
    assert deleted.why == "It was deleted. What was written goes."


def test_film_that_cannot_be_cut_is_told_afterwards(home: Path, tmp_path: Path) -> None:
    film = home.parent / f"media/{SECRET}-heron-1-C.mp4"
    film.write_bytes(film.read_bytes()[:2000])
    made = make_pack(home, for_session("short"), tmp_path / "out")
    assert (made.clips, [each.what for each in made.left_out]) == (0, ["F-heron C1-2, its film"])
    assert check(tmp_path / "out" / "out.vig.json", lambda _: None).findings == []


def test_a_family_brings_all_its_cycles_and_no_session(home: Path) -> None:
    contents = chosen(home, for_family("f-HERON"))
    assert contents.records["families"] == {"heron"}
    assert contents.records["cycles"] == {"heron-1", "heron-2"}
    assert len(contents.records["clips"]) == 8
    assert contents.records["status_spans"] == {"heron-cin"}
    assert len(contents.cuts) == 4
    assert len(contents.left_out) == 4
    assert not contents.records.keys() & {"sessions", "session_items", "deletions"}
    assert chosen(home, for_family("heron")) == contents


@pytest.mark.parametrize(
    ("choose", "words"),
    [
        (
            for_session("nobody"),
            r"No supervision session is called nobody\. .*today \(Supervision of .*Ellis",
        ),
        (for_family("nobody"), r"No family has the code or id nobody\."),
    ],
)
def test_what_is_not_there_is_a_sentence(choose: Choose, words: str, home: Path) -> None:
    with pytest.raises(NothingToPackError, match=words):
        chosen(home, choose)


def test_what_cannot_be_read_is_told_and_stays(home: Path) -> None:
    home.write_bytes(home.read_bytes().replace(b'"words":"What does he tell me?"', b'"words":7'))
    contents = chosen(home, for_session("today"))
    assert [each.what for each in contents.left_out] == ["Entries of the caseload, 2"]
    assert "questions" not in contents.records


def test_a_session_is_known_by_its_day(home: Path) -> None:
    assert chosen(home, for_session(TODAY.isoformat())) == chosen(home, for_session("today"))


def test_a_zip_holds_the_same_in_a_folder_of_its_name(home: Path, tmp_path: Path) -> None:
    said = "1\n00:00:00,000 --> 00:00:01,000\nBefore\n\n2\n00:00:02,100 --> 00:00:09,000\nHe pats the page.\n"
    (home.parent / f"media/{SECRET}-heron-1-C.en.srt").write_text(said)
    make_pack(home, for_session("short"), tmp_path / "out.zip")
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"home", "out.zip"}
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path)
    film = tmp_path / "out" / "media" / "clip-1.mp4"
    assert probe(FileSource(film)).duration_ms == 700
    assert lines_of(FileSource(film)) == (Line(100, 700, "He pats the page."),)
    assert check(tmp_path / "out" / "out.vig.json", lambda _: None).findings == []


def test_the_services_own_principles_go_along_and_no_file_that_a_link_leads_to(
    home: Path, tmp_path: Path
) -> None:
    shutil.rmtree(home.parent / "media")
    principles = home.parent / "principles.json"
    principles.write_text("{}")
    make_pack(home, for_session("short"), tmp_path / "out")
    assert (tmp_path / "out" / "principles.json").read_text() == "{}"
    (tmp_path / "private").write_text("of somebody else")
    principles.unlink()
    principles.symlink_to(tmp_path / "private")
    make_pack(home, for_session("short"), tmp_path / "again")
    assert not (tmp_path / "again" / "principles.json").exists()


def test_what_is_there_already_is_not_overwritten(home: Path, tmp_path: Path) -> None:
    (tmp_path / "out.zip").write_text("something dear")
    with pytest.raises(CannotPackError, match=r"out\.zip exists already"):
        make_pack(home, for_session("today"), tmp_path / "out.zip")
    with pytest.raises(CannotPackError, match="There is no folder"):
        make_pack(home, for_session("today"), tmp_path / "nowhere" / "out")
    assert (tmp_path / "out.zip").read_text() == "something dear"
    with pytest.raises(CannotPackError, match="the caseload's own folder"):
        make_pack(home, for_session("today"), home.parent / "media" / "out")


def test_stopping_leaves_nothing(home: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_words: str, part: float) -> None:
        assert 0 <= part <= 1
        raise Stopped

    source, choose = read_snapshot(home), for_session("today")
    with pytest.raises(Stopped):
        pack(source, choose, choose(source, TODAY), tmp_path / "out.zip", None, stop)
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_where_no_copies_may_be_given_out_the_words_go_without_film(home: Path, tmp_path: Path) -> None:
    def no_copies(caseload: Caseload) -> None:
        caseload.save(replace(caseload.need(Consent, "heron-b-film"), copies=Copies.NO))

    change(home, no_copies)
    contents = chosen(home, for_session("today"))
    assert {each.what for each in contents.left_out} == {
        f"F-heron {code}, its film" for code in ("C1-1", "C1-2", "SR1-1")
    }
    assert "Jory said on" in contents.left_out[0].why
    assert "no copies of the film may be given out" in contents.left_out[0].why
    made = make_pack(home, for_session("today"), tmp_path / "out")
    assert list(made.path.rglob("*.mp4")) == []
    assert len(read_snapshot(made.path / "out.vig.json").index.all(Clip)) == 3


def test_a_pack_has_every_form_that_opens_or_closes_its_film(home: Path, tmp_path: Path) -> None:
    """There the film of the first day would stay closed without its form, or open without the refusal."""
    days = [LONG_AGO + dt.timedelta(days=number) for number in (1, 3, 5)]
    decisions = (Decision.GIVEN, Decision.REFUSED, Decision.GIVEN)

    def by_form(caseload: Caseload) -> None:
        yes = caseload.need(Consent, "heron-b-supervision")
        for number, (day, decision) in enumerate(zip(days, decisions, strict=True)):
            named = (day,) if decision is Decision.GIVEN else ()
            form = Consent(
                id=f"form-{number}",
                family=yes.family,
                member=yes.member,
                purpose=yes.purpose,
                decision=decision,
                date=day,
                days=named,
            )
            caseload.save(form)
        for each in caseload.all(Recording):
            caseload.save(replace(each, filmed=days[2]))

    change(home, by_form)
    made = make_pack(home, for_session("today"), tmp_path / "out")
    packed = {each.id for each in read_snapshot(made.path / "out.vig.json").index.all(Consent)}
    assert {"form-0", "form-1", "form-2"} <= packed


def test_the_pack_of_an_encrypted_caseload_is_encrypted(home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home.parent / "media")
    key = new_key("five words that fit", Cost(n=2, r=1, p=1))
    make_pack(home, for_session("today"), tmp_path / "out", key)
    assert b"vigtui-vault" in (tmp_path / "out" / "out.vig.json").read_bytes()
    inside = Caseload.open(tmp_path / "out" / "out.vig.json", key=key)
    assert inside.get(Clip, "heron-1-SR-1")
    inside.close()
