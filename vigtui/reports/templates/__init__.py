"""The templates that ship, a folder for each language, and a person's own in their place."""

import re
from importlib import resources
from pathlib import Path

from vigtui.foreign.files import read_file, reason
from vigtui.foreign.text import decode_text
from vigtui.reports.paper import PaperError
from vigtui.values.text import and_list, shortened, shown_path

LANGUAGES = {"en": "English", "en-easy": "English, easy to read"}
"""The languages that ship, by the name of their folder."""

_NAME = re.compile("[A-Za-z0-9-]{1,20}")
_MOST_BYTES = 1 << 18


class UnknownLanguageError(PaperError):
    """There are no papers in a language."""


def languages(kind: str, own: Path | None) -> dict[str, str]:
    """Return the languages in which a kind of paper, or "*" any, can be written, by their folders: those that
    ship, and those that somebody added in `own`."""
    try:
        added = sorted(each.parent.name for each in own.glob(f"*/{kind}.md")) if own else []
    except OSError:
        added = []
    return LANGUAGES | {each: each for each in added if each not in LANGUAGES and _NAME.fullmatch(each)}


def template(kind: str, language: str, own: Path | None) -> str:
    """Return the template of a kind of paper: the person's own from `own`/`language`, else the one that ships
    in this language, else in English. Raises PaperError; UnknownLanguageError where no paper is in this
    language."""
    known = languages("*", own)
    if language not in known:
        there = and_list(list(known))
        raise UnknownLanguageError(
            f"There is no language “{shortened(language, 60)}” for papers. There is {there}."
        )
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
