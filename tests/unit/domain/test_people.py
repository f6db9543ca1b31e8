"""What colleagues may do: who is offered as guider and as supervisor, and who is likely to supervise."""

from vigtui.domain.people import guides, likely_supervisor, supervises
from vigtui.domain.records import Person
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
