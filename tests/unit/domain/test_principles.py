"""The principles: tags point at them by id, so ids are unique and a service's mistake is named."""

from typing import Any

import pytest

from vigtui.domain.principles import DEFAULT, parse


def test_the_six_principles_stand_in_their_order_with_their_source() -> None:
    assert [principle.id for principle in DEFAULT.principles] == [
        "attentive",
        "encouraging",
        "receiving",
        "developing",
        "guiding",
        "deepening",
    ]
    assert "AVIGuk" in DEFAULT.attribution
    for principle in DEFAULT.principles:
        ids = [item.id for item in principle.items]
        assert len(set(ids)) == len(ids)


def test_a_tag_is_shown_in_words_also_when_its_principle_is_gone() -> None:
    assert DEFAULT.words("receiving", "body") == "receiving: with body, eyes, smile, nod"
    assert DEFAULT.words("developing") == "developing"
    assert DEFAULT.words("ours", "x") == "ours: x"
    assert DEFAULT.words("receiving", "ours") == "receiving: ours"


def test_a_service_can_bring_its_own() -> None:
    own = parse(
        {
            "attribution": "Us",
            "principles": [{"id": "a", "name": "Being with", "items": [{"id": "b", "name": "sitting near"}]}],
        }
    )
    assert own.words("a", "b") == "Being with: sitting near"
    assert own.attribution == "Us"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "“principles” must be a list"),
        ({"principles": [7]}, "principle 1 must have"),
        ({"principles": [{"id": "a"}]}, "“name” of principle 1"),
        (
            {"principles": [{"id": "a", "name": "A", "items": [{"id": "x"}]}]},
            "“name” of item 1 of principle 1",
        ),
        ({"principles": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}, "The id “a” is used twice"),
        ({"principles": [{"id": "a", "name": "A", "short": 3}]}, "“short” of principle 1"),
    ],
)
def test_a_mistake_in_a_services_own_is_named(data: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(data)
