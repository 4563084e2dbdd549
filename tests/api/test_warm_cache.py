"""What the parts of one grading share, they share in the service as well."""

from pathlib import Path

import pytest

from interviewer.domain.grading import Status
from tests.api.serving import graded, served
from tests.grading.llm.rig import grader_at
from tests.model_server import ModelServer


@pytest.mark.anyio
async def test_a_warmed_grading_of_the_service_makes_its_first_call_alone(tmp_path: Path) -> None:
    async with (
        ModelServer() as server,
        grader_at(server.url, warm_cache=True) as grader,
        served(grader, tmp_path) as http,
    ):
        grading = await graded(http)
    assert grading.status is Status.GRADED
    assert len(server.seen) == 2
    assert server.most_at_once == 1
