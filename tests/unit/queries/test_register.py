"""What would be lost: film or a copy that is somewhere, and stands on no list."""

import datetime as dt
from collections.abc import Container
from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import make
from vigtui.domain.records import (
    AgendaFilm,
    Clip,
    Copy,
    Cycle,
    Family,
    Person,
    Record,
    Recording,
    Session,
    Share,
)
from vigtui.domain.vocabulary import CopyKind, Purpose, RecordingState
from vigtui.queries.register import Entry, number_out, register
from vigtui.store.caseload import Caseload
from vigtui.wording.film.register import (
    counts,
    out_question,
    sentences,
    state_words,
    until_words,
    what_words,
    where_words,
)
from vigtui.wording.names import Names

TODAY = dt.date(2026, 11, 29)


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


HERON, WREN = (
    Family(id="heron", code="F-017", pseudonym="Heron"),
    Family(id="wren", code="F-021", pseudonym="Wren"),
)
FILM = Recording(id="film", cycle="heron-1", path="media/film.mp4", delete_by=day(14))
PACK = Copy(id="pack", family="heron", kind=CopyKind.PACK, about="supervision 4", holder="Kit", date=day(-5))
RECORDS: tuple[Record, ...] = (
    HERON,
    WREN,
    Cycle(id="heron-1", family="heron", number=1),
    Cycle(id="wren-1", family="wren", number=1),
    FILM,
    Clip(id="clip", recording="film", in_ms=0, out_ms=1000, order=1),
    PACK,
)


def entries(
    path: Path, *more: Record, family: str = "", away: Container[str] = ()
) -> tuple[list[Entry], Names]:
    """The register, with these records in place of those with the same id."""
    changed = {each.id for each in more}
    make(path / "c.vig.json", *(each for each in RECORDS if each.id not in changed), *more)
    caseload = Caseload.open(path / "c.vig.json")
    caseload.close()
    return register(caseload.get, caseload.where, TODAY, family, away), Names(caseload.get, TODAY)


def told(found: tuple[list[Entry], Names]) -> list[str]:
    listed, names = found
    return [
        "; ".join(
            (
                each.part.name,
                each.family.code if each.family else "-",
                what_words(each),
                where_words(names, each),
                until_words(names, each),
                state_words(names, each),
            )
        )
        for each in listed
    ]


def test_film_is_listed_by_when_it_goes_and_copies_by_whether_they_are_out(tmp_path: Path) -> None:
    found = entries(
        tmp_path,
        replace(FILM, id="late", delete_by=day(-1)),
        replace(FILM, id="late-too", path="media/two.mp4", delete_by=day(-1)),
        replace(FILM, id="later", delete_by=day(31), path="film.mp4"),
        replace(FILM, id="held", cycle="wren-1", delete_by=day(-9), hold_reason="the court asked"),
        replace(FILM, id="deleted", state=RecordingState.DELETED, delete_by=day(-9)),
        replace(PACK, id="late-copy", until=day(-2), organisation="Fenland"),
        replace(PACK, id="theirs", kind=CopyKind.PAPER, about="traject plan", stays=True, holder="Dana"),
        replace(PACK, id="back", given_back=day(-1)),
        replace(PACK, id="gone", kind=CopyKind.OTHER, about="stick", destroyed=TODAY),
        replace(PACK, id="whole", family="", kind=CopyKind.CASELOAD, about="", file="c.vig.json", holder=""),
        Share(clip="clip", audience="the social worker", purpose=Purpose.SOCIAL_WORKER, date=day(-7)),
    )
    assert told(found) == [
        "OVERDUE; F-017; pack, supervision 4; Kit, Fenland; 27 Nov; ! late",
        "OVERDUE; F-017; 2 recordings; media/; 28 Nov; ! late",
        "DUE; F-017; 1 recording, 1 clip; media/; 13 Dec; 14 days",
        "OUT; -; copy of the caseload, c.vig.json; not said yet; -; out",
        "OUT; F-017; pack, supervision 4; Kit; -; with them",
        "OUT; F-017; paper, traject plan; Dana; -; theirs",
        "SHOWN; F-017; C1-1, social worker; the social worker; -; 22 Nov",
        "HELD; F-021; 1 recording; media/  the court asked; 20 Nov; held",
        "HERE; F-017; 1 recording; here; 30 Dec; here",
        "BACK; F-017; pack, supervision 4; Kit; -; came back",
        "BACK; F-017; stick; Kit; -; destroyed",
    ]
    assert counts(found[0]) == "due 1   overdue 2   held 1   out 3"


