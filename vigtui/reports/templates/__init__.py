"""The templates that ship, a folder for each language, and a person's own in their place."""

from importlib import resources
from pathlib import Path

from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.reports.paper import PaperError
from vigtui.values.text import shown_path

LANGUAGES = {"en": "English", "en-easy": "English, easy to read"}
"""The languages that ship, by the name of their folder."""

_MOST_BYTES = 1 << 18


def template(kind: str, language: str, own: Path | None) -> str:
    """Return the template of a kind of paper: the person's own from `own`/`language`, else the one that ships
    in this language, else in English. Raises PaperError."""
    if own is not None:
        path = own / language / f"{kind}.md"
        try:
            return decode_text(read_file(path, _MOST_BYTES))
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as error:
            raise PaperError(f"{shown_path(str(path))} cannot be read: {reason(error)}") from None
    for folder in (language, "en"):
        if folder in LANGUAGES:
            found = resources.files(__name__) / folder / f"{kind}.md"
            if found.is_file():
                return found.read_text(encoding="utf-8")
    raise PaperError(f"There is no template for {kind} in {language}.")
