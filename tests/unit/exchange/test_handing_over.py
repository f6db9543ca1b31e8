"""A family handed over to another caseload: what would be lost if something of it stayed behind, or if it
were erased before it is complete there."""

import datetime as dt
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import cast, get_type_hints

import pytest
from msgspec import structs
from msgspec.structs import replace

from tests.caseloads import MP4, make
from vigtui.casefilm.erasing import finish_erasing
from vigtui.casefilm.home import content_of, film_in
from vigtui.casefilm.search import search
from vigtui.domain.records import (
    AgendaFilm,
    Agreement,
    Clip,
    Consent,
    Copy,
    Cycle,
    Family,
    FilmPlace,
    HelpingQuestion,
    Member,
    Moment,
    Note,
    Person,
    PointStep,
    Record,
    Recording,
    Reflection,
    Session,
    SessionItem,
    schema,
)
from vigtui.domain.records.metadata import Sort
from vigtui.domain.vocabulary import CopyKind, Decision, Purpose, RecordingState, SessionState, Visibility
from vigtui.exchange.handing_over.content import (
    FILE,
    HandOver,
    HandOverError,
    as_bytes,
    find,
    key_of,
    opened,
    written,
)
from vigtui.exchange.handing_over.ending import accept, erase_handed_over
from vigtui.exchange.handing_over.gathering import gather
from vigtui.exchange.handing_over.layout import laid_out
from vigtui.exchange.handing_over.making import Request, hand_over
from vigtui.exchange.handing_over.taking import Taken, code_here, incoming, take_over
from vigtui.film.errors import FilmError
from vigtui.film.files import fingerprint
from vigtui.film.subtitles import lines_of
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import Tables
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.derivation import Cost
from vigtui.vault.film.layout import HEADER_BYTES
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key

WORDS = "toast and honey"
CHEAP = Cost(n=2, r=1, p=1)
DAY = dt.date(2025, 3, 18)
SAID = "1\n00:00:00,000 --> 00:00:01,000\nWonky.\n"
REQUEST = Request("Mair Penhale", "she goes on with the family")
_THEIRS = (("notes", "theirs"), ("families", "else"), ("families", "heron"))
ANA = Person(id="ana", name="Ana Reyes")


def quiet(*_: object) -> None:
    pass


@pytest.fixture
def giver(tmp_path: Path) -> Caseload:
    """A family with film, and beside it another one that is nobody else's business."""
    media = tmp_path / "giver" / "media"
    media.mkdir(parents=True)
    (media / "jigsaw.mp4").write_bytes(MP4 + b"jigsaw")
    (media / "jigsaw.en.srt").write_text(SAID)
    film = Recording(
        id="jigsaw",
        cycle="cycle",
        path="media/jigsaw.mp4",
        size=(media / "jigsaw.mp4").stat().st_size,
        fingerprint=fingerprint(media / "jigsaw.mp4"),
        hold_reason="the court has asked for it",
    )
    agreed = Agreement(by=("ana",), at=dt.datetime(2025, 3, 18, 12, tzinfo=dt.UTC))
    path = make(
        media.parent / "c.vig.json",
        ANA,
        Person(id="ros", name="Ros"),
        Family(id="heron", code="F-017", guider="ana", members=(Member(id="dana", label="Dana"),)),
        Consent(
            id="yes", family="heron", member="dana", purpose=Purpose.FILM, decision=Decision.GIVEN, date=DAY
        ),
        HelpingQuestion(id="q", family="heron", owner="dana", words="What is he telling me?"),
        Cycle(id="cycle", family="heron", number=1),
        film,
        Clip(id="clip", recording="jigsaw", in_ms=0, out_ms=500),
        Note(id="open", about="clip", author="ros", body="for both"),
        Note(id="own", about="clip", author="ros", visibility=Visibility.AUTHOR, body="for Ros alone"),
        Session(
            id="s",
            supervisor="ros",
            trainees=("ana",),
            date=DAY,
            opening="of Wren, too",
            state=SessionState.AGREED,
            agreed=agreed,
        ),
        SessionItem(id="item", session="s", clip="clip", working_point="wait", agreed=agreed),
        Family(id="wren", code="F-018"),
        by="Ros",
    )
    return Caseload.open(path, by="Ros")


