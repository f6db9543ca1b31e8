"""A new wording is a new question; the old one stays, with its days in order."""

import datetime as dt

import pytest
from msgspec.structs import replace

from vigtui.domain.questions import superseded
from vigtui.domain.records import HelpingQuestion
from vigtui.domain.rules import problems

TODAY = dt.date(2025, 3, 18)
BEFORE, AFTER = dt.date(2025, 3, 2), dt.date(2025, 4, 1)


@pytest.mark.parametrize("ended", [None, BEFORE, TODAY, AFTER])
@pytest.mark.parametrize("agreed", [None, BEFORE, AFTER])
def test_the_new_question_follows_the_old_one_and_both_keep_the_rules(
    agreed: dt.date | None, ended: dt.date | None
) -> None:
    """Also where the old one was agreed ahead, or has ended long ago."""
    old = HelpingQuestion(family="f", owner="dana", words="Why is he quiet?", agreed=agreed)
    changed = replace(old, words="What does he tell me?", ended=ended)
    kept, new = superseded(old, changed, TODAY)
    assert (kept.words, kept.superseded_by) == (old.words, new.id)
    assert (new.words, new.owner) == (changed.words, "dana")
    assert (new.agreed, new.ended) == (min(TODAY, ended or TODAY), ended)
    assert problems(kept) == problems(new) == []
