"""A small question for tests of the arithmetic and of what stands on it."""

from interviewer.domain.base import CriterionId, DimensionId, MisconceptionId, QuestionId, TopicId
from interviewer.domain.question import Difficulty, FollowUp, Hint, Kind, Question, WarmUp
from interviewer.domain.rubric import Criterion, Dimension, Misconception, Rubric, Signal

WARM_UP = WarmUp(
    options=(
        "A cache, an index, a backup and a replica, all of the newest version.",
        "First the load, then the store that carries it, then what fails and how it heals.",
        "It depends on many things, and each team has its own favourite for this.",
        "I would begin with the replica and add the rest when somebody asks for it.",
    ),
    best=1,
    why=(
        "A list; nothing is tied to a need.",
        "Load, then design, then failure.",
        "Never commits to anything.",
        "Starts with a part before the need is known.",
    ),
)


def criterion(criterion_id: str, points: float = 1) -> Criterion:
    return Criterion(
        id=CriterionId(criterion_id),
        statement=f"Names the {criterion_id} of the system.",
        points=points,
        skills=("naming",),
        met_example=f"I would use {criterion_id} because it holds under load.",
        near_miss="I would use something that holds under load.",
        signals=(Signal(any=(criterion_id,)),),
        to_add=f"I would use {criterion_id}, for it holds under load.",
    )


def dimension(dimension_id: str, weight: float, *criteria: Criterion) -> Dimension:
    return Dimension(
        id=DimensionId(dimension_id),
        title=dimension_id.title(),
        weight=weight,
        criteria=criteria,
    )


def misconception(misconception_id: str, dimension_id: str, points: float) -> Misconception:
    return Misconception(
        id=MisconceptionId(misconception_id),
        dimension=DimensionId(dimension_id),
        statement=f"The {misconception_id} is free.",
        points=points,
        examples=(f"The {misconception_id} costs nothing at all.",),
        not_this=(f"Some think that the {misconception_id} costs nothing.",),
        correction=f"The {misconception_id} has its price.",
    )


def question(*dimensions: Dimension, misconceptions: tuple[Misconception, ...] = ()) -> Question:
    return Question(
        id=QuestionId("small-question"),
        title="A small question",
        prompt="How would you build it?",
        topic=TopicId("mlops"),
        kind=Kind.TECHNICAL,
        difficulty=Difficulty.EASY,
        minutes=5,
        rubric=Rubric(dimensions=dimensions),
        misconceptions=misconceptions,
        follow_ups=(FollowUp(criterion=dimensions[0].criteria[0].id, ask="And the first?"),),
        hints=(Hint(text="Think of the cache.", cost=5),),
        reference_answer="I would use a cache because it holds under load.",
        warm_up=WARM_UP,
    )


SMALL = question(
    dimension("storage", 3, criterion("cache", 2), criterion("index", 1)),
    dimension("safety", 1, criterion("backup", 1), criterion("replica", 1)),
    misconceptions=(misconception("snapshot", "safety", 1),),
)
