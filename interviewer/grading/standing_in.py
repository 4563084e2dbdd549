"""What stands in for a grader that cannot be made now: it assesses nothing, and says why."""

from interviewer.domain.grading import GraderIdentity, GraderKind
from interviewer.domain.question import Question
from interviewer.domain.ruling import Assertion, MisconceptionRuling, Ruling, Verdict
from interviewer.grading.grader import Part, PartRulings, Publish

NOTHING = "nothing"


class StandIn:
    """Keeps an answer's grading honest while its grader cannot be reached: nothing is assessed."""

    prompt_digest = None

    def __init__(self, kind: GraderKind, reason: str) -> None:
        self.identity = GraderIdentity(kind=kind, model="", call_shape=None, votes=1)
        self._reason = reason

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        return {}

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Return one part for everything."""
        return (Part(key=NOTHING, dimensions=tuple(d.id for d in question.dimensions)),)

    async def rule(
        self, question: Question, answer: str, part: Part, publish: Publish
    ) -> PartRulings:
        """Return `not_assessed` for everything, with the reason."""
        return self.nothing(question)

    def nothing(self, question: Question) -> PartRulings:
        """Return the only rulings there are: nothing is assessed."""
        return PartRulings(
            part=NOTHING,
            rulings=tuple(
                Ruling(
                    criterion_id=criterion.id,
                    verdict=Verdict.NOT_ASSESSED,
                    reason=self._reason,
                )
                for criterion in question.rubric.criteria()
            ),
            misconceptions=tuple(
                MisconceptionRuling(
                    misconception_id=misconception.id,
                    verdict=Assertion.NOT_ASSESSED,
                    reason=self._reason,
                )
                for misconception in question.misconceptions
            ),
        )
