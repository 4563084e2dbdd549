"""The real app over the real store in a temporary file, with a scripted grader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from fastapi.testclient import TestClient

from interviewer.api.app import create_app
from interviewer.catalog.questions import QuestionBank
from interviewer.client import Client
from interviewer.domain.base import TopicId
from interviewer.domain.question import Topic
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.work import GradingWork
from interviewer.errors import AnswerRejected
from interviewer.service.accounts import Accounts
from interviewer.service.appeals import Appeals
from interviewer.service.disclosing import Disclosing, ModelServer
from interviewer.service.health import Health
from interviewer.service.history import History
from interviewer.service.interviews import Interviews
from interviewer.service.portability import Portability
from interviewer.service.practice import Practice
from interviewer.service.progress import Progress
from interviewer.service.questions import Questions
from interviewer.service.running import Running
from interviewer.service.services import Facts, Services
from interviewer.service.warm_ups import WarmUps
from interviewer.service.watching import Watching
from interviewer.store.database import Database
from tests.domain.questions import SMALL
from tests.fakes import FixedGraders, FrozenClock, MemoryJobs, ScriptedGrader

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

    def __init__(self, folder: Path, auth: Literal["none", "keys"] = "none") -> None:
        self.clock = FrozenClock()
        self.grader = ScriptedGrader({"cache": "a cache in front of the store"})
        self.database = Database(f"sqlite:///{folder / 'test.sqlite3'}")
        self.accounts = Accounts(self.database, self.clock)
        bulletin = Bulletin()
        graders = FixedGraders(self.grader)
        work = GradingWork(self.database, graders, self.clock, bulletin)
        self.jobs = MemoryJobs(work, self.database)
        practice = Practice(BANK, self.database, self.jobs, graders, self.clock, bulletin, _check)
        self.services = Services(
            running=Running(self.database, self.jobs, graders, grace=0),
            practice=practice,
            appeals=Appeals(self.database, self.jobs, graders, self.clock),
            watching=Watching(self.database, bulletin),
            questions=Questions(BANK, self.database, self.clock),
            history=History(BANK, self.database),
            warm_ups=WarmUps(BANK, self.database, self.clock),
            progress=Progress(BANK, self.database, self.clock),
            interviews=Interviews(
                BANK, self.database, self.clock, practice, History(BANK, self.database)
            ),
            health=Health(BANK, self.database, self.jobs),
            disclosing=Disclosing(
                BANK,
                self.database,
                graders,
                self.clock,
                ModelServer("models.example", leaves_machine=True),
                len,
            ),
            accounts=self.accounts,
            portability=Portability(self.database, self.jobs),
            facts=Facts(auth=auth, max_answer_tokens=4000, budget_usd_per_day=None),
            allowed_hosts=("localhost",),
        )


def _check(answer: str) -> None:
    if len(answer) > 10_000:
        raise AnswerRejected("The answer is longer than 10,000 characters.", too_large=True)


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
