"""The words in the safe: what is mistyped is told, and by which word."""

import random

import pytest

from vigtui.vault.recovery_words import WORDS, MistypedError, new_words, read


def test_words_are_never_the_same_and_are_read_however_they_are_typed() -> None:
    words = new_words()
    assert words != new_words()
    assert len(words) == WORDS
    plain = " ".join(words)
    numbered = "\n".join(f"{number:2}. {word.upper()}," for number, word in enumerate(words, start=1))
    short = " ".join(word[:4] for word in words)
    assert read(plain) == read(numbered) == read(short) == plain


def test_a_word_that_is_in_no_list_is_named_with_the_one_it_may_be() -> None:
    words = [*new_words()]
    words[6] = "horze"
    with pytest.raises(MistypedError, match=r"Word 7, “horze”.*Is it “horse”"):
        read(" ".join(words))
    with pytest.raises(MistypedError, match="has 12 words; here are 11"):
        read(" ".join(new_words()[1:]))


def test_another_word_of_the_list_or_another_order_is_noticed() -> None:
    """Somebody reads their own handwriting: the file must not seem to be lost."""
    luck, unnoticed = random.Random(17), 0
    for _ in range(300):
        words = [*new_words()]
        one, other = luck.sample(range(WORDS), 2)
        if luck.random() < 0.5:
            words[one] = new_words()[0]
        else:
            words[one], words[other] = words[other], words[one]
        try:
            read(" ".join(words))
        except MistypedError:
            continue
        unnoticed += 1
    assert unnoticed <= 5, "by chance alone one in 4096 is not noticed, or the words were the same"
