"""What colleagues may do: who is offered as guider and as supervisor, and who is likely to supervise."""

import pytest

from vigtui.domain.people import guides, is_child, likely_supervisor, supervises
from vigtui.domain.records import Member, Person
from vigtui.domain.vocabulary import Role

ROS = Person(name="Ros", roles=(Role.ACCREDITING_SUPERVISOR,))
ELLIS = Person(name="Ellis", roles=(Role.TRAINEE, Role.SOCIAL_WORKER), supervisor=ROS.id)
KIT = Person(name="Kit", roles=(Role.SOCIAL_WORKER,))


def test_guiding_and_supervising_depend_on_the_roles() -> None:
    assert [guides(each) for each in (ROS, ELLIS, KIT)] == [False, True, False]
    assert [supervises(each) for each in (ROS, ELLIS, KIT)] == [True, False, False]


def test_a_supervisor_supervises_and_a_trainee_has_their_own() -> None:
    assert likely_supervisor(ROS, KIT) == ROS.id
    assert likely_supervisor(ELLIS, ELLIS) == ROS.id
    assert likely_supervisor(None, None) == ""


@pytest.mark.parametrize(
    ("relation", "child"),
    [("4", True), ("child, 4", True), ("son", True), ("parent", False), ("parent, 34", False), ("", False)],
)
def test_a_child_is_told_by_age_or_by_what_they_are_called(relation: str, child: bool) -> None:
    """Nobody under age says yes for themselves by default."""
    assert is_child(Member(label="Jory", relation=relation)) is child
