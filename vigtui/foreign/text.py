"""Text files that people write, read alike whatever editor left them: its encoding mark, its line endings."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_text(data: bytes, otherwise: str = "") -> str:
    """Return the text of a file with newlines as line ends: as its mark says, else UTF-8.

    What is not UTF-8 is read as `otherwise` when an encoding is named, in which every byte means something.
    Raises ValueError.
    """
    encoding, start = next(
        ((name, len(mark)) for mark, name in _MARKS if data.startswith(mark)), ("utf-8", 0)
    )
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        if not otherwise:
            name = encoding.removesuffix("-le").removesuffix("-be").upper()
            raise ValueError(f"it is not {name} text (byte {start + error.start + 1})") from None
        text = data.decode(otherwise, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
