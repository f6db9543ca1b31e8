"""What the codes of other tools mean here: the service's principles, clips, captions. What somebody said once
is kept, since it is the service's."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from vigtui.domain.film.codes import code_meaning_id
from vigtui.domain.lookup import Find
from vigtui.domain.principles import Principles
from vigtui.domain.records import CodeMeaning
from vigtui.domain.vocabulary import CodeUse
from vigtui.exchange.formats.coded import CAPTIONS, CLIP, code_of
from vigtui.exchange.importing.plan import ImportRefusedError
from vigtui.values.text import folded

_OWN = {CLIP: CodeUse.CLIP}


def meaning_of(find: Find, principles: Principles, code: str) -> CodeMeaning | None:
    """Return what a code means: as somebody said, unless the principle is there no longer, or as it is called
    here already. None where nobody said."""
    kept = find(CodeMeaning, code_meaning_id(code))
    if kept is not None and choice_of(kept) in dict(choices(principles)):
        return kept
    if code in _OWN:
        return _meaning(code, _OWN[code])
    wanted = folded(code)
    for principle in principles.principles:
        if wanted in map(folded, (principle.id, code_of(principle.name), principle.short)):
            return _meaning(code, CodeUse.TAG, principle.id)
        for item in principle.items:
            words = code_of(principles.words(principle.id, item.id))
            if wanted in map(folded, (words, f"{principle.id}/{item.id}")):
                return _meaning(code, CodeUse.TAG, principle.id, item.id)
    return None


def said(find: Find, principles: Principles, code: str, choice: str) -> CodeMeaning:
    """Return the meaning that somebody chose for a code, one of `choices`, to be kept. Raises
    ImportRefusedError."""
    code = code_of(code)
    known = dict(choices(principles))
    use, principle, item = _parted(choice, known)
    kept = find(CodeMeaning, code_meaning_id(code))
    if kept is None:
        return _meaning(code, use, principle, item)
    return replace(kept, use=use, principle=principle, item=item)


def choices(principles: Principles) -> list[tuple[str, str]]:
    """Return what a code may mean, as it is written and as it is shown: `receiving/in words`."""
    found = [
        (CodeUse.NOTHING.value, "left out"),
        (CodeUse.CLIP.value, "a clip"),
        (CodeUse.CAPTION.value, "the caption of a clip that is there"),
    ]
    for principle in principles.principles:
        found.append((principle.id, principle.name))
        found += [
            (f"{principle.id}/{item.id}", f"{principle.short}: {item.name}") for item in principle.items
        ]
    return found


def choice_of(meaning: CodeMeaning | None) -> str:
    """Return a meaning as it is written among the `choices`; "" for none."""
    if meaning is None:
        return ""
    if meaning.use is not CodeUse.TAG:
        return meaning.use.value
    return f"{meaning.principle}/{meaning.item}" if meaning.item else meaning.principle


def meaning_words(principles: Principles, meaning: CodeMeaning) -> str:
    """Return what a code becomes, in words."""
    if meaning.use is CodeUse.TAG:
        return principles.words(meaning.principle, meaning.item)
    return meaning.use.label


def changed(find: Find, meanings: Mapping[str, CodeMeaning], asked: Iterable[str]) -> list[CodeMeaning]:
    """Return those meanings of the codes that were asked about which are not kept as they are."""
    found = [meanings[code] for code in asked if code in meanings]
    return [each for each in found if find(CodeMeaning, each.id) != each]


def _meaning(code: str, use: CodeUse, principle: str = "", item: str = "") -> CodeMeaning:
    return CodeMeaning(id=code_meaning_id(code), code=code, use=use, principle=principle, item=item)


def _parted(choice: str, known: Mapping[str, str]) -> tuple[CodeUse, str, str]:
    if choice not in known:
        raise ImportRefusedError(
            f"“{code_of(choice)}” is nothing that a code can mean. It is {CodeUse.CLIP}, {CodeUse.CAPTION}, "
            f"{CodeUse.NOTHING}, or a principle and what they did, as in {list(known)[-1]}."
        )
    if choice in (CodeUse.NOTHING, CodeUse.CLIP, CodeUse.CAPTION):
        return CodeUse(choice), "", ""
    principle, _, item = choice.partition("/")
    return CodeUse.TAG, principle, item


def usual(code: str) -> str:
    """Return what a code becomes where nobody says otherwise: captions are those of clips that are there."""
    return CodeUse.CAPTION.value if code == CAPTIONS else CodeUse.NOTHING.value
