"""The command line with a model behind it: a scripted server over real HTTP."""

import asyncio
import json
import subprocess
from pathlib import Path

import pytest

from interviewer.domain.grading import Grading
from tests.cli.conftest import Run
from tests.cli.test_evaluate import two_rows
from tests.model_server import Action, ModelServer, Seen, met_everywhere
from tests.model_server import Status as Answer

pytestmark = pytest.mark.anyio

ANSWER = "Every hour I compare the inputs with last month; PSI above 0.2 pages the owner."
PRICES = '{"fake": {"input": 1.0, "output": 2.0}}'


async def ran(
    run: Run, server: ModelServer, *arguments: str, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own while the server goes on serving."""
    return await asyncio.to_thread(
        run, *arguments, stdin=stdin, OPENAI_BASE_URL=server.url, **settings
    )


async def test_the_only_model_of_a_server_grades_without_any_setting(run: Run) -> None:
    async with ModelServer() as server:
        done = await ran(
            run, server, "grade", "drift-monitoring", "--format", "json",
            stdin=ANSWER, INTERVIEWER_PRICES=PRICES,
        )  # fmt: skip
        url = server.url
    assert done.returncode == 0, done.stderr
    grading = Grading.model_validate_json(done.stdout)
    assert (grading.grader.kind, grading.grader.model) == ("llm", "fake")
    assert grading.usage.cost_usd
    assert f"to fake at {url}, about " in done.stderr


async def test_what_one_process_learns_of_a_server_the_next_one_knows(run: Run) -> None:
    def judge(seen: Seen) -> Action:
        if "response_format" in seen.body:
            return Answer(400, "response_format is not supported")
        return met_everywhere(seen)

    async with ModelServer(judge) as server:
        requests: list[int] = []
        for _ in range(2):
            done = await ran(
                run, server, "grade", "drift-monitoring", stdin=ANSWER, INTERVIEWER_CALLS="answer"
            )
            assert done.returncode == 0, done.stderr
            requests.append(len(server.seen))
    assert requests == [3, 4]


async def test_a_batch_tells_where_it_sends_answers_once_and_nothing_when_it_sends_none(
    run: Run, tmp_path: Path
) -> None:
    rows = [{"id": str(n), "question_id": "drift-monitoring", "answer": ANSWER} for n in range(3)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    command = ("batch", "in.jsonl", "--out", "out.jsonl")
    async with ModelServer() as server:
        first = await ran(run, server, *command, INTERVIEWER_PRICES=PRICES)
        sent = len(server.seen)
        second = await ran(run, server, *command, INTERVIEWER_PRICES=PRICES)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stderr.count("Sending questions and answers to fake") == 1
    assert " an answer.\n" in first.stderr
    assert "Sending" not in second.stderr
    assert len(server.seen) == sent


async def test_evaluate_runs_through_a_model_though_a_scripted_one_measures_nothing(
    run: Run, tmp_path: Path
) -> None:
    async with ModelServer() as server:
        done = await ran(
            run, server, *two_rows(tmp_path), "--grader", "llm", "--format", "json",
            INTERVIEWER_CALLS="answer",
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["answers"] == 2
    assert len(server.seen) == 2


async def test_doctor_says_what_a_server_can_do_and_what_a_grading_costs(run: Run) -> None:
    async with ModelServer() as server:
        done = await ran(run, server, "doctor")
    assert done.returncode == 0, done.stdout
    (model,) = (line for line in done.stdout.splitlines() if "Model:" in line)
    for fact in ("fake at 127.0.0.1", "answers in", "structured output: json_schema", "tokens"):
        assert fact in model
    assert "at an unknown price (INTERVIEWER_PRICES can add it)" in model
    assert len(server.seen) == 1, "one tiny request"


async def test_doctor_fails_with_what_to_do_when_the_model_is_not_there(run: Run) -> None:
    def judge(seen: Seen) -> Action:
        return Answer(404, "The model `gone` does not exist", "model_not_found")

    async with ModelServer(judge) as server:
        done = await ran(run, server, "doctor", INTERVIEWER_MODEL="gone")
    assert done.returncode == 3
    assert "has no model 'gone' (404); set INTERVIEWER_MODEL" in done.stdout
    assert "The server lists fake." in done.stdout
