"""Helping questions, worded by the client."""

import datetime as dt

from msgspec.structs import replace

from vigtui.domain.records import HelpingQuestion


def superseded(
    old: HelpingQuestion, changed: HelpingQuestion, today: dt.date
) -> tuple[HelpingQuestion, HelpingQuestion]:
    """Return a question that is asked in the words of `changed` from today on: as it was, ended, and the new
    one. One that has ended stays so in its new words: nobody asks it again."""
    new = HelpingQuestion(
        family=old.family,
        owner=changed.owner,
        words=changed.words,
        agreed=min(today, changed.ended or today),
        ended=changed.ended,
    )
    ended = old.ended or max(today, old.agreed or today)
    return replace(old, superseded_by=new.id, ended=ended), new
