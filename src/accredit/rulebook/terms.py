"""The fixed vocabulary of meanings that an edition's names and numbers may use."""

from dataclasses import dataclass
from enum import StrEnum


class SectionKind(StrEnum):
    """What a section is for."""

    CONTEXT = "context"
    CORE = "core"
    SPECIALIST = "specialist"
    ADVANCED = "advanced"
    PLANS = "plans"
    CONFIRMATION = "confirmation"


class Effect(StrEnum):
    """What an outcome leads to, whatever a scheme calls it."""

    PASS = "pass"  # noqa: S105 - an outcome
    REFER_MINOR = "refer_minor"
    REFER_MAJOR = "refer_major"
    FAIL = "fail"


class RoundKind(StrEnum):
    """Why a portfolio is before its assessors."""

    FIRST = "first"
    REVIEW = "review"
    REASSESSMENT = "reassessment"
    RENEWAL = "renewal"


class CountsFrom(StrEnum):
    """From where the years of a renewed award count."""

    END = "end"  # of the award that is renewed, while it has not lapsed
    GRANT = "grant"


class ExampleType(StrEnum):
    """What an example about the wider context deals with."""

    LAW = "law"
    POLICY = "policy"
    STANDARD = "standard"


class Part(StrEnum):
    """The parts of an example of one's own work."""

    DESCRIPTION = "description"
    EVIDENCE = "evidence"
    REFLECTION = "reflection"


class Force(StrEnum):
    """Whether an unmet rule blocks a submission or only warns."""

    WARN = "warn"
    REQUIRE = "require"


class Readers(StrEnum):
    """Who reads the review of a minor referral."""

    LEAD = "lead"
    BOTH = "both"
    OFFICE = "office"


class Disagreement(StrEnum):
    """Who is called when a panel does not agree."""

    THIRD = "third"
    MODERATION = "moderation"


class Adopts(StrEnum):
    """How much consent within the panel makes a proposal its outcome."""

    ALL = "all"
    MAJORITY = "majority"


@dataclass(frozen=True)
class Span:
    """A range of whole numbers, both ends included; no upper end when `at_most` is None."""

    at_least: int
    at_most: int | None = None

    def holds(self, count: int) -> bool:
        """Whether the count lies in the range."""
        return self.at_least <= count and (self.at_most is None or count <= self.at_most)


class Finding(StrEnum):
    """What an address answered when it was asked."""

    OK = "ok"
    MOVED = "moved"
    NEEDS_SIGN_IN = "needs_sign_in"
    TURNED_AWAY = "turned_away"
    GONE = "gone"
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"
    NO_SUCH_NAME = "no_such_name"
    REFUSED_ADDRESS = "refused_address"
    CERTIFICATE_BAD = "certificate_bad"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    NOT_WEB = "not_web"
    LOOP = "loop"
