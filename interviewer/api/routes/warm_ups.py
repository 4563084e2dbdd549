"""Choose the best-structured of four answers."""

from typing import Annotated

from fastapi import APIRouter, Query

from interviewer.api.deps import CursorText, Limit, Owner, Service
from interviewer.api.paging import cut
from interviewer.service.warm_ups import Judged, Posed
from interviewer.wire import (
    NO_NUL,
    DimensionOutline,
    WarmUpCard,
    WarmUpChoice,
    WarmUpPage,
    WarmUpVerdict,
)

router = APIRouter(prefix="/v1/warm-ups", tags=["warm-ups"])


@router.get("")
async def run(
    service: Service,
    owner: Owner,
    seed: Annotated[str, Query(min_length=1, max_length=64, pattern=NO_NUL)] = "first",
    topic: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = 5,
    cursor: CursorText = None,
) -> WarmUpPage:
    """List the warm-ups of a run; the seed decides their order and that of their options."""
    posed = await service.warm_ups.run(owner, seed, topic)
    page, following = cut(posed, lambda each: each.question.id, cursor, limit)
    return WarmUpPage(items=tuple(map(_card, page)), next=following)


@router.post("/{question_id}/choices")
async def choose(
    question_id: str, body: WarmUpChoice, service: Service, owner: Owner
) -> WarmUpVerdict:
    """Choose an option; in one run the first choice counts."""
    return _verdict(await service.warm_ups.choose(owner, body.seed, question_id, body.choice))


def _card(posed: Posed) -> WarmUpCard:
    first, second, third, fourth = posed.order
    options = posed.warm_up.options
    return WarmUpCard(
        question_id=posed.question.id,
        title=posed.question.title,
        prompt=posed.question.prompt,
        topic=posed.question.topic,
        difficulty=posed.question.difficulty,
        options=(options[first], options[second], options[third], options[fourth]),
        chosen=None if posed.choice is None else posed.order.index(posed.choice.chosen),
    )


def _verdict(judged: Judged) -> WarmUpVerdict:
    posed = judged.posed
    first, second, third, fourth = posed.order
    why = posed.warm_up.why
    return WarmUpVerdict(
        question_id=posed.question.id,
        chosen=posed.order.index(judged.choice.chosen),
        best=posed.order.index(posed.warm_up.best),
        why=(why[first], why[second], why[third], why[fourth]),
        dimensions=tuple(
            DimensionOutline(id=each.id, title=each.title, weight=each.weight)
            for each in posed.question.dimensions
        ),
        streak=judged.streak,
        longest_streak=judged.longest,
    )
