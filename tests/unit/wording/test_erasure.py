"""What would be lost: words that a court asked for, erased by somebody who did not know."""

import datetime as dt

from vigtui.domain.records import Family, WordsKept
from vigtui.wording.removing.erasure import what_goes


def test_it_is_told_before_erasing_that_the_words_were_to_be_kept() -> None:
    kept = WordsKept(until=dt.date(2035, 5, 1), reason="The court asked for them.")
    family = Family(code="F-017", kept=kept)
    assert what_goes("F-017 Heron", family, [family], 0, 0, 0) == (
        "F-017 Heron: 1 record and no films. It was decided to keep what is written until 1 May 2035: "
        "The court asked for them."
    )
