"""What a candidate has done: attempts, drafts, study mode."""

from datetime import datetime

from interviewer.catalog.questions import QuestionBank
from interviewer.domain.attempt import Attempt
from interviewer.domain.question import FOLLOW_UP_SUFFIX
from interviewer.store import attempts, candidates
from interviewer.store.attempts import AttemptsPage
from interviewer.store.candidates import Draft
from interviewer.store.database import Database
from interviewer.store.paging import Cursor


class History:
    """Reads and keeps a candidate's own rows, and nobody else's."""

    def __init__(self, bank: QuestionBank, database: Database) -> None:
        self._bank = bank
        self._database = database

    async def attempts(
        self, owner: str, *, limit: int, cursor: str | None, question_id: str | None
    ) -> AttemptsPage:
        """Return one page, newest first. Raises: InputError for a cursor that is none."""
        start = None if cursor is None else Cursor.decode(cursor)
        async with self._database.begin() as session:
            return await attempts.page(
                session, owner, limit=limit, cursor=start, question_id=question_id
            )

    async def attempt(self, owner: str, attempt_id: str) -> Attempt:
        """Return one attempt with its gradings. Raises: NotFound."""
        async with self._database.begin() as session:
            return await attempts.find(session, owner, attempt_id)

    async def draft(self, owner: str, question_id: str) -> Draft:
        """Return what was typed for a question, or for its follow-up. Raises: NotFound."""
        self._bank.question(question_id.removesuffix(FOLLOW_UP_SUFFIX))
        async with self._database.begin() as session:
            return await candidates.find_draft(session, owner, question_id)

    async def save_draft(
        self, owner: str, question_id: str, answer: str, seconds: float, typed_at: datetime
    ) -> Draft:
        """Keep what was typed last and return it. Raises: NotFound for an unknown question."""
        self._bank.question(question_id.removesuffix(FOLLOW_UP_SUFFIX))
        draft = Draft(answer=answer, seconds=seconds, typed_at=typed_at)
        async with self._database.begin() as session:
            return await candidates.save_draft(session, owner, question_id, draft)
