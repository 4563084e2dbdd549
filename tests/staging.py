"""Builds all services over a real store, with a grader and a clock that tests hold."""

from collections.abc import Callable
from typing import Literal

from interviewer.catalog.questions import QuestionBank
from interviewer.clock import Clock
from interviewer.engine.bulletin import Bulletin
from interviewer.engine.feeder import Feeder
from interviewer.engine.work import GradingWork
from interviewer.grading.grader import Grader
from interviewer.service.accounts import Accounts
from interviewer.service.appeals import Appeals
from interviewer.service.authoring import Authoring
from interviewer.service.batches import Batches
from interviewer.service.disclosing import Disclosing, ModelServer
from interviewer.service.figures import Figures
from interviewer.service.health import Health
from interviewer.service.history import History
from interviewer.service.interviews import Interviews
from interviewer.service.outlines import Outlines
from interviewer.service.portability import Portability
from interviewer.service.practice import Practice
from interviewer.service.progress import Progress
from interviewer.service.questions import Questions
from interviewer.service.running import Running
from interviewer.service.services import Facts, Services
from interviewer.service.voice import Voice
from interviewer.service.warm_ups import WarmUps
from interviewer.service.watching import Watching
from interviewer.store.database import Database
from tests.fakes import FixedGraders, MemoryJobs


def staged(
    bank: QuestionBank,
    database: Database,
    clock: Clock,
    grader: Grader,
    check: Callable[[str], None],
    allowed_hosts: tuple[str, ...],
    *,
    auth: Literal["none", "keys", "oidc"] = "none",
    ui_key: str | None = None,
    requests_of_a_caller: int | None = None,
) -> tuple[Services, MemoryJobs]:
    """Return the services and the jobs that they submit to."""
    bulletin = Bulletin()
    graders = FixedGraders(grader)
    jobs = MemoryJobs(GradingWork(database, graders, clock, bulletin), database)
    feeder = Feeder(database, jobs, graders, clock)
    practice = Practice(bank, database, jobs, graders, clock, bulletin, check)
    history = History(bank, database)
    server = ModelServer("models.example", leaves_machine=True)
    disclosing = Disclosing(bank, database, graders, clock, server, len)
    voice = Voice(graders, disclosing)
    services = Services(
        running=Running(database, jobs, graders, feeder=feeder, grace=0),
        practice=practice,
        batches=Batches(bank, database, jobs, graders, clock, bulletin, check, feeder.wake),
        appeals=Appeals(database, jobs, graders, clock),
        authoring=Authoring(bank, graders, clock, check),
        outlines=Outlines(database, graders),
        watching=Watching(database, bulletin),
        questions=Questions(bank, database, clock),
        history=history,
        warm_ups=WarmUps(bank, database, clock),
        progress=Progress(bank, database, clock),
        interviews=Interviews(bank, database, clock, practice, history, voice),
        figures=Figures(database, clock),
        health=Health(bank, database, jobs),
        disclosing=disclosing,
        accounts=Accounts(database, clock, ui_key),
        portability=Portability(database, jobs),
        facts=Facts(
            auth=auth,
            max_answer_tokens=4000,
            budget_usd_per_day=None,
            requests_of_a_caller=requests_of_a_caller,
        ),
        allowed_hosts=allowed_hosts,
    )
    return services, jobs
