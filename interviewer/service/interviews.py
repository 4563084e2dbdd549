"""Interviews: one clock, one follow-up a question, and no score before the end."""

import secrets
from datetime import datetime, timedelta

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.domain.base import Model, QuestionId
from interviewer.domain.grading import GraderKind, Grading
from interviewer.domain.interview import GRACE, Handed, Interview, Nudge, Step, StepState
from interviewer.domain.question import Difficulty, Question, follow_up_id
from interviewer.domain.warm_up import run_order
from interviewer.errors import AnswerRejected, Conflict, InputError, KeyReused, NotFound
from interviewer.interviewing.follow_ups import follow_up_of, narrowed
from interviewer.service.history import History
from interviewer.service.practice import Practice, Submission
from interviewer.service.voice import Voice
from interviewer.store import attempts, interviews, submissions
from interviewer.store.database import Database

MAX_EXCHANGES = 8
"""Clarifying questions in one step; an interviewer's patience ends too."""
TRIES = 3
"""How often a change is tried again when another tab was faster."""


class Plan(Model):
    """What a candidate wants to be asked."""

    role: str
    topics: tuple[str, ...]
    difficulty: Difficulty | None
    questions: int
    minutes: int
    follow_ups: bool
    grader: GraderKind | None


class Interviews:
    """Moves interviews along; answers become ordinary attempts."""

    def __init__(
        self,
        bank: QuestionBank,
        database: Database,
        clock: Clock,
        practice: Practice,
        history: History,
        voice: Voice,
    ) -> None:
        self._bank = bank
        self._database = database
        self._clock = clock
        self._practice = practice
        self._history = history
        self._voice = voice

    async def start(self, owner: str, plan: Plan) -> Interview:
        """Choose the questions, untried ones first, and start the clock. Raises: InputError."""
        now = self._clock.now()
        interview_id = secrets.token_hex(8)
        interview = Interview(
            id=interview_id,
            role=plan.role,
            created_at=now,
            deadline=now + timedelta(minutes=plan.minutes),
            follow_ups=plan.follow_ups,
            grader=plan.grader,
            steps=tuple(
                Step(question_id=each) for each in await self._chosen(owner, plan, interview_id)
            ),
        )
        async with self._database.begin() as session:
            interviews.add(session, owner, interview)
        return interview

    async def current(self, owner: str, interview_id: str) -> Interview:
        """Return the interview as it stands now: readings ended, time run out. Raises: NotFound."""
        interview = await self._find(owner, interview_id)
        interview = await self._read(owner, interview)
        if interview.finished_at is None and interview.is_over(self._clock.now()):
            moment = min(self._clock.now(), interview.deadline)
            interview = await self._end(owner, interview, moment)
        return interview

    async def answer(
        self, owner: str, interview_id: str, place: int, answer: str, seconds: float | None
    ) -> Interview:
        """Hand in an answer or a follow-up's answer; a second one for the same is ignored.

        Raises: NotFound, Conflict when the interview is over, AnswerRejected.
        """
        interview = await self.current(owner, interview_id)
        if place != interview.place:
            return interview
        step = interview.open_step(self._clock.now())
        return await self._hand_in(owner, interview, step, answer, seconds)

    async def clarify(self, owner: str, interview_id: str, asked: str) -> Interview:
        """Reply from the question's facts, or leave it to the candidate to assume.

        Raises: NotFound, Conflict, InputError after too many.
        """
        interview = await self.current(owner, interview_id)
        place, step = interview.place, self._patient(interview)
        question = self._bank.question(step.question_id)
        exchange = await self._voice.reply(owner, interview.grader, question, asked)
        for _ in range(TRIES):
            # A model takes seconds: what happened meanwhile in the room stays.
            if interview.place != place:
                break
            said = (*self._patient(interview).exchanges, exchange)
            changed = interview.with_step(place, exchanges=said)
            interview = await self._change(owner, interview, changed)
            if interview is changed:
                break
        return interview

    async def hint(self, owner: str, interview_id: str) -> Interview:
        """Reveal the next hint. Raises: NotFound, Conflict, InputError when there are no more."""
        interview = await self.current(owner, interview_id)
        step = _unanswered(interview.open_step(self._clock.now()))
        if step.hints >= len(self._bank.question(step.question_id).hints):
            raise InputError("There are no more hints for this question.")
        changed = interview.with_step(interview.place, hints=step.hints + 1)
        return await self._change(owner, interview, changed)

    async def finish(self, owner: str, interview_id: str) -> Interview:
        """End the interview early; what stands in the editor is handed in. Raises: NotFound."""
        interview = await self._find(owner, interview_id)
        if interview.finished_at is not None:
            return interview
        return await self._end(owner, interview, min(self._clock.now(), interview.deadline))

    def is_over(self, interview: Interview) -> bool:
        """Return whether nothing more can be answered."""
        return interview.is_over(self._clock.now())

    async def newest(self, owner: str, limit: int) -> tuple[Interview, ...]:
        """Return one's latest interviews."""
        async with self._database.begin() as session:
            return await interviews.newest(session, owner, limit)

    def question(self, step: Step) -> Question:
        """Return the question of a step. Raises: NotFound when it has left the bank."""
        return self._bank.question(step.question_id)

    def draft_id(self, step: Step) -> QuestionId:
        """Return under which id the draft of what is on at a step is kept."""
        following = step.state is StepState.FOLLOW_UP
        return follow_up_id(step.question_id) if following else step.question_id

    async def grading(self, owner: str, handed: Handed | None) -> Grading | None:
        """Return the newest grading of what was handed in."""
        if handed is None:
            return None
        attempt = await self._history.attempt(owner, handed.attempt_id)
        return attempt.gradings[0]

    async def words(self, owner: str, handed: Handed | None) -> str:
        """Return what was handed in, empty when nothing was."""
        if handed is None:
            return ""
        return (await self._history.attempt(owner, handed.attempt_id)).answer

    async def _chosen(self, owner: str, plan: Plan, seed: str) -> list[QuestionId]:
        """Return questions that fit: those least often tried, in an order that the seed makes."""
        fitting = [
            question.id
            for question in self._bank.select(difficulty=plan.difficulty)
            if not plan.topics or question.topic in plan.topics
        ]
        if len(fitting) < plan.questions:
            raise InputError(
                f"Only {len(fitting)} questions fit these topics and this difficulty; "
                f"{plan.questions} are wanted. Widen them, or ask for fewer.",
                field="questions",
            )
        async with self._database.begin() as session:
            done = await attempts.practised(session, owner)
        order = sorted(
            run_order(fitting, seed), key=lambda each: done[each].attempts if each in done else 0
        )
        return order[: plan.questions]

    async def _read(self, owner: str, interview: Interview) -> Interview:
        """Settle the follow-up of an answer that has been read; after the end there is none."""
        place = interview.place
        if place == len(interview.steps) or interview.is_over(self._clock.now()):
            return interview
        step = interview.steps[place]
        if step.state is not StepState.READING:
            return interview
        grading = await self.grading(owner, step.handed)
        if grading is None or not grading.status.is_final:
            return interview
        nudge = await self._nudge(owner, interview, step, grading) if interview.follow_ups else None
        settled = interview.with_step(place, follow_up_settled=True, nudge=nudge)
        return await self._change(owner, interview, settled)

    async def _nudge(
        self, owner: str, interview: Interview, step: Step, grading: Grading
    ) -> Nudge | None:
        question = self._bank.question(step.question_id)
        nudge = follow_up_of(question, grading)
        if nudge is None:
            return None
        answer = await self.words(owner, step.handed)
        return await self._voice.put(owner, interview.grader, question, answer, nudge)

    async def _end(self, owner: str, interview: Interview, moment: datetime) -> Interview:
        interview = await self._hand_in_draft(owner, interview)
        return await self._change(owner, interview, interview.finished(moment))

    async def _hand_in(
        self, owner: str, interview: Interview, step: Step, answer: str, seconds: float | None
    ) -> Interview:
        place = interview.place
        question = self._bank.question(step.question_id)
        if step.state is StepState.READING:
            return interview
        following = step.nudge if step.state is StepState.FOLLOW_UP else None
        submission = Submission(
            question=question.id if following is None else narrowed(question, following),
            answer=answer,
            grader=interview.grader,
            seconds=seconds,
        )
        # One key for one step: two tabs that send at once make one attempt.
        key = f"interview:{interview.id}:{place}:{'follow-up' if following else 'answer'}"
        grading = await self._submit(owner, submission, key)
        handed = Handed(attempt_id=grading.attempt_id, grading_id=grading.id)
        changed = (
            interview.with_step(place, handed=handed)
            if following is None
            else interview.with_step(place, nudge=following.model_copy(update={"handed": handed}))
        )
        return await self._read(owner, await self._change(owner, interview, changed))

    async def _submit(self, owner: str, submission: Submission, key: str) -> Grading:
        """Submit, or return what was submitted for this step before, whatever it said."""
        try:
            return await self._practice.submit_ours(owner, submission, key)
        except KeyReused:
            async with self._database.begin() as session:
                first = await submissions.grading_of(session, owner, key)
            return await self._practice.grading(owner, first)

    async def _hand_in_draft(self, owner: str, interview: Interview) -> Interview:
        """Hand in what stands in the editor at the end: typed words are never lost."""
        place = interview.place
        step = interview.steps[place] if place < len(interview.steps) else None
        if step is None or step.state not in {StepState.QUESTION, StepState.FOLLOW_UP}:
            return interview
        try:
            draft = await self._history.draft(owner, self.draft_id(step))
            typed_in_it = interview.created_at <= draft.typed_at <= interview.deadline + GRACE
            if not draft.answer.strip() or not typed_in_it:
                return interview
            return await self._hand_in(owner, interview, step, draft.answer, draft.seconds)
        except (NotFound, AnswerRejected):
            # Nothing was typed, or it cannot be graded; then it stays as a draft.
            return interview

    def _patient(self, interview: Interview) -> Step:
        """Return the step that is on, while questions are taken. Raises: Conflict, InputError."""
        step = _unanswered(interview.open_step(self._clock.now()))
        if len(step.exchanges) >= MAX_EXCHANGES:
            raise InputError(
                "The interviewer takes no more questions here; state your assumptions.",
                field="text",
            )
        return step

    async def _find(self, owner: str, interview_id: str) -> Interview:
        async with self._database.begin() as session:
            return await interviews.find(session, owner, interview_id)

    async def _change(self, owner: str, before: Interview, after: Interview) -> Interview:
        """Write a change; where another tab was faster, return what it made instead."""
        async with self._database.begin() as session:
            written = await interviews.change(session, before, after)
        return after if written else await self._find(owner, before.id)


def _unanswered(step: Step) -> Step:
    """Return the step while its question is on. Raises: Conflict after the answer."""
    if step.state is not StepState.QUESTION:
        raise Conflict("Questions and hints end with the answer; reply to the follow-up.")
    return step
