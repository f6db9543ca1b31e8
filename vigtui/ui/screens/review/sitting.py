"""What belongs to one sitting with a family, and is gone after it."""

from dataclasses import dataclass, field

from vigtui.domain.people import is_child
from vigtui.domain.records import Family, HelpingQuestion
from vigtui.queries.ratings import live_questions
from vigtui.values.spoken_names import SpokenNames


@dataclass
class Sitting:
    """One sitting over the plan of a cycle. It lives as long as the screen with the plan.

    `names` stand for the labels in every word that the family sees; None before anybody was asked for them.
    `speaker` is the id of whoever speaks, `shown` are the ids of the clips that were shown; `caption`,
    `question` and `in_window` say what is shown beside the picture, and where. `remarks` are sentences for
    the guider that were not for the family's eyes.
    """

    cycle: str
    names: SpokenNames | None = field(default=None, repr=False)
    speaker: str = ""
    caption: bool = False
    question: bool = False
    in_window: bool = False
    shown: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str) -> None:
        """Keep a sentence for the guider."""
        if sentence and sentence not in self.remarks:
            self.remarks.append(sentence)


def first_speaker(family: Family, questions: list[HelpingQuestion]) -> str:
    """Return the id of who is likely to speak: whose helping question it is, else the first grown-up; "" in a
    family without members."""
    members = {each.id: each for each in family.members}
    owners = [each.owner for each in live_questions(questions) if each.owner in members]
    grown_up = [each.id for each in family.members if not is_child(each)]
    return next(iter([*owners, *grown_up, *members]), "")
