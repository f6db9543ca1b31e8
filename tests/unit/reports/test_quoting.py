"""What would be lost: words of a parent or a child on a paper, where nobody agreed that others read them."""

from pathlib import Path

import vigtui.reports


def test_papers_reach_the_words_alone_that_may_be_quoted() -> None:
    """A bundle and the print of all that is written are no quoting: they hold every record, as it is."""
    modules = [
        each
        for folder in vigtui.reports.__path__
        for each in Path(folder).rglob("*")
        if each.suffix in (".py", ".md")
    ]
    assert len(modules) > 20
    assert not [each.name for each in modules if ".voices" in each.read_text(encoding="utf-8")]