@pytest.fixture
def receiver(tmp_path: Path) -> Caseload:
    """An encrypted caseload of a colleague, who knows Ana by another id."""
    path = make(tmp_path / "receiver" / "r.vig.json", Person(id="ana-here", name="Ana Reyes"), by="Mair")
    encrypting.encrypt(path, WORDS, CHEAP)
    return Caseload.open(path, key=unlock(path, WORDS), by="Mair")


def give(caseload: Caseload, out: Path, request: Request = REQUEST) -> Path:
    hand_over(caseload, "heron", request, out, new_key("honey", CHEAP), quiet)
    return out


def read(folder: Path) -> tuple[HandOver, Keyring]:
    other, keyring = find(folder), Keyring()
    other.unlock("honey", keyring)
    return opened(other, keyring), keyring


def take(
    caseload: Caseload, folder: Path, code: str = "", progress: Callable[[str, float], None] = quiet
) -> Taken:
    content, keyring = read(folder)
    coming = incoming(caseload, content)
    key = key_of(find(folder), keyring)
    return take_over(caseload, folder, key, coming, code or code_here(caseload, coming), progress)


def test_a_family_goes_whole_and_is_erased_with_the_words_of_its_receipt_alone(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    done = take(receiver, give(giver, tmp_path / "out"))

    film = receiver.need(Recording, "jigsaw")
    source = film_in(receiver, film.path)
    assert source.clear_file is None
    assert content_of(source) == film.fingerprint
    assert [line.text for line in lines_of(source)] == ["Wonky."]
    assert film.hold_reason == "the court has asked for it"
    assert receiver.need(Consent, "yes").decision is Decision.GIVEN
    assert receiver.need(Family, "heron").guider == "ana-here"
    assert receiver.need(SessionItem, "item").working_point == "wait"
    assert receiver.need(Session, "s").opening == ""
    assert {each.id for each in receiver.all(Note)} == {"open"}
    assert receiver.get(Family, "wren") is None
    assert [(each.holder, each.reason) for each in receiver.where(Copy, kind=CopyKind.HAND_OVER)] == [
        (REQUEST.to, REQUEST.why)
    ]
    assert receiver.to_undo is None

    heron = giver.need(Family, "heron")
    with pytest.raises(HandOverError, match="Nothing is erased"):
        erase_handed_over(giver, heron, "toast toast toast toast toast toast", Keyring())
    assert giver.get(Family, "heron") == heron
    assert accept(giver, heron, done.receipt) == ("1 note, which their author alone reads",)
    erase_handed_over(giver, heron, done.receipt.upper(), Keyring())
    assert giver.get(Family, "heron") is None
    assert not list((giver.folder / "media").iterdir())
    kept = giver.where(Copy, kind=CopyKind.HAND_OVER)
    assert [(each.holder, each.family) for each in kept] == [(REQUEST.to, "")]


def test_where_a_colleague_has_its_held_film_that_stays_and_its_words_go(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    """A court asked for it: what nobody was told of on another machine must not be lost from there."""
    path = Path(shutil.copytree(giver.folder, tmp_path / "colleague")) / giver.path.name
    done = take(receiver, give(giver, tmp_path / "out"))
    erase_handed_over(giver, giver.need(Family, "heron"), done.receipt, Keyring())
    colleague = Caseload.open(path, by="Noor")
    colleague.merge(giver.snapshot(), "Merge")
    assert finish_erasing(colleague)
    assert colleague.get(Family, "heron") is None
    assert not colleague.all(Recording)
    assert [each.name for each in path.parent.glob("media/*.mp4")] == ["jigsaw.mp4"]
    assert [each.path for each in search(colleague, []).unknown] == ["media/jigsaw.mp4"]
    colleague.close()
    files = [each for each in path.parent.rglob("*") if each.is_file()]
    assert not [each for each in files if b"What is he telling me" in each.read_bytes()]


def test_what_was_written_after_it_was_handed_over_is_not_erased(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    done = take(receiver, give(giver, tmp_path / "out"))
    giver.save(Note(id="later", about="clip", author="ros", body="one thing more"))
    with pytest.raises(HandOverError, match="Nothing is erased"):
        accept(giver, giver.need(Family, "heron"), done.receipt)
    again = take(receiver, give(giver, tmp_path / "again"))
    assert receiver.need(Note, "later").body == "one thing more"
    accept(giver, giver.need(Family, "heron"), again.receipt)


def test_what_was_removed_or_erased_since_goes_from_the_other_caseload_too(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    """And nothing of another family there, whoever made the hand-over; what was changed there is asked."""
    giver.save(Note(id="removed", about="heron", author="ros", body="of Monday"))
    giver.save(Note(id="kept", about="heron", author="ros", body="of Tuesday"))
    take(receiver, give(giver, tmp_path / "out"))
    receiver.save(replace(receiver.need(Note, "kept"), body="of Tuesday, with Mair"))
    receiver.save(Family(id="else", code="F-118"))
    receiver.save(Note(id="theirs", about="else", author="mair", body="of another family"))
    for each in ("removed", "kept"):
        giver.delete(giver.need(Note, each))
    giver.erase(giver.need(Clip, "clip"))
    giver.save(Note(id="later", about="heron", author="ros", body="one thing more"))

    def change(content: HandOver) -> HandOver:
        marks = [{"id": each, "table": table, "erased": True} for table, each in _THEIRS]
        return replace(content, removals=(*content.removals, *marks, {"table": ["notes"], "id": {}}))

    done = take(receiver, _hostile(giver, tmp_path / "again", change))
    assert receiver.need(Note, "later").body == "one thing more"
    assert receiver.get(Note, "removed") is None
    assert receiver.get(Clip, "clip") is None
    assert receiver.get(SessionItem, "item") is None
    assert [each.id for each in receiver.conflicts()] == ["kept"]
    assert receiver.get(Note, "theirs") is not None
    assert receiver.get(Family, "heron") is not None
    accept(giver, giver.need(Family, "heron"), done.receipt)


def test_taking_over_twice_changes_nothing(giver: Caseload, receiver: Caseload, tmp_path: Path) -> None:
    out = give(giver, tmp_path / "out")
    first = take(receiver, out, code="F-117")
    before = {name: dict(table) for name, table in receiver.snapshot().items()}
    files = sorted(path.name for path in (receiver.folder / "media").iterdir())
    assert take(receiver, out).receipt == first.receipt
    assert receiver.snapshot() == before
    assert sorted(path.name for path in (receiver.folder / "media").iterdir()) == files
    assert receiver.need(Family, "heron").code == "F-117"


def test_a_family_comes_back_to_where_it_was_erased(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    done = take(receiver, give(giver, tmp_path / "out"))
    erase_handed_over(giver, giver.need(Family, "heron"), done.receipt, Keyring())
    receiver.save(replace(receiver.need(Clip, "clip"), title="the piece held still"))

    back = give(receiver, tmp_path / "back")
    take(giver, back)
    (heron,) = giver.where(Family, code="F-017")
    assert heron.id != "heron"
    assert heron.guider == "ana"
    (clip,) = giver.all(Clip)
    assert clip.title == "the piece held still"
    film = giver.need(Recording, clip.recording)
    assert content_of(film_in(giver, film.path)) == film.fingerprint
    before = giver.snapshot()
    take(giver, back)
    assert giver.snapshot() == before


def test_what_is_handed_back_twice_is_there_once(giver: Caseload, receiver: Caseload, tmp_path: Path) -> None:
    """Something was written after the first time, so that its receipt did not fit."""
    giver.save(Note(id="removed", about="heron", author="ros", body="of Monday"))
    done = take(receiver, give(giver, tmp_path / "out"))
    erase_handed_over(giver, giver.need(Family, "heron"), done.receipt, Keyring())
    take(giver, give(receiver, tmp_path / "back"))
    path = receiver.path
    receiver.close()
    later = Caseload.open(path, key=unlock(path, WORDS), by="Mair")  # Another day, another writer.
    later.save(replace(later.need(Clip, "clip"), title="the piece held still"))
    later.delete(later.need(Note, "removed"))
    again = take(giver, give(later, tmp_path / "again"))
    assert sorted(each.code for each in giver.all(Family)) == ["F-017", "F-018"]
    assert [each.title for each in giver.all(Clip)] == ["the piece held still"]
    assert [each.body for each in giver.all(Note)] == ["for both"]
    assert giver.conflicts() == []
    erase_handed_over(later, later.need(Family, "heron"), again.receipt, Keyring(later.key))
    later.close()


def test_one_that_comes_back_to_where_it_still_is_merges(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    take(receiver, give(giver, tmp_path / "out"))
    receiver.save(replace(receiver.need(Clip, "clip"), title="the piece held still"))
    giver.save(replace(giver.need(Clip, "clip"), caption="He looks up."))
    take(giver, give(receiver, tmp_path / "back"))
    clip = giver.need(Clip, "clip")
    assert (clip.title, clip.caption) == ("the piece held still", "He looks up.")
    assert giver.need(Recording, "jigsaw").path == "media/jigsaw.mp4"
    assert giver.need(Session, "s").opening == "of Wren, too"
    assert giver.conflicts() == []


def test_open_conflicts_go_along(giver: Caseload, receiver: Caseload, tmp_path: Path) -> None:
    clip = giver.need(Clip, "clip")
    giver.save(replace(clip, title="one"))
    giver.save(replace(clip, title="other"))
    first = giver.conflicts()
    other = tmp_path / "other.vig.json"
    giver.flush()
    other.write_bytes(giver.path.read_bytes())
    there = Caseload.open(other, by="Kit")
    there.save(replace(there.need(Clip, "clip"), title="Kit's"))
    giver.save(replace(giver.need(Clip, "clip"), title="Ros's"))
    giver.merge(there.snapshot(), "Merge")
    assert len(giver.conflicts()) == max(1, len(first))
    take(receiver, give(giver, tmp_path / "out"))
    assert [each.fields.keys() for each in receiver.conflicts()] == [
        each.fields.keys() for each in giver.conflicts()
    ]


def test_an_own_note_goes_to_an_own_caseload(giver: Caseload, receiver: Caseload, tmp_path: Path) -> None:
    give(giver, tmp_path / "out", request=replace(REQUEST, author="ros"))
    done = take(receiver, tmp_path / "out")
    assert receiver.need(Note, "own").body == "for Ros alone"
    assert accept(giver, giver.need(Family, "heron"), done.receipt) == ()


def test_film_of_two_families_stays(giver: Caseload, tmp_path: Path) -> None:
    giver.save(Cycle(id="other", family="wren", number=1))
    giver.save(replace(giver.need(Recording, "jigsaw"), id="twin", cycle="other", rev="", ancestors=()))
    with pytest.raises(HandOverError, match="F-018 as well: it cannot leave"):
        give(giver, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert giver.where(Copy) == []


def test_a_code_that_another_family_has_is_told(giver: Caseload, receiver: Caseload, tmp_path: Path) -> None:
    receiver.save(Family(id="else", code="f-017"))
    out = give(giver, tmp_path / "out")
    with pytest.raises(HandOverError, match="Another family has the code F-017 here"):
        take(receiver, out)
    assert receiver.get(Family, "heron") is None
    take(receiver, out, code="F-117")
    assert receiver.need(Family, "heron").code == "F-117"


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at", range(1, 7))
def test_broken_off_it_is_here_whole_or_not_and_goes_on(
    giver: Caseload, receiver: Caseload, tmp_path: Path, at: int
) -> None:
    out, steps = give(giver, tmp_path / "out"), iter(range(1, 100))

    def stop(*_: object) -> None:
        if next(steps) == at:
            raise Killed

    try:
        take(receiver, out, progress=stop)
    except Killed:
        came = [receiver.get(kind, each) for kind, each in ((Family, "heron"), (Clip, "clip"))]
        assert all(came) or not any(came)
    done = take(receiver, out)
    assert len(list((receiver.folder / "media").iterdir())) == 2
    accept(giver, giver.need(Family, "heron"), done.receipt)


def test_a_family_goes_as_one_zip_too(giver: Caseload, receiver: Caseload, tmp_path: Path) -> None:
    out = give(giver, tmp_path / "F-017.zip")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["F-017.zip"]

    def stop(what: str, _: float) -> None:
        if what == "Records":
            raise Killed

    with pytest.raises(Killed):
        take(receiver, out, progress=stop)
    assert receiver.get(Family, "heron") is None
    done = take(receiver, out)
    film = receiver.need(Recording, "jigsaw")
    assert content_of(film_in(receiver, film.path)) == film.fingerprint
    assert not list(receiver.folder.glob(".taking-over-*"))
    assert len(list((receiver.folder / "media").iterdir())) == 2
    accept(giver, giver.need(Family, "heron"), done.receipt)


@pytest.mark.parametrize("name", ["../../r.vig.json", "out/../../../r.vig.json", "out/media/../../../r"])
def test_a_zip_writes_nothing_outside_its_folder(
    giver: Caseload, receiver: Caseload, tmp_path: Path, name: str
) -> None:
    out = give(giver, tmp_path / "out.zip")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"somebody else's")
    before = receiver.path.read_bytes()
    there = {each.name for each in tmp_path.iterdir()}
    with laid_out(out, receiver.folder) as folder:
        assert sorted(each.name for each in folder.iterdir()) == [FILE, "media"]
    assert receiver.path.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == there


def test_what_a_killed_program_unpacked_goes_a_day_later(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    """Not at once: another program may be at it."""
    for name, age in (("old", 90_000), ("new", 60)):
        left = receiver.folder / f".taking-over-{name}"
        left.mkdir()
        (left / FILE).write_bytes(b"left")
        os.utime(left, (time.time() - age,) * 2)
    take(receiver, give(giver, tmp_path / "out.zip"))
    assert [each.name for each in receiver.folder.glob(".taking-over-*")] == [".taking-over-new"]


def test_half_a_zip_is_no_hand_over(giver: Caseload, tmp_path: Path) -> None:
    out = give(giver, tmp_path / "out.zip")
    out.write_bytes(out.read_bytes()[:-200])
    with pytest.raises(CaseloadError, match="cannot be read"):
        find(out)


@pytest.mark.parametrize("encrypted", [True, False])
def test_what_is_said_in_a_film_comes_though_a_program_was_killed_before_it(
    giver: Caseload, receiver: Caseload, tmp_path: Path, *, encrypted: bool
) -> None:
    (tmp_path / "clear").mkdir()
    there = receiver if encrypted else Caseload.create(tmp_path / "clear" / "c.vig.json", by="Mair")
    out = give(giver, tmp_path / "out")

    def stop(what: str, _: float) -> None:
        if what == "Records":
            raise Killed

    with pytest.raises(Killed):
        take(there, out, progress=stop)
    kept = (there.folder / "media").iterdir()
    (words,) = (each for each in kept if ".words-" in each.name or each.suffix == ".srt")
    words.unlink()
    take(there, out)
    film = film_in(there, there.need(Recording, "jigsaw").path)
    assert [line.text for line in lines_of(film)] == ["Wonky."]
    files = sorted(each.name for each in (there.folder / "media").iterdir())
    take(there, out)
    assert sorted(each.name for each in (there.folder / "media").iterdir()) == files


@pytest.mark.parametrize("at", range(1, 4))
def test_giving_that_is_broken_off_leaves_nothing(giver: Caseload, tmp_path: Path, at: int) -> None:
    steps = iter(range(1, 100))

    def stop(*_: object) -> None:
        if next(steps) == at:
            raise Killed

    with pytest.raises(Killed):
        hand_over(giver, "heron", REQUEST, tmp_path / "out", new_key("honey", CHEAP), stop)
    assert [each.name for each in tmp_path.iterdir()] == ["giver"]
    assert giver.where(Copy) == []


def test_erasing_that_was_broken_off_goes_on_with_the_same_words(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    done = take(receiver, give(giver, tmp_path / "out"))
    (giver.folder / "media" / "jigsaw.mp4").unlink()
    erase_handed_over(giver, giver.need(Family, "heron"), done.receipt, Keyring())
    assert giver.get(Family, "heron") is None


def test_film_that_is_not_what_was_handed_over_gives_no_receipt(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    out = give(giver, tmp_path / "out")
    (film,) = (path for path in (out / "media").iterdir() if ".words-" not in path.name)
    data = bytearray(film.read_bytes())
    data[HEADER_BYTES + 5] ^= 1
    film.write_bytes(data)
    with pytest.raises((CaseloadError, FilmError), match="film"):
        take(receiver, out)
    assert receiver.get(Family, "heron") is None


def _hostile(giver: Caseload, out: Path, change: Callable[[HandOver], HandOver]) -> Path:
    give(giver, out)
    content, keyring = read(out)
    key = key_of(find(out), keyring)
    (out / FILE).write_bytes(b"".join(key.encrypt([as_bytes(change(content))])))
    return out


@pytest.mark.parametrize(
    ("path", "why"),
    [("../r.vig.json", "outside it"), ("/etc/passwd", "outside it"), ("media/none.vigfilm", "film")],
)
def test_a_film_is_looked_for_in_the_hand_over_alone(
    giver: Caseload, receiver: Caseload, tmp_path: Path, path: str, why: str
) -> None:
    def change(content: HandOver) -> HandOver:
        return replace(content, films=tuple(replace(each, path=path) for each in content.films))

    with pytest.raises((CaseloadError, FilmError), match=why):
        take(receiver, _hostile(giver, tmp_path / "out", change))
    assert receiver.get(Family, "heron") is None


def test_another_family_in_a_hand_over_is_refused(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    with pytest.raises(HandOverError, match="does not hold the family"):
        take(receiver, _hostile(giver, tmp_path / "out", lambda content: replace(content, family="nobody")))


@pytest.mark.parametrize(
    "added",
    [
        {"consents": {"9": {"id": "new", "family": "wren", "member": "m", "purpose": "film"}}},
        {"consents": {"9": {"id": "theirs", "family": "heron", "member": "m", "purpose": "film"}}},
        {"deleted": {"1": {"id": "wren", "table": "families", "erased": True}}},
        {"people": {"1": {"id": "ana-here", "name": "Somebody else"}}},
    ],
)
def test_a_hand_over_touches_no_other_family_here(
    giver: Caseload, receiver: Caseload, tmp_path: Path, added: Tables
) -> None:
    receiver.save(Family(id="wren", code="F-118"))
    kept = Consent(
        id="theirs", family="wren", member="m", purpose=Purpose.FILM, decision=Decision.REFUSED, date=DAY
    )
    receiver.save(kept)
    before = receiver.snapshot()

    def change(content: HandOver) -> HandOver:
        tables = content.records()
        for table, entries in added.items():
            more = {"decision": "given", "date": "2025-03-18"} if table == "consents" else {}
            came = {number: {**each, **more} for number, each in entries.items()}
            tables[table] = {**tables.get(table, {}), **came}
        return replace(content, tables=written(tables))

    with pytest.raises(HandOverError, match="not taken over"):
        take(receiver, _hostile(giver, tmp_path / "out", change))
    assert receiver.snapshot() == before


def test_what_others_wrote_never_reaches_the_terminal_as_control_characters(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    def change(content: HandOver) -> HandOver:
        return replace(content, people=tuple(replace(each, name="\x1b[31mBo") for each in content.people))

    take(receiver, _hostile(giver, tmp_path / "out", change))
    assert all("\x1b" not in each.name for each in receiver.all(Person))


def example(kind: type[Record], **values: object) -> Record:
    """A record of a kind, with something in each field that must be there."""
    hints = get_type_hints(kind)
    for field in structs.fields(kind):
        if field.required and field.name not in values:
            values[field.name] = _something(hints[field.name])
    return kind(**values)


def _something(kind: type) -> object:
    if issubclass(kind, Enum):
        return next(iter(kind))
    return {str: "x", int: 1, dt.date: DAY, dt.datetime: dt.datetime(2025, 3, 18, tzinfo=dt.UTC)}[kind]


def test_every_kind_that_can_belong_to_a_family_goes_along(tmp_path: Path) -> None:
    """Also one that is declared some day: only where film is on this machine, and in its space, stays."""
    family = Family(id="heron", code="F-017")
    records, waiting = {("families", ""): cast("Record", family)}, [cast("Record", family)]
    while waiting:
        above = waiting.pop()
        about = [(kind, each.name) for kind, each in schema.told_about(above.table)]
        for kind, field in (*schema.owned_by(above.table), *about):
            is_list = schema.fields(kind)[field].sort is Sort.LIST
            finished = {"finished": DAY} if kind is Reflection else {}
            value = (above.id,) if is_list else above.id
            if (kind.table, above.table) not in records:
                record = example(kind, id=f"{kind.table} of {above.id}", **{field: value}, **finished)
                records[kind.table, above.table] = record
                waiting.append(record)
    source = read_snapshot(make(tmp_path / "c.vig.json", *records.values()))
    went = {each.id for each in gather(source, "heron").records}
    stays = {each.id for each in records.values() if isinstance(each, FilmPlace | AgendaFilm)}
    steps = {each.id for each in records.values() if isinstance(each, PointStep | Moment) and each.clip}
    assert went == {each.id for each in records.values()} - stays - steps


def test_missing_film_is_told_and_its_record_goes(
    giver: Caseload, receiver: Caseload, tmp_path: Path
) -> None:
    (giver.folder / "media" / "jigsaw.mp4").unlink()
    with pytest.raises(HandOverError, match="Look for it"):
        give(giver, tmp_path / "out")
    giver.save(replace(giver.need(Recording, "jigsaw"), state=RecordingState.MISSING))
    done = take(receiver, give(giver, tmp_path / "out"))
    assert receiver.need(Recording, "jigsaw").state is RecordingState.MISSING
    assert accept(giver, giver.need(Family, "heron"), done.receipt)
