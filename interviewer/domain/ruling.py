"""What a grader says: one verdict per criterion, each with the candidate's own words."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from interviewer.domain.base import CriterionId, MisconceptionId, Model


class Verdict(StrEnum):
    """Whether an answer meets a criterion; what could not be assessed is never wrong."""

    MET = "met"
    UNMET = "unmet"
    NOT_ASSESSED = "not_assessed"


class Assertion(StrEnum):
    """Whether an answer asserts a misconception."""

    ASSERTED = "asserted"
    NOT_ASSERTED = "not_asserted"
    NOT_ASSESSED = "not_assessed"


class Evidence(Model):
    """A span of the answer exactly as it was submitted: `answer[start:end] == quote`."""

    quote: str
    start: int = Field(ge=0)
    """Unicode code points from the start of the answer."""
    end: int

    @classmethod
    def cut(cls, answer: str, start: int, end: int) -> Self:
        """Return the evidence that stands at these offsets of the answer."""
        return cls(quote=answer[start:end], start=start, end=end)

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"the offsets {self.start}-{self.end} do not fit the quote")
        return self


class Ruling(Model):
    """One criterion, its verdict, and what it rests on."""

    criterion_id: CriterionId
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    reason: str
    """One sentence for the candidate; for `not_assessed`, why not and what to do."""

    @model_validator(mode="after")
    def _credit_needs_evidence(self) -> Self:
        if self.verdict is Verdict.MET and not self.evidence:
            raise ValueError(f"criterion {self.criterion_id!r} is met without evidence")
        return self


class MisconceptionRuling(Model):
    """One misconception, and whether the answer asserts it."""

    misconception_id: MisconceptionId
    verdict: Assertion
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""

    @model_validator(mode="after")
    def _blame_needs_evidence(self) -> Self:
        if self.verdict is Assertion.ASSERTED and not self.evidence:
            raise ValueError(
                f"misconception {self.misconception_id!r} is asserted without evidence"
            )
        return self


class FlagKind(StrEnum):
    """What is worth knowing about an answer or its grading, besides the verdicts."""

    ADDRESSES_GRADER = "addresses_grader"
    OFF_TOPIC = "off_topic"
    TOO_SHORT = "too_short"
    KEYWORD_LIST = "keyword_list"
    REPEATS_QUESTION = "repeats_question"
    REPEATS_RUBRIC = "repeats_rubric"
    GIBBERISH = "gibberish"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    UNSUPPORTED_QUOTE = "unsupported_quote"
    UNCERTAIN = "uncertain"


class Flag(Model):
    """One remark, in words for the candidate."""

    kind: FlagKind
    message: str
    evidence: tuple[Evidence, ...] = ()
