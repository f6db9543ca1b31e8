"""JSON from others: what would fill the memory or break off the program is told in a sentence."""

import codecs

import pytest

from vigtui.foreign.json_data import decode_json, refuse_many_values


def test_it_is_read_whatever_editor_left_it() -> None:
    for written in ('{"a": ["é"]}'.encode(), codecs.BOM_UTF16_LE + '{"a":\r\n["é"]}'.encode("utf-16-le")):
        assert decode_json(written) == decode_json(written, dict[str, list[str]]) == {"a": ["é"]}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b'{"a":' + b"[" * 30_000, "nested too deeply"),
        (b'{"a":' * 30_000, "nested too deeply"),
        (b"[" + b"[]," * 60_000 + b"[]]", "more than 100,000 values"),
        (b'{"a": 1', "truncated"),
        (b'{"a": 1e' + b"9" * 400 + b"}", "out of range"),
        (b'"\xff"', "not UTF-8 text"),
        (codecs.BOM_UTF16_LE + b'"\x00\x00\xd8"\x00', "UTF-16"),
        (b'["x"]', "Expected `object`"),
        (b"", "truncated"),
    ],
)
def test_what_is_wrong_with_it_is_a_sentence(written: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decode_json(written, dict[str, object])


def test_values_are_counted_before_they_are_made() -> None:
    refuse_many_values(b'{"a": [1, 2, 3]}', 4)
    with pytest.raises(ValueError, match="more than 3 values"):
        refuse_many_values(b'{"a": [1, 2, 3]}', 3)
