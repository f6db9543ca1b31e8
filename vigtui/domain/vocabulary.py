"""The closed sets of words that records use. The file holds the value; a screen shows the `label`."""

from enum import StrEnum


class Word(StrEnum):
    """One word of a closed set, with the words a screen shows for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ")
        return member


class Role(Word):
    TRAINEE = "trainee"
    GUIDER = "guider"
    SUPERVISOR = "supervisor"
    ACCREDITING_SUPERVISOR = "accrediting_supervisor"
    SERVICE_LEAD = "service_lead"
    SOCIAL_WORKER = "social_worker"


class Hours(Word):
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    ON_LEAVE = "on_leave"


class Setting(Word):
    BIRTH = "birth", "birth family"
    FOSTER = "foster", "foster carers"
    KINSHIP = "kinship", "kinship carers"
    ADOPTIVE = "adoptive", "adoptive family"
    BLENDED = "blended", "blended family"
    PROFESSIONAL = "professional", "professionals (VERP)"


class FamilyState(Word):
    REFERRED = "referred"
    CONTRACTING = "contracting"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class StatusKind(Word):
    """Where a family stands with children's services. Spans of these overlap."""

    EARLY_HELP = "early_help"
    CIN = "cin", "CIN plan"
    CP = "cp", "CP plan"
    PRE_PROCEEDINGS = "pre_proceedings", "pre-proceedings"
    PROCEEDINGS = "proceedings"
    IN_OUR_CARE = "in_our_care", "in our care"
    PERMANENCE_PLAN = "permanence_plan", "permanence plan"
    PERMANENTLY_MATCHED = "permanently_matched", "permanently matched"
    CLOSED = "closed", "closed to social care"


class Purpose(Word):
    """What film may be used for. Consent is given for each separately."""

    FILM = "film", "filming and shared review"
    SUPERVISION = "supervision"
    INTERVISION = "intervision"
    ASSESSMENT = "assessment"
    TRAINING_EVENT = "training_event"
    SOCIAL_WORKER = "social_worker"
    CONFERENCE = "conference", "CP conference"
    CIN_MEETING = "cin_meeting", "CIN meeting"
    COURT = "court"

    @property
    def named(self) -> str:
        """Return the label as it stands in a sentence: "a CP conference"."""
        article = _ARTICLES.get(self, "")
        return f"{article} {self.label}".strip()


_ARTICLES = {
    Purpose.ASSESSMENT: "an",
    Purpose.TRAINING_EVENT: "a",
    Purpose.SOCIAL_WORKER: "the",
    Purpose.CONFERENCE: "a",
    Purpose.CIN_MEETING: "a",
}


class Decision(Word):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"


class Described(Word):
    """Of whom, or what, somebody says how they would describe it."""

    CHILD = "child", "the child"
    RELATIONSHIP = "relationship", "the relationship"
    PARENT = "parent", "themselves as a parent"


class DescribedWhen(Word):
    """Whether a description is from before the work or from its end."""

    START = "start", "at the start"
    END = "end", "at the end"


class GivenAs(Word):
    """On what standing somebody decides about consent: for themselves, or for another."""

    NOT_SAID = "", "not said"
    THEMSELVES = "themselves", "for themselves"
    PARENT = "parental_responsibility", "with parental responsibility"
    AUTHORITY = "authority", "for the authority"


class Copies(Word):
    """Whether copies of film may be given out."""

    NOT_SAID = "", "not said"
    YES = "yes", "may be given out"
    NO = "no", "none may be given out"


class Basis(Word):
    """On which legal basis a service works with film. It is told on the consent form and opens no film."""

    CONSENT = "consent"
    PUBLIC_TASK = "public_task"


class CycleKind(Word):
    VIG = "vig", "VIG"
    VERP = "verp", "VERP"


class RecordingKind(Word):
    INTERACTION = "interaction"
    SHARED_REVIEW = "shared_review"


class RecordingState(Word):
    PRESENT = "present"
    MISSING = "missing"
    DELETED = "deleted"


class CopyKind(Word):
    """What is elsewhere."""

    PACK = "pack"
    CUT = "cut", "cut clip"
    FILM = "film", "whole film"
    STILL = "still"
    PAPER = "paper"
    CASELOAD = "caseload", "copy of the caseload"
    HAND_OVER = "hand_over", "family handed over"
    OTHER = "other", "other copy"


class CodeUse(Word):
    """What a code of another program becomes here."""

    TAG = "tag"
    CLIP = "clip", "a clip"
    CAPTION = "caption", "the caption of a clip"
    NOTHING = "nothing", "left out"


class TrajectKind(Word):
    NOW = "now"
    HOPE = "hope"
    CHANGE = "change"


class SessionKind(Word):
    """Who meets: trainees with their supervisor; colleagues among themselves; professionals who look at their
    own work, with a guider."""

    SUPERVISION = "supervision"
    INTERVISION = "intervision"
    VERP = "verp", "VERP"


class SessionMode(Word):
    ONE_TO_ONE = "one_to_one", "one to one"
    GROUP = "group"
    REMOTE = "remote"


class SessionState(Word):
    PLANNED = "planned"
    HELD = "held"
    AGREED = "agreed"


class TrainingDayKind(Word):
    """What somebody came to on a day of training."""

    SEMINAR = "seminar"
    SHADOWING = "shadowing", "sitting in on a meeting"


class PointState(Word):
    """How a working point goes."""

    OPEN = "open"
    PRACTISED = "practised"
    SETTLED = "settled"


class Visibility(Word):
    """Who reads a note: everyone at the session, or its author alone."""

    SESSION = "session", "everyone in this session"
    AUTHOR = "author", "only me"
