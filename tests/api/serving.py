"""The real app in the loop of the test, for graders that ask a scripted model's server there."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from interviewer.api.app import create_app
from interviewer.catalog.questions import QuestionBank
from interviewer.domain.grading import Grading
from interviewer.grading.grader import Grader
from interviewer.store.database import Database
from tests.api.conftest import ANSWER, BANK
from tests.domain.questions import SMALL
from tests.fakes import FrozenClock
from tests.staging import staged


def accept(answer: str) -> None:
    """Refuse no answer."""


@asynccontextmanager
async def served(
    grader: Grader, folder: Path, bank: QuestionBank = BANK
) -> AsyncGenerator[httpx2.AsyncClient]:
    """Yield a client of the real app over this grader."""
    database = Database(f"sqlite:///{folder / 'test.sqlite3'}")
    services, _ = staged(bank, database, FrozenClock(), grader, accept, ("localhost",))
    transport = httpx2.ASGITransport(create_app(services))
    async with (
        services.running.run(),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        yield http


async def graded(http: httpx2.AsyncClient) -> Grading:
    """Hand an answer in and return its finished grading."""
    reply = await http.post(
        "/v1/gradings",
        json={"question_id": SMALL.id, "answer": ANSWER},
        headers={"Prefer": "wait=20"},
    )
    return Grading.model_validate_json(reply.content)
