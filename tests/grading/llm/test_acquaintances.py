"""What a server takes is remembered from one process to the next, and forgotten when stale."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewer.domain.grading import Status
from interviewer.grading.llm.acquaintances import FRESH, AcquaintanceFile
from interviewer.grading.llm.dialect import Api, Dialect, Output
from tests.grading.drift import QUESTION
from tests.grading.llm.rig import grade_with, grader_at
from tests.grading.llm.test_negotiation import output_of, takes
from tests.model_server import Action, ModelServer, Seen, met_everywhere
from tests.model_server import Status as Answer

PARTS = len(QUESTION.dimensions)
PLAIN = Dialect(output=Output.PLAIN, temperature=False)


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> AcquaintanceFile:
    return AcquaintanceFile(tmp_path / "new" / "servers.json", clock)


async def requests_of_a_process(url: str, file: AcquaintanceFile, server: ModelServer) -> int:
    """Return how many requests the grading of one answer takes a client that has just begun."""
    before = len(server.seen)
    async with grader_at(url, acquaintances=file) as grader:
        assert (await grade_with(grader)).status is Status.GRADED
    return len(server.seen) - before


@pytest.mark.anyio
async def test_a_second_process_knows_what_the_first_has_found_out(file: AcquaintanceFile) -> None:
    async with ModelServer(takes("json_object", temperature=False)) as server:
        assert await requests_of_a_process(server.url, file, server) > PARTS
        assert await requests_of_a_process(server.url, file, server) == PARTS


@pytest.mark.anyio
async def test_a_server_that_takes_less_than_it_did_is_learnt_anew(file: AcquaintanceFile) -> None:
    async with ModelServer(takes("text")) as server:
        file.keep(server.url, "fake", Dialect(output=Output.JSON_OBJECT))
        await requests_of_a_process(server.url, file, server)
        assert await requests_of_a_process(server.url, file, server) == PARTS


@pytest.mark.anyio
async def test_a_memory_that_fits_no_longer_at_all_heals_itself(file: AcquaintanceFile) -> None:
    def judge(seen: Seen) -> Action:
        if output_of(seen) != "json_schema":
            return Answer(400, "this server wants a schema, whatever you say")
        return met_everywhere(seen)

    async with ModelServer(judge) as server:
        file.keep(server.url, "fake", PLAIN)
        await requests_of_a_process(server.url, file, server)
        assert await requests_of_a_process(server.url, file, server) == PARTS


@pytest.mark.anyio
async def test_one_request_that_is_rejected_for_good_spoils_no_later_one() -> None:
    def judge(seen: Seen) -> Action:
        return Answer(400, "seed is odd") if "odd words" in seen.text else met_everywhere(seen)

    async with ModelServer(judge) as server, grader_at(server.url) as grader:
        refused = await grade_with(grader, "I alert when PSI passes 0.2, in odd words, for a day.")
        graded = await grade_with(grader)
    assert (refused.status, graded.status) == (Status.UNGRADED, Status.GRADED)
    assert [output_of(seen) for seen in server.seen[-PARTS:]] == ["json_schema"] * PARTS


def test_a_memory_is_dropped_after_a_week(file: AcquaintanceFile, clock: Clock) -> None:
    file.keep("http://host/v1", "m", PLAIN)
    clock.time += FRESH
    assert file.recall("http://host/v1", "m") == PLAIN
    clock.time += timedelta(seconds=1)
    assert file.recall("http://host/v1", "m") is None


def test_models_and_servers_are_told_apart(file: AcquaintanceFile) -> None:
    file.keep("http://host/v1", "m", PLAIN)
    file.keep("http://host/v1/", "n", Dialect(api=Api.RESPONSES))
    assert file.recall("http://host/v1/", "m") == PLAIN
    assert file.recall("http://host/v1", "n") == Dialect(api=Api.RESPONSES)
    assert file.recall("http://other/v1", "m") is None


@pytest.mark.parametrize("text", ["", "{", '{"m at host": {"dialect": 3}}', "[]"])
def test_a_torn_file_is_no_fault(tmp_path: Path, clock: Clock, text: str) -> None:
    path = tmp_path / "servers.json"
    path.write_text(text, encoding="utf-8")
    file = AcquaintanceFile(path, clock)
    assert file.recall("http://host/v1", "m") is None
    file.keep("http://host/v1", "m", PLAIN)
    assert file.recall("http://host/v1", "m") == PLAIN


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    file = AcquaintanceFile(tmp_path / "file" / "servers.json", clock)
    file.keep("http://host/v1", "m", PLAIN)
    assert file.recall("http://host/v1", "m") is None


def test_nothing_secret_of_an_address_is_written(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "servers.json"
    AcquaintanceFile(path, clock).keep("https://user:word@host/v1?api-key=secret", "m", PLAIN)
    written = path.read_text(encoding="utf-8")
    assert "m at host/v1" in written
    assert "word" not in written
    assert "secret" not in written
