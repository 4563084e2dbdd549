"""Puts an LLM grader in front of a scripted server, and grades with it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from interviewer import resources
from interviewer.catalog.prompts import Prompts
from interviewer.clock import SystemClock
from interviewer.domain.base import AttemptId, GradingId
from interviewer.domain.grading import CallShape, Citation, Grading
from interviewer.domain.question import Question
from interviewer.grading.llm.acquaintances import Acquaintances
from interviewer.grading.llm.calling import Caller
from interviewer.grading.llm.fence import FenceTokens
from interviewer.grading.llm.grader import LlmGrader
from interviewer.grading.llm.limits import Limits, NoLimits
from interviewer.grading.llm.openai_model import OpenAIModel
from interviewer.grading.llm.pricing import Prices
from interviewer.grading.recipe import Header, grade
from interviewer.grading.tokens import Tokens
from tests.grading.drift import QUESTION, STRONG

PROMPTS = Prompts(resources.prompts())
KEY = "sk-secret-key"


@asynccontextmanager
async def grader_at(
    url: str,
    *,
    calls: CallShape = CallShape.DIMENSION,
    votes: int = 1,
    seconds: float = 60,
    limits: Limits | None = None,
    prices: Prices | None = None,
    model: str = "fake",
    citation: Citation = Citation.NUMBERS,
    warm_cache: bool = False,
    acquaintances: Acquaintances | None = None,
    talk_seconds: float = 8,
) -> AsyncGenerator[LlmGrader]:
    """Yield a grader that asks the server at this address and hardly waits between tries."""
    client = OpenAIModel(url, KEY, model, acquaintances)
    caller = Caller(client, limits or NoLimits(), prices or Prices(), Tokens(), first_wait=0.01)
    try:
        yield LlmGrader(
            caller,
            PROMPTS,
            calls=calls,
            votes=votes,
            deadline_seconds=seconds,
            citation=citation,
            warm_cache=warm_cache,
            fences=FenceTokens(b"a key for tests"),
            talk_seconds=talk_seconds,
        )
    finally:
        await client.close()


async def grade_with(
    grader: LlmGrader, answer: str = STRONG, question: Question = QUESTION
) -> Grading:
    """Return the grading of one answer."""
    now = SystemClock().now
    header = Header(id=GradingId("g"), attempt_id=AttemptId("a"), created_at=now())
    return await grade(grader, question, answer, header, now)


def verdicts(grading: Grading) -> dict[str, str]:
    """Return the verdict of each criterion."""
    return {c.id: c.verdict.value for d in grading.dimensions for c in d.criteria}