def test_film_that_is_on_another_machine_is_said_to_be_there(tmp_path: Path) -> None:
    found = entries(
        tmp_path,
        replace(FILM, id="later", delete_by=day(31)),
        replace(FILM, id="here", delete_by=day(31)),
        replace(FILM, id="held", hold_reason="the court asked"),
        away={"film", "later", "held"},
    )
    assert [each for each in told(found) if "recording" in each] == [
        "DUE; F-017; 1 recording, 1 clip; not on this machine; 13 Dec; 14 days",
        "HELD; F-017; 1 recording; not on this machine  the court asked; 13 Dec; held",
        "HERE; F-017; 1 recording; media/; 30 Dec; here",
        "AWAY; F-017; 1 recording; not on this machine; 30 Dec; not here",
    ]


def test_one_family_s_register_has_nothing_of_another(tmp_path: Path) -> None:
    listed, _ = entries(tmp_path, replace(PACK, id="wren", family="wren"), family="wren")
    assert [each.copy and each.copy.id for each in listed] == ["wren"]


def test_erasing_a_family_erases_its_copies_and_leaves_those_of_others(tmp_path: Path) -> None:
    make(
        tmp_path / "c.vig.json",
        *RECORDS,
        replace(PACK, thing="one"),
        replace(PACK, id="wren", family="wren", thing="one"),
    )
    caseload = Caseload.open(tmp_path / "c.vig.json")
    with caseload.transaction("Erase Heron"):
        caseload.erase(HERON)
    assert [each.id for each in caseload.all(Copy)] == ["wren"]
    caseload.close()


def test_a_pack_with_two_families_is_out_once(tmp_path: Path) -> None:
    listed, _ = entries(
        tmp_path, replace(PACK, thing="one"), replace(PACK, id="wren", family="wren", thing="one")
    )
    assert len([each for each in listed if each.copy]) == 2
    assert number_out(listed) == 1


def test_what_is_out_and_with_whom_is_told_in_two_sentences(tmp_path: Path) -> None:
    _, names = entries(tmp_path)
    one = out_question(names, HERON, [PACK])
    assert one == "One copy about F-017 Heron is out, with Kit. Show it, to write to whoever has it?"
    two = out_question(names, HERON, [PACK, replace(PACK, holder="Ros"), replace(PACK, holder="")])
    assert two == (
        "3 copies about F-017 Heron are out, with Kit and Ros. Show them, to write to whoever has them?"
    )


def test_clips_in_the_space_are_listed_by_session_until_they_go(tmp_path: Path) -> None:
    film = AgendaFilm(
        id="one", clip="clip", session="session", writer="w", key="k", in_ms=0, out_ms=9, last_day=day(5)
    )
    session = Session(id="session", supervisor="ros", date=day(-9))
    ros = Person(id="ros", name="Ros")
    more = replace(film, id="two", maker="ros")
    found = entries(tmp_path, session, ros, film, more, replace(film, id="later", last_day=day(9)))
    assert [each for each in told(found) if "agenda" in each] == [
        "OUT; F-017; film for an agenda, 2 clips; in the space; 4 Dec; 5 days",
        "OUT; F-017; film for an agenda, 1 clip; in the space; 8 Dec; 9 days",
    ]
    listed, names = found
    assert sentences(names, next(each for each in listed if each.sent)) == [
        "F-017 Heron: film for an agenda, 2 clips.",
        "In the space for the supervision of 20 Nov, sent by Ros.",
        "It goes by itself after 4 December.",
    ]
