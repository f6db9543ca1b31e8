"""JSON from others: how much it would become is counted before it is made."""

from typing import Any, TypeVar, overload

import msgspec

from vigtui.foreign.text import decode_text

T = TypeVar("T")

FEW_VALUES = 100_000
"""Enough for what people write by hand."""


def refuse_many_values(data: bytes, most: int) -> None:
    """Raise ValueError when JSON may hold more than `most` values: three bytes become sixty in memory. Takes
    a look at each byte, and no memory."""
    # Each value but the first of its list or object follows a comma. Those in strings count too.
    if data.count(b",") + data.count(b"[") + data.count(b"{") > most:
        raise ValueError(f"it holds more than {most:,} values")


@overload
def decode_json(data: bytes, *, most: int = ...) -> Any: ...
@overload
def decode_json(data: bytes, type: type[T], *, most: int = ...) -> T: ...
def decode_json(data: bytes, type: Any = Any, *, most: int = FEW_VALUES) -> Any:
    """Return what JSON of at most `most` values says, whatever editor left it (see `decode_text`). Raises
    ValueError."""
    refuse_many_values(data, most)
    try:
        return msgspec.json.decode(decode_text(data), type=type)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeEncodeError:
        raise ValueError("it holds half of a character") from None
