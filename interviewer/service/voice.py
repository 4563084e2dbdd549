"""What the interviewer says: in a model's words where one may be asked, else the question file's.

A model changes no verdict and no number here, and what it says is checked: facts are the
question's, a follow-up gives nothing away. Where it fails, the candidate is told what stands in.
"""

from typing import Protocol, runtime_checkable

from interviewer.domain.grading import GraderKind, Usage
from interviewer.domain.interview import Exchange, Nudge
from interviewer.domain.question import FollowUp, Question
from interviewer.engine.graders import Graders
from interviewer.errors import GraderTrouble, InputError, SetupError
from interviewer.grading.llm.talking import Clarified
from interviewer.interviewing.clarifications import ASSUME, fact_for, in_words_of
from interviewer.interviewing.follow_ups import may_be_asked
from interviewer.service.disclosing import Disclosing

LOOKED_UP = "The model did not reply, so this was looked up in the question's facts."
OWN_FOLLOW_UP = "The model did not reply, so this is the question's own follow-up."
GAVE_AWAY = "This is the question's own follow-up, for the model's would have given too much away."


@runtime_checkable
class Talks(Protocol):
    """A grader that can put an interviewer's part into words."""

    async def clarification(self, question: Question, asked: str) -> tuple[Clarified, Usage]:
        """Return which fact answers a candidate's question, in words. Raises: ModelTrouble."""
        ...

    async def follow_up(
        self, question: Question, answer: str, follow_up: FollowUp
    ) -> tuple[str, Usage]:
        """Return a question that aims at a follow-up's criterion. Raises: ModelTrouble."""
        ...


class Voice:
    """Speaks for the interviewer."""

    def __init__(self, graders: Graders, disclosing: Disclosing) -> None:
        self._graders = graders
        self._disclosing = disclosing

    async def reply(
        self, owner: str, grader: GraderKind | None, question: Question, asked: str
    ) -> Exchange:
        """Reply to a clarifying question; what is no fact is the candidate's to assume."""
        try:
            talks = await self._talks(owner, grader)
            if talks is None:
                return _looked_up(question, asked)
            said, _ = await talks.clarification(question, asked)
        except (GraderTrouble, SetupError):
            return _looked_up(question, asked, LOOKED_UP)
        if said.fact is None:
            return Exchange(asked=asked, replied=ASSUME, is_fact=False)
        known = f"{question.prompt} {asked}"
        replied = in_words_of(question.clarifications[said.fact], said.words, known)
        return Exchange(asked=asked, replied=replied, is_fact=True)

    async def put(
        self, owner: str, grader: GraderKind | None, question: Question, answer: str, nudge: Nudge
    ) -> Nudge:
        """Return the follow-up as it is put to the candidate; its aim stays what it is."""
        own = FollowUp(criterion=nudge.criterion_id, ask=nudge.ask)
        try:
            talks = await self._talks(owner, grader)
            if talks is None:
                return nudge
            ask, _ = await talks.follow_up(question, answer, own)
        except (GraderTrouble, SetupError):
            return nudge.model_copy(update={"note": OWN_FOLLOW_UP})
        if not may_be_asked(ask, question.criterion(nudge.criterion_id)):
            return nudge.model_copy(update={"note": GAVE_AWAY})
        return nudge.model_copy(update={"ask": ask})

    async def _talks(self, owner: str, grader: GraderKind | None) -> Talks | None:
        """Return who may be asked: nobody offline, nor before the candidate has agreed to it.

        Raises: GraderTrouble, SetupError when the model cannot be reached.
        """
        kind = grader or self._graders.default
        if kind is not GraderKind.LLM:
            return None
        try:
            found = await self._graders.of(kind)
            disclosure = await self._disclosing.grader(owner, kind)
        except InputError:
            return None
        return found if disclosure.consented and isinstance(found, Talks) else None


def _looked_up(question: Question, asked: str, note: str = "") -> Exchange:
    fact = fact_for(asked, question.clarifications)
    return Exchange(asked=asked, replied=fact or ASSUME, is_fact=fact is not None, note=note)
