"""Settings -> parts; the only place that chooses which parts are used.

Each builder imports its part inside the function: `grade` must not pay for what `serve` needs.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from interviewer.catalog.questions import QuestionBank, read_bank
from interviewer.clock import SystemClock
from interviewer.domain.grading import GraderKind
from interviewer.domain.question import Question
from interviewer.errors import InputError, SetupError
from interviewer.passport import check_key
from interviewer.resources import prompts, rubrics
from interviewer.service.graders import LazyGraders
from interviewer.service.limits import Ceilings, MakeLimits, alone, together
from interviewer.settings import Auth, Settings

if TYPE_CHECKING:
    from interviewer.grading.grader import Grader
    from interviewer.grading.llm.grader import LlmGrader
    from interviewer.grading.llm.openai_model import OpenAIModel
    from interviewer.service.accounts import Accounts
    from interviewer.service.disclosing import ModelServer
    from interviewer.service.examining import Finding
    from interviewer.service.portability import Portability
    from interviewer.service.services import Services
    from interviewer.service.single import ServiceLock


def question_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the folders of the bank: ours and the extra packs."""
    return (rubrics(), *settings.packs)


def question_bank(settings: Settings) -> QuestionBank:
    """Read the bank and the extra packs. Raises: FaultyFiles."""
    return read_bank(question_folders(settings))


def token_counter(settings: Settings) -> Callable[[str], int]:
    """Return what counts the tokens of a text; the table is read on the first count."""

    def count(text: str) -> int:
        from interviewer.grading.tokens import Tokens

        return Tokens().count(text)

    return count


def build_graders(settings: Settings, limits: MakeLimits | None = None) -> LazyGraders:
    """Return the graders that these settings allow; each is made when it is first asked for."""

    async def offline(stack: AsyncExitStack) -> "Grader":
        from interviewer.grading.offline.embedding import Embedding
        from interviewer.grading.offline.grader import OfflineGrader

        return OfflineGrader(Embedding(), user_cache_path("interviewer"))

    async def llm(stack: AsyncExitStack) -> "Grader":
        _, grader = await _llm_parts(settings, stack, limits)
        return grader

    default = GraderKind.LLM if settings.wants_llm else GraderKind.OFFLINE
    return LazyGraders(default, {GraderKind.OFFLINE: offline, GraderKind.LLM: llm})


@asynccontextmanager
async def open_grader(settings: Settings) -> "AsyncGenerator[Grader]":
    """Hand out the grader that the settings choose, and release it afterwards.

    Raises: InputError, SetupError or ModelTrouble when it cannot be made.
    """
    graders = build_graders(settings)
    try:
        yield await graders.of(graders.default)
    finally:
        await graders.close()


def left_out_grader(file: Path) -> "Grader":
    """Return the offline grader with the weights fitted without each question. Raises: InputError.

    For measuring: what was fitted on a question's labelled answers agrees too well with them.
    """
    from interviewer.grading.offline.embedding import Embedding
    from interviewer.grading.offline.left_out import LeftOutGrader, read_left_out

    return LeftOutGrader(read_left_out(file), Embedding(), user_cache_path("interviewer"))


async def look_at_model(settings: Settings, question: Question) -> "Finding":
    """Say whether the model's server answers, what it can do, and what a grading will cost."""
    from interviewer.errors import ModelTrouble
    from interviewer.grading.llm.probing import probe
    from interviewer.service.examining import Finding, describe

    async with AsyncExitStack() as stack:
        try:
            model, grader = await _llm_parts(settings, stack)
        except (InputError, SetupError, ModelTrouble) as error:
            return Finding(part="Model", works=False, says=str(error))
        return describe(await probe(model, grader, question))


def service_lock(settings: Settings) -> "ServiceLock | None":
    """Return the lock of the SQLite file that these settings name; None on PostgreSQL."""
    from interviewer.service.single import ServiceLock
    from interviewer.store.database import database_file, parse_url

    file = database_file(parse_url(settings.database))
    return None if file is None else ServiceLock(file)


@asynccontextmanager
async def open_portability(settings: Settings) -> "AsyncGenerator[Portability]":
    """Hand out a candidate's own data while no service runs. Raises: SetupError."""
    services = build_services(settings)
    async with services.running.at_rest():
        yield services.portability


@asynccontextmanager
async def open_accounts(settings: Settings) -> "AsyncGenerator[Accounts]":
    """Hand out the API keys, whether a service runs or not. Raises: SetupError."""
    from interviewer.service.accounts import Accounts
    from interviewer.store.database import Database
    from interviewer.store.upgrading import upgrade

    database = Database(settings.database)
    try:
        await upgrade(database)
        yield Accounts(database, SystemClock())
    finally:
        await database.close()


