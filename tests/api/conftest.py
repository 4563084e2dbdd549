"""The real app over the real store in a temporary file, with a scripted grader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from fastapi.testclient import TestClient

from interviewer.api.app import create_app
from interviewer.catalog.questions import QuestionBank, read_question
from interviewer.catalog.scaffolding import write_scaffold
from interviewer.client import Client
from interviewer.domain.base import TopicId
from interviewer.domain.question import Question, Topic
from interviewer.errors import AnswerRejected
from interviewer.store.database import Database
from tests.domain.questions import SMALL
from tests.fakes import FrozenClock, ScriptedGrader
from tests.staging import staged

BANK = QuestionBank(
    [Topic(id=TopicId("mlops"), title="MLOps", covers="Running models.")],
    [
        SMALL,
        SMALL.model_copy(update={"id": "second-question", "title": "Another one"}),
    ],
)

ANSWER = (
    "I would put a cache in front of the store, because most reads are repeated, and keep a "
    "backup in another region so that a lost disk does not lose the index."
)


class Stage:
    """A service and everything in it that tests look at."""

    def __init__(
        self,
        folder: Path,
        auth: Literal["none", "keys", "oidc"] = "none",
        *,
        ui_key: str | None = None,
        requests_of_a_caller: int | None = None,
    ) -> None:
        self.clock = FrozenClock()
        self.grader = ScriptedGrader({"cache": "a cache in front of the store"})
        self.database = Database(f"sqlite:///{folder / 'test.sqlite3'}")
        self.services, self.jobs = staged(
            BANK,
            self.database,
            self.clock,
            self.grader,
            _check,
            ("localhost",),
            auth=auth,
            ui_key=ui_key,
            requests_of_a_caller=requests_of_a_caller,
        )
        self.accounts = self.services.accounts


def _check(answer: str) -> None:
    if len(answer) > 10_000:
        raise AnswerRejected("The answer is longer than 10,000 characters.", too_large=True)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Question:
    """Return a question that `interviewer check` finds no fault with."""
    return read_question(write_scaffold("my-own", "mlops", tmp_path_factory.mktemp("sound")))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture
def http(stage: Stage) -> Iterator[TestClient]:
    with TestClient(create_app(stage.services), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def client(http: TestClient) -> Client:
    return Client(http=http)
