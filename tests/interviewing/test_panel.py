import pytest

from interviewer.domain.base import AttemptId, GradingId
from interviewer.domain.grading import Grading
from interviewer.domain.interview import StepFigures
from interviewer.grading.recipe import Header, grade
from interviewer.interviewing.panel import Answered, panel_of
from tests.domain.questions import SMALL
from tests.fakes import FrozenClock, ScriptedGrader

ANSWER = (
    "I would put a cache in front of the store, because most reads are repeated, and I believe "
    "that the snapshot costs nothing at all, so we take one every minute of the day."
)


async def graded(**found: str) -> Grading:
    clock = FrozenClock()
    header = Header(id=GradingId("g"), attempt_id=AttemptId("a"), created_at=clock.now())
    grader = ScriptedGrader(found, {"snapshot": "the snapshot costs nothing at all"})
    return await grade(grader, SMALL, ANSWER, header, clock.now)


@pytest.mark.anyio
async def test_the_grounds_are_the_best_the_worst_and_what_was_wrong_in_ones_own_words() -> None:
    grading = await graded(cache="a cache in front of the store", index="most reads are repeated")
    figures = StepFigures(graded=75, hints=5, nudge=0)
    panel = panel_of(70, [Answered("A small question", grading, figures, hints=1)])

    best, worst, wrong, hints = panel.grounds
    assert "lean to yes" in panel.says
    assert "“Storage” in A small question, 100 of 100" in best.words
    assert best.quote == "a cache in front of the store"
    assert "“Safety”" in worst.words
    assert "Names the" in worst.words
    assert wrong.words.endswith("The snapshot has its price.")
    assert wrong.quote == "the snapshot costs nothing at all"
    assert hints.words == "Needed 1 hint."


def test_silence_is_a_ground_and_no_figure_is_no_view() -> None:
    silent = Answered("A small question", None, StepFigures(graded=0, hints=0, nudge=0), hints=0)

    assert panel_of(0, [silent]).grounds[0].words == "Left 1 of 1 questions unanswered."
    assert panel_of(None, [silent]).grounds == ()