def model_server(settings: Settings) -> "ModelServer | None":
    """Return where the LLM grader sends answers to; None where there is no LLM grader."""
    from interviewer.grading.llm.probing import OPENAI_URL
    from interviewer.service.disclosing import ModelServer

    if not (settings.openai_api_key or settings.openai_base_url):
        return None
    url = urlsplit(settings.openai_base_url or OPENAI_URL)
    near = url.hostname in {"localhost", "127.0.0.1", "::1"}
    return ModelServer(name=url.netloc.rpartition("@")[2], leaves_machine=not near)


def build_services(settings: Settings) -> "Services":
    """Return all use cases over the database that the settings name.

    Raises: FaultyFiles, SetupError.
    """
    from interviewer.engine.bulletin import Bulletin
    from interviewer.engine.casualties import Casualties
    from interviewer.engine.durable import DurableJobs
    from interviewer.engine.feeder import Feeder
    from interviewer.engine.jobs import Concurrency
    from interviewer.engine.liveness import Liveness
    from interviewer.engine.naming import executor_id
    from interviewer.engine.reaper import Reaper
    from interviewer.engine.work import GradingWork
    from interviewer.service.accounts import Accounts
    from interviewer.service.answers import check_answer
    from interviewer.service.appeals import Appeals
    from interviewer.service.authoring import Authoring
    from interviewer.service.batches import Batches
    from interviewer.service.disclosing import Disclosing
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

    bank = question_bank(settings)
    count = token_counter(settings)
    clock, bulletin, database = SystemClock(), Bulletin(), Database(settings.database)
    name = executor_id(database)
    limits = together(database, name) if database.file is None else None
    graders = build_graders(settings, limits)
    work = GradingWork(database, graders, clock, bulletin)
    casualties = Casualties(database, work)
    jobs = DurableJobs(database, work, casualties, name, Concurrency())
    liveness = Liveness(database, name) if database.file is None else None
    reaper = Reaper(jobs, casualties, clock, liveness)
    feeder = Feeder(database, jobs, graders, clock)

    def check(answer: str) -> None:
        check_answer(answer, settings.max_answer_tokens, count)

    practice = Practice(bank, database, jobs, graders, clock, bulletin, check)
    history = History(bank, database)
    disclosing = Disclosing(bank, database, graders, clock, model_server(settings), count)
    voice = Voice(graders, disclosing)
    return Services(
        running=Running(database, jobs, graders, reaper, feeder),
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
        accounts=Accounts(database, clock, ui_key(settings)),
        portability=Portability(database, jobs),
        facts=Facts(
            auth=settings.auth.value,
            max_answer_tokens=settings.max_answer_tokens,
            budget_usd_per_day=settings.budget_usd_per_day,
            requests_of_a_caller=settings.requests_of_a_caller,
        ),
        allowed_hosts=settings.allowed_hosts,
    )


def ui_key(settings: Settings) -> str | None:
    """Return what the UI signs identities with; None unless people sign in with `oidc`.

    Raises: SetupError when the key is missing or short.
    """
    if settings.auth is not Auth.OIDC:
        return None
    return check_key(settings.ui_key.get_secret_value() if settings.ui_key else None)


async def _llm_parts(
    settings: Settings, stack: AsyncExitStack, limits: MakeLimits | None = None
) -> "tuple[OpenAIModel, LlmGrader]":
    if not (settings.openai_api_key or settings.openai_base_url):
        raise InputError(
            "There is no model to grade with; set OPENAI_API_KEY or OPENAI_BASE_URL, or grade "
            "offline.",
            field="grader",
        )
    from interviewer.catalog.prompts import Prompts
    from interviewer.grading.llm.acquaintances import AcquaintanceFile
    from interviewer.grading.llm.calling import Caller
    from interviewer.grading.llm.grader import LlmGrader
    from interviewer.grading.llm.openai_model import OpenAIModel
    from interviewer.grading.llm.pricing import Prices
    from interviewer.grading.llm.probing import OPENAI_URL, choose_model
    from interviewer.grading.tokens import Tokens
    from interviewer.service.tracing import traced

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    name = await choose_model(settings.openai_base_url, key, settings.model)
    servers = AcquaintanceFile(settings.data_dir / "model-servers.json", SystemClock())
    model = OpenAIModel(settings.openai_base_url or OPENAI_URL, key, name, servers)
    stack.push_async_callback(model.close)
    server = urlsplit(settings.openai_base_url or OPENAI_URL).netloc.rpartition("@")[2]
    ceilings = Ceilings(
        settings.requests_per_minute, settings.tokens_per_minute, settings.budget_usd_per_day
    )
    within = (limits or alone(settings.data_dir))(ceilings, server)
    asked = traced(model, server, stack) if settings.traces else model
    grader = LlmGrader(
        Caller(asked, within, Prices(settings.prices), Tokens()),
        Prompts(prompts()),
        calls=settings.calls,
        votes=settings.votes,
        deadline_seconds=settings.deadline_seconds,
        citation=settings.evidence,
        warm_cache=settings.warm_cache,
    )
    return model, grader
