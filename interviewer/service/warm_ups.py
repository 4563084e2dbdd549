"""Warm-ups: which option is the best-structured one, and how often it was recognised."""

from collections.abc import Mapping
from typing import NamedTuple

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.base import QuestionId
from interviewer.domain.question import Question, WarmUp
from interviewer.domain.warm_up import Choice, Order, run_order, shown_order, streak
from interviewer.errors import NotFound
from interviewer.store import warm_ups
from interviewer.store.database import Database


class Posed(NamedTuple):
    """A warm-up as one run shows it."""

    question: Question
    warm_up: WarmUp
    order: Order
    """Which of the file's options stands at each place."""
    choice: Choice | None


class Judged(NamedTuple):
    """A warm-up that was answered, and the row of best choices up to it."""

    posed: Posed
    choice: Choice
    streak: int
    longest: int


class WarmUps:
    """Shuffles the options of a run by its seed, and keeps what was chosen."""

    def __init__(self, bank: QuestionBank, database: Database, clock: Clock) -> None:
        self._bank = bank
        self._database = database
        self._clock = clock

    async def run(self, owner: str, seed: str, topic: str | None) -> tuple[Posed, ...]:
        """Return the warm-ups of a run, in its order, with what was chosen already."""
        async with self._database.begin() as session:
            chosen = await warm_ups.of_run(session, owner, seed)
        ids = [each.id for each in self._bank.select(topic=topic) if each.warm_up is not None]
        return tuple(self._posed(each, seed, chosen) for each in run_order(ids, seed))

    async def choose(self, owner: str, seed: str, question_id: str, place: int) -> Judged:
        """Keep the option at a place and say which was best; in a run the first choice counts.

        Raises: NotFound.
        """
        posed = self._posed(question_id, seed, {})
        chosen = posed.order[place]
        choice = Choice(
            question_id=posed.question.id, chosen=chosen, best=chosen == posed.warm_up.best
        )
        async with self._database.begin() as session:
            kept = await warm_ups.choose(session, owner, seed, choice, self._clock.now())
            row, longest = streak(await warm_ups.history(session, owner))
        return Judged(posed, kept, row, longest)

    def _posed(self, question_id: str, seed: str, chosen: Mapping[QuestionId, Choice]) -> Posed:
        question = self._bank.question(question_id)
        if question.warm_up is None:
            raise NotFound(
                f"Question {question_id!r} has no warm-up; `GET /v1/warm-ups` lists those that do."
            )
        order = shown_order(question.id, seed)
        return Posed(question, question.warm_up, order, chosen.get(question.id))
