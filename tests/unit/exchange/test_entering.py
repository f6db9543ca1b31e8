"""What would be lost: a pack that is somewhere, and of which a family's register says nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

from vigtui.domain.records import Person, Record, Session
from vigtui.domain.vocabulary import CopyKind
from vigtui.exchange.packs.contents import Contents
from vigtui.exchange.packs.entering import entries

TODAY = dt.date(2026, 11, 29)
RECORDS: dict[str, Record] = {
    "ros": Person(id="ros", name="Ros Tiverton"),
    "ellis": Person(id="ellis", name="Ellis Marr"),
    "noor": Person(id="noor", name="Noor Castell"),
    "two": Session(id="two", supervisor="ros", trainees=("ellis",), date=TODAY),
    "three": Session(id="three", supervisor="ros", trainees=("ellis", "noor"), date=TODAY),
}


def find(_kind: type[Any], record_id: str, /) -> Any:
    return RECORDS.get(record_id)


def packed(session: str, *families: str) -> Contents:
    records = {"sessions": frozenset([session]), "families": frozenset(families)}
    return Contents("Supervision of 29 November", records, (), (), "", frozenset(), ())


def entered(contents: Contents, by: str) -> list[tuple[str, str]]:
    copies = entries(find, contents, Path("for-ros.zip"), TODAY, by)
    assert {(each.kind, each.file, each.about, each.date) for each in copies} == {
        (CopyKind.PACK, "for-ros.zip", "Supervision of 29 November", TODAY)
    }
    return [(each.family, each.holder) for each in copies]


def test_a_pack_is_entered_for_each_family_and_is_meant_for_the_other_of_two() -> None:
    both = packed("two", "heron", "wren")
    assert entered(both, "Ellis Marr") == [("heron", "ros"), ("wren", "ros")]
    assert entered(both, "Ros Tiverton") == [("heron", "ellis"), ("wren", "ellis")]


def test_for_whom_it_is_is_not_guessed() -> None:
    assert entered(packed("two", "heron"), "") == [("heron", "")]
    assert entered(packed("two", "heron"), "Somebody Else") == [("heron", "")]
    assert entered(packed("three", "heron"), "Ellis Marr") == [("heron", "")]


def test_a_pack_without_a_family_is_entered_all_the_same() -> None:
    assert entered(packed("two"), "Ellis Marr") == [("", "ros")]
