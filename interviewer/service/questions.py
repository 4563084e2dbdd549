"""The question bank as one candidate sees it: what was practised, and what is still locked."""

from collections.abc import Mapping
from typing import NamedTuple

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.base import QuestionId
from interviewer.domain.question import Difficulty, Kind, Question, Topic
from interviewer.store import attempts, candidates, rubrics
from interviewer.store.attempts import Practised
from interviewer.store.database import Database

NOTHING = Practised(attempts=0, best=None, grader=None)


class Filters(NamedTuple):
    """What to select by; None selects everything."""

    topic: str | None = None
    difficulty: Difficulty | None = None
    kind: Kind | None = None
    words: str | None = None
    practised: bool | None = None


class Seen(NamedTuple):
    """A question and what the candidate has done on it."""

    question: Question
    practised: Practised


class Opened(NamedTuple):
    """One question in full; the solution may be shown when `unlocked`."""

    question: Question
    practised: Practised
    study_mode: bool

    @property
    def unlocked(self) -> bool:
        return self.study_mode or self.practised.attempts > 0


class TopicSeen(NamedTuple):
    """A topic, and how many of its questions there are and were practised."""

    topic: Topic
    questions: int
    practised: int


class Questions:
    """Joins the bank with a candidate's history."""

    def __init__(self, bank: QuestionBank, database: Database, clock: Clock) -> None:
        self._bank = bank
        self._database = database
        self._clock = clock

    async def select(self, owner: str, filters: Filters) -> tuple[Seen, ...]:
        """Return the questions that fit, in the bank's order."""
        done = await self._practised(owner)
        found = self._bank.select(
            topic=filters.topic,
            difficulty=filters.difficulty,
            kind=filters.kind,
            words=filters.words,
        )
        seen = (Seen(question, done.get(question.id, NOTHING)) for question in found)
        return tuple(
            each for each in seen if filters.practised in {None, each.practised.attempts > 0}
        )

    async def open(self, owner: str, question_id: str) -> Opened:
        """Return one question. Raises: NotFound."""
        question = self._bank.question(question_id)
        done = await self._practised(owner)
        async with self._database.begin() as session:
            study = await candidates.studies(session, owner, question_id)
        return Opened(question, done.get(question.id, NOTHING), study)

    async def asked(self, owner: str, attempt_id: str) -> Opened:
        """Return the question of one's own attempt, in the words that it answers.

        It need not be in the bank: an interview's follow-up and a question that was sent along
        never are, and one that is may have been reworded since. Raises: NotFound.
        """
        done = await self._practised(owner)
        async with self._database.begin() as session:
            attempt = await attempts.find_row(session, owner, attempt_id)
            question = await rubrics.find(session, attempt.rubric_digest)
            study = await candidates.studies(session, owner, question.id)
        return Opened(question, done.get(question.id, NOTHING), study)

    async def study(self, owner: str, question_id: str) -> Opened:
        """Unlock a question's solution; attempts from now on are marked. Raises: NotFound."""
        self._bank.question(question_id)
        async with self._database.begin() as session:
            await candidates.study(session, owner, question_id, self._clock.now())
        return await self.open(owner, question_id)

    async def topics(self, owner: str) -> tuple[TopicSeen, ...]:
        """Return all topics in the bank's order."""
        done = await self._practised(owner)
        return tuple(
            TopicSeen(
                topic,
                questions=sum(question.topic == topic.id for question in self._bank),
                practised=sum(
                    question.topic == topic.id and question.id in done for question in self._bank
                ),
            )
            for topic in self._bank.topics
        )

    async def _practised(self, owner: str) -> Mapping[QuestionId, Practised]:
        async with self._database.begin() as session:
            return await attempts.practised(session, owner)
