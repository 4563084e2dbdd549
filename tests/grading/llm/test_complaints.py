"""What a server asks for is understood, and waited for."""

import asyncio
from datetime import UTC, datetime

import pytest

from interviewer.domain.grading import Status
from interviewer.errors import Trouble
from interviewer.grading.llm.complaints import Complaints
from tests.grading.llm.rig import grade_with, grader_at
from tests.model_server import ModelServer
from tests.model_server import Status as Answer


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"retry-after": "7"}, 7.0, id="seconds"),
        pytest.param({"retry-after": "0.5"}, 0.5, id="fraction"),
        pytest.param({"retry-after-ms": "250", "retry-after": "9"}, 0.25, id="milliseconds"),
        pytest.param({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30.0, id="date"),
        pytest.param({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0.0, id="past date"),
        pytest.param({"retry-after": "soon"}, None, id="nonsense"),
        pytest.param({"retry-after": "-3"}, 0.0, id="negative"),
        pytest.param({}, None, id="absent"),
    ],
)
def test_every_form_of_retry_after_is_read(headers: dict[str, str], seconds: float | None) -> None:
    trouble = Complaints("host", "m", Noon()).of_status(429, "slow down", headers)
    assert trouble.kind is Trouble.RATE_LIMITED
    assert trouble.retry_after == seconds


def test_what_a_server_says_is_shown_on_one_short_line() -> None:
    said = "bad\nfield\x1b[31m " + "x" * 500
    assert "bad field [31m xxx" in str(Complaints("host", "m").of_status(400, said, {}))
    assert len(str(Complaints("host", "m").of_status(400, said, {}))) < 260


@pytest.mark.anyio
async def test_a_short_retry_after_is_waited_for() -> None:
    async with ModelServer() as server, grader_at(server.url) as grader:
        server.script = [Answer(429, headers={"retry-after-ms": "300"})]
        start = asyncio.get_running_loop().time()
        grading = await grade_with(grader)
        waited = asyncio.get_running_loop().time() - start
    assert grading.status is Status.GRADED
    assert waited >= 0.3
